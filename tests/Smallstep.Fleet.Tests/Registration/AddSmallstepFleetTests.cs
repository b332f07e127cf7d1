using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Smallstep.Fleet.Tests.Preflight;

namespace Smallstep.Fleet.Tests.Registration;

public sealed class AddSmallstepFleetTests
{
    [Fact]
    public void TwoIntegrations_InOneContainer_AreValidatedAndApart()
    {
        var services = new ServiceCollection();
        services.AddSmallstepFleet("europe", options => Fill(options, "https://eu.fleet.example.org")).AddInventorySync().AddWatch().AddHealthChecks();
        services.AddSmallstepFleet("asia", options => Fill(options, "https://asia.fleet.example.org"));
        using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var factory = provider.GetRequiredService<IFleetIntegrationFactory>();

        factory.Names.Should().Equal("europe", "asia");
        factory.GetIntegration("europe").Fleet.Address.Host.Should().Be("eu.fleet.example.org");
        provider.GetRequiredKeyedService<FleetIntegration>("asia").Fleet.Address.Host.Should().Be("asia.fleet.example.org");
        provider.GetServices<IHostedService>().Should().HaveCountGreaterThanOrEqualTo(2);
        provider.GetRequiredService<HealthCheckService>().Should().NotBeNull();
    }

    [Fact]
    public void DefaultIntegration_FromConfiguration_BindsEveryKind()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["FleetUrl"] = "https://fleet.example.org",
            ["FleetToken"] = "t",
            ["ScepUrl"] = "https://acme.scep.smallstep.com/p/agents/integration-fleet-1",
            ["ChallengeUrl"] = "https://acme.scep.smallstep.com/webhook/1/challenge",
            ["ChallengeUsername"] = "u",
            ["ChallengePassword"] = "p",
            ["TeamSlug"] = "acme",
            ["RootCertificate"] = Specs.RootPem,
            ["Targets:0"] = "Laptops",
            ["AllowReplace"] = "true",
            ["StaleHours"] = "12",
        }).Build();
        var services = new ServiceCollection();
        services.AddSmallstepFleet(configuration);
        using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        IntegrationSpec spec = provider.GetRequiredService<FleetIntegration>().Spec;

        spec.Targets.Should().Equal("Laptops");
        spec.AllowReplace.Should().BeTrue();
        spec.Confirmation.Stale.Should().Be(TimeSpan.FromHours(12));
    }

    [Fact]
    public void WrongOptions_AreRefusedWithTheirRemedy()
    {
        var services = new ServiceCollection();
        services.AddSmallstepFleet(options =>
        {
            Fill(options, "https://fleet.example.org");
            options.CaName = "SMALLSTEP-AGENT";
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        Action resolve = () => provider.GetRequiredService<FleetIntegration>();

        resolve.Should().Throw<OptionsValidationException>().WithMessage("*SMALLSTEP-AGENT*letters, digits and underscores*");
    }

    [Fact]
    public void InventorySync_WithoutASmallstepToken_IsRefusedAtTheStart()
    {
        var services = new ServiceCollection();
        services.AddSmallstepFleet(options =>
        {
            Fill(options, "https://fleet.example.org");
            options.SmallstepApiToken = null;
        }).AddInventorySync();
        using ServiceProvider provider = services.BuildServiceProvider();

        Action start = () => provider.GetRequiredService<IStartupValidator>().Validate();

        start.Should().Throw<OptionsValidationException>().WithMessage("*AddInventorySync needs SmallstepApiToken*");
    }

    [Theory]
    [InlineData("", "without a name")]
    [InlineData("europe", "'europe' already")]
    public void SameName_Twice_SaysWhatToDo(string name, string expected)
    {
        var services = new ServiceCollection();
        services.AddSmallstepFleet(name, options => Fill(options, "https://eu.fleet.example.org"));

        Action again = () => services.AddSmallstepFleet(name, options => Fill(options, "https://eu.fleet.example.org"));

        again.Should().Throw<InvalidOperationException>().WithMessage($"*{expected}*");
    }

    [Fact]
    public void UnknownName_SaysWhatToCall()
    {
        using ServiceProvider provider = new ServiceCollection().AddSmallstepFleet("one", options => Fill(options, "https://fleet.example.org")).Services.BuildServiceProvider();

        Action get = () => provider.GetRequiredService<IFleetIntegrationFactory>().GetIntegration("two");

        get.Should().Throw<ArgumentException>().WithMessage("*AddSmallstepFleet*");
    }

    private static void Fill(IntegrationOptions options, string fleet)
    {
        options.FleetUrl = fleet;
        options.FleetToken = "t";
        options.SmallstepApiToken = "s";
        options.ScepUrl = "https://acme.scep.smallstep.com/p/agents/integration-fleet-1a2b";
        options.ChallengeUrl = "https://acme.scep.smallstep.com/webhook/1/challenge";
        options.ChallengeUsername = "fleet";
        options.ChallengePassword = "p";
        options.TeamSlug = "acme";
        options.RootCertificate = Specs.RootPem;
    }
}
