using System.Net;
using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Turns an answer that is no success into an exception that says what is wrong and what to do.</summary>
internal static class FleetErrorReader
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxExcerpt = 512;

    public static async Task<FleetApiException> ReadAsync(FleetResponse response, FleetOperation operation, IReadOnlyList<Secret?> secrets, TimeProvider time)
    {
        byte[] buffer = new byte[MaxBytes];
        int length = 0;
        try
        {
            while (length < buffer.Length && await response.ReadAsync(buffer.AsMemory(length)).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is FleetApiException or TimeoutException)
        {
            // The status is what counts; what was read of the body will do.
        }

        return Create(response.Message, buffer.AsSpan(0, length), operation, secrets, time);
    }

    private static FleetApiException Create(HttpResponseMessage message, ReadOnlySpan<byte> body, FleetOperation operation, IReadOnlyList<Secret?> secrets, TimeProvider time)
    {
        var reasons = new List<FleetErrorReason>();
        bool isFleet = TryParse(body, secrets, reasons, out string? text, out string? requestId);
        string? excerpt = isFleet ? null : Excerpt(body, secrets);
        TimeSpan? retryAfter = RetryAfter.Of(message, time);
        string? roles = message.StatusCode == HttpStatusCode.Forbidden ? operation.Roles : null;
        return new FleetApiException(operation.Name, Message(message, operation, reasons, text, excerpt, retryAfter, requestId))
        {
            Status = message.StatusCode,
            Reasons = reasons,
            RequestId = requestId,
            RetryAfter = retryAfter,
            Excerpt = excerpt,
            RequiredRoles = roles,
        };
    }

    private static string Message(HttpResponseMessage answer, FleetOperation operation, List<FleetErrorReason> reasons, string? text, string? excerpt, TimeSpan? retryAfter, string? requestId)
    {
        var message = new StringBuilder($"Cannot {operation.Name}: {(int)answer.StatusCode}");
        string why = reasons.Count > 0 ? string.Join("; ", reasons) : text ?? (excerpt is { Length: > 0 } ? $"the answer is not Fleet's: {excerpt}" : answer.ReasonPhrase ?? "");
        message.Append(why.Length > 0 ? $" {why}" : "");
        message.Append(message[^1] is '.' or '!' ? "" : ".");
        message.Append(Remedy(answer, operation, retryAfter, why)).Append(operation.Hint);
        return message.Append(requestId is null ? "" : $" (Fleet's log: {requestId})").ToString();
    }

    private static string Remedy(HttpResponseMessage answer, FleetOperation operation, TimeSpan? retryAfter, string why) => (int)answer.StatusCode switch
    {
        >= 300 and < 400 => $" The server redirects{(answer.Headers.Location is { IsAbsoluteUri: true } to ? " to " + to.GetLeftPart(UriPartial.Authority) : "")}; redirects are not followed with the token. Set FleetClientOptions.Url to the final address.",
        401 when operation.IsAnonymous => " Check e-mail and password.",
        401 => " The server does not know the token; check FleetClientOptions.Token, or make a new one.",
        402 => " This needs Fleet Premium.",
        403 when why.Contains("API-only user", StringComparison.OrdinalIgnoreCase) => $" The token is bound to certain endpoints, and this is none of them: add it (Users.UpdateApiOnlyAsync), or use another token; needed: {operation.Roles}.",
        403 => $" The token's user lacks the role; needed: {operation.Roles}.",
        413 => " The server or a proxy takes no body of this size.",
        429 => retryAfter is { } wait ? $" Try again in {wait.TotalSeconds:0} s." : " Try again later.",
        _ => "",
    };

    private static bool TryParse(ReadOnlySpan<byte> body, IReadOnlyList<Secret?> secrets, List<FleetErrorReason> reasons, out string? text, out string? requestId)
    {
        text = requestId = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document))
            {
                return false;
            }

            using (document)
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                {
                    return false;
                }

                text = Redaction.Of(Text(document.RootElement, "message"), secrets);
                requestId = Text(document.RootElement, "uuid");
                if (document.RootElement.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array)
                {
                    reasons.AddRange(errors.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.Object)
                        .Select(error => new FleetErrorReason(Text(error, "name") ?? "", Redaction.Of(Text(error, "reason"), secrets) ?? "")));
                }

                return text is not null || reasons.Count > 0;
            }
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static string Excerpt(ReadOnlySpan<byte> body, IReadOnlyList<Secret?> secrets)
    {
        // Shortened after the redaction, since half a secret, or one with other white space, would not be found.
        string text = string.Join(' ', Redaction.Of(Encoding.UTF8.GetString(body), secrets)!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > MaxExcerpt ? text[..MaxExcerpt] : text;
    }
}
