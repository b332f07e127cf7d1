using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>What GetCACert answered, checked up to the pinned certificates: whom to encrypt to, and who may sign replies.</summary>
internal sealed class CaCertificateSet
{
    private const X509KeyUsageFlags Encipherment = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    // Any, Microsoft's certificate request agent (NDES), cmcCA and cmcRA (RFC 6402), TLS server.
    private static readonly string[] RaUsages =
        ["2.5.29.37.0", "1.3.6.1.4.1.311.20.2.1", "1.3.6.1.5.5.7.3.27", "1.3.6.1.5.5.7.3.28", "1.3.6.1.5.5.7.3.1"];

    private readonly List<X509Certificate2> _anchors;

    /// <exception cref="ScepException">Nothing is pinned, the pin is not met, or no certificate under it can be encrypted to.</exception>
    public CaCertificateSet(IReadOnlyList<X509Certificate2> certificates, ScepClientOptions options, DateTimeOffset now)
    {
        _anchors = FindAnchors(certificates, options);
        Sha256Fingerprint? ra = options.RaFingerprint is { Length: > 0 } text ? Sha256Fingerprint.Parse(text) : null;
        Certificates = FindAnchored(certificates, ra, now);
        Trusted = ra is null ? Certificates : [FindRa(Certificates, ra.Value)];
        Recipient = ChooseRecipient(Trusted, now);
        RecipientView = CertificateView.Read(Recipient.RawDataMemory);
        RecipientKey = Recipient.GetRSAPublicKey()!;
        Issuer = Certificates.FirstOrDefault(IsCa) ?? Recipient;
    }

    /// <summary>
    /// The certificates of CA and RA. GetCACert is not authenticated: whoever stands in between could add certificates of his own or of
    /// his device, so each has to lead to the pin and must not be for something else.
    /// </summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>Those that may be encrypted to and may sign replies: all, or the one that RaFingerprint names.</summary>
    public IReadOnlyList<X509Certificate2> Trusted { get; }

    /// <summary>The certificate that requests are encrypted to.</summary>
    public X509Certificate2 Recipient { get; }

    public CertificateView RecipientView { get; }

    public RSA RecipientKey { get; }

    /// <summary>The CA whose name goes into CertPoll and GetCRL.</summary>
    public X509Certificate2 Issuer { get; }

    /// <summary>Builds the chain from a certificate to a pinned one, without the certificate itself; where nothing is pinned, the certificates of the CA.</summary>
    /// <exception cref="ScepException">There is no valid chain to a pinned certificate.</exception>
    public IReadOnlyList<X509Certificate2> Verify(X509Certificate2 certificate, IEnumerable<X509Certificate2> others, DateTimeOffset now) =>
        _anchors.Count == 0 ? [.. Certificates.Where(ca => !Same(ca, certificate))] : BuildChain(certificate, Certificates.Concat(others), now);

    // Only links that are trusted themselves, where they are known: a stranger of the same name would lead the chain astray.
    private IReadOnlyList<X509Certificate2> BuildChain(X509Certificate2 certificate, IEnumerable<X509Certificate2> links, DateTimeOffset now)
    {
        if (_anchors.Count == 0 || _anchors.Exists(anchor => Same(anchor, certificate)))
        {
            return [];
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(_anchors.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(links.ToArray());

        // A pinned intermediate ends the chain early; which certificate ended it is checked below.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        bool valid = chain.Build(certificate);
        List<X509Certificate2> path = [.. chain.ChainElements.Skip(1).Select(element => element.Certificate)];
        int anchored = path.FindIndex(issuer => _anchors.Exists(anchor => Same(anchor, issuer)));
        return valid && anchored >= 0
            ? path[..(anchored + 1)]
            : throw new ScepException(
                $"The certificate '{certificate.Subject}' has no valid chain to the pinned CA certificate{Reasons(chain)}. Check RootFingerprint, TrustedCertificates and the clock.");
    }

    // Such as NotTimeValid, where one of the clocks is wrong.
    private static string Reasons(X509Chain chain)
    {
        string reasons = string.Join(", ", chain.ChainStatus.Select(status => status.Status).Where(status => status != X509ChainStatusFlags.UntrustedRoot).Distinct());
        return reasons.Length == 0 ? "" : $" ({reasons})";
    }

    private List<X509Certificate2> FindAnchored(IReadOnlyList<X509Certificate2> certificates, Sha256Fingerprint? ra, DateTimeOffset now)
    {
        List<X509Certificate2> anchored = [];
        ScepException? refusal = null;
        foreach (X509Certificate2 certificate in certificates.Where(certificate =>
            IsCa(certificate) || MayBeRa(certificate) || Sha256Fingerprint.Of(certificate) == ra || _anchors.Exists(anchor => Same(anchor, certificate))))
        {
            try
            {
                BuildChain(certificate, certificates, now);
                anchored.Add(certificate);
            }
            catch (ScepException refused)
            {
                refusal ??= refused;
            }
        }

        return anchored.Count > 0 ? anchored : throw refusal ?? new ScepException("The CA's answer holds no certificate of a CA or RA.");
    }

    private static X509Certificate2 FindRa(IReadOnlyList<X509Certificate2> anchored, Sha256Fingerprint fingerprint) =>
        anchored.FirstOrDefault(certificate => Sha256Fingerprint.Of(certificate) == fingerprint)
            ?? throw new ScepException($"The CA's answer holds no certificate with RaFingerprint {fingerprint} that leads to the pin.");

    private static List<X509Certificate2> FindAnchors(IReadOnlyList<X509Certificate2> certificates, ScepClientOptions options)
    {
        if (options.RootFingerprint is not { Length: > 0 } text)
        {
            return options.IsPinned || options.AllowUnpinnedCa ? [.. options.TrustedCertificates] : throw new ScepException(ScepClientOptions.NotPinned);
        }

        var fingerprint = Sha256Fingerprint.Parse(text);
        X509Certificate2? pinned = certificates.Concat(options.TrustedCertificates).FirstOrDefault(certificate => Sha256Fingerprint.Of(certificate) == fingerprint);
        return pinned is not null
            ? [pinned]
            : throw new ScepException(
                $"The CA's answer holds no certificate with the pinned fingerprint {fingerprint}. If the CA leaves its root out, add the root to TrustedCertificates.");
    }

    private static X509Certificate2 ChooseRecipient(IReadOnlyList<X509Certificate2> certificates, DateTimeOffset now)
    {
        List<X509Certificate2> usable =
            [.. certificates.Where(certificate => certificate.PublicKey.Oid.Value == "1.2.840.113549.1.1.1" && certificate.NotAfter.ToUniversalTime() > now)];
        return usable.Find(certificate => MayEncipher(certificate) && !IsCa(certificate))
            ?? usable.Find(MayEncipher)
            ?? usable.Find(certificate => certificate.Issuer != certificate.Subject)
            ?? usable.FirstOrDefault()
            ?? throw new ScepException("The CA's answer holds no current RSA certificate to encrypt a request to.");
    }

    // Every device under the CA holds a certificate that leads to the pin. What says that it is for something else is no RA; what says
    // nothing may be one, and so may a TLS server's, since that is what tools make by default.
    private static bool MayBeRa(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .All(usage => usage.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Any(oid => RaUsages.Contains(oid.Value)));

    private static bool MayEncipher(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().All(usage => (usage.KeyUsages & Encipherment) != 0);

    private static bool IsCa(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    internal static bool Same(X509Certificate2 a, X509Certificate2 b) => a.RawDataMemory.Span.SequenceEqual(b.RawDataMemory.Span);
}
