using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Preflight;

public sealed class FleetPreflightTests
{
    [Fact]
    public async Task Everything_Right_EachCheckPassesOrSaysWhyNot()
    {
        await using World world = await World.StartAsync();

        PreflightReport report = await world.Integrate(world.Spec(), world.Fleet.CreateUser("apply", "gitops"), world.Fleet.CreateUser("watch", "observer"))
            .PreflightAsync(new PreflightOptions { TryChallenge = true });

        report.Findings.Should().BeEmpty();
        report.Checks.Should().HaveCount(14).And.OnlyContain(check => check.IsPassed);
        report.Checks.Where(check => check.IsSkipped).Should().ContainSingle().Which.Should().Match<PreflightCheck>(check => check.Name.StartsWith("Domains") && check.Detail.Length > 0);
        report.Domains.Select(domain => domain.Host).Should().Contain(["control.infra.smallstep.com", "tel.smallstep.com"]);
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task SeveralThingsWrong_AreFoundAtOnce()
    {
        await using World world = await World.StartAsync(options => options.WindowsMdm = options.AppleMdm = false);
        IntegrationSpec spec = world.Spec() with { Targets = ["Laptps"], Packages = new AgentPackages { BaseAddress = new Uri(world.Smallstep.BaseAddress, "nothing/") }, AutoApprove = false };
        world.Smallstep.RemoveProvisioner(spec.Authority.Scep!.ScepUrl.Segments[^1]);

        PreflightReport report = await world.Integrate(spec, world.Fleet.CreateUser("weak", "observer")).PreflightAsync();

        report.Findings.Select(finding => finding.Id).Should().Contain(["SSF4003", "SSF4005", "SSF4006", "SSF4007", "SSF4019", "SSF4022", "SSF4029"]);
        report.Findings.Should().OnlyContain(finding => finding.Remedy.Length > 0);
        report.Findings.Select(finding => finding.Severity).Should().BeInDescendingOrder();
    }

    [Fact]
    public async Task Unreachable_IsSaidOnce()
    {
        await using World world = await World.StartAsync();
        var fleet = FleetClient.Create(new FleetClientOptions { Url = "http://127.0.0.1:1", Token = "t", AllowHttp = true, MaxRetries = 0 });

        PreflightReport report = await new FleetIntegration(fleet, null, world.Spec()).PreflightAsync();

        report.Findings.Should().ContainSingle(finding => finding.Id == "SSF4001");
        report.Findings.Should().NotContain(finding => finding.Id == "SSF4011", "the SCEP server does answer");
    }

    [Fact]
    public async Task WrongTokens_AreSaidOncePerToken()
    {
        await using World world = await World.StartAsync();

        PreflightReport apply = await world.Integrate(world.Spec(), new Secret("no-such-token"), world.Fleet.CreateUser("watch", "observer")).PreflightAsync();
        PreflightReport both = await world.Integrate(world.Spec(), new Secret("no-such-token")).PreflightAsync();
        PreflightReport observe = await world.Integrate(world.Spec(), null, new Secret("no-such-token")).PreflightAsync();

        apply.Findings.Should().ContainSingle(finding => finding.Id == "SSF4002");
        both.Findings.Should().ContainSingle(finding => finding.Id == "SSF4002");
        observe.Findings.Should().ContainSingle(finding => finding.Id == "SSF4002").Which.Message.Should().Contain("token that observes");
        observe.Checks.Should().ContainSingle(check => !check.IsPassed);
    }

    [Fact]
    public async Task MdmOff_ForAPlatformThatIsNotWanted_IsNoFinding()
    {
        await using World world = await World.StartAsync(options => options.WindowsMdm = false);

        (await world.Integrate(world.Spec(DevicePlatform.MacOS)).PreflightAsync()).Findings.Should().NotContain(finding => finding.Id == "SSF4006");
    }

    [Fact]
    public async Task TargetFleet_InOtherLetters_IsNoFinding()
    {
        await using World world = await World.StartAsync();

        (await world.Integrate(world.Spec() with { Targets = [World.Team.ToUpperInvariant()] }).PreflightAsync()).IsReady.Should().BeTrue();
    }

    [Theory]
    [InlineData("https://mdm.example.org", true)]
    [InlineData(null, false)]
    public async Task ServerUrl_OfAnotherHost_IsAWarning(string? serverUrl, bool isFound)
    {
        await using World world = await World.StartAsync(options => options.ServerUrl = serverUrl is null ? null : new Uri(serverUrl));

        PreflightReport report = await world.Integrate(world.Spec()).PreflightAsync();

        report.Findings.Any(finding => finding.Id == "SSF4009").Should().Be(isFound);
        report.IsReady.Should().BeTrue();
    }

    [Fact]
    public async Task AuthorityRecord_Changed_NamesTheFields()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = world.Spec(DevicePlatform.MacOS);
        FleetIntegration integration = world.Integrate(spec);
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();

        PreflightReport same = await integration.PreflightAsync();
        PreflightReport changed = await world.Integrate(spec with { Authority = spec.Authority with { Scep = spec.Authority.Scep! with { Username = "another" } } }).PreflightAsync();

        same.Findings.Should().BeEmpty();
        same.Checks.Should().Contain(check => check.Detail == "SMALLSTEP_AGENT is as in the spec");
        changed.Findings.Should().ContainSingle(finding => finding.Id == "SSF4020").Which.Message.Should().Contain("username").And.NotContain("password");
        changed.IsReady.Should().BeTrue();
    }

    [Fact]
    public async Task Checks_RunInParallel()
    {
        await using World world = await World.StartAsync();
        var slow = new TamperingHandler(_ => null) { Delay = TimeSpan.FromMilliseconds(300) };

        await world.IntegrateOver(world.Spec(), slow).PreflightAsync();

        slow.MostAtOnce.Should().BeGreaterThan(5);
    }

    [Theory]
    [InlineData("""{"gitops":{"gitops_mode_enabled":true,"repository_url":"https://git.example.org/x"}}""", "SSF4028")]
    [InlineData("""{"server_settings":{"query_reports_disabled":true}}""", "SSF4032")]
    [InlineData("""{"server_settings":{"scripts_disabled":true}}""", "SSF4033")]
    [InlineData("""{"license":{"tier":"free"}}""", "SSF4004")]
    [InlineData("""{"gitops":{"gitops_mode_enabled":false},"server_settings":{"query_reports_disabled":false,"scripts_disabled":false}}""", null)]
    public void Settings_SwitchedOff_AreFound(string settings, string? id)
    {
        var right = System.Text.Json.Nodes.JsonNode.Parse("""{"license":{"tier":"premium"},"mdm":{"enabled_and_configured":true,"windows_enabled_and_configured":true}}""")!.AsObject();
        foreach ((string name, System.Text.Json.Nodes.JsonNode? value) in System.Text.Json.Nodes.JsonNode.Parse(settings)!.AsObject())
        {
            right[name] = value!.DeepClone();
        }

        FleetConfiguration configuration = System.Text.Json.JsonSerializer.Deserialize<FleetConfiguration>(
            right.ToJsonString(), new System.Text.Json.JsonSerializerOptions { PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower })!;

        FleetSettingsCheck.Check(Specs.Any(), configuration).Select(finding => finding.Id).Should().Equal(id is null ? [] : [id]);
    }

    [Fact]
    public void Version_BeforeSmallstepAuthorities_IsTooOld()
    {
        IntegrationArtifacts.Check(Specs.Any(), new FleetVersion(4, 75)).Should().Contain(finding => finding.Id == "SSF4008");
        IntegrationArtifacts.Check(Specs.Any(), new FleetVersion(4, 76)).Should().NotContain(finding => finding.Id == "SSF4008");
        IntegrationArtifacts.Check(Specs.Any() with { Platforms = [DevicePlatform.Linux] }, new FleetVersion(4, 75)).Should().NotContain(finding => finding.Id == "SSF4008");
    }
}
