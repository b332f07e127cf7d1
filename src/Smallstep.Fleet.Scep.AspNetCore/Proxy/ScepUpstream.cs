using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Smallstep.Fleet.Scep.AspNetCore;

/// <summary>Talks to the CA behind the proxy: the message is passed on unchanged, POST or GET as the CA's capabilities say.</summary>
internal sealed class ScepUpstream(HttpClient http, FleetScepProxyOptions options)
{
    private const string CaRaType = "application/x-x509-ca-ra-cert";

    /// <summary>GetCACaps or GetCACert; the CA's answer and its content type.</summary>
    public async Task<(byte[] Body, bool IsCaRa)> GetAsync(Uri url, string operation, string? message, CancellationToken cancellationToken)
    {
        string address = Address(url, operation) + (string.IsNullOrEmpty(message) ? "" : "&message=" + Uri.EscapeDataString(message));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Relays a pkiMessage. Capabilities are asked for each time, by substring, as Fleet does.</summary>
    public async Task<byte[]> RelayAsync(Uri url, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        (byte[] capabilities, _) = await GetAsync(url, "GetCACaps", null, cancellationToken).ConfigureAwait(false);
        string text = Encoding.UTF8.GetString(capabilities);
        bool usePost = text.Contains("POSTPKIOperation", StringComparison.Ordinal) || text.Contains("SCEPStandard", StringComparison.Ordinal);
        using HttpRequestMessage request = usePost ? Post(url, message) : Get(url, message);
        return (await SendAsync(request, cancellationToken).ConfigureAwait(false)).Body;
    }

    private static HttpRequestMessage Post(Uri url, ReadOnlyMemory<byte> message)
    {
        var content = new ReadOnlyMemoryContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new HttpRequestMessage(HttpMethod.Post, Address(url, "PKIOperation")) { Content = content };
    }

    private static HttpRequestMessage Get(Uri url, ReadOnlyMemory<byte> message) =>
        new(HttpMethod.Get, Address(url, "PKIOperation") + "&message=" + Uri.EscapeDataString(Convert.ToBase64String(message.Span)));

    private static string Address(Uri url, string operation) =>
        url.OriginalString + (url.Query.Length > 0 ? "&operation=" : "?operation=") + operation;

    private async Task<(byte[] Body, bool IsCaRa)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, options.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using HttpResponseMessage response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            if ((int)response.StatusCode >= 400)
            {
                throw new ScepUpstreamException("HTTP " + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), isTimeout: false);
            }

            byte[] body = await ReadAsync(response, linked.Token).ConfigureAwait(false);
            return (body, response.Content.Headers.TryGetValues("Content-Type", out IEnumerable<string>? types) && types.Single() == CaRaType);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ScepUpstreamException("timeout", isTimeout: true, late);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw new ScepUpstreamException(Describe(failed), isTimeout: false, failed);
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = new byte[8192];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            // Fleet's reader stops at the limit; a cut message would only fail later and less clearly.
            body.Write(buffer, 0, read);
            if (body.Length > options.MaximumLength)
            {
                throw new ScepUpstreamException("upstream error", isTimeout: false);
            }
        }

        return body.ToArray();
    }

    private static string Describe(Exception failed) => failed switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "DNS resolution error",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "connection refused",
        _ => "upstream error",
    };
}
