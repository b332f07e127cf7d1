using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Smallstep.Fleet.Testing;
using Smallstep.Fleet.Tests.Preflight;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Registration;

/// <summary>What the builder adds, run in a host against the simulators.</summary>
public sealed class RunningPartsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AddInventorySync_RunsAtTheStartAndThenOnItsSchedule()
    {
        await using World world = await World.StartAsync();
        world.AddDevices(VirtualDevice.MacOS("MAC0001", world.Smallstep));
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using IHost host = Build(world, builder => builder.AddInventorySync(), time: time);

        await host.StartAsync();
        await UntilAsync(() => world.Smallstep.Devices.Count == 1);
        world.Smallstep.Requests.Clear();
        world.AddDevices(VirtualDevice.MacOS("MAC0002", world.Smallstep));
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(4));
            return world.Smallstep.Devices.Count == 2;
        });

        await host.StopAsync();
    }

    [Fact]
    public async Task AddInventorySync_AFailedRun_IsFollowedByTheNext()
    {
        await using World world = await World.StartAsync();
        world.AddDevices(VirtualDevice.MacOS("MAC0001", world.Smallstep));
        world.Fleet.Faults.Add(new Fault { Matches = (_, path) => path.Contains("/hosts", StringComparison.Ordinal), Status = System.Net.HttpStatusCode.Forbidden, Times = 2 });
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using IHost host = Build(world, builder => builder.AddInventorySync(), time: time);

        await host.StartAsync();
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromHours(4));
            return world.Smallstep.Devices.Count == 1;
        });

        await host.StopAsync();
    }

    [Fact]
    public async Task AddWatchAndHealthChecks_TellOfTheChainAndTheHosts()
    {
        await using World world = await World.StartAsync();
        world.AddDevices(VirtualDevice.MacOS("MAC0001", world.Smallstep));
        FleetIntegration integration = world.Integrate(world.Spec(DevicePlatform.MacOS));
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        await world.DeliverAsync();
        using IHost host = Build(world, builder => builder.AddWatch().AddHealthChecks());
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();

        await host.StartAsync();
        HealthReport report = await health.CheckHealthAsync();
        for (int i = 0; report.Entries["smallstep-fleet-hosts"].Description?.Contains("Enrolled", StringComparison.OrdinalIgnoreCase) != true && i < 300; i++)
        {
            await Task.Delay(100);
            report = await health.CheckHealthAsync();
        }

        report.Entries["smallstep-fleet-chain"].Status.Should().Be(HealthStatus.Healthy, report.Entries["smallstep-fleet-chain"].Description);
        report.Entries["smallstep-fleet-hosts"].Status.Should().Be(HealthStatus.Healthy, report.Entries["smallstep-fleet-hosts"].Description);
        await host.StopAsync();
    }

    [Fact]
    public async Task AddHealthChecks_ProbesInQuickSuccession_LookOnce()
    {
        await using World world = await World.StartAsync();
        using IHost host = Build(world, builder => builder.AddHealthChecks());
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();

        await health.CheckHealthAsync();
        int requests = world.Fleet.Requests.Count;
        HealthReport[] reports = await Task.WhenAll(health.CheckHealthAsync(), health.CheckHealthAsync());

        requests.Should().BePositive();
        world.Fleet.Requests.Count.Should().Be(requests);
        reports.Should().OnlyContain(report => report.Entries["smallstep-fleet-chain"].Status == reports[0].Entries["smallstep-fleet-chain"].Status);
    }

    [Fact]
    public async Task AddHealthChecks_ABrokenChain_IsUnhealthyWithTheReason()
    {
        await using World world = await World.StartAsync();
        using IHost host = Build(world, builder => builder.AddHealthChecks(), options => options.FleetToken = "no-such-token");

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries["smallstep-fleet-chain"].Status.Should().Be(HealthStatus.Unhealthy);
        report.Entries["smallstep-fleet-chain"].Description.Should().Contain("SSF4002").And.NotContain("no-such-token");
        world.Smallstep.Console.ChallengesIssued.Should().Be(0);
    }

    [Fact]
    public void AddHealthChecks_SeveralIntegrations_HaveNamesOfTheirOwn()
    {
        var services = new ServiceCollection();
        services.AddSmallstepFleet("europe", Fill).AddWatch().AddHealthChecks();
        services.AddSmallstepFleet("asia", Fill).AddWatch().AddInventorySync().AddHealthChecks();
        using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(registration => registration.Name)
            .Should().Equal("smallstep-fleet-chain-europe", "smallstep-fleet-hosts-europe", "smallstep-fleet-chain-asia", "smallstep-fleet-hosts-asia");
        provider.GetServices<IHostedService>().Select(service => service.GetType().Name).Should().Contain(["WatchService", "InventorySyncService"]);
    }

    [Fact]
    public async Task Start_WrongOptions_NamesEveryMistakeAndStartsNothing()
    {
        using IHost host = new HostBuilder().ConfigureServices(services => services.AddSmallstepFleet("europe", options =>
        {
            Fill(options);
            (options.CaName, options.TeamSlug, options.RootCertificate) = ("SMALLSTEP-AGENT", "<team>", "hello");
        })).Build();

        Func<Task> start = () => host.StartAsync();

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(3);
    }

    [Fact]
    public async Task Start_WithoutASmallstepToken_IsFine()
    {
        using IHost host = new HostBuilder().ConfigureServices(services => services.AddSmallstepFleet(Fill)).Build();

        await host.StartAsync();

        host.Services.GetRequiredService<FleetIntegration>().Smallstep.Should().BeNull();
        await host.StopAsync();
    }

    [Fact]
    public void PostConfigure_OfTheOptions_ReachesTheClientsToo()
    {
        var services = new ServiceCollection();
        services.AddSmallstepFleet(Fill);
        services.PostConfigure<IntegrationOptions>(options => options.FleetUrl = "https://elsewhere.example.org");
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<FleetIntegration>().Fleet.Address.Host.Should().Be("elsewhere.example.org");
    }

    [Fact]
    public async Task Create_WithoutAContainer_GoesTheWholeWay()
    {
        await using World world = await World.StartAsync();
        using var integration = FleetIntegration.Create(Options(world));

        (await integration.PreflightAsync()).EnsureReady();
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();

        (await integration.PlanAsync()).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Create_WrongOptions_NamesEveryMistake()
    {
        Action create = () => FleetIntegration.Create(new IntegrationOptions { FleetUrl = "fleet", TeamSlug = "<team>" });

        create.Should().Throw<IntegrationException>().Which.Findings.Should().HaveCountGreaterThan(5).And.OnlyContain(finding => finding.Remedy.Length > 0);
    }

    private static IHost Build(World world, Action<SmallstepFleetBuilder> add, Action<IntegrationOptions>? change = null, TimeProvider? time = null) => new HostBuilder().ConfigureServices(services =>
    {
        services.AddSingleton(time ?? TimeProvider.System);
        add(services.AddSmallstepFleet(options =>
        {
            Fill(options, world);
            change?.Invoke(options);
        }));
    }).Build();

    private static IntegrationOptions Options(World world)
    {
        var options = new IntegrationOptions();
        Fill(options, world);
        return options;
    }

    private static void Fill(IntegrationOptions options, World world)
    {
        ConsoleConnection connection = world.Connection;
        options.AllowHttp = true;
        options.FleetUrl = world.Fleet.BaseAddress.AbsoluteUri;
        options.FleetToken = world.Fleet.AdminToken.Reveal();
        options.SmallstepApiUrl = world.Smallstep.ApiBaseAddress.AbsoluteUri;
        options.SmallstepApiToken = world.Smallstep.CreateApiToken().Reveal();
        options.ScepUrl = connection.ScepUrl.AbsoluteUri;
        options.ChallengeUrl = connection.ChallengeUrl.AbsoluteUri;
        options.ChallengeUsername = connection.ChallengeUsername;
        options.ChallengePassword = connection.ChallengePassword.Reveal();
        options.TeamSlug = connection.TeamSlug.Value;
        options.RootCertificate = connection.RootPem;
        options.Targets = [World.Team];
        options.Platforms = ["macos"];
        options.AutoApprove = true;
        options.PackageBaseAddress = world.Smallstep.PackageBaseAddress.AbsoluteUri;
    }

    private static void Fill(IntegrationOptions options)
    {
        IntegrationOptions any = Specs.Options();
        (options.FleetUrl, options.FleetToken, options.ScepUrl, options.ChallengeUrl) = (any.FleetUrl, any.FleetToken, any.ScepUrl, any.ChallengeUrl);
        (options.ChallengeUsername, options.ChallengePassword, options.TeamSlug, options.RootCertificate) = (any.ChallengeUsername, any.ChallengePassword, any.TeamSlug, any.RootCertificate);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
