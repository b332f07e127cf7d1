using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Api.Tests;

public sealed class FleetClientOptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("fleet.example.org")]
    [InlineData("http://fleet.example.org")]
    [InlineData("ftp://fleet.example.org")]
    [InlineData("https://user:pw@fleet.example.org")]
    public void Constructor_WrongUrl_Throws(string? url)
    {
        Action act = () => new FleetClient(new HttpClient(), new FleetClientOptions { Url = url });

        act.Should().Throw<ArgumentException>().WithMessage("*Url*");
    }

    [Fact]
    public void Constructor_SeveralMistakes_AreAllNamed()
    {
        var options = new FleetClientOptions { Url = "x", ApiVersion = "v2", ServerVersion = "new", MaxRetries = 11, IdleTimeout = TimeSpan.Zero, MaxRecordBytes = 1 };
        options.PinnedFingerprints.Add("zz");
        Action act = () => FleetClient.Create(options);

        string message = act.Should().Throw<ArgumentException>().Which.Message;

        message.Should().ContainAll("Url", "ApiVersion", "ServerVersion", "MaxRetries", "IdleTimeout", "MaxRecordBytes", "PinnedFingerprints");
    }

    [Fact]
    public void Constructor_ValuesThatWouldFailInTheMiddle_AreNamedAtOnce()
    {
        var options = new FleetClientOptions
        {
            Url = "https://fleet.example.org",
            AttemptTimeout = TimeSpan.MaxValue,
            RetryDelay = TimeSpan.FromSeconds(-1),
            MaxResponseBytes = long.MaxValue,
            TrustedRootsPem = "no certificate",
        };
        Action act = () => FleetClient.Create(options);

        act.Should().Throw<ArgumentException>().Which.Message.Should().ContainAll("AttemptTimeout", "RetryDelay", "MaxResponseBytes", "TrustedRootsPem");
    }

    [Theory]
    [InlineData("hosts/1 HTTP/1.1\r\nX-Injected: 1\r\n\r\n")]
    [InlineData("hosts?query=Zoë")]
    [InlineData("hosts?query=a b")]
    [InlineData("hosts/../../../admin")]
    [InlineData("hosts/..?x=1")]
    [InlineData("hosts/%2e%2E/config")]
    [InlineData("hosts/.%2e/config")]
    [InlineData("hosts/..%2f..%2Fconfig")]
    [InlineData("hosts/..%5cconfig")]
    [InlineData("https://elsewhere.example/hosts")]
    [InlineData("hosts#part")]
    public async Task SendAsync_PathThatIsNotEscapedOrLeadsOut_IsRefused(string path)
    {
        using var fleet = new FleetFixture();
        Func<Task> act = () => fleet.Client.SendAsync(HttpMethod.Get, path);

        await act.Should().ThrowAsync<ArgumentException>();
        fleet.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Call_EmptyName_IsNoOtherCall()
    {
        using var fleet = new FleetFixture();
        Func<Task>[] calls =
        [
            () => fleet.Client.Labels.DeleteAsync(""), () => fleet.Client.Profiles.DeleteAsync(""), () => fleet.Client.Profiles.GetAsync(""),
            () => fleet.Client.Hosts.GetByIdentifierAsync(""), () => fleet.Client.Scripts.GetResultAsync(""), () => fleet.Client.Spec.GetLabelAsync(""),
        ];

        foreach (Func<Task> call in calls)
        {
            await call.Should().ThrowAsync<ArgumentException>();
        }

        fleet.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task AddFleetApi_Twice_RepeatsCallsOnlyOnce()
    {
        int calls = 0;
        var handler = new Recorder(_ => calls++, System.Net.HttpStatusCode.BadGateway);
        var services = new ServiceCollection();
        services.AddFleetApi(options => (options.Url, options.Token, options.MaxRetries) = ("https://one.example", "t", 2)).ConfigurePrimaryHttpMessageHandler(() => handler);
        services.AddFleetApi(options => options.RetryDelay = TimeSpan.Zero);
        await using ServiceProvider provider = services.BuildServiceProvider();
        Func<Task> act = () => provider.GetRequiredService<FleetClient>().Hosts.RefetchAsync(1);

        await act.Should().ThrowAsync<FleetApiException>();
        calls.Should().Be(3);
    }

    [Fact]
    public async Task Url_WithPathPrefix_KeepsIt()
    {
        Uri? asked = null;
        var handler = new Recorder(request => asked = request.RequestUri);
        var client = new FleetClient(new HttpClient(handler), new FleetClientOptions { Url = "https://example.org/fleet/", Token = "t", ApiVersion = "v1" });

        await client.Hosts.RefetchAsync(1);

        asked!.AbsoluteUri.Should().Be("https://example.org/fleet/api/v1/fleet/hosts/1/refetch");
    }

    [Fact]
    public async Task AddFleetApi_TwoNames_GiveTwoClients()
    {
        var services = new ServiceCollection();
        services.AddFleetApi(options => (options.Url, options.Token) = ("https://one.example", "t"));
        services.AddFleetApi("eu", options => (options.Url, options.Token) = ("https://eu.example", "t"));
        await using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        provider.GetRequiredService<FleetClient>().Address.Should().Be(new Uri("https://one.example"));
        FleetClient eu = provider.GetRequiredService<IFleetClientFactory>().GetClient("eu");
        eu.Address.Should().Be(new Uri("https://eu.example"));
        provider.GetRequiredKeyedService<FleetClient>("eu").Should().BeSameAs(eu);
        Action unknown = () => provider.GetRequiredService<IFleetClientFactory>().GetClient("us");
        unknown.Should().Throw<ArgumentException>().WithMessage("*us*");
    }

    [Fact]
    public void AddFleetApi_WrongOptions_AreNamedByTheValidator()
    {
        var services = new ServiceCollection();
        services.AddFleetApi(options => options.Url = "http://plain.example");
        using ServiceProvider provider = services.BuildServiceProvider();
        Action act = () => provider.GetRequiredService<FleetClient>();

        act.Should().Throw<OptionsValidationException>().WithMessage("*AllowHttp*");
    }

    [Fact]
    public async Task Token_Rejected_IsAskedForAgainOnce()
    {
        using var fleet = new FleetFixture(tokens: new Rotating());
        fleet.On("GET", "certificate_authorities", "{}", 401).On("GET", "certificate_authorities", """{"certificate_authorities":[]}""");

        await fleet.Client.CertificateAuthorities.ListAsync();

        fleet.Requests.Select(request => request.Authorization).Should().Equal("Bearer one", "Bearer two");
    }

    [Fact]
    public async Task Token_RejectedOnAPost_RepeatsTheBody()
    {
        using var fleet = new FleetFixture(tokens: new Rotating());
        fleet.On("POST", "teams", "{}", 401).On("POST", "teams", """{"team":{"id":1}}""");

        await fleet.Client.Teams.CreateAsync("T");

        fleet.Requests.Select(request => request.Body).Should().Equal("""{"name":"T"}""", """{"name":"T"}""");
    }

    private sealed class Rotating : IFleetTokenProvider
    {
        public ValueTask<Secret> GetTokenAsync(Secret? rejected, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new Secret(rejected is null ? "one" : "two"));
    }

    private sealed class Recorder(Action<HttpRequestMessage> record, System.Net.HttpStatusCode status = System.Net.HttpStatusCode.OK) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            record(request);
            return Task.FromResult(new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent("{}") });
        }
    }
}
