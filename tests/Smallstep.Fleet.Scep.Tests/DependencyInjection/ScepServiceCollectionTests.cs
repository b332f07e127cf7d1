using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Scep.Tests;

public sealed class ScepServiceCollectionTests
{
    private readonly ServiceCollection _services = [];

    [Fact]
    public async Task AddScepClient_ClientFromTheContainer_EnrolsAndIsOne()
    {
        _services.AddScepClient(options => Configure(options, "http://ca.example/scep"))
            .ConfigurePrimaryHttpMessageHandler(() => new ResponderHandler(TestAuthority.Responder()));
        await using ServiceProvider provider = Build();

        ScepClient client = provider.GetRequiredService<ScepClient>();

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
        provider.GetRequiredService<ScepClient>().Should().BeSameAs(client);
    }

    [Fact]
    public async Task AddScepClient_TwoNames_AreTwoClients()
    {
        List<Uri> asked = [];
        foreach (string name in new[] { "one", "two" })
        {
            _services.AddScepClient(name, options => Configure(options, $"http://{name}.example/scep"))
                .ConfigurePrimaryHttpMessageHandler(() => new Recording(asked));
        }

        await using ServiceProvider provider = Build();
        foreach (string name in new[] { "one", "two" })
        {
            await provider.GetRequiredKeyedService<ScepClient>(name).Invoking(client => client.GetCapabilitiesAsync()).Should().ThrowAsync<ScepException>();
        }

        asked.Select(url => url.Host).Distinct().Should().Equal("one.example", "two.example");
        provider.GetService<ScepClient>().Should().BeNull("none was registered without a name");
    }

    [Theory]
    [InlineData("ftp://ca.example/", true, null, "Url*")]
    [InlineData("http://ca.example/", false, null, "No CA is pinned*")]
    [InlineData("http://ca.example/", true, "12", "RaFingerprint*")]
    public void AddScepClient_WrongOptions_AreToldAtTheStart(string url, bool isPinned, string? ra, string message)
    {
        _services.AddScepClient(options =>
        {
            Configure(options, url);
            options.RaFingerprint = ra;
            options.RootFingerprint = isPinned ? options.RootFingerprint : null;
        });
        using ServiceProvider provider = Build();

        provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate()).Should().Throw<OptionsValidationException>().WithMessage(message);
    }

    public static TheoryData<TimeSpan> UnusableSpans => [TimeSpan.MinValue, TimeSpan.Zero, Timeout.InfiniteTimeSpan, TimeSpan.FromDays(24) + TimeSpan.FromTicks(1), TimeSpan.MaxValue];

    [Theory]
    [MemberData(nameof(UnusableSpans))]
    public void AddScepClient_SpansThatNoTimerTakes_AreToldAtTheStart(TimeSpan span)
    {
        _services.AddScepClient(options =>
        {
            Configure(options, "http://ca.example/");
            (options.Timeout, options.PollInterval, options.MaximumPollInterval) = (span, span, span);
        });
        using ServiceProvider provider = Build();

        provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate()).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().Equal(
                "Timeout must be longer than zero and 24 days at most.",
                "PollInterval must be longer than zero and 24 days at most.",
                "MaximumPollInterval must be longer than zero and 24 days at most.");
    }

    [Fact]
    public async Task AddScepClient_LongestSpans_Work()
    {
        _services.AddScepClient(options =>
        {
            Configure(options, "http://ca.example/scep");
            options.Timeout = options.PollInterval = options.MaximumPollInterval = TimeSpan.FromDays(24);
        }).ConfigurePrimaryHttpMessageHandler(() => new ResponderHandler(TestAuthority.Responder()));
        await using ServiceProvider provider = Build();

        (await provider.GetRequiredService<ScepClient>().EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
    }

    [Fact]
    public async Task AddScepChallengeClient_TwoNames_AskTheirOwnWebhooks()
    {
        List<Uri> asked = [];
        _services.AddScepChallengeClient(options => options.Url = "https://default.example/")
            .ConfigurePrimaryHttpMessageHandler(() => new Recording(asked));
        _services.AddScepChallengeClient("other", options => options.Url = "https://other.example/")
            .ConfigurePrimaryHttpMessageHandler(() => new Recording(asked));
        await using ServiceProvider provider = Build();
        var request = new ScepChallengeRequest { ScepServerUrl = "http://ca.example/" };

        await provider.GetRequiredService<IScepChallengeSource>().GetChallengeAsync(request, default);
        await provider.GetRequiredKeyedService<IScepChallengeSource>("other").GetChallengeAsync(request, default);

        asked.Select(url => url.Host).Should().Equal("default.example", "other.example");
    }

    private static void Configure(ScepClientOptions options, string url)
    {
        options.Url = url;
        options.RootFingerprint = Sha256Fingerprint.Of(TestAuthority.Issuer.CaCertificates[0]).Value;
    }

    private ServiceProvider Build() => _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private sealed class Recording(List<Uri> asked) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("answer") });
        }
    }
}
