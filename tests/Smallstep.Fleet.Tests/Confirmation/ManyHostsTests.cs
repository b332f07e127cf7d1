using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Tests.Simulated;
using Xunit.Abstractions;

namespace Smallstep.Fleet.Tests.Confirmation;

/// <summary>Confirming many hosts. SMALLSTEP_FLEET_CONFIRM_HOSTS=100000 in the environment measures at that size.</summary>
[Collection(nameof(Alone))]
public sealed class ManyHostsTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 1, 0, TimeSpan.Zero);

    [Fact]
    public async Task Confirm_ManyHosts_StreamsEachOnceAndHoldsOnlyTheDeviceIndex()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SMALLSTEP_FLEET_CONFIRM_HOSTS") ?? "3000", CultureInfo.InvariantCulture);
        (FleetIntegration integration, ManyHosts server) = Create(count);
        var summary = new ConfirmationSummary();
        var ids = new HashSet<long>(count);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long held = 0;
        long start = Stopwatch.GetTimestamp();

        await foreach (HostConfirmation host in integration.ConfirmAsync())
        {
            summary.Add(host);
            ids.Add(host.HostId);
            held = summary.Total == count / 2 ? GC.GetTotalMemory(forceFullCollection: true) - before : held;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"{count} hosts in {took.TotalSeconds:F1} s, {server.Requests} requests, {held / 1024.0 / 1024.0:F1} MiB held half-way ({held / count} bytes per host)");
        output.WriteLine(summary.ToHistogram());
        ids.Should().HaveCount(count);
        summary.States.Should().Equal(new Dictionary<HostState, int> { [HostState.Enrolled] = count });
        (held / count).Should().BeLessThan(2000, "a device takes about half a kilobyte in the index, a host nothing once it was handed out");
    }

    [Fact]
    public async Task Confirm_HostsDeletedMeanwhile_StillShowsAllOthers()
    {
        (FleetIntegration integration, ManyHosts server) = Create(1000);
        var summary = new ConfirmationSummary();

        await foreach (HostConfirmation host in integration.ConfirmAsync())
        {
            summary.Add(host);
            server.Deleted = 100;
        }

        summary.Total.Should().Be(1000, "the hundred were listed before they went");
        summary.States[HostState.Enrolled].Should().BeGreaterThanOrEqualTo(900);
        (summary.States[HostState.Enrolled] + summary.States.GetValueOrDefault(HostState.Unknown)).Should().Be(1000);
    }

    [Fact]
    public async Task Confirm_ReaderStopsEarly_StopsAsking()
    {
        (FleetIntegration integration, ManyHosts server) = Create(3000);

        await foreach (HostConfirmation host in integration.ConfirmAsync())
        {
            if (host.HostId > 10)
            {
                break;
            }
        }

        int then = server.Requests;
        await Task.Delay(50);
        server.Requests.Should().Be(then).And.BeLessThan(400, "two requests for each of three thousand hosts are not made");
    }

    private static (FleetIntegration Integration, ManyHosts Server) Create(int count)
    {
        var clock = new FakeTimeProvider(Now);
        var spec = new IntegrationSpec
        {
            Authority = new SmallstepAuthority
            {
                Scep = new SmallstepScep(new Uri("https://acme.scep.smallstep.com/p/agents/integration-fleet-1"), new Uri("https://acme.scep.smallstep.com/webhook/1/challenge"), "fleet", new Secret("p")),
                Team = TeamSlug.Parse("acme"),
                RootCertificate = Simulated.Certificates.SelfSigned("Acme Root", Now).RawData,
            },
            Platforms = [DevicePlatform.MacOS],
        };
        string profile = IntegrationArtifacts.Build(spec, FleetVersion.NewestKnown)[0].Name;
        var server = new ManyHosts(count, profile);
        var http = new HttpClient(server);
        var fleet = new FleetClient(http, new FleetClientOptions { Url = "https://fleet.example.org", Token = "t" });
        var smallstep = new SmallstepClient(http, new SmallstepClientOptions { Url = "https://gateway.example.org/api", Token = "t", PageSize = 1000 });
        return (new FleetIntegration(fleet, smallstep, spec, new IntegrationServices { Time = clock, Http = http }), server);
    }
}
