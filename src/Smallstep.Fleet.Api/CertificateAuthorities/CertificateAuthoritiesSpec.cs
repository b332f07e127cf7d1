using System.Collections.ObjectModel;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>All certificate authorities of a server, as GitOps declares them.</summary>
public sealed record CertificateAuthoritiesSpec
{
    private static readonly string[] Kinds = ["digicert", "ndes_scep_proxy", "custom_scep_proxy", "hydrant", "custom_est_proxy", "smallstep"];

    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["digicert"] = ["name", "url", "api_token", "profile_id", "certificate_common_name", "certificate_user_principal_names", "certificate_seat_id"],
        ["ndes_scep_proxy"] = ["name", "url", "admin_url", "username", "password"],
        ["custom_scep_proxy"] = ["name", "url", "challenge"],
        ["hydrant"] = ["name", "url", "client_id", "client_secret"],
        ["custom_est_proxy"] = ["name", "url", "username", "password"],
        ["smallstep"] = ["name", "url", "challenge_url", "username", "password"],
    };

    /// <summary>The authorities.</summary>
    public IReadOnlyList<CertificateAuthorityRequest> Authorities { get; init; } = [];

    /// <summary>Authorities of kinds that this library does not know, by kind, as the server wrote them; they are sent back as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Unknown { get; init; } = new Dictionary<string, JsonElement>();

    internal static CertificateAuthoritiesSpec Read(JsonElement root)
    {
        JsonElement groups = root.TryGetProperty("certificate_authorities", out JsonElement inner) ? inner : root;
        var authorities = new List<CertificateAuthorityRequest>();
        var unknown = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty group in groups.EnumerateObject())
        {
            if (!Kinds.Contains(group.Name))
            {
                unknown[group.Name] = group.Value.Clone();
                continue;
            }

            // NDES is one object on older releases and a list on newer ones.
            IEnumerable<JsonElement> items = group.Value.ValueKind switch
            {
                JsonValueKind.Array => group.Value.EnumerateArray(),
                JsonValueKind.Object => [group.Value],
                _ => [],
            };
            authorities.AddRange(items.Select(item => ReadOne(group.Name, item) with { Unknown = UnknownOf(group.Name, item) }));
        }

        return new CertificateAuthoritiesSpec { Authorities = authorities, Unknown = unknown };
    }

    internal void Write(Utf8JsonWriter writer, bool dryRun)
    {
        writer.WriteStartObject("certificate_authorities");
        foreach (string kind in Kinds)
        {
            CertificateAuthorityRequest[] group = [.. Authorities.Where(authority => authority.Kind.Value == kind)];
            writer.WritePropertyName(kind);
            if (kind == "ndes_scep_proxy" && group is [] or [NdesCaRequest { Name: null }])
            {
                WriteSingle(writer, group);
            }
            else
            {
                WriteList(writer, group);
            }
        }

        foreach ((string kind, JsonElement value) in Unknown)
        {
            writer.WritePropertyName(kind);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteBoolean("dry_run", dryRun);
    }

    private static void WriteSingle(Utf8JsonWriter writer, CertificateAuthorityRequest[] group)
    {
        if (group.Length == 0)
        {
            writer.WriteNullValue();
        }
        else
        {
            group[0].WriteObject(writer);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, CertificateAuthorityRequest[] group)
    {
        writer.WriteStartArray();
        foreach (CertificateAuthorityRequest authority in group)
        {
            authority.WriteObject(writer);
        }

        writer.WriteEndArray();
    }

    private static CertificateAuthorityRequest ReadOne(string kind, JsonElement item) => kind switch
    {
        "smallstep" => new SmallstepCaRequest(Text(item, "name"), Text(item, "url"), Text(item, "challenge_url"), Text(item, "username"), Hidden(item, "password")),
        "ndes_scep_proxy" => new NdesCaRequest(Text(item, "url"), Text(item, "admin_url"), Text(item, "username"), Hidden(item, "password"))
        {
            Name = item.TryGetProperty("name", out JsonElement name) ? name.GetString() : null,
        },
        "custom_scep_proxy" => new CustomScepCaRequest(Text(item, "name"), Text(item, "url"), Hidden(item, "challenge")),
        "custom_est_proxy" => new CustomEstCaRequest(Text(item, "name"), Text(item, "url"), Text(item, "username"), Hidden(item, "password")),
        "hydrant" => new HydrantCaRequest(Text(item, "name"), Text(item, "url"), Text(item, "client_id"), Hidden(item, "client_secret")),
        _ => new DigiCertCaRequest(Text(item, "name"), Text(item, "url"), Hidden(item, "api_token"), Text(item, "profile_id"), Text(item, "certificate_common_name"), Text(item, "certificate_seat_id"))
        {
            CertificateUserPrincipalNames = item.TryGetProperty("certificate_user_principal_names", out JsonElement names) && names.ValueKind == JsonValueKind.Array
                ? [.. names.EnumerateArray().Select(upn => upn.GetString() ?? "")]
                : [],
        },
    };

    private static IReadOnlyDictionary<string, JsonElement> UnknownOf(string kind, JsonElement item)
    {
        var unknown = item.EnumerateObject().Where(member => !Members[kind].Contains(member.Name)).ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal);
        return unknown.Count > 0 ? unknown : ReadOnlyDictionary<string, JsonElement>.Empty;
    }

    private static string Text(JsonElement item, string member) =>
        item.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Secret Hidden(JsonElement item, string member) => new(Text(item, member));
}
