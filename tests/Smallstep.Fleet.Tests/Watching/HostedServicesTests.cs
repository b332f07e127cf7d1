using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Smallstep.Fleet.Testing;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Watching;

/// <summary>The scheduled services, health checks, metrics and traces, under a clock that the test moves.</summary>
public sealed class HostedServicesTests
{
    private const string Name = "hosted-services-test";

    [Fact]
    public async Task Watch_OnItsSchedule_FeedsHealthMetricsAndTraces()
    {
        await using Journey journey = await Journey.StartAsync(new FaultCase(Way.MacOS, HostState.Enrolled));
        await journey.ApplyAsync();
        await journey.DeliverAsync();
        using var gauges = new Gauges(Name);
        using var traces = new Traces();
        await using ServiceProvider provider = Build(journey, builder => builder.AddWatch());

        (await HealthAsync(provider)).Entries["smallstep-fleet-hosts-" + Name].Description.Should().Contain("Nothing was watched yet");
        await StartAsync(provider);
        await EventuallyAsync(() => gauges.Hosts(HostState.Enrolled) == 1);
        HealthReport good = await HealthAsync(provider);

        journey.World.Smallstep.Quarantine(journey.DeviceId);
        journey.Device.DeleteCertificates();
        await journey.Device.CheckInAsync();
        journey.World.Smallstep.Activate(journey.DeviceId);
        journey.Clock.Advance(TimeSpan.FromMinutes(59));
        int early = gauges.Hosts(HostState.AwaitingCertificate);
        journey.Clock.Advance(TimeSpan.FromMinutes(1));
        await EventuallyAsync(() => gauges.Hosts(HostState.AwaitingCertificate) == 1);
        HealthReport stuck = await HealthAsync(provider);

        journey.World.Fleet.Faults.Add(new Fault { Status = HttpStatusCode.Unauthorized, Times = int.MaxValue });
        journey.Clock.Advance(TimeSpan.FromHours(1));
        await EventuallyAsync(async () => (await HostsAsync(provider)).Status == HealthStatus.Unhealthy);
        HealthReport failing = await HealthAsync(provider);

        journey.World.Fleet.Faults.Clear();
        journey.Clock.Advance(TimeSpan.FromHours(1));
        await EventuallyAsync(async () => (await HostsAsync(provider)).Status == HealthStatus.Degraded);
        await StopAsync(provider);

        good.Entries["smallstep-fleet-hosts-" + Name].Status.Should().Be(HealthStatus.Healthy);
        good.Entries["smallstep-fleet-chain-" + Name].Status.Should().NotBe(HealthStatus.Unhealthy, good.Entries["smallstep-fleet-chain-" + Name].Description);
        early.Should().Be(0, "the hour is not over");
        stuck.Entries["smallstep-fleet-hosts-" + Name].Status.Should().Be(HealthStatus.Degraded);
        stuck.Entries["smallstep-fleet-hosts-" + Name].Description.Should().Contain("SSF4036");
        gauges.Hosts(HostState.Enrolled).Should().Be(0, "a state without hosts falls back to zero");
        failing.Entries["smallstep-fleet-hosts-" + Name].Description.Should().Contain("The last watch failed");
        failing.Entries["smallstep-fleet-chain-" + Name].Status.Should().Be(HealthStatus.Unhealthy);
        traces.Names.Should().Contain(["smallstep.fleet.watch Unset", "smallstep.fleet.watch Error FleetApiException", "smallstep.fleet.confirm Unset", "smallstep.fleet.preflight Unset"]);
        gauges.Operations.Should().Contain(["watch", "confirm", "preflight"]);
    }

    [Fact]
    public async Task InventorySync_EveryFourHours_BringsNewHosts()
    {
        await using Journey journey = await Journey.StartAsync(new FaultCase(Way.MacOS, HostState.Enrolled));
        await using ServiceProvider provider = Build(journey, builder => builder.AddInventorySync());

        await StartAsync(provider);
        await EventuallyAsync(() => journey.World.Smallstep.Devices.Count == 1);
        journey.World.AddDevices(Way.Device(journey.World, Way.MacOS, "SN0002"));
        journey.Clock.Advance(TimeSpan.FromMinutes(239));
        int early = journey.World.Smallstep.Devices.Count;
        journey.Clock.Advance(TimeSpan.FromMinutes(1));
        await EventuallyAsync(() => journey.World.Smallstep.Devices.Count == 2);
        await StopAsync(provider);

        early.Should().Be(1);
        journey.World.Smallstep.Devices.Select(device => device.Serial).Should().BeEquivalentTo(["SN0001", "SN0002"]);
    }

    private static ServiceProvider Build(Journey journey, Func<SmallstepFleetBuilder, SmallstepFleetBuilder> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(journey.Clock);
        add(services.AddSmallstepFleet(Name, options => journey.World.Fill(options, journey.World.Fleet.AdminToken)).AddHealthChecks());
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static Task<HealthReport> HealthAsync(ServiceProvider provider) => provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static async Task<HealthReportEntry> HostsAsync(ServiceProvider provider) =>
        (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name.Contains("hosts"))).Entries.Single().Value;

    private static async Task StartAsync(ServiceProvider provider)
    {
        foreach (IHostedService service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    private static async Task StopAsync(ServiceProvider provider)
    {
        foreach (IHostedService service in provider.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    private static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(30), "the scheduled run has to happen");
            await Task.Delay(10);
        }
    }

    /// <summary>The instruments of one integration; other tests use the same meter.</summary>
    private sealed class Gauges : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, int> _hosts = new();
        private readonly ConcurrentDictionary<string, bool> _operations = new();

        public Gauges(string integration)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Smallstep.Fleet")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
            {
                Dictionary<string, string?> named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
                if (instrument.Name == "smallstep.fleet.watch.hosts" && named["integration"] == integration)
                {
                    _hosts[named["state"]!] = value;
                }
            });
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
            {
                if (instrument.Name == "smallstep.fleet.operation.duration")
                {
                    _operations[tags[0].Value!.ToString()!] = true;
                }
            });
            _listener.Start();
        }

        public IEnumerable<string> Operations => _operations.Keys;

        public int Hosts(HostState state) => _hosts.GetValueOrDefault(state.ToString());

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Traces : IDisposable
    {
        private readonly ConcurrentDictionary<string, bool> _names = new();
        private readonly ActivityListener _listener;

        public Traces()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Smallstep.Fleet",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity => _names[$"{activity.OperationName} {activity.Status} {activity.GetTagItem("error.type")}".TrimEnd()] = true,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<string> Names => _names.Keys;

        public void Dispose() => _listener.Dispose();
    }
}
