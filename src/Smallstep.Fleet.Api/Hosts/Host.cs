using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smallstep.Fleet.Api;

/// <summary>A host. Lists leave out or null what only the details of one host fill.</summary>
public sealed record Host : FleetObject
{
    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>The hardware UUID; for personal devices an id of the enrolment.</summary>
    public string Uuid { get => field ?? ""; init; }

    /// <summary>The serial number; for personal devices an id of the enrolment.</summary>
    public string HardwareSerial { get => field ?? ""; init; }

    /// <summary>The host name.</summary>
    public string Hostname { get => field ?? ""; init; }

    /// <summary>The computer's name.</summary>
    public string ComputerName { get => field ?? ""; init; }

    /// <summary>The name that the console shows.</summary>
    public string DisplayName { get => field ?? ""; init; }

    /// <summary>Fleet's word for the operating system.</summary>
    public string Platform { get => field ?? ""; init; }

    /// <summary>The family that the operating system is of.</summary>
    public string PlatformLike { get => field ?? ""; init; }

    /// <summary>The operating system with its version.</summary>
    public string OsVersion { get => field ?? ""; init; }

    /// <summary>The build of the operating system.</summary>
    public string Build { get => field ?? ""; init; }

    /// <summary>The version of osquery.</summary>
    public string OsqueryVersion { get => field ?? ""; init; }

    /// <summary>The version of Fleet's agent, where it runs.</summary>
    public string? OrbitVersion { get; init; }

    /// <summary>Whether scripts may run, where known.</summary>
    public bool? ScriptsEnabled { get; init; }

    /// <summary>The processor's kind, such as <c>arm64e</c> or <c>x86_64</c>.</summary>
    public string CpuType { get => field ?? ""; init; }

    /// <summary>The memory, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Who made the hardware.</summary>
    public string HardwareVendor { get => field ?? ""; init; }

    /// <summary>The hardware's model.</summary>
    public string HardwareModel { get => field ?? ""; init; }

    /// <summary>The address that the server saw.</summary>
    public string PublicIp { get => field ?? ""; init; }

    /// <summary>The address on the host's main interface.</summary>
    public string PrimaryIp { get => field ?? ""; init; }

    /// <summary>The hardware address of the host's main interface.</summary>
    public string PrimaryMac { get => field ?? ""; init; }

    /// <summary>Online or offline.</summary>
    public HostStatus Status { get; init; }

    /// <summary>When the record was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the details were last brought up to date.</summary>
    public DateTimeOffset? DetailUpdatedAt { get; init; }

    /// <summary>When the labels were last evaluated.</summary>
    public DateTimeOffset? LabelUpdatedAt { get; init; }

    /// <summary>When the host last enrolled.</summary>
    public DateTimeOffset? LastEnrolledAt { get; init; }

    /// <summary>When the host was last heard of.</summary>
    public DateTimeOffset? SeenTime { get; init; }

    /// <summary>When the host last asked MDM for commands, where the details say so.</summary>
    public DateTimeOffset? LastMdmCheckedInAt { get; init; }

    /// <summary>Whether fresh details were asked for.</summary>
    public bool RefetchRequested { get; init; }

    /// <summary>Whether the disk is encrypted, where known.</summary>
    public bool? DiskEncryptionEnabled { get; init; }

    /// <summary>Problems, counted; <see langword="null"/> where the list left them out.</summary>
    public HostIssues? Issues { get; init; }

    /// <summary>E-mail addresses, where asked for.</summary>
    public IReadOnlyList<DeviceMapping> DeviceMapping { get => field ?? []; init; }

    /// <summary>People, in details and where asked for.</summary>
    public IReadOnlyList<HostEndUser> EndUsers { get => field ?? []; init; }

    /// <summary>Labels, in details and where asked for.</summary>
    public IReadOnlyList<Label> Labels { get => field ?? []; init; }

    /// <summary>The values of custom host vitals; only in the details of one host (4.90).</summary>
    public IReadOnlyList<HostVitalValue> CustomHostVitals { get => field ?? []; init; }

    /// <summary>How it stands with MDM.</summary>
    public HostMdm? Mdm { get; init; }

    /// <summary>The fleet's id, or <see langword="null"/> for a host without one.</summary>
    [JsonIgnore]
    public long? TeamId
    {
        get => FleetIdMember ?? TeamIdMember;
        init => (TeamIdMember, FleetIdMember) = (value, null);
    }

    /// <summary>The fleet's name, or <see langword="null"/> for a host without one.</summary>
    [JsonIgnore]
    public string? TeamName
    {
        get => FleetNameMember ?? TeamNameMember;
        init => (TeamNameMember, FleetNameMember) = (value, null);
    }

    /// <summary>The operating system in this library's words.</summary>
    [JsonIgnore]
    public DevicePlatform DevicePlatform => DevicePlatform.FromFleet(Platform, PlatformLike);

    /// <summary>The profiles; only in the details of one host.</summary>
    [JsonIgnore]
    public IReadOnlyList<HostProfile> Profiles => Mdm?.Profiles ?? [];

    [JsonInclude, JsonPropertyName("team_id")]
    internal long? TeamIdMember { get; init; }

    [JsonInclude, JsonPropertyName("fleet_id")]
    internal long? FleetIdMember { get; init; }

    [JsonInclude, JsonPropertyName("team_name")]
    internal string? TeamNameMember { get; init; }

    [JsonInclude, JsonPropertyName("fleet_name")]
    internal string? FleetNameMember { get; init; }
}
