using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Smallstep.Fleet.Scep;

namespace Smallstep.Fleet;

/// <summary>Asks a SCEP server for its certificates and checks that they end at the spec's root.</summary>
internal static class ScepCertificates
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The authority certificates without the root, the issuing one first.</summary>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(HttpClient http, IntegrationSpec spec, CancellationToken cancellationToken)
    {
        Uri url = spec.ScepUrls is [.., var last] ? last : throw new IntegrationException(
            [WorkflowRules.OptionInvalid.At("The spec names no SCEP URL from which the issuing certificate could be read.", remedy: "Set the values of its Windows way (SmallstepAuthority.Ndes, CustomScep or Scep).")]);
        IReadOnlyList<ReadOnlyMemory<byte>> certificates = await ReadAsync(http, url, spec.Authority, cancellationToken).ConfigureAwait(false);
        return certificates.Count > 0 ? certificates : throw new IntegrationException([WorkflowRules.ScepChainBroken.At($"{url} returns no issuing certificate.")]);
    }

    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(HttpClient http, Uri url, SmallstepAuthority authority, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(http, url, authority, async (client, token) =>
            {
                IReadOnlyList<X509Certificate2> certificates = await client.GetCaCertificatesAsync(token).ConfigureAwait(false);
                return [.. certificates.Where(one => IsAuthority(one) && !one.RawDataMemory.Span.SequenceEqual(authority.RootCertificate.Span)).Select(one => (ReadOnlyMemory<byte>)one.RawData)];
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (ScepException problem)
        {
            FindingRule rule = await AnswersAsync(http, url, cancellationToken).ConfigureAwait(false) ? WorkflowRules.ScepChainBroken : WorkflowRules.ScepUnreachable;
            throw new IntegrationException([rule.At($"{url}: {problem.Message}")], problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or TimeoutException or CryptographicException)
        {
            throw new IntegrationException([WorkflowRules.ScepUnreachable.At($"{url}: {problem.Message}")], problem);
        }
    }

    /// <summary>Whether certificates come at all, whomever they lead to.</summary>
    private static async Task<bool> AnswersAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            using HttpResponseMessage response = await http.GetAsync(url.AbsoluteUri + "?operation=GetCACert", HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType?.StartsWith("application/x-x509-ca", StringComparison.OrdinalIgnoreCase) == true;
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    public static Task<ScepCapabilities> CapabilitiesAsync(HttpClient http, Uri url, SmallstepAuthority authority, CancellationToken cancellationToken) =>
        AskAsync(http, url, authority, static (client, token) => client.GetCapabilitiesAsync(token), cancellationToken);

    /// <summary>The HTTP client has no time-out of its own, because packages are large.</summary>
    private static async Task<T> AskAsync<T>(HttpClient http, Uri url, SmallstepAuthority authority, Func<ScepClient, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using X509Certificate2 root = X509CertificateLoader.LoadCertificate(authority.RootCertificate.Span);
        using var client = new ScepClient(http, Options(url, root));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            return await ask(client, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {AnswerTimeout.TotalSeconds:0} s.", late);
        }
    }

    private static ScepClientOptions Options(Uri url, X509Certificate2 root) => new() { Url = url.AbsoluteUri, TrustedCertificates = { root } };

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
