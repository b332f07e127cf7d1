using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Smallstep.Fleet.Scep;

/// <summary>What the clients of challenge servers have in common: Basic credentials, exactly 200, bounded answers.</summary>
internal static class ChallengeRequests
{
    public static Uri RequireUrl(string? url, string parameter) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
            ? parsed
            : throw new ArgumentException("Url must be an absolute http or https address.", parameter);

    public static AuthenticationHeaderValue Basic(string? username, Secret? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password?.Reveal()}")));

    public static async Task<byte[]> SendAsync(
        HttpClient http, HttpRequestMessage message, int maximumLength, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, byte[] body) =
            await BoundedExchange.SendAsync(http, message, "The challenge server", maximumLength, timeout, time, cancellationToken).ConfigureAwait(false);
        RequireOk(status);
        return body;
    }

    private static void RequireOk(HttpStatusCode status)
    {
        if (status == HttpStatusCode.OK)
        {
            return;
        }

        string number = ((int)status).ToString(CultureInfo.InvariantCulture);
        throw new ScepException(status == HttpStatusCode.Unauthorized
            ? $"The challenge server answered HTTP {number}: user name or password is wrong."
            : $"The challenge server answered HTTP {number}, where exactly 200 is a challenge.");
    }
}
