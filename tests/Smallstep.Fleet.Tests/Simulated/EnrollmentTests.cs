using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

public sealed class EnrollmentTests
{
    public static TheoryData<string> Ways => [.. Way.Released];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ZeroToEnrolled_EachPlatformAndWay_EndsEnrolledWithAnEmptyPlan(string way)
    {
        await using World world = await World.StartAsync();
        VirtualDevice device = Way.Device(world, way, "SN0001");
        world.AddDevices(device);
        FleetIntegration integration = world.Integrate(Way.Spec(world, way));

        ApplyResult result = await integration.ApplyAsync(await integration.PlanAsync());
        result.Failure.Should().BeNull(result.ToString());
        await SetQueryIdAsync(world, integration);
        await world.DeliverAsync();

        HostConfirmation host = (await ConfirmAsync(integration)).Should().ContainSingle().Subject;
        host.State.Should().Be(HostState.Enrolled, "{0}; device: {1}", host, string.Join(" | ", device.Events));
        world.Smallstep.Certificates.Select(issued => issued.Certificate.SerialNumber.ToLowerInvariant()).Should().Contain(host.CertificateSerial, "serial numbers are hexadecimal on every platform");
        host.CertificateExpires.Should().BeAfter(DateTimeOffset.UtcNow);
        IntegrationPlan second = await integration.PlanAsync();
        second.IsEmpty.Should().BeTrue(second.ToText());
    }

    [Fact]
    public async Task TpmAlone_WithoutScepValues_EndsEnrolled()
    {
        await using World world = await World.StartAsync();
        world.AddDevices(Way.Device(world, Way.Linux, "LNX0001"), Way.Device(world, Way.WindowsTpm, "WIN0001"));
        IntegrationSpec spec = world.Spec(DevicePlatform.Linux, DevicePlatform.Windows);
        FleetIntegration integration = world.Integrate(spec with { Authority = spec.Authority with { Scep = null, Ndes = null } });

        (await integration.PreflightAsync(new PreflightOptions { CheckDomains = true, TryChallenge = true })).EnsureReady();
        IntegrationPlan plan = await integration.PlanAsync();
        (await integration.ApplyAsync(plan)).EnsureSucceeded();
        await SetQueryIdAsync(world, integration);
        await world.DeliverAsync();

        plan.Changes.Should().NotContain(change => change.ObjectKind == PlannedObjectKind.CertificateAuthority);
        (await ConfirmAsync(integration)).Should().HaveCount(2).And.OnlyContain(host => host.State == HostState.Enrolled);
        (await integration.WatchAsync()).Findings.Should().BeEmpty();
        (await integration.ReadBackAsync()).Steps.Select(step => step.Id).Should().NotContain("values").And.Contain("root");
    }

    [Fact]
    public async Task AllPlatforms_SecondRun_MakesNoWriteCall()
    {
        await using World world = await World.StartAsync();
        FleetIntegration integration = world.Integrate(world.Spec());
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        world.Fleet.Requests.Clear();
        world.Smallstep.Requests.Clear();

        IntegrationPlan plan = await integration.PlanAsync();
        await integration.ApplyAsync(plan);

        plan.IsEmpty.Should().BeTrue(plan.ToText());
        world.Fleet.Requests.Writes.Should().BeEmpty();
        world.Smallstep.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task GuideWay_SmallstepVariablesOnWindowsSwitchedOn_EnrolsWindows()
    {
        await using World world = await World.StartAsync(options => options.SmallstepVariablesOnWindows = true);
        var device = VirtualDevice.Windows("WIN0001", world.Smallstep);
        world.AddDevices(device);
        FleetIntegration integration = world.Integrate(world.Spec(DevicePlatform.Windows) with
        {
            Windows = WindowsEnrollment.SmallstepScep,
            AssumeSmallstepVariablesOnWindows = true,
        });

        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        await world.DeliverAsync();

        HostConfirmation host = (await ConfirmAsync(integration)).Should().ContainSingle().Subject;
        host.State.Should().Be(HostState.Enrolled, "{0}; device: {1}", host, string.Join(" | ", device.Events));
    }

    [Fact]
    public async Task GuideWay_OnAReleasedFleet_IsRefusedBeforeAnythingIsWritten()
    {
        await using World world = await World.StartAsync();
        FleetIntegration integration = world.Integrate(world.Spec(DevicePlatform.Windows) with { Windows = WindowsEnrollment.SmallstepScep });

        Func<Task> plan = () => integration.PlanAsync();

        (await plan.Should().ThrowAsync<IntegrationException>()).Which.Findings.Should().ContainSingle(finding => finding.Id == "SSF4025");
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Sync_HostsOfTheTargets_CreatesOnceAndThenChangesNothing()
    {
        await using World world = await World.StartAsync();
        world.AddDevices(VirtualDevice.MacOS("MAC0001", world.Smallstep), VirtualDevice.IOS("IOS0001", world.Smallstep), VirtualDevice.Linux("LIN0001", world.Smallstep));
        FleetIntegration integration = world.Integrate(world.Spec());

        SyncResult dry = await integration.SyncAsync(new SyncOptions { DryRun = true });
        world.Smallstep.Requests.Writes.Should().BeEmpty();
        SyncResult first = await integration.SyncAsync();
        world.Smallstep.Requests.Clear();
        SyncResult second = await integration.SyncAsync();

        dry.Counts.Should().BeEquivalentTo(first.Counts);
        first.Counts[SyncOutcome.Created].Should().Be(2);
        first.Counts[SyncOutcome.Skipped].Should().Be(1, "a TPM's identity is never guessed");
        second.IsUnchanged.Should().BeTrue(second.ToString());
        world.Smallstep.Requests.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("list-devices", "SSF4016")]
    [InlineData("post-devices", "SSF4016")]
    public async Task Sync_TokenWithoutAScope_StopsAndNamesIt(string missing, string id)
    {
        await using World world = await World.StartAsync();
        world.AddDevices([.. Enumerable.Range(0, 9).Select(i => VirtualDevice.IOS($"IOS000{i}", world.Smallstep))]);
        FleetIntegration integration = world.Integrate(world.Spec(), scopes: [.. DocumentedRights.AllScopes.Except([missing])]);

        Func<Task> sync = () => integration.SyncAsync(new SyncOptions { Parallelism = 1 });

        (await sync.Should().ThrowAsync<IntegrationException>()).Which.Findings.Should().ContainSingle(finding => finding.Id == id).Which.Message.Should().Contain(missing);
        world.Smallstep.Requests.Writes.Count().Should().BeLessThan(2, "what is refused for one device is refused for all");
    }

    [Fact]
    public async Task Sync_OneDeviceRefused_IsCountedAndTheOthersGoOn()
    {
        await using World world = await World.StartAsync();
        world.AddDevices([.. Enumerable.Range(0, 5).Select(i => VirtualDevice.IOS($"IOS000{i}", world.Smallstep))]);
        FleetIntegration integration = world.Integrate(world.Spec());
        world.Smallstep.Faults.Add(Fault.Answer("POST", "/devices", System.Net.HttpStatusCode.UnprocessableEntity, """{"message":"serial is taken"}"""));

        SyncResult first = await integration.SyncAsync(new SyncOptions { Parallelism = 1 });
        SyncResult second = await integration.SyncAsync();

        first.Counts.Should().Equal(new Dictionary<SyncOutcome, int> { [SyncOutcome.Failed] = 1, [SyncOutcome.Created] = 4 });
        first.IsComplete.Should().BeFalse();
        first.Failures.Should().ContainSingle().Which.Reason.Should().Contain("serial is taken");
        second.Counts.Should().Contain(SyncOutcome.Created, 1);
    }

    [Fact]
    public async Task Sync_TokenThatMayNotListHosts_SaysWhichRoleMay()
    {
        await using World world = await World.StartAsync();
        FleetIntegration integration = world.Integrate(world.Spec(), world.Fleet.CreateUser("apply", FleetRoles.GitOps));

        Func<Task> sync = () => integration.SyncAsync();

        (await sync.Should().ThrowAsync<IntegrationException>()).Which.Findings.Should().ContainSingle(finding => finding.Id == "SSF4003").Which.Remedy.Should().Contain("observer");
    }

    [Fact]
    public async Task Sync_TwoHostsWithOneSerialNumber_GivesTheDeviceToOneAndSettles()
    {
        await using World world = await World.StartAsync();
        VirtualDevice device = VirtualDevice.MacOS("MAC0001", world.Smallstep);
        long first = world.Fleet.AddHost(device, World.Team).HostId;
        world.Fleet.AddHost(device.Facts with { Uuid = "00000000-AAAA-4000-8000-000000000001", Hostname = "reborn" }, World.Team);
        FleetIntegration integration = world.Integrate(world.Spec());
        List<SyncedDevice> told = [];

        SyncResult created = await integration.SyncAsync(progress: new Collector<SyncedDevice>(told));
        SyncResult again = await integration.SyncAsync();

        created.Counts[SyncOutcome.Created].Should().Be(1);
        told.Should().ContainSingle(one => one.Outcome == SyncOutcome.Skipped).Which.Reason.Should().Contain($"The host {first} has the same identity");
        again.IsUnchanged.Should().BeTrue(again.ToString());
    }

    [Fact]
    public async Task Preflight_EverythingRight_IsReady()
    {
        await using World world = await World.StartAsync();

        PreflightReport report = await world.Integrate(world.Spec()).PreflightAsync(new PreflightOptions { TryChallenge = true });

        report.IsReady.Should().BeTrue(report.ToText());
        report.FleetVersion.Should().Be(FleetVersion.NewestKnown);
    }

    private sealed class Collector<T>(List<T> reported) : IProgress<T>
    {
        public void Report(T value)
        {
            lock (reported)
            {
                reported.Add(value);
            }
        }
    }

    private static async Task SetQueryIdAsync(World world, FleetIntegration integration) =>
        world.Smallstep.Console.SetEnrollmentQueryId((await integration.ObserveAsync()).Reports?.FirstOrDefault()?.Id);

    private static async Task<List<HostConfirmation>> ConfirmAsync(FleetIntegration integration)
    {
        List<HostConfirmation> hosts = [];
        await foreach (HostConfirmation host in integration.ConfirmAsync())
        {
            hosts.Add(host);
        }

        return hosts;
    }
}
