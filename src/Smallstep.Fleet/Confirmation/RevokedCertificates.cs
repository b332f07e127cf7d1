using System.Globalization;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>The serial numbers of bootstrap certificates that Smallstep has revoked; Fleet sees such a certificate on a host like any other.</summary>
internal sealed class RevokedCertificates
{
    private readonly HashSet<BigInteger> _serials = [];

    public static RevokedCertificates None { get; } = new();

    public static async Task<RevokedCertificates> LoadAsync(SmallstepClient smallstep, CancellationToken cancellationToken)
    {
        var revoked = new RevokedCertificates();
        foreach (ExpirationStatus status in (ExpirationStatus[])[ExpirationStatus.Active, ExpirationStatus.Expiring])
        {
            var query = new CertificateQuery { CommonName = AgentFacts.BootstrapCommonName, Expiration = status };
            await foreach (IssuedCertificate certificate in smallstep.Certificates.ListAsync(query, cancellationToken).ConfigureAwait(false))
            {
                if (certificate.Revoked == true)
                {
                    revoked.Add(certificate);
                }
            }
        }

        return revoked;
    }

    /// <summary>Whether a serial number as Fleet shows it (hexadecimal; decimal in old samples) is that of a revoked certificate.</summary>
    public bool Contains(string serial) => _serials.Count > 0
        && ((TryParse(serial, NumberStyles.AllowHexSpecifier, "0", out BigInteger hex) && _serials.Contains(hex)) || (TryParse(serial, NumberStyles.None, "", out BigInteger number) && _serials.Contains(number)));

    private void Add(IssuedCertificate certificate)
    {
        using X509Certificate2 parsed = certificate.GetCertificate();
        if (TryParse(parsed.SerialNumber, NumberStyles.AllowHexSpecifier, "0", out BigInteger serial))
        {
            _serials.Add(serial);
        }
    }

    private static bool TryParse(string serial, NumberStyles style, string prefix, out BigInteger number) =>
        BigInteger.TryParse(prefix + serial.Replace(":", "", StringComparison.Ordinal), style, CultureInfo.InvariantCulture, out number);
}
