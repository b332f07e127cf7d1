using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Registration;

public sealed class TokenRotationTests
{
    [Fact]
    public async Task RotatedTokens_InConfiguration_AreTakenUpByARunningIntegration()
    {
        await using World world = await World.StartAsync();
        (IConfigurationRoot configuration, ServiceProvider services) = Start(world, "FleetToken", "old", "SmallstepApiToken", "old");
        await using ServiceProvider _ = services;
        FleetIntegration integration = services.GetRequiredService<FleetIntegration>();
        (await Refusal(() => integration.Fleet.Teams.ListAsync())).Should().Be(HttpStatusCode.Unauthorized);
        (await Refusal(() => integration.Smallstep!.Devices.ListAsync().FirstOrDefaultAsync().AsTask())).Should().Be(HttpStatusCode.Unauthorized);

        configuration["FleetToken"] = world.Fleet.AdminToken.Reveal();
        configuration["SmallstepApiToken"] = world.Smallstep.CreateApiToken(DocumentedRights.AllScopes).Reveal();
        configuration.Reload();

        (await integration.Fleet.Teams.ListAsync()).Should().ContainSingle();
        (await integration.Smallstep!.Devices.ListAsync().FirstOrDefaultAsync()).Should().BeNull();
        services.GetRequiredService<FleetIntegration>().Should().BeSameAs(integration);
    }

    [Fact]
    public async Task ObserverToken_Rotated_IsTakenUpToo()
    {
        await using World world = await World.StartAsync();
        (IConfigurationRoot configuration, ServiceProvider services) = Start(world, "FleetToken", world.Fleet.CreateUser("pipeline", "gitops").Reveal(), "FleetObserverToken", "old");
        await using ServiceProvider _ = services;
        var integration = services.GetRequiredService<FleetIntegration>();
        await integration.Awaiting(one => one.ConfirmAsync().FirstOrDefaultAsync().AsTask()).Should().ThrowAsync<SmallstepFleetException>();

        configuration["FleetObserverToken"] = world.Fleet.CreateUser("observer", "observer").Reveal();
        configuration.Reload();

        (await integration.ConfirmAsync().FirstOrDefaultAsync()).Should().BeNull("there is no host");
    }

    [Fact]
    public async Task OptionsThatDoNotHold_LeaveTheFormerTokenInPlace()
    {
        await using World world = await World.StartAsync();
        (IConfigurationRoot configuration, ServiceProvider services) = Start(world);
        await using ServiceProvider _ = services;
        var integration = services.GetRequiredService<FleetIntegration>();
        await integration.Fleet.Teams.ListAsync();

        configuration["FleetUrl"] = "no address";
        configuration["FleetToken"] = "other";
        configuration.Invoking(changed => changed.Reload()).Should().Throw<Exception>("options are validated whenever they change");

        (await integration.Fleet.Teams.ListAsync()).Should().NotBeEmpty();
    }

    [Fact]
    public async Task AnotherServersToken_IsNotSentToTheFormerServer()
    {
        await using World world = await World.StartAsync();
        (IConfigurationRoot configuration, ServiceProvider services) = Start(world);
        await using ServiceProvider _ = services;
        var integration = services.GetRequiredService<FleetIntegration>();
        await integration.Fleet.Teams.ListAsync();

        configuration["FleetUrl"] = "https://other.example.org";
        configuration["FleetToken"] = "the-other-servers-token";
        configuration["SmallstepApiToken"] = "";
        configuration.Reload();

        (await integration.Fleet.Teams.ListAsync()).Should().NotBeEmpty("the client keeps its address, and the token that belongs to it");
        (await integration.Smallstep!.Devices.ListAsync().FirstOrDefaultAsync()).Should().BeNull();
    }

    private static (IConfigurationRoot Configuration, ServiceProvider Services) Start(World world, params string[] changed)
    {
        var options = new IntegrationOptions();
        world.Fill(options, world.Fleet.AdminToken);
        var values = new Dictionary<string, string?>
        {
            [nameof(options.FleetUrl)] = options.FleetUrl,
            [nameof(options.FleetToken)] = options.FleetToken,
            [nameof(options.AllowHttp)] = "true",
            [nameof(options.SmallstepApiUrl)] = options.SmallstepApiUrl,
            [nameof(options.SmallstepApiToken)] = options.SmallstepApiToken,
            [nameof(options.ScepUrl)] = options.ScepUrl,
            [nameof(options.ChallengeUrl)] = options.ChallengeUrl,
            [nameof(options.ChallengeUsername)] = options.ChallengeUsername,
            [nameof(options.ChallengePassword)] = options.ChallengePassword,
            [nameof(options.TeamSlug)] = options.TeamSlug,
            [nameof(options.RootCertificate)] = options.RootCertificate,
            [nameof(options.Platforms) + ":0"] = "macos",
            [nameof(options.Targets) + ":0"] = World.Team,
            [nameof(options.PackageBaseAddress)] = options.PackageBaseAddress,
        };
        foreach (string[] pair in changed.Chunk(2))
        {
            values[pair[0]] = pair[1];
        }

        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddSmallstepFleet(configuration);
        return (configuration, services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
    }

    private static async Task<HttpStatusCode?> Refusal(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (FleetApiException refused)
        {
            return refused.Status;
        }
        catch (SmallstepApiException refused)
        {
            return refused.Status;
        }
    }
}
