namespace Smallstep.Fleet.Api;

/// <summary>What an inventory needs of a host: read from lists in one pass, without building the rest.</summary>
/// <remarks>Lists leave null what only <see cref="HostsClient.GetAsync"/> fills; texts that are null are empty here.</remarks>
public sealed class HostSummary
{
    /// <summary>The id, unique on the server and never reused.</summary>
    public long Id { get; init; }

    /// <summary>The hardware UUID; for personal devices an id of the enrolment.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The serial number; for personal devices an id of the enrolment.</summary>
    public string HardwareSerial { get; init; } = "";

    /// <summary>The host name.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>The name that the console shows.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Fleet's word for the operating system: <c>darwin</c>, <c>windows</c>, <c>ubuntu</c>, <c>ios</c>, ….</summary>
    public string Platform { get; init; } = "";

    /// <summary>The family that the operating system is of, such as <c>debian</c>.</summary>
    public string PlatformLike { get; init; } = "";

    /// <summary>The operating system with its version, such as <c>macOS 15.5</c>.</summary>
    public string OsVersion { get; init; } = "";

    /// <summary>The fleet's id, or <see langword="null"/> for a host without one.</summary>
    public long? TeamId { get; init; }

    /// <summary>The fleet's name, or <see langword="null"/> for a host without one.</summary>
    public string? TeamName { get; init; }

    /// <summary>When the host was last heard of.</summary>
    public DateTimeOffset? SeenTime { get; init; }

    /// <summary>How the host is enrolled in MDM, such as <c>On (automatic)</c>; <see langword="null"/> where it is not.</summary>
    public string? MdmEnrollmentStatus { get; init; }

    /// <summary>The e-mail address mapped to the host, where the query asked for them; of several the identity provider's, else one set by hand, and a browser profile's last.</summary>
    public string? Email { get; init; }

    /// <summary>The operating system in this library's words.</summary>
    public DevicePlatform DevicePlatform => DevicePlatform.FromFleet(Platform, PlatformLike);

    /// <inheritdoc/>
    public override string ToString() => $"{DisplayName} ({Id})";
}
