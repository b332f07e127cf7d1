using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>Which CA to talk to, how it is recognised, and what is too weak to be used.</summary>
public sealed class ScepClientOptions
{
    /// <summary>The CA's SCEP URL, absolute, http or https. SCEP protects itself; https hides who enrols.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint of a CA certificate, 64 hex digits. It must be in the CA's GetCACert answer or among
    /// <see cref="TrustedCertificates"/>; everything else is checked up to it.
    /// </summary>
    public string? RootFingerprint { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint of the one certificate that requests are encrypted to and replies signed with, 64 hex digits. Without it
    /// any certificate of a CA or RA in the GetCACert answer will do that leads to the pin; say it where SCEP runs over plain http and the
    /// CA also certifies people who might stand in between, and where the RA's certificate has the extended key usages of a device.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? RaFingerprint { get; set; }

    /// <summary>Certificates that are trusted as they are: a root that GetCACert leaves out, or the CA itself.</summary>
    public IList<X509Certificate2> TrustedCertificates { get; } = [];

    /// <summary>Whether to believe whatever CA answers when nothing is pinned. For experiments only.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowUnpinnedCa { get; set; }

    /// <summary>The weakest digest to write and to believe. GetCACaps chooses above it, never below.</summary>
    /// <value>Default <see cref="ScepDigest.Sha256"/>.</value>
    public ScepDigest MinimumDigest { get; set; } = ScepDigest.Sha256;

    /// <summary>The weakest cipher to write and to accept; single DES is never written.</summary>
    /// <value>Default <see cref="ScepCipher.Aes128"/>.</value>
    public ScepCipher MinimumCipher { get; set; } = ScepCipher.Aes128;

    /// <summary>How content keys are encrypted to the CA. GetCACaps has no word for it; choose OAEP only where the CA is known to read it.</summary>
    /// <value>Default <see cref="ScepKeyTransport.Pkcs1"/>.</value>
    public ScepKeyTransport KeyTransport { get; set; }

    /// <summary>Whether to use POST where the CA offers it.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool PreferPost { get; set; } = true;

    /// <summary>The longest URL that a GET may have, in characters; a longer one is refused before it is sent.</summary>
    /// <value>Default 8000, near what common servers take.</value>
    public int MaximumUrlLength { get; set; } = 8000;

    /// <summary>The <c>message</c> parameter to send with GetCACaps and GetCACert, which multi-CA and NDES-style servers want.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? CaIdentifier { get; set; }

    /// <summary>How long one request may take until its answer has been read to the end; 24 days at most.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long capabilities and CA certificates are kept before they are asked for again.</summary>
    /// <value>Default one hour.</value>
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The first pause between two polls of a pending request; it doubles from poll to poll. 24 days at most.</summary>
    /// <value>Default 5 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two polls; 24 days at most.</summary>
    /// <value>Default 5 minutes.</value>
    public TimeSpan MaximumPollInterval { get; set; } = TimeSpan.FromMinutes(5);

    internal const string NotPinned = "No CA is pinned. Set RootFingerprint or TrustedCertificates, or AllowUnpinnedCa for experiments.";

    internal bool IsPinned => RootFingerprint is { Length: > 0 } || TrustedCertificates.Count > 0;

    internal ScepAlgorithmPolicy Policy => new() { MinimumDigest = MinimumDigest, MinimumCipher = MinimumCipher };
}
