namespace Smallstep.Fleet;

/// <summary>Everything that is known about a host, from Fleet and from Smallstep.</summary>
internal sealed record HostEvidence
{
    public required long HostId { get; init; }

    public string Uuid { get; init; } = "";

    public string Serial { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public DevicePlatform Platform { get; init; }

    public string Team { get; init; } = "";

    /// <summary>Whether the host's detail could be read.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Why it could not be read, where it was not for lack of rights.</summary>
    public string Problem { get; init; } = "";

    public string? MdmStatus { get; init; }

    public IReadOnlyList<ProfileEvidence> Profiles { get; init; } = [];

    /// <summary>The certificates that Fleet found on the host; <see langword="null"/> where they cannot be read.</summary>
    public IReadOnlyList<CertificateEvidence>? Certificates { get; init; }

    /// <summary>How far Fleet is with installing the agent, in its own word; empty where nobody looked or Fleet does not install it.</summary>
    public string AgentInstall { get; init; } = "";

    /// <summary>Whether Smallstep was asked.</summary>
    public bool AskedSmallstep { get; init; }

    public DeviceEvidence? Device { get; init; }

    /// <summary>The device's active certificates in Smallstep; <see langword="null"/> where they cannot be read.</summary>
    public IReadOnlyList<CertificateEvidence>? DeviceCertificates { get; init; }
}
