using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

public sealed class DryRunTests
{
    [Fact]
    public async Task DryRun_ImportedServer_IsAcceptedFileByFileAndWritesNothing()
    {
        await using World world = await World.StartAsync();
        await Server.FillAsync(world);
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken));
        ImportedRepository imported = await gitops.ImportAsync();
        FleetRepository repository = FleetRepository.Load(new MemoryFiles(imported.Files), imported.Run with { Environment = await EnvironmentAsync(world, imported) });
        world.Fleet.Requests.Clear();
        world.Smallstep.Requests.Clear();

        DryRunReport report = await gitops.DryRunAsync(repository);

        report.IsAccepted.Should().BeTrue(report.ToText());
        report.Steps.Where(step => step.Outcome == DryRunOutcome.Accepted).Select(step => $"{step.File}: {step.Section}").Should().Equal(
            "default.yml: Microsoft Graph credentials", "default.yml: certificate authorities", "default.yml: licence agreement", "default.yml: custom host vitals", "default.yml: organization settings", "default.yml: enroll secrets",
            "fleets/laptops.yml: fleet settings", "fleets/laptops.yml: assets", "fleets/laptops.yml: profiles", "fleets/laptops.yml: scripts", "fleets/laptops.yml: software packages", "fleets/laptops.yml: App Store apps",
            "fleets/unassigned.yml: assets", "fleets/unassigned.yml: profiles", "fleets/unassigned.yml: scripts", "fleets/unassigned.yml: software packages", "fleets/unassigned.yml: App Store apps");
        report.Consumed.Challenges.Should().Be(2, "one of the Smallstep authority, one of NDES");
        report.Downloads.Should().Be(0, "every package is known by its hash");
        world.Fleet.Requests.Writes.Should().BeEmpty();
        world.Smallstep.Requests.Count(request => request.Path.EndsWith("/challenge")).Should().Be(1);
        report.ToText().Should().Contain("Consumed: 2 challenges").And.Contain("Not covered by Fleet's dry run: policies,");
    }

    [Fact]
    public async Task DryRun_WhatOnlyTheServerRefuses_IsReportedForEverySection()
    {
        await using World world = await World.StartAsync();
        var files = new Dictionary<string, string>
        {
            ["default.yml"] = $"org_settings:\n  secrets:\n  certificate_authorities:\n    smallstep:\n      - name: ACME\n        url: {world.Connection.ScepUrl}\n        challenge_url: {world.Connection.ChallengeUrl}\n        username: {world.Connection.ChallengeUsername}\n        password: |2-\n          $PW\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n",
            ["fleets/laptops.yml"] = "name: Laptops\nsettings:\n  secrets:\nagent_options:\npolicies:\nreports:\nlabels:\ncontrols:\n  scripts:\n    - path: ../lib/empty.sh\n  apple_settings:\n    configuration_profiles:\n      - path: ../lib/secret.mobileconfig\nsoftware:\n  packages:\n    - url: http://127.0.0.1:1/a.deb\n",
            ["fleets/new.yml"] = "name: New\nsettings:\n  secrets:\nagent_options:\npolicies:\nreports:\nlabels:\ncontrols:\nsoftware:\n",
            ["lib/empty.sh"] = "",
            ["lib/secret.mobileconfig"] = Server.Mobileconfig.Replace("costs $5", "$FLEET_SECRET_SITE"),
        };
        DryRunReport report = await RunAsync(world, files, new Dictionary<string, string> { ["PW"] = "wrong", ["FLEET_SECRET_SITE"] = "b1" });

        report.IsAccepted.Should().BeFalse();
        Step(report, "default.yml", "certificate authorities").Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.Refused && step.Message.Contains("Invalid challenge URL or credentials"));
        Step(report, "fleets/laptops.yml", "secret variables").Outcome.Should().Be(DryRunOutcome.Accepted);
        Step(report, "fleets/laptops.yml", "profiles with secrets").Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.NotAsked && step.Message.Contains("secret.mobileconfig"));
        Step(report, "fleets/laptops.yml", "scripts").Outcome.Should().Be(DryRunOutcome.Refused);
        Step(report, "fleets/laptops.yml", "software packages").Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.Refused && step.Downloads == 1);
        Step(report, "fleets/new.yml", "profiles, scripts and software").Outcome.Should().Be(DryRunOutcome.NotAsked);
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task DryRun_ControlsAndAgentOptions_AreAskedToo()
    {
        await using World world = await World.StartAsync(options => options.Version = "4.81.0");
        const string Global = "org_settings:\n  server_settings:\n    live_query_disabled: true\n  secrets:\n  certificate_authorities:\nagent_options:\n  path: lib/options.yml\ncontrols:\n  windows_updates:\n    deadline_days: DAYS\n    grace_period_days: 2\npolicies:\nqueries:\n";
        var files = new Dictionary<string, string>
        {
            ["default.yml"] = Global.Replace("DAYS", "5"),
            ["teams/laptops.yml"] = "name: Laptops\nteam_settings:\n  secrets:\nagent_options:\npolicies:\nqueries:\ncontrols:\n  macos_updates:\n    minimum_version: '15.1'\nsoftware:\n",
            ["lib/options.yml"] = "config: {}\n",
        };

        DryRunReport report = await RunAsync(world, files, []);
        files["lib/options.yml"] = "configuration: {}\n";
        DryRunReport options = await RunAsync(world, files, []);
        files["lib/options.yml"] = "config: {}\n";
        files["default.yml"] = Global.Replace("DAYS", "99");
        DryRunReport updates = await RunAsync(world, files, []);

        Step(report, "default.yml", "organization settings").Outcome.Should().Be(DryRunOutcome.Accepted);
        Step(report, "teams/laptops.yml", "fleet settings").Message.Should().Contain("deadline is required when minimum_version is provided");
        Step(options, "default.yml", "organization settings").Message.Should().Contain("unsupported key provided: \"configuration\"");
        Step(updates, "default.yml", "organization settings").Message.Should().Contain("deadline_days must be an integer between 0 and 30");
    }

    [Fact]
    public async Task DryRun_SecretOfWhichTheEnvironmentHasNoValue_IsNotAsked()
    {
        await using World world = await World.StartAsync();
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = "org_settings:\n  certificate_authorities:\n    custom_scep_proxy:\n      - name: A\n        url: https://a.example.com\n        challenge: |2-\n          $PW\ncontrols:\n" });
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken));
        DryRunReport report = await gitops.DryRunAsync(FleetRepository.Load(files, await gitops.CompleteAsync(GitOpsRun.OnAll(files))));
        Step(report, "default.yml", "certificate authorities").Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.NotAsked && step.Message.Contains("$PW"));
        report.Consumed.Should().Be(PlanCost.None);
    }

    [Fact]
    public async Task DryRun_UnreadableRepository_AsksNothing()
    {
        await using World world = await World.StartAsync();
        world.Fleet.Requests.Clear();
        DryRunReport report = await RunAsync(world, new Dictionary<string, string> { ["default.yml"] = "org_settings:\ncontrols:\nprofiles:\n" }, []);
        report.Steps.Should().OnlyContain(step => step.Outcome == DryRunOutcome.NotAsked);
        report.IsAccepted.Should().BeFalse();
        world.Fleet.Requests.Should().NotContain(request => request.Method != "GET");
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(World world, ImportedRepository imported)
    {
        Dictionary<string, string> values = await Server.EnvironmentAsync(world, imported.Variables);
        values["NDES_PASSWORD"] = world.Connection.NdesPassword.Reveal();
        return values;
    }

    private static async Task<DryRunReport> RunAsync(World world, Dictionary<string, string> files, Dictionary<string, string> environment)
    {
        var source = new MemoryFiles(files);
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken));
        return await gitops.DryRunAsync(FleetRepository.Load(source, await gitops.CompleteAsync(GitOpsRun.OnAll(source) with { Environment = environment })));
    }

    private static DryRunStep Step(DryRunReport report, string file, string section) => report.Steps.Should().ContainSingle(step => step.File == file && step.Section == section, "{0}", report.ToText()).Subject;
}
