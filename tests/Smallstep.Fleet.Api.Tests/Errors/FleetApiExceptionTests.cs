using System.Net;
using System.Net.Http.Headers;

namespace Smallstep.Fleet.Api.Tests;

public sealed class FleetApiExceptionTests
{
    private static async Task<FleetApiException> FailAsync(int status, string body, Func<FleetClient, Task>? call = null, string method = "GET", string path = "configuration_profiles/a4d2", string type = "application/json", Action<HttpResponseMessage>? headers = null)
    {
        using var fleet = new FleetFixture();
        fleet.On(method, path, body, status, type, headers);
        Func<Task> act = () => (call ?? (client => client.Profiles.GetAsync("a4d2")))(fleet.Client);
        return (await act.Should().ThrowAsync<FleetApiException>()).Which;
    }

    [Fact]
    public async Task Status422_SeveralReasons_AreAllKept()
    {
        FleetApiException exception = await FailAsync(422, """{"message":"Validation Failed","errors":[{"name":"name","reason":"CA name cannot be empty"},{"name":"base","reason":"Second"}],"uuid":"1c1f2c9e"}""");

        exception.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        exception.Operation.Should().Be("read a configuration profile");
        exception.Reasons.Should().Equal(new FleetErrorReason("name", "CA name cannot be empty"), new FleetErrorReason("base", "Second"));
        exception.RequestId.Should().Be("1c1f2c9e");
        exception.Message.Should().Be("Cannot read a configuration profile: 422 name: CA name cannot be empty; Second. (Fleet's log: 1c1f2c9e)");
    }

    [Fact]
    public async Task Status403_AnyMessage_NamesTheRole()
    {
        FleetApiException exception = await FailAsync(403, """{"message":"forbidden"}""");

        exception.RequiredRoles.Should().Be("gitops, maintainer, admin");
        exception.Message.Should().Contain("needed: gitops, maintainer, admin");
    }

    [Fact]
    public async Task Status403_OfATokenBoundToEndpoints_SaysSo()
    {
        FleetApiException exception = await FailAsync(403, """{"message":"Permission Denied","errors":[{"name":"base","reason":"endpoint not permitted for this API-only user"}]}""");

        exception.Message.Should().Contain("bound to certain endpoints").And.Contain("gitops, maintainer, admin").And.NotContain("lacks the role");
    }

    [Fact]
    public async Task Status402_AnyMessage_SaysPremium() =>
        (await FailAsync(402, """{"message":"Requires Fleet Premium license"}""")).Message.Should().Contain("This needs Fleet Premium.");

    [Fact]
    public async Task Status401_EchoedToken_IsNotShown()
    {
        FleetApiException exception = await FailAsync(401, $$"""{"message":"bad {{FleetFixture.Token}}","errors":[{"name":"base","reason":"{{FleetFixture.Token}} unknown"}]}""");

        exception.ToString().Should().NotContain(FleetFixture.Token);
        exception.Reasons[0].Reason.Should().Be("*** unknown");
        exception.Message.Should().Contain("FleetClientOptions.Token");
    }

    [Fact]
    public async Task AnyStatus_EchoedSecretOfTheBody_IsNotShown()
    {
        const string Canary = "body-canary-0815";
        var secret = new Secret(Canary);
        Func<FleetClient, Task>[] calls =
        [
            c => c.Sessions.LoginAsync("e", secret),
            c => c.Users.CreateAsync(new() { Name = "n", Email = "e", Password = secret }),
            c => c.Users.UpdateAsync(1, new() { Password = secret }),
            c => c.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("A", "u", "c", "f", secret)),
            c => c.CertificateAuthorities.CreateAsync(new NdesCaRequest("u", "a", "f", secret)),
            c => c.CertificateAuthorities.CreateAsync(new CustomScepCaRequest("A", "u", secret)),
            c => c.CertificateAuthorities.CreateAsync(new CustomEstCaRequest("A", "u", "f", secret)),
            c => c.CertificateAuthorities.CreateAsync(new HydrantCaRequest("A", "u", "i", secret)),
            c => c.CertificateAuthorities.CreateAsync(new DigiCertCaRequest("A", "u", secret, "p", "cn", "seat")),
            c => c.CertificateAuthorities.ApplySpecAsync(new() { Authorities = [new SmallstepCaRequest("A", "u", "c", "f", secret)] }),
            c => c.CertificateAuthorities.RequestCertificateAsync(1, "CSR", new("https://idp.example", secret, "client")),
            c => c.Variables.CreateAsync("X", secret),
            c => c.Variables.SetAsync(new Dictionary<string, Secret> { ["X"] = secret }),
            c => c.Teams.ReplaceSecretsAsync(1, [secret]),
            c => c.Spec.ApplyEnrollSecretsAsync([secret]),
        ];
        using var http = new HttpClient(new Echo());
        var client = new FleetClient(http, new() { Url = "https://fleet.example.org", Token = "t0ken", ServerVersion = "4.95.0" });

        foreach (Func<FleetClient, Task> call in calls)
        {
            FleetApiException exception = (await client.Invoking(call).Should().ThrowAsync<FleetApiException>()).Which;
            exception.Excerpt.Should().Contain("***", "the page shows what was sent");
            exception.ToString().Should().NotContain(Canary);
        }
    }

    [Fact]
    public async Task Status502_EchoedTokenWhereTheExcerptEnds_IsNotShownByHalves()
    {
        FleetApiException exception = await FailAsync(502, new string('x', 505) + FleetFixture.Token, type: "text/plain");

        exception.ToString().Should().NotContain(FleetFixture.Token[..6]);
    }

    [Fact]
    public async Task Status502_EchoedTokenAfterMuchWhiteSpace_IsNotShownByHalves()
    {
        FleetApiException exception = await FailAsync(502, "sent:" + new string(' ', 2037) + FleetFixture.Token, type: "text/plain");

        exception.Excerpt.Should().Be("sent: ***");
    }

    [Fact]
    public async Task Status502_EchoedPasswordWithAQuote_IsNotShown()
    {
        using var http = new HttpClient(new Echo());
        var client = new FleetClient(http, new() { Url = "https://fleet.example.org", Token = "t0ken", ServerVersion = "4.95.0" });
        Func<Task> act = () => client.Sessions.LoginAsync("e", new Secret("pass\"canary"));

        (await act.Should().ThrowAsync<FleetApiException>()).Which.ToString().Should().Contain("***").And.NotContain("canary");
    }

    [Fact]
    public async Task Status502_Html_KeepsAnExcerpt()
    {
        FleetApiException exception = await FailAsync(502, "<html>\n <h1>502   Bad Gateway</h1>" + new string('x', 5000), type: "text/html");

        exception.Excerpt.Should().StartWith("<html> <h1>502 Bad Gateway</h1>").And.HaveLength(512);
        exception.Reasons.Should().BeEmpty();
    }

    [Fact]
    public async Task Status429_Seconds_GiveRetryAfter()
    {
        FleetApiException exception = await FailAsync(429, """{"message":"limit exceeded, retry after: 7s"}""", headers: response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)));

        exception.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Status429_Date_IsTakenAgainstTheServersClock()
    {
        var date = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        FleetApiException exception = await FailAsync(429, "{}", headers: response =>
        {
            response.Headers.Date = date;
            response.Headers.RetryAfter = new RetryConditionHeaderValue(date.AddSeconds(90));
        });

        exception.RetryAfter.Should().Be(TimeSpan.FromSeconds(90), "the clock here is years ahead, and the server's own Date counts");
    }

    [Fact]
    public async Task Status301_Redirect_NamesTheTarget()
    {
        FleetApiException exception = await FailAsync(301, "", headers: response => response.Headers.Location = new Uri("https://elsewhere.example/x?token=y"));

        exception.Message.Should().Contain("https://elsewhere.example").And.NotContain("token=y");
    }

    [Fact]
    public async Task NameTaken400_OfAnAuthority_IsAConflict()
    {
        FleetApiException exception = await FailAsync(
            400,
            """{"message":"Bad request","errors":[{"name":"base","reason":"Couldn't add certificate authority. \"A\" name is already used by another Smallstep certificate authority. Please choose a different name and try again."}]}""",
            client => client.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("A", "https://u", "https://c", "f", new Secret("p"))),
            "POST",
            "certificate_authorities");

        exception.IsConflict.Should().BeTrue();
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("{}")]
    [InlineData("""{"host":7}""")]
    [InlineData("")]
    public async Task Success_NotFleetsAnswer_Throws(string body)
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "hosts/1?exclude_software=true", body);
        Func<Task> act = () => fleet.Client.Hosts.GetAsync(1);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("cannot be read");
    }

    [Fact]
    public async Task Login_AfterA429_IsNotSentUntilThePauseIsOver()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "login", """{"message":"limit exceeded, retry after: 30s"}""", 429, headers: response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(30)));
        Func<Task> act = () => fleet.Client.Sessions.LoginAsync("a@b.example", new Secret("pw-canary"));

        await act.Should().ThrowAsync<FleetApiException>();
        FleetApiException second = (await act.Should().ThrowAsync<FleetApiException>()).Which;

        second.Message.Should().Contain("Nothing was sent");
        fleet.Requests.Should().ContainSingle();
    }

    /// <summary>A proxy that shows people what they sent.</summary>
    private sealed class Echo : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(HttpStatusCode.BadGateway) { Content = new StringContent("<html>" + await request.Content!.ReadAsStringAsync(cancellationToken)) };
    }
}
