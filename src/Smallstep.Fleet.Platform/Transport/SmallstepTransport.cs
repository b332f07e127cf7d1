using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Smallstep.Fleet.Platform;

/// <summary>Makes calls: address, version header, token, deadline, errors.</summary>
internal sealed class SmallstepTransport
{
    private readonly HttpClient _http;
    private readonly ISmallstepTokenProvider _tokens;
    private readonly ILogger _logger;
    private readonly string _prefix;
    private readonly string _authority;

    public SmallstepTransport(HttpClient http, SmallstepClientOptions options, ISmallstepTokenProvider tokens, TimeProvider time, ILogger logger)
    {
        SmallstepClientOptionsValidator.Check(options);
        (_http, _tokens, _logger, Options, Time) = (http, tokens, logger, options, time);
        var url = new Uri(options.Url);
        _authority = url.GetLeftPart(UriPartial.Authority);
        _prefix = url.AbsoluteUri.TrimEnd('/') + "/";
    }

    public SmallstepClientOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Makes a call and drops the answer.</summary>
    public async Task SendAsync(SmallstepRequest request, CancellationToken cancellationToken) =>
        await ReadWithCursorAsync(request, static _ => true, acceptsGone: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a call and reads the answer.</summary>
    public Task<T> SendAsync<T>(SmallstepRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReadAsync(request, body => JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("The answer is null."), cancellationToken);

    /// <summary>Makes a call and reads the answer by a function.</summary>
    public async Task<T> ReadAsync<T>(SmallstepRequest request, Func<PooledBody, T> read, CancellationToken cancellationToken) =>
        (await ReadWithCursorAsync(request, read, acceptsGone: false, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Goes through a paged list.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(SmallstepOperation operation, string path, QueryString query, JsonTypeInfo<List<T>> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            QueryString paged = query.Copy().Add("pagination%5Bfirst%5D", Options.PageSize).Add("pagination%5Bafter%5D", cursor);
            (List<T> page, string? next) = await ReadWithCursorAsync(
                SmallstepRequest.Get(operation, path, paged),
                body => JsonSerializer.Deserialize(body.Span, type) ?? [],
                acceptsGone: false,
                cancellationToken).ConfigureAwait(false);
            foreach (T item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            cursor = next is null || seen.Add(next)
                ? next
                : throw new SmallstepApiException(operation.Name, $"Cannot {operation.Name}: the server repeats the cursor, so the list would not end.") { Status = HttpStatusCode.OK };
        }
        while (cursor is not null);
    }

    private async Task<(T Value, string? Cursor)> ReadWithCursorAsync<T>(SmallstepRequest request, Func<PooledBody, T> read, bool acceptsGone, CancellationToken cancellationToken)
    {
        SmallstepOperation operation = request.Operation;
        if (operation.Since is { } since && string.CompareOrdinal(Options.ApiVersion, since) < 0)
        {
            throw new SmallstepVersionException(operation.Name, since, Options.ApiVersion);
        }

        Secret? token = operation.IsAnonymous ? null : await _tokens.GetTokenAsync(null, cancellationToken).ConfigureAwait(false);
        string requestId = Guid.NewGuid().ToString();
        using var deadline = new CallDeadline(Options.TotalTimeout, Options.IdleTimeout, Time, cancellationToken);
        try
        {
            HttpResponseMessage answer = await SendOnceAsync(request, token, requestId, deadline.Token).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && token is not null
                && await FreshAsync(answer, token, cancellationToken).ConfigureAwait(false) is { } fresh)
            {
                answer.Dispose();
                token = fresh;
                answer = await SendOnceAsync(request, token, requestId, deadline.Token).ConfigureAwait(false);
            }

            using (answer)
            {
                deadline.HasAnswered = true;
                using PooledBody body = await ReadBodyAsync(answer, operation, deadline).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode && !(acceptsGone && RetryHandler.HasDeletedBefore(answer.RequestMessage!, answer.StatusCode)))
                {
                    throw SmallstepErrorReader.Create(answer, body, operation, [token, .. request.Secrets], Time);
                }

                return (Parse(read, body, operation, answer), Header(answer, "X-Next-Cursor"));
            }
        }
        catch (Exception exception) when (Translate(exception, deadline, operation.Name, requestId) is { } translated)
        {
            throw translated;
        }
    }

    // Null where the provider has no other token; then the refusal stands.
    private async Task<Secret?> FreshAsync(HttpResponseMessage refused, Secret token, CancellationToken cancellationToken)
    {
        try
        {
            Secret fresh = await _tokens.GetTokenAsync(token, cancellationToken).ConfigureAwait(false);
            return fresh.Equals(token) ? null : fresh;
        }
        catch
        {
            refused.Dispose();
            throw;
        }
    }

    private static T Parse<T>(Func<PooledBody, T> read, PooledBody body, SmallstepOperation operation, HttpResponseMessage answer)
    {
        try
        {
            return read(body);
        }
        catch (JsonException exception)
        {
            throw new SmallstepApiException(operation.Name, $"Cannot {operation.Name}: the answer is no JSON of the expected shape (at {exception.Path ?? "$"}). Is the address the Smallstep API's?", exception)
            {
                Status = answer.StatusCode,
                RequestId = Header(answer, "X-Request-Id"),
            };
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(SmallstepRequest request, Secret? token, string requestId, CancellationToken cancellationToken)
    {
        // Canonicalisation off: the escaped slash of an URN must arrive as written.
        var uri = new Uri(_prefix + request.Path + request.Query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(request.Method, uri) { Content = request.Content };
        message.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Reveal());
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.Add("X-Smallstep-Api-Version", Options.ApiVersion);
        message.Headers.Add("X-Request-Id", requestId);
        message.Options.Set(RetryHandler.Repeatable, request.IsRepeatable);
        long started = Time.GetTimestamp();
        HttpResponseMessage answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        message.Content = null; // kept for a repetition with another token
        Log.Answered(_logger, request.Method.Method, request.Operation.Name, (int)answer.StatusCode, Time.GetElapsedTime(started).TotalMilliseconds);
        if (answer.RequestMessage?.RequestUri is { } final && final.GetLeftPart(UriPartial.Authority) != _authority)
        {
            answer.Dispose();
            throw new SmallstepApiException(request.Operation.Name, $"Cannot {request.Operation.Name}: the call was redirected to {final.GetLeftPart(UriPartial.Authority)}. Turn redirects off in the HttpClient's handler, and set SmallstepClientOptions.Url to the final address.");
        }

        return answer;
    }

    private async Task<PooledBody> ReadBodyAsync(HttpResponseMessage answer, SmallstepOperation operation, CallDeadline deadline)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        int length = 0;
        try
        {
            Stream stream = await answer.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            while (true)
            {
                deadline.BeginWait();
                int read = await stream.ReadAsync(buffer.AsMemory(length), deadline.Token).ConfigureAwait(false);
                deadline.EndWait();
                length += read;
                if (length > Options.MaxResponseBytes)
                {
                    throw new SmallstepApiException(operation.Name, $"Cannot {operation.Name}: the answer is larger than {Options.MaxResponseBytes} bytes. Raise SmallstepClientOptions.MaxResponseBytes if that is meant.") { Status = answer.StatusCode };
                }

                if (read == 0)
                {
                    return new PooledBody(buffer, length);
                }

                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                    buffer = larger;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }
    }

    private Exception? Translate(Exception exception, CallDeadline deadline, string operation, string requestId)
    {
        if (exception is SmallstepApiException refused)
        {
            Log.Refused(_logger, operation, (int)(refused.Status ?? 0), refused.RequestId);
        }

        return exception switch
        {
            OperationCanceledException cancelled => deadline.Translate(cancelled, operation),
            TimeoutException timeout => new TimeoutException($"Cannot {operation}: {timeout.Message}", timeout),
            HttpRequestException request => new SmallstepApiException(operation, $"Cannot {operation}: {_authority} cannot be reached ({request.HttpRequestError}): {request.Message}", request) { RequestId = requestId },
            Exception io when io is IOException or InvalidDataException => new SmallstepApiException(operation, $"Cannot {operation}: the connection to {_authority} broke: {io.Message}", io) { RequestId = requestId },
            _ => null,
        };
    }

    internal static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;
}
