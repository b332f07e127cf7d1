using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Smallstep.Fleet.Scep;

/// <summary>SCEP over HTTP: operations as query parameters, pkiMessages by POST or GET, answers of bounded size.</summary>
internal sealed class ScepTransport(HttpClient http, ScepClientOptions options, TimeProvider time)
{
    private const int LongestErrorText = 300;

    /// <summary>Asks for something that is not a pkiMessage; returns <see langword="null"/> where the CA answers with an HTTP error.</summary>
    public async Task<byte[]?> TryGetAsync(string operation, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, byte[] body) = await QueryAsync(operation, cancellationToken).ConfigureAwait(false);
        return status == HttpStatusCode.OK ? body : null;
    }

    /// <summary>As <see cref="TryGetAsync"/>, but an HTTP error is an error.</summary>
    public async Task<byte[]> GetAsync(string operation, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, byte[] body) = await QueryAsync(operation, cancellationToken).ConfigureAwait(false);
        return RequireOk(operation, status, body);
    }

    /// <summary>Sends a pkiMessage.</summary>
    public async Task<byte[]> SendMessageAsync(byte[] message, bool usePost, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = usePost ? Post(message) : Get(message);
        (HttpStatusCode status, byte[] body) = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return RequireOk("PKIOperation", status, body);
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> QueryAsync(string operation, CancellationToken cancellationToken)
    {
        string message = options.CaIdentifier is { } identifier ? "&message=" + Uri.EscapeDataString(identifier) : "";
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(operation) + message);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Post(byte[] message)
    {
        var content = new ByteArrayContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue(ScepResponse.PkiMessageType);
        return new HttpRequestMessage(HttpMethod.Post, Address("PKIOperation")) { Content = content };
    }

    private HttpRequestMessage Get(byte[] message)
    {
        string address = Address("PKIOperation") + "&message=" + Uri.EscapeDataString(Convert.ToBase64String(message));
        return address.Length <= options.MaximumUrlLength
            ? new HttpRequestMessage(HttpMethod.Get, address)
            : throw new ScepException(
                $"The CA does not offer POST, and the request by GET would have a URL of {address.Length} characters; {options.MaximumUrlLength} are allowed. Use a smaller key or a shorter request, or raise MaximumUrlLength.");
    }

    private string Address(string operation)
    {
        string url = options.Url!;
        return url + (url.Contains('?', StringComparison.Ordinal) ? "&operation=" : "?operation=") + operation;
    }

    private Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        BoundedExchange.SendAsync(http, request, "The SCEP server", CmsSignedData.MaxLength, options.Timeout, time, cancellationToken);

    private static byte[] RequireOk(string operation, HttpStatusCode status, byte[] body)
    {
        if (status == HttpStatusCode.OK)
        {
            return body;
        }

        string number = ((int)status).ToString(CultureInfo.InvariantCulture);
        throw new ScepException($"The SCEP server answered {operation} with HTTP {number}{Excerpt(body)}");
    }

    // What the server says helps to find the fault; control characters and length do not.
    private static string Excerpt(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, LongestErrorText)));
        text = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return text.Length == 0 ? "." : ": " + text;
    }
}
