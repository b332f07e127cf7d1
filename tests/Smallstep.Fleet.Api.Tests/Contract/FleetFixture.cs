using System.Net;
using System.Text;
using RichardSzalay.MockHttp;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>A client on a mock that fails on anything that was not announced, and a record of what was sent.</summary>
internal sealed class FleetFixture : IDisposable
{
    public const string Token = "canary-token-4711";

    private readonly MockHttpMessageHandler _mock = new();

    public FleetFixture(string? version = "4.95.0", IFleetTokenProvider? tokens = null)
    {
        Client = new FleetClient(
            new HttpClient(_mock) { Timeout = TimeSpan.FromSeconds(20) }, // an unexpected call would be waited for otherwise
            new FleetClientOptions { Url = "https://fleet.example.org", Token = Token, ServerVersion = version },
            tokens);
    }

    public FleetClient Client { get; }

    public List<Sent> Requests { get; } = [];

    public Sent Last => Requests[^1];

    /// <summary>Announces one call with the exact path and query after <c>/api/latest/fleet/</c>.</summary>
    public FleetFixture On(string method, string pathAndQuery, string body = "{}", int status = 200, string contentType = "application/json", Action<HttpResponseMessage>? headers = null)
    {
        _mock.Expect(new HttpMethod(method), "*").Respond(async request =>
        {
            Requests.Add(await Sent.ReadAsync(request));
            string got = request.Method + " " + request.RequestUri!.PathAndQuery;
            string expected = method + " /api/latest/fleet/" + pathAndQuery;
            if (got != expected)
            {
                throw new InvalidOperationException($"Unexpected call: {got}; expected {expected}.");
            }

            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
            headers?.Invoke(response);
            return response;
        });
        return this;
    }

    public void Dispose() => _mock.VerifyNoOutstandingExpectation();
}
