using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet;

/// <summary>Which authorities issue to whoever enrols at a SCEP URL, as far as that can be learnt.</summary>
internal static class IssuerNames
{
    /// <summary>Asks each SCEP server of the spec; one that does not answer leaves what the spec itself holds.</summary>
    public static async Task<IReadOnlyDictionary<Uri, IReadOnlyList<string>>> ReadAsync(HttpClient http, IntegrationSpec spec, CancellationToken cancellationToken)
    {
        Dictionary<Uri, IReadOnlyList<string>> names = [];
        foreach (Uri url in spec.ScepUrls.Distinct())
        {
            // The spec's intermediates are those of its last SCEP URL.
            IReadOnlyList<ReadOnlyMemory<byte>> known = url == spec.ScepUrls[^1] ? spec.Authority.Intermediates : [];
            names[url] = [.. known.Concat(await ServedAsync(http, url, spec.Authority, cancellationToken).ConfigureAwait(false)).Select(CommonName).Distinct(StringComparer.Ordinal)];
        }

        return names;
    }

    private static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ServedAsync(HttpClient http, Uri url, SmallstepAuthority authority, CancellationToken cancellationToken)
    {
        try
        {
            return await ScepCertificates.ReadAsync(http, url, authority, cancellationToken).ConfigureAwait(false);
        }
        catch (IntegrationException)
        {
            // A SCEP server that is down or rotated is preflight's and the watch's to tell; hosts are judged by the rest.
            return [];
        }
    }

    private static string CommonName(ReadOnlyMemory<byte> der)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
        return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }
}
