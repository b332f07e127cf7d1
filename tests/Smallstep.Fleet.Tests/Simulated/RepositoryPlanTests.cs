using System.Text.Json;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

public sealed class RepositoryPlanTests
{
    private const string Global = "org_settings:\n  secrets:\n  certificate_authorities:\nagent_options:\ncontrols:\npolicies:\nlabels:\n";
    private const string Laptops = "name: Laptops\nsettings:\n  secrets:\nagent_options:\npolicies:\nsoftware:\nlabels:\n";
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true, CreateTeams = true };

    [Fact]
    public async Task Plan_EditedRepository_ShowsDeletionsFirstAndInRed()
    {
        await using World world = await StartAsync();

        IntegrationPlan plan = await PlanAsync(world, Everything);

        plan.Changes.Select(change => change.ToString().Split(':')[0]).Should().Equal(
            "create fleet Servers", "replace label Old", "update report Kept in Laptops", "create report New in Laptops", "create script new.sh in Laptops", "create script server.sh in Servers",
            "delete script gone.sh in Laptops", "delete report Gone in Laptops", "delete label Gone", "delete enroll secrets (all) in Laptops");
        string[] text = plan.ToText(color: true).Split('\n');
        text[0].Should().StartWith("\u001b[31m").And.Contain("script gone.sh (Laptops)");
        text.Where(line => line.StartsWith("\u001b[", StringComparison.Ordinal)).Select(line => line[..5]).Should().Equal(
            "\u001b[31m", "\u001b[31m", "\u001b[31m", "\u001b[31m", "\u001b[31m", "\u001b[32m", "\u001b[33m", "\u001b[32m", "\u001b[32m", "\u001b[32m");
        plan.ToText().Should().Contain("interval: 3600 → 600").And.NotContain("\u001b");
        plan.ToMarkdown().Should().Contain("🟥 **delete** | script `gone.sh` | Laptops").And.Contain("Consumes");
        using JsonDocument json = JsonDocument.Parse(plan.ToJson());
        json.RootElement.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("kind").GetString(), change.GetProperty("position").GetInt32())).Should().Equal(
            ("delete", 7), ("delete", 8), ("delete", 9), ("delete", 10), ("replace", 2), ("create", 1), ("update", 3), ("create", 4), ("create", 5), ("create", 6));
        plan.Cost.Activities.Should().BeGreaterThan(5);
        plan.Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task Complete_Run_KnowsTheFleetsOfTheServer()
    {
        await using World world = await StartAsync();

        GitOpsRun run = await GitOps(world).CompleteAsync(GitOpsRun.On("default.yml"));

        run.Server.Fleets.Should().Contain("Laptops");
        run.Server.IsAppleMdmEnabled.Should().BeTrue();
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = Global.Replace("  secrets:", "  mdm:\n    volume_purchasing_program:\n      - location: Here\n        fleets: [Nowhere]\n  secrets:"), ["fleets/laptops.yml"] = Laptops });
        var repository = FleetRepository.Load(files, run with { Arguments = GitOpsRun.OnAll(files).Arguments });
        new GitOpsLinter().Lint(repository).Verdict.Message.Should().Contain("volume_purchasing_program team Nowhere not found in team configs");
    }

    [Fact]
    public async Task Apply_WithoutPermission_DeletesAndReplacesNothing()
    {
        await using World world = await StartAsync();
        FleetGitOps gitops = GitOps(world);
        IntegrationPlan plan = await PlanAsync(world, new PlanPolicy { CreateTeams = true });

        ApplyResult result = await gitops.ApplyAsync(plan);

        result.Failure.Should().BeNull(result.ToString());
        result.Skipped.Select(change => change.Kind).Distinct().Should().BeEquivalentTo([ChangeKind.Delete, ChangeKind.Replace]);
        world.Fleet.Requests.Should().NotContain(request => request.Method == "DELETE");
        IntegrationPlan left = await PlanAsync(world, new PlanPolicy { CreateTeams = true });
        left.Changes.Should().HaveCount(5).And.OnlyContain(change => change.Kind == ChangeKind.Delete || change.Kind == ChangeKind.Replace);
        (await PlanAsync(world, null)).IsBlocked.Should().BeTrue();
    }

    [Fact]
    public async Task Plan_FleetThatDoesNotExist_NeedsCreateTeams()
    {
        await using World world = await StartAsync();
        Func<Task> plan = () => PlanAsync(world, null);
        (await plan.Should().ThrowAsync<IntegrationException>()).Which.Findings.Should().Contain(finding => finding.Message.Contains("'Servers'"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_KilledAtEveryWrite_LeavesAWorkingStateAndIsCompletedByTheNextRun(bool afterServerActed)
    {
        for (int write = 0; ; write++)
        {
            await using World world = await StartAsync();
            FleetGitOps gitops = GitOps(world);
            IntegrationPlan plan = await PlanAsync(world, Everything);
            world.Fleet.Requests.Clear();
            world.Fleet.Faults.Add(Fault.AbortWrite(write, afterServerActed));

            ApplyResult first = await gitops.ApplyAsync(plan);
            world.Fleet.Faults.Clear();
            ApplyResult second = await gitops.ApplyAsync(await PlanAsync(world, Everything));

            second.IsComplete.Should().BeTrue($"write {write}: {second}");
            IntegrationPlan end = await PlanAsync(world, Everything);
            end.IsEmpty.Should().BeTrue($"write {write}: {end.ToText()}");
            string[] writes = [.. world.Fleet.Requests.Writes.Select(request => request.Method + " " + request.Path)];
            string[] deletions = [.. writes.SkipWhile(request => !request.StartsWith("DELETE") || request.Contains("labels"))];
            deletions.Should().OnlyContain(request => request.StartsWith("DELETE") || request.EndsWith("/secrets"), "what goes, goes last: {0}", string.Join(", ", writes));
            if (first.Failure is null)
            {
                write.Should().BeGreaterThan(8, "the faults have to strike");
                return;
            }

            first.Left.Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Apply_Twice_WritesNothingTheSecondTime()
    {
        await using World world = await StartAsync();
        FleetGitOps gitops = GitOps(world);
        IntegrationPlan plan = await PlanAsync(world, Everything);
        (await gitops.ApplyAsync(plan)).EnsureSucceeded();
        world.Fleet.Requests.Clear();

        ApplyResult again = await gitops.ApplyAsync(plan);

        again.AlreadyDone.Should().HaveCount(10);
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Plan_RefusedRepository_IsNotPlanned()
    {
        await using World world = await StartAsync();
        FleetRepository repository = await LoadAsync(world, new Dictionary<string, string> { ["default.yml"] = Global + "profiles:\n" });
        Func<Task> plan = () => GitOps(world).PlanAsync(repository);
        (await plan.Should().ThrowAsync<IntegrationException>()).Which.Findings.Select(finding => finding.Id).Should().Contain("SSF4039").And.Contain("SSF3007");
    }

    [Fact]
    public async Task Plan_SectionsBeyondThePlan_AreNamedAndLeftAlone()
    {
        await using World world = await StartAsync();
        FleetRepository repository = await LoadAsync(world, new Dictionary<string, string>
        {
            ["default.yml"] = Global.Replace("controls:", "controls:\n  apple_settings:\n    assets:\n      - path: a.json\n  windows_settings:\n    configuration_profiles:\n      - path: w.xml\n        description: What it is for").Replace("  secrets:", "  secrets:\n  mdm:\n    end_user_license_agreement: lib/eula.pdf") + "reports:\n",
            ["a.json"] = "{}",
            ["w.xml"] = "<Replace><Item><Target><LocURI>./Device/Vendor/MSFT/Policy/Config/Camera/AllowCamera</LocURI></Target><Data>0</Data></Item></Replace>",
            ["lib/eula.pdf"] = "%PDF-1",
        });
        world.FleetOptions.AppleMdm = false;
        repository = FleetRepository.Load(repository.Source, await GitOps(world).CompleteAsync(repository.Run));
        IntegrationPlan plan = await GitOps(world).PlanAsync(repository, Everything);
        plan.Findings.Where(finding => finding.Id == "SSF4041").Select(finding => finding.Message).Should().Equal(
            "Not planned: org_settings.mdm.end_user_license_agreement, controls.apple_settings.assets. fleetctl passes over that, too: it needs Fleet Premium and Apple's MDM turned on.",
            "Not planned: controls.windows_settings.configuration_profiles[].description. Fleet announces them, and no release known here takes them: a profile's name is the one in its file.");
    }

    [Fact]
    public async Task Plan_NoFileForHostsWithoutAFleet_ShowsWhatTheRunWouldClear()
    {
        await using World world = await StartAsync();
        await world.Client(world.Fleet.AdminToken).Policies.CreateAsync(new PolicyRequest { Name = "Unassigned", Sql = "SELECT 1;", TeamId = 0 });
        Dictionary<string, string> files = new() { ["default.yml"] = Global.Replace("labels:", "labels:\n  - {name: Old, query: SELECT 1;}\n  - {name: Gone, query: SELECT 1;}") + "reports:\n" };

        IntegrationPlan without = await GitOps(world).PlanAsync(await LoadAsync(world, files));
        files["fleets/unassigned.yml"] = "name: Unassigned\npolicies:\n  - {name: Unassigned, query: SELECT 1;}\nsoftware:\ncontrols:\n";
        IntegrationPlan with = await GitOps(world).PlanAsync(await LoadAsync(world, files));

        without.Changes.Should().ContainSingle().Which.Id.Should().Be("policy/Unassigned/Unassigned");
        without.IsBlocked.Should().BeTrue();
        with.IsEmpty.Should().BeTrue(with.ToText());
    }

    private static async Task<World> StartAsync()
    {
        World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        long team = (await fleet.Teams.FindAsync(World.Team))!.Id;
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Gone", Query = "SELECT 1;" });
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Old", Query = "SELECT 1;" });
        await fleet.Reports.CreateAsync(new ReportRequest { Name = "Gone", Sql = "SELECT 1;", TeamId = team });
        await fleet.Reports.CreateAsync(new ReportRequest { Name = "Kept", Sql = "SELECT 2;", TeamId = team });
        await fleet.Scripts.UploadAsync(new ScriptUpload("gone.sh", "#!/bin/sh\n", team));
        return world;
    }

    private static async Task<IntegrationPlan> PlanAsync(World world, PlanPolicy? policy) => await GitOps(world).PlanAsync(
        await LoadAsync(world, new Dictionary<string, string>
        {
            ["default.yml"] = Global.Replace("labels:", "labels:\n  - {name: Old, query: SELECT 2;}") + "reports:\n",
            ["fleets/laptops.yml"] = Laptops + "controls:\n  scripts:\n    - path: ../lib/new.sh\nreports:\n  - {name: Kept, query: SELECT 2;, interval: 600}\n  - {name: New, query: SELECT 3;, interval: 60}\n",
            ["fleets/servers.yml"] = Laptops.Replace("Laptops", "Servers") + "reports:\ncontrols:\n  scripts:\n    - path: ../lib/server.sh\n",
            ["lib/new.sh"] = "#!/bin/sh\necho new\n",
            ["lib/server.sh"] = "#!/bin/sh\necho server\n",
        }),
        policy);

    private static async Task<FleetRepository> LoadAsync(World world, Dictionary<string, string> files)
    {
        var source = new MemoryFiles(files);
        return FleetRepository.Load(source, await GitOps(world).CompleteAsync(GitOpsRun.OnAll(source) with { Environment = new Dictionary<string, string>() }));
    }

    private static FleetGitOps GitOps(World world) => new(world.Client(world.Fleet.AdminToken));
}
