using System.Net;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Testing;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Preflight;

public sealed class SmallstepPreflightTests
{
    private static readonly string[] Scopes = ["get-authority", "get-authorities", "list-authority-provisioners", "get-device-enrollment-policy", "list-devices", "list-certificates"];

    [Theory]
    [InlineData("get-authority")]
    [InlineData("list-authority-provisioners")]
    [InlineData("get-device-enrollment-policy")]
    [InlineData("list-devices")]
    [InlineData("list-certificates")]
    public async Task Token_WithoutAScope_IsToldWhich(string missing)
    {
        await using World world = await World.StartAsync();

        PreflightReport report = await PreflightAsync(world, world.SmallstepApi([.. Scopes.Except([missing])]));

        report.Findings.Where(finding => finding.Id == "SSF4016").Should().NotBeEmpty().And.OnlyContain(finding => finding.Message.Contains(missing));
        report.IsReady.Should().BeTrue("what cannot be read is no error");
    }

    [Fact]
    public async Task Token_WithTheScopesOfTheDocs_IsEnough()
    {
        await using World world = await World.StartAsync();

        (await PreflightAsync(world, world.SmallstepApi(Scopes))).Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task Token_Expired_IsSaidOnce()
    {
        await using World world = await World.StartAsync();
        SmallstepClient smallstep = world.SmallstepApi(Scopes);
        world.Smallstep.ExpireApiTokens();

        PreflightReport report = await PreflightAsync(world, smallstep);

        report.Findings.Should().ContainSingle().Which.Id.Should().Be("SSF4015");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Api_OutOfReach_IsSaidOnceAndNotOfFleet(bool isCut)
    {
        await using World world = await World.StartAsync();
        SmallstepClient smallstep = world.SmallstepApi(Scopes);
        world.Smallstep.Faults.Add(new Fault { Matches = (_, path) => path.StartsWith("/api/", StringComparison.Ordinal), AbortsConnection = isCut, Status = isCut ? null : HttpStatusCode.BadGateway, Times = 99 });

        PreflightReport report = await PreflightAsync(world, smallstep);

        report.Findings.Should().ContainSingle().Which.Id.Should().Be("SSF4042");
    }

    [Fact]
    public async Task AutoApprove_WithoutAToken_IsAWarningInPreflightAndPlan()
    {
        await using World world = await World.StartAsync();
        FleetIntegration integration = world.Integrate(Spec(world) with { AutoApprove = true }, withApi: false);

        PreflightReport report = await integration.PreflightAsync();
        IntegrationPlan plan = await integration.PlanAsync();

        report.Findings.Should().ContainSingle(finding => finding.Id == "SSF4029").Which.Severity.Should().Be(FindingSeverity.Warning);
        plan.Findings.Should().ContainSingle(finding => finding.Id == "SSF4029");
        plan.Changes.Should().NotContain(change => change.ObjectKind == PlannedObjectKind.EnrollmentPolicy);
    }

    [Fact]
    public async Task Team_OfSomebodyElse_IsFound()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = Spec(world);

        PreflightReport report = await PreflightAsync(world, world.SmallstepApi(Scopes), spec with { Authority = spec.Authority with { Team = TeamSlug.Parse("acmee") } });

        report.Findings.Should().ContainSingle(finding => finding.Id == "SSF4017").Which.Message.Should().Contain("acmee");
    }

    [Fact]
    public async Task Team_WithoutAgentsAuthority_IsFound()
    {
        await using World world = await World.StartAsync();
        var handler = new TamperingHandler(request => request.RequestUri!.AbsolutePath.EndsWith("/authorities", StringComparison.Ordinal) ? TamperingHandler.Json("[]") : null, passesOn: false);
        var smallstep = new SmallstepClient(handler.Client(), new SmallstepClientOptions { Token = "t" });

        PreflightReport report = await PreflightAsync(world, smallstep);

        report.Findings.Should().Contain(finding => finding.Id == "SSF4017");
    }

    [Fact]
    public async Task Root_Rotated_IsFound()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = Spec(world);
        world.Smallstep.RotateRoot();

        PreflightReport report = await PreflightAsync(world, world.SmallstepApi(Scopes), spec);

        report.Findings.Should().Contain(finding => finding.Id == "SSF4018");
    }

    [Fact]
    public async Task Provisioner_Removed_IsFound()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = Spec(world);
        string name = spec.Authority.Scep!.ScepUrl.Segments[^1];
        world.Smallstep.RemoveProvisioner(name);

        PreflightReport report = await PreflightAsync(world, world.SmallstepApi(Scopes), spec);

        report.Findings.Should().Contain(finding => finding.Id == "SSF4019" && finding.Message.Contains(name));
    }

    [Fact]
    public async Task Policy_WithoutFleet_WarnsUnlessThePlanChangesIt()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = Spec(world);

        (await PreflightAsync(world, world.SmallstepApi(Scopes), spec with { AutoApprove = false })).Findings.Should().ContainSingle().Which.Id.Should().Be("SSF4029");
        (await PreflightAsync(world, world.SmallstepApi(Scopes), spec)).Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task NoToken_TheChecksAreSkippedVisibly()
    {
        await using World world = await World.StartAsync();

        PreflightReport report = await PreflightAsync(world, null);

        report.Checks.Where(check => check.IsSkipped && check.Detail == "no Smallstep API token").Should().HaveCount(4);
        report.ToText().Should().Contain("skip Smallstep: authority and root: no Smallstep API token");
    }

    private static IntegrationSpec Spec(World world) => world.Spec(DevicePlatform.MacOS) with { Packages = null };

    private static Task<PreflightReport> PreflightAsync(World world, SmallstepClient? smallstep, IntegrationSpec? spec = null) =>
        new FleetIntegration(world.Client(world.Fleet.AdminToken), smallstep, spec ?? Spec(world)).PreflightAsync();
}
