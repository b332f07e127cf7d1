using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>An apply is killed at each of its requests in turn, reads included, on either server, before and after the server acted.</summary>
public sealed class KilledApplyTests : IAsyncLifetime
{
    private SmallstepSimulator _smallstep = null!;

    public async Task InitializeAsync() => _smallstep = await SmallstepSimulator.StartAsync();

    public async Task DisposeAsync() => await _smallstep.DisposeAsync();

    /// <summary>Every platform, each way of Windows, and a Fleet of before 4.90; on that server's side and on Smallstep's.</summary>
    [Theory]
    [InlineData(Way.WindowsTpm, null, false, false)]
    [InlineData(Way.WindowsTpm, null, false, true)]
    [InlineData(Way.WindowsTpm, null, true, false)]
    [InlineData(Way.WindowsTpm, null, true, true)]
    [InlineData(Way.WindowsNdes, null, false, false)]
    [InlineData(Way.WindowsNdes, null, false, true)]
    [InlineData(Way.WindowsCustom, null, false, false)]
    [InlineData(Way.WindowsCustom, null, false, true)]
    [InlineData(Way.WindowsSmallstep, null, false, false)]
    [InlineData(Way.WindowsSmallstep, null, false, true)]
    [InlineData(Way.WindowsTpm, "4.88.0", false, false)]
    [InlineData(Way.WindowsTpm, "4.88.0", false, true)]
    public async Task Apply_KilledAtEveryRequest_IsCompletedByTheNextRun(string windows, string? version, bool atSmallstep, bool afterServerActed)
    {
        string undisturbed = await UndisturbedAsync(windows, version);
        int struck = 0;
        for (int request = 0; ; request++)
        {
            await using World world = await StartAsync(version);
            FleetIntegration integration = world.Integrate(Spec(world, windows));
            IntegrationPlan plan = await integration.PlanAsync();
            var fault = new Fault { Skip = request, AbortsConnection = true, AfterServerActed = afterServerActed };
            (atSmallstep ? world.Smallstep.Faults : world.Fleet.Faults).Add(fault);

            bool wasKilled = await IsKilledAsync(integration, plan);
            world.Fleet.Faults.Clear();
            world.Smallstep.Faults.Clear();
            ApplyResult second = await integration.ApplyAsync(await integration.PlanAsync());

            second.IsComplete.Should().BeTrue($"request {request}: {second}");
            (await FingerprintAsync(world, integration)).Should().Be(undisturbed, $"request {request}");
            (await integration.PlanAsync()).IsEmpty.Should().BeTrue();
            world.Fleet.Requests.Should().NotContain(logged => logged.Method == "DELETE");
            if (!wasKilled)
            {
                struck.Should().BeGreaterThan(atSmallstep ? 3 : 12, "the faults have to strike");
                return;
            }

            struck++;
        }
    }

    [Fact]
    public async Task Apply_SamePlanAgainAfterAKill_CarriesOutTheRestOnly()
    {
        await using World world = await StartAsync();
        FleetIntegration integration = world.Integrate(world.Spec(DevicePlatform.MacOS));
        IntegrationPlan plan = await integration.PlanAsync();
        world.Fleet.Faults.Add(Fault.AbortWrite(1, afterServerActed: true));
        ApplyResult first = await integration.ApplyAsync(plan);

        ApplyResult second = await integration.ApplyAsync(plan);

        first.Failure!.Change.ObjectKind.Should().Be(PlannedObjectKind.Profile);
        first.Left.Should().NotBeEmpty();
        second.Failure.Should().BeNull(second.ToString());
        second.AlreadyDone.Select(change => change.ObjectKind).Should().Equal(PlannedObjectKind.CertificateAuthority, PlannedObjectKind.Profile);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replace_KilledAtEveryRequestBefore490_IsCompletedByTheNextRun(bool afterServerActed)
    {
        int kills = 0;
        for (int request = 0; ; request++)
        {
            await using World world = await StartAsync("4.88.0");
            (FleetIntegration after, IntegrationPlan plan) = await ChangedAsync(world);
            world.Fleet.Requests.Clear();
            world.Fleet.Faults.Add(new Fault { Skip = request, AbortsConnection = true, AfterServerActed = afterServerActed });

            bool wasKilled = await IsKilledAsync(after, plan);
            world.Fleet.Faults.Clear();
            ApplyResult next = await after.ApplyAsync(wasKilled && request % 2 == 0 ? plan : await after.PlanAsync());

            next.Failure.Should().BeNull($"request {request}: {next}");
            (await after.PlanAsync()).IsEmpty.Should().BeTrue($"request {request}");
            ProfileState profile = (await after.ObserveAsync()).Teams.Single(team => team.Name == World.Team).Profiles.Should().ContainSingle().Subject;
            profile.Contents!.Value.ToArray().Should().Equal(after.BuildArtifacts(new FleetVersion(4, 88)).First(artifact => artifact.Name == profile.Name).Contents.ToArray());
            world.Fleet.Requests.Count(logged => logged.Method == "DELETE" && logged.Status is > 0 and < 300).Should().BeLessThanOrEqualTo(1, "only the replaced profile goes, once");
            if (!wasKilled)
            {
                kills.Should().BeGreaterThan(5);
                return;
            }

            kills++;
        }
    }

    /// <summary>Everything is there and the spec wants it otherwise: records, profiles, packages; in place, and before 4.90 profiles replaced.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("4.88.0", false)]
    [InlineData("4.88.0", true)]
    public async Task Change_KilledAtEveryRequest_IsCompletedByTheNextRun(string? version, bool afterServerActed)
    {
        string? undisturbed = null;
        for (int request = -1; ; request++)
        {
            await using World world = await StartAsync(version);
            (FleetIntegration after, IntegrationPlan plan) = await ChangedInEveryKindAsync(world);
            world.Fleet.Requests.Clear();
            if (request >= 0)
            {
                world.Fleet.Faults.Add(new Fault { Skip = request, AbortsConnection = true, AfterServerActed = afterServerActed });
            }

            bool wasKilled = await IsKilledAsync(after, plan);
            world.Fleet.Faults.Clear();
            ApplyResult next = await after.ApplyAsync(request % 2 == 0 ? plan : await after.PlanAsync());

            next.Failure.Should().BeNull($"request {request}: {next}");
            (await after.PlanAsync()).IsEmpty.Should().BeTrue($"request {request}: {(await after.PlanAsync()).ToText()}");
            string fingerprint = await FingerprintAsync(world, after);
            fingerprint.Should().Be(undisturbed ??= fingerprint, $"request {request}");
            int replaced = plan.Changes.Count(change => change.Kind == ChangeKind.Replace);
            (replaced > 0).Should().Be(version is not null);
            world.Fleet.Requests.Count(logged => logged.Method == "DELETE" && logged.Status is > 0 and < 300).Should().BeLessThanOrEqualTo(replaced, "what is replaced goes once, and nothing else");
            if (request >= 0 && !wasKilled)
            {
                request.Should().BeGreaterThan(12, "the faults have to strike");
                return;
            }
        }
    }

    [Fact]
    public async Task Replace_NewBytesRefusedBefore490_PutsTheFormerBack()
    {
        await using World world = await StartAsync("4.88.0");
        (FleetIntegration after, IntegrationPlan plan) = await ChangedAsync(world);
        byte[] former = await ProfileAsync(after);
        world.Fleet.Faults.Add(Fault.Answer("POST", "/configuration_profiles", System.Net.HttpStatusCode.BadRequest, """{"message":"Bad request","errors":[{"name":"base","reason":"Couldn't add."}]}"""));

        ApplyResult refused = await after.ApplyAsync(plan);

        refused.Failure!.Change.Kind.Should().Be(ChangeKind.Replace);
        refused.Failure.Finding.Message.Should().Contain("Couldn't add.");
        (await ProfileAsync(after)).Should().Equal(former, "no host may stay without because the server refuses the successor");
    }

    private static async Task<byte[]> ProfileAsync(FleetIntegration integration) =>
        (await integration.ObserveAsync()).Teams.Single(team => team.Name == World.Team).Profiles!.Single().Contents!.Value.ToArray();

    /// <summary>A profile is there and the spec wants another, which a Fleet before 4.90 can only replace.</summary>
    private static async Task<(FleetIntegration After, IntegrationPlan Plan)> ChangedAsync(World world)
    {
        IntegrationSpec spec = world.Spec(DevicePlatform.MacOS) with { AllowReplace = true, Packages = null };
        FleetIntegration before = world.Integrate(spec with { Authority = spec.Authority with { Intermediates = [world.Smallstep.Intermediate.RawData] } });
        (await before.ApplyAsync(await before.PlanAsync())).EnsureSucceeded();
        FleetIntegration after = world.Integrate(spec);
        IntegrationPlan plan = await after.PlanAsync();
        plan.Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Replace, plan.ToText());
        return (after, plan);
    }

    /// <summary>The connection, the certificates in the profile and how the agent is offered have changed since the first apply.</summary>
    private static async Task<(FleetIntegration After, IntegrationPlan Plan)> ChangedInEveryKindAsync(World world)
    {
        IntegrationSpec spec = world.Spec(DevicePlatform.MacOS, DevicePlatform.Linux) with { AllowReplace = true };
        FleetIntegration before = world.Integrate(spec with { Authority = spec.Authority with { Intermediates = [world.Smallstep.Intermediate.RawData] } });
        (await before.ApplyAsync(await before.PlanAsync())).EnsureSucceeded();
        ConsoleConnection other = world.Reconnect();
        FleetIntegration after = world.Integrate(spec with
        {
            Authority = spec.Authority with { Scep = new SmallstepScep(other.ScepUrl, other.ChallengeUrl, other.ChallengeUsername, other.ChallengePassword) },
            Packages = spec.Packages! with { SelfService = true },
        });
        IntegrationPlan plan = await after.PlanAsync();
        plan.Changes.Should().NotContain(change => change.Kind == ChangeKind.Create, plan.ToText());
        plan.Changes.Select(change => change.ObjectKind).Distinct().Should().Contain([PlannedObjectKind.CertificateAuthority, PlannedObjectKind.Profile, PlannedObjectKind.Software]);
        return (after, plan);
    }

    private static async Task<bool> IsKilledAsync(FleetIntegration integration, IntegrationPlan plan)
    {
        try
        {
            return (await integration.ApplyAsync(plan)).Failure is not null;
        }
        catch (SmallstepFleetException)
        {
            return true;
        }
    }

    private static async Task<string> FingerprintAsync(World world, FleetIntegration integration) =>
        $"{await world.FingerprintAsync(integration)}\nautomatic approval of {string.Join(", ", world.Smallstep.EnrollmentPolicy.AutoApproveSources)}";

    /// <summary>A fresh Fleet; Smallstep, whose keys take long to make, is the same with its policy reset.</summary>
    private async Task<World> StartAsync(string? version = null)
    {
        _smallstep.EnrollmentPolicy = SimulatedEnrollmentPolicy.PlatformDefault;
        return await World.StartAsync(_smallstep, version);
    }

    /// <summary>Every platform; the packages go with one of the ways, since they take most of the requests.</summary>
    private static IntegrationSpec Spec(World world, string windows) => windows == Way.WindowsTpm
        ? world.Spec()
        : Way.Spec(world, windows) with { Platforms = DevicePlatform.Supported, Packages = null };

    private async Task<string> UndisturbedAsync(string windows, string? version)
    {
        await using World world = await StartAsync(version);
        FleetIntegration integration = world.Integrate(Spec(world, windows));
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        return await FingerprintAsync(world, integration);
    }
}
