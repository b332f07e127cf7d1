using System.Net;

namespace Smallstep.Fleet.Scep;

/// <summary>One HTTP request and its answer under one deadline: <c>HttpClient.Timeout</c> ends with the headers, and a body may drip for ever.</summary>
internal static class BoundedExchange
{
    private const int LongestErrorBody = 4096;

    /// <summary>Sends a request and reads the whole answer; the body of an answer other than 200 is cut after 4 KiB.</summary>
    /// <param name="http">The HTTP client.</param>
    /// <param name="request">The request.</param>
    /// <param name="server">Who answers, as an error begins: <c>The SCEP server</c>.</param>
    /// <param name="maximumLength">The longest body, in bytes.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ScepException">The server cannot be reached, breaks off, or answers at too great a length.</exception>
    /// <exception cref="TimeoutException">The server did not answer in time.</exception>
    public static async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(
        HttpClient http, HttpRequestMessage request, string server, int maximumLength, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using HttpResponseMessage response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            bool isError = response.StatusCode != HttpStatusCode.OK;
            byte[]? body = await ReadAsync(response, isError ? LongestErrorBody : maximumLength, isError, linked.Token).ConfigureAwait(false);
            return (response.StatusCode, body ?? throw new ScepException($"{server}'s answer is longer than {maximumLength} bytes."));
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{server} did not answer in time.", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new ScepException($"{server} cannot be reached: {broken.Message}", innerException: broken);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int maximumLength, bool cut, CancellationToken cancellationToken)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = new byte[8192];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > maximumLength)
            {
                return cut ? body.ToArray().AsSpan(0, maximumLength).ToArray() : null;
            }
        }

        return body.ToArray();
    }
}
