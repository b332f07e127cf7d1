using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// Asks a webhook in the form of Smallstep's SCEPCHALLENGE. Anything but a clear yes denies: errors, odd answers and silence too.
/// One repetition after a second, on a transport error or a status of 500 and above.
/// </summary>
public sealed class WebhookAuthorizer : IScepAuthorizer
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly WebhookAuthorizerOptions _options;
    private readonly byte[] _secret;
    private readonly Uri _url;
    private readonly TimeProvider _time;

    /// <summary>Creates an authoriser.</summary>
    /// <param name="http">The HTTP client; it should not follow redirects.</param>
    /// <param name="options">Address and secrets.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <exception cref="ArgumentException">The address is not https, or holds user info; or the secret is missing or not base64.</exception>
    public WebhookAuthorizer(HttpClient http, WebhookAuthorizerOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _url = ChallengeRequests.RequireUrl(options.Url, nameof(options));
        if ((_url.Scheme != Uri.UriSchemeHttps && !options.AllowHttp) || _url.UserInfo.Length > 0)
        {
            throw new ArgumentException("The webhook's address must be https and hold no user info.", nameof(options));
        }

        _secret = new byte[1024];
        if (!Convert.TryFromBase64String(options.SigningSecret?.Reveal() ?? "", _secret, out int length) || length == 0)
        {
            throw new ArgumentException("SigningSecret must be a secret in base64.", nameof(options));
        }

        _secret = _secret[..length];
        _http = http;
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<ScepDecision> AuthorizeAsync(ScepAuthorizationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new ScepWebhookBody(
                _time.GetUtcNow(),
                _options.ProvisionerName,
                new ScepWebhookRequest(request.Request.Encoded.ToArray(), request.Request.SubjectPublicKeyInfo.ToArray(), "RSA"),
                request.Request.Challenge?.Reveal(),
                request.TransactionId),
            ScepJsonContext.Default.ScepWebhookBody);
        bool? answer = await AskAsync(body, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
            answer = await AskAsync(body, cancellationToken).ConfigureAwait(false);
        }

        return answer == true ? ScepDecision.Allowed : ScepDecision.Denied;
    }

    /// <summary>Yes, no, or <see langword="null"/> where it is worth asking again.</summary>
    private async Task<bool?> AskAsync(byte[] body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = Describe(body);
        try
        {
            (HttpStatusCode status, byte[] answer) = await BoundedExchange.SendAsync(
                _http, message, "The webhook", LongestAnswer, _options.Timeout, _time, cancellationToken).ConfigureAwait(false);
            return (int)status >= 500
                ? null
                : (int)status is >= 200 and < 300 && JsonSerializer.Deserialize(answer, ScepJsonContext.Default.ScepWebhookAnswer)?.Allow == true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (Exception silent) when (silent is ScepException or TimeoutException)
        {
            return null;
        }
    }

    private HttpRequestMessage Describe(byte[] body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add("X-Smallstep-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(_secret, body)));
        message.Headers.Add("X-Smallstep-Webhook-ID", _options.Id);
        message.Headers.Add("X-Request-Id", Guid.NewGuid().ToString("N"));
        if (_options.BearerToken is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        }

        return message;
    }
}
