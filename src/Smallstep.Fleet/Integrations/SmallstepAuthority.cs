namespace Smallstep.Fleet;

/// <summary>What the Smallstep console hands out after Fleet was connected there (Settings → Device Management).</summary>
public sealed record SmallstepAuthority
{
    /// <summary>The Smallstep team.</summary>
    public required TeamSlug Team { get; init; }

    /// <summary>The root certificate of the Agents authority, DER.</summary>
    public required ReadOnlyMemory<byte> RootCertificate { get; init; }

    /// <summary>The intermediate certificates as GetCACert returns them, DER; the first is the issuing one.</summary>
    /// <value>Empty: asked from the SCEP URL when a Windows profile needs them.</value>
    public IReadOnlyList<ReadOnlyMemory<byte>> Intermediates { get; init; } = [];

    /// <summary>The SCEP values, for Apple devices and for the Windows way <c>SmallstepScep</c>; <see langword="null"/> where every device proves itself by its TPM.</summary>
    public SmallstepScep? Scep { get; init; }

    /// <summary>The values of an NDES-style connection, for the Windows way <c>NdesBridge</c> only.</summary>
    public NdesBridge? Ndes { get; init; }

    /// <summary>A SCEP provisioner with a static challenge, for the Windows way <c>CustomScep</c> only.</summary>
    public CustomScep? CustomScep { get; init; }

    /// <summary>The root certificate's SHA-256 fingerprint, as agents want it.</summary>
    public Sha256Fingerprint RootFingerprint => Sha256Fingerprint.Of(RootCertificate.Span);
}
