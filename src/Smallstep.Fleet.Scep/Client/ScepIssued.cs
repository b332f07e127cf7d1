using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>The CA issued a certificate; it certifies the requested key and was verified up to the pinned certificate.</summary>
public sealed record ScepIssued : ScepResult
{
    /// <summary>The certificate, without private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>The certificates from the issuer up to the pinned one; where nothing is pinned, those that the CA answered to GetCACert.</summary>
    public required IReadOnlyList<X509Certificate2> Chain { get; init; }
}
