using System.Text.Json.Serialization;

namespace Smallstep.Fleet.Api;

/// <summary>A configuration profile of a fleet.</summary>
public sealed record ConfigurationProfile : FleetObject
{
    /// <summary>The UUID: a letter for the kind (<c>a</c> Apple, <c>d</c> Apple declaration, <c>w</c> Windows, <c>g</c> Android) and a UUID.</summary>
    public string ProfileUuid { get => field ?? ""; init; }

    /// <summary>The name: PayloadDisplayName, or the file's name without extension. Unique in a fleet across platforms.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary><c>darwin</c> (also for iOS and iPadOS), <c>windows</c> or <c>android</c>.</summary>
    public string Platform { get => field ?? ""; init; }

    /// <summary>The PayloadIdentifier of an Apple profile, the <c>Identifier</c> of a declaration; empty otherwise.</summary>
    public string Identifier { get => field ?? ""; init; }

    /// <summary><c>System</c> or <c>User</c> for Apple profiles.</summary>
    public string? Scope { get; init; }

    /// <summary>The MD5 of the contents in Base64, for Apple profiles.</summary>
    public string? Checksum { get; init; }

    /// <summary>The activation of an Apple declaration that was uploaded with it (4.91); <see langword="null"/> where Fleet makes one.</summary>
    public ReadOnlyMemory<byte>? Activation { get; init; }

    /// <summary>When it was first uploaded.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its present contents were uploaded.</summary>
    [JsonIgnore]
    public DateTimeOffset? UploadedAt
    {
        get => UploadedAtMember ?? UpdatedAtMember;
        init => (UpdatedAtMember, UploadedAtMember) = (value, null);
    }

    /// <summary>Hosts must have all of these labels.</summary>
    public IReadOnlyList<ProfileLabel> LabelsIncludeAll { get => field ?? []; init; }

    /// <summary>Hosts must have one of these labels.</summary>
    public IReadOnlyList<ProfileLabel> LabelsIncludeAny { get => field ?? []; init; }

    /// <summary>Hosts must have none of these labels.</summary>
    public IReadOnlyList<ProfileLabel> LabelsExcludeAny { get => field ?? []; init; }

    /// <summary>The fleet, or <see langword="null"/> for hosts without one.</summary>
    [JsonIgnore]
    public long? TeamId
    {
        get => (FleetIdMember ?? TeamIdMember) is > 0 and var id ? id : null;
        init => (TeamIdMember, FleetIdMember) = (value, null);
    }

    [JsonInclude, JsonPropertyName("team_id")]
    internal long? TeamIdMember { get; init; }

    [JsonInclude, JsonPropertyName("fleet_id")]
    internal long? FleetIdMember { get; init; }

    [JsonInclude, JsonPropertyName("updated_at")]
    internal DateTimeOffset? UpdatedAtMember { get; init; }

    [JsonInclude, JsonPropertyName("uploaded_at")]
    internal DateTimeOffset? UploadedAtMember { get; init; }
}
