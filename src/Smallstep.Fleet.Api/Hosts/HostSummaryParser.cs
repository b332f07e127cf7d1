using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Reads a host's summary in one pass: the member's name is told by its length, then compared.</summary>
internal struct HostSummaryParser : IHostParser<HostSummary>
{
    private HostMember _section;
    private HostMember _member;
    private long _id;
    private long? _team, _fleet;
    private string? _uuid, _serial, _hostname, _display, _platform, _like, _os;
    private string? _teamName, _fleetName, _enrollment, _email, _mappedEmail;
    private MappingSource _emailSource, _mappedSource;
    private DateTimeOffset? _seen;

    // The more an address tells about the host's person, the lower.
    private enum MappingSource
    {
        IdentityProvider = -2,
        Custom = -1,
        Other = 0,
        Browser = 1,
    }

    public static bool KeepsBytes => false;

    public static long IdOf(HostSummary host) => host.Id;

    public bool TryRead(ref Utf8JsonReader reader, HostStringPool pool)
    {
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _member = Member(ref reader);
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == HostMembers.Depth:
                    return true;
                case JsonTokenType.EndObject when _section == HostMember.DeviceMapping && reader.CurrentDepth == HostMembers.Depth + 2:
                    EndMapping();
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray when _member >= HostMember.Uuid:
                    throw new JsonException("A text is expected.");
                case JsonTokenType.String or JsonTokenType.Number when _member != HostMember.Other:
                    Value(ref reader, pool);
                    break;
            }
        }

        return false;
    }

    public HostSummary Finish(ReadOnlySpan<byte> json)
    {
        var host = new HostSummary
        {
            Id = _id,
            Uuid = _uuid ?? "",
            HardwareSerial = _serial ?? "",
            Hostname = _hostname ?? "",
            DisplayName = _display ?? "",
            Platform = _platform ?? "",
            PlatformLike = _like ?? "",
            OsVersion = _os ?? "",
            TeamId = _fleet ?? _team,
            TeamName = _fleetName ?? _teamName,
            SeenTime = _seen,
            MdmEnrollmentStatus = _enrollment,
            Email = _email,
        };
        this = default;
        return host;
    }

    private HostMember Member(ref Utf8JsonReader reader) => (reader.CurrentDepth - HostMembers.Depth) switch
    {
        1 => _section = HostMembers.Find(ref reader),
        2 when _section == HostMember.Mdm && _enrollment is null && reader.ValueTextEquals("enrollment_status"u8) => HostMember.EnrollmentStatus,
        3 when _section == HostMember.DeviceMapping => reader.ValueTextEquals("email"u8) ? HostMember.Email : reader.ValueTextEquals("source"u8) ? HostMember.Source : HostMember.Other,
        _ => HostMember.Other,
    };

    private void Value(ref Utf8JsonReader reader, HostStringPool pool)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            Number(ref reader);
            return;
        }

        switch (_member)
        {
            case HostMember.Uuid: _uuid = Text(ref reader); break;
            case HostMember.HardwareSerial: _serial = Text(ref reader); break;
            case HostMember.Hostname: _hostname = Text(ref reader); break;
            case HostMember.DisplayName: _display = _hostname is { } name && reader.ValueTextEquals(name) ? name : Text(ref reader); break;
            case HostMember.Platform: _platform = pool.Read(ref reader); break;
            case HostMember.PlatformLike: _like = pool.Read(ref reader); break;
            case HostMember.OsVersion: _os = pool.Read(ref reader); break;
            case HostMember.TeamName: _teamName = pool.Read(ref reader); break;
            case HostMember.FleetName: _fleetName = pool.Read(ref reader); break;
            case HostMember.SeenTime: _seen = LenientTimeConverter.Parse(ref reader); break;
            case HostMember.EnrollmentStatus: _enrollment = pool.Read(ref reader); break;
            case HostMember.Email: _mappedEmail = _email is not null && _emailSource == MappingSource.IdentityProvider ? null : Text(ref reader); break;
            case HostMember.Source: _mappedSource = SourceOf(ref reader); break;
        }
    }

    private void EndMapping()
    {
        if (_mappedEmail is { Length: > 0 } && (_email is null || _mappedSource < _emailSource))
        {
            (_email, _emailSource) = (_mappedEmail, _mappedSource);
        }

        (_mappedEmail, _mappedSource) = (null, MappingSource.Other);
    }

    private static MappingSource SourceOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("mdm_idp_accounts"u8) || reader.ValueTextEquals("idp"u8) ? MappingSource.IdentityProvider
        : reader.ValueTextEquals("custom"u8) ? MappingSource.Custom
        : reader.ValueTextEquals("google_chrome_profiles"u8) ? MappingSource.Browser
        : MappingSource.Other;

    private void Number(ref Utf8JsonReader reader)
    {
        if (_member > HostMember.FleetId || !reader.TryGetInt64(out long number))
        {
            return;
        }

        switch (_member)
        {
            case HostMember.Id: _id = number; break;
            case HostMember.TeamId: _team = number; break;
            default: _fleet = number; break;
        }
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
}
