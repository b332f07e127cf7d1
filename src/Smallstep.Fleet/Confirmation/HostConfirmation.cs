namespace Smallstep.Fleet;

/// <summary>The honest answer for one host.</summary>
public sealed record HostConfirmation
{
    /// <summary>The host's id in Fleet.</summary>
    public required long HostId { get; init; }

    /// <summary>The hardware UUID.</summary>
    public string HostUuid { get; init; } = "";

    /// <summary>The hardware serial number.</summary>
    public string Serial { get; init; } = "";

    /// <summary>The name shown to people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The platform.</summary>
    public DevicePlatform Platform { get; init; }

    /// <summary>The fleet, or <c>Unassigned</c>.</summary>
    public string Team { get; init; } = "";

    /// <summary>Where the host stands.</summary>
    public required HostState State { get; init; }

    /// <summary>Why, in one sentence. The server's own words where it gave some.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do; empty when nothing is to be done.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The known failure that explains the state, if it is one.</summary>
    public KnownFailure? Failure { get; init; }

    /// <summary>The certificate's serial number in hexadecimal; empty without a certificate.</summary>
    public string CertificateSerial { get; init; } = "";

    /// <summary>The end of the certificate's validity.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>The device's id in Smallstep; empty where unknown.</summary>
    public string DeviceId { get; init; } = "";

    /// <summary>The UUIDs of profiles that can be sent again to heal the host.</summary>
    public IReadOnlyList<string> ResendableProfiles { get; init; } = [];

    /// <summary>Whether everything is in place: the states <see cref="HostState.Enrolled"/> and <see cref="HostState.ExpiresSoon"/>.
    /// In another state a host may hold a certificate all the same, which <see cref="CertificateExpires"/> then tells.</summary>
    public bool HasCertificate => State is HostState.Enrolled or HostState.ExpiresSoon;

    /// <summary>Whether sending the profile again is safe and likely to help.</summary>
    public bool CanHeal => ResendableProfiles.Count > 0;

    /// <summary>The answer in one line.</summary>
    public override string ToString() => $"{DisplayName} ({Platform}): {State}: {Reason}";
}
