using System.Net;
using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Platform;

/// <summary>Turns an answer that is no success into an exception that says what is wrong and what to do.</summary>
internal static class SmallstepErrorReader
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxExcerpt = 512;

    public static SmallstepApiException Create(HttpResponseMessage answer, PooledBody body, SmallstepOperation operation, IReadOnlyList<Secret?> secrets, TimeProvider time)
    {
        string? text = Redaction.Of(Message(body), secrets);
        string? excerpt = text is null ? Excerpt(body, secrets) : null;
        string? requestId = SmallstepTransport.Header(answer, "X-Request-Id");
        TimeSpan? wait = RetryAfter.Of(answer, time);
        string why = text ?? (excerpt is { Length: > 0 } ? $"the answer is not the API's: {excerpt}" : answer.ReasonPhrase ?? "");
        string message = $"Cannot {operation.Name}: {(int)answer.StatusCode} {why}".TrimEnd();
        return new SmallstepApiException(operation.Name, $"{message}{(message[^1] is '.' ? "" : ".")}{Remedy(answer, operation, wait)}{(requestId is null ? "" : $" (request {requestId})")}")
        {
            Status = answer.StatusCode,
            ServerMessage = text,
            RequestId = requestId,
            RetryAfter = wait,
            Excerpt = excerpt,
            RequiredScope = answer.StatusCode == HttpStatusCode.Forbidden ? operation.Scope : null,
        };
    }

    private static string Remedy(HttpResponseMessage answer, SmallstepOperation operation, TimeSpan? wait) => (int)answer.StatusCode switch
    {
        >= 300 and < 400 => " Redirects are not followed with the token. Set SmallstepClientOptions.Url to the final address.",
        401 when operation.IsAnonymous => " The team does not trust the client certificate for API authentication.",
        401 => " The token is wrong or has expired; make a new one (console: Settings → API → Tokens).",
        403 => $" The token lacks the scope {operation.Scope}.",
        429 => wait is { } time ? $" Try again in {time.TotalSeconds:0} s." : " Try again later.",
        _ => "",
    };

    private static string? Message(PooledBody body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, SmallstepJsonContext.Default.ErrorAnswer)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Excerpt(PooledBody body, IReadOnlyList<Secret?> secrets)
    {
        // Shortened after the redaction, since half a secret, or one with other white space, would not be found.
        string text = string.Join(' ', Redaction.Of(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Span.Length, MaxBytes)]), secrets)!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > MaxExcerpt ? text[..MaxExcerpt] : text;
    }
}
