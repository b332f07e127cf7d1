using System.Text;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Assets of declarations and activations of a repository, against a server.</summary>
public sealed class DeclarationPlanTests
{
    private const string Global = "org_settings:\n  secrets:\n  certificate_authorities:\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";
    private const string Laptops = "name: Laptops\nsettings:\n  secrets:\nagent_options:\npolicies:\nreports:\nsoftware:\nlabels:\n";
    private const string Both = "controls:\n  apple_settings:\n    assets:\n      - path: ../lib/a.asset.json\n    configuration_profiles:\n      - path: ../lib/tasks.json\n        activation: ../lib/act.json\n";
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true };
    private static readonly string AssetText = Server.Asset.Replace("$5", "5");

    [Fact]
    public async Task Apply_NewAssetAndDeclaration_MakesTheAssetFirstAndASecondRunChangesNothing()
    {
        await using World world = await StartAsync();
        IntegrationPlan plan = await PlanAsync(world, Both);

        (await GitOps(world).ApplyAsync(plan)).Failure.Should().BeNull();

        Declared(plan).Select(change => change.Id).Should().Equal("asset/Laptops/a.asset", "profile/Laptops/tasks");
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        (await fleet.Assets.ListAsync(world.TeamId)).Should().ContainSingle();
        (await fleet.Profiles.ListAsync(world.TeamId)).Should().ContainSingle().Which.Activation!.Value.ToArray().Should().Equal(Encoding.UTF8.GetBytes(Server.Activation));
        Declared(await PlanAsync(world, Both)).Should().BeEmpty();
    }

    [Fact]
    public async Task Apply_EditedAsset_ChangesInPlaceAndLeavesWhatCameSince()
    {
        await using World world = await StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await GitOps(world).ApplyAsync(await PlanAsync(world, Both));
        string uuid = (await fleet.Assets.ListAsync(world.TeamId)).Single().Uuid;
        IntegrationPlan plan = await PlanAsync(world, Both, edit => edit["lib/a.asset.json"] = AssetText.Replace("tasks.zip", "tasks-2.zip"));
        await fleet.Assets.UploadAsync(new AssetUpload("since", Encoding.UTF8.GetBytes(AssetText.Replace("com.example.tasks.data", "com.example.since"))) { TeamId = world.TeamId });

        (await GitOps(world).ApplyAsync(plan)).Failure.Should().BeNull();

        Declared(plan).Should().ContainSingle().Which.Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Update && change.Fields.Single().Field == "contents");
        plan.ToText().Should().Contain("asset a.asset");
        IReadOnlyList<DeclarationAsset> assets = await fleet.Assets.ListAsync(world.TeamId);
        assets.Select(asset => asset.Name).Should().BeEquivalentTo(["a.asset", "since"], "the plan did not show the other");
        Encoding.UTF8.GetString(await fleet.Assets.DownloadAsync(uuid)).Should().Contain("tasks-2.zip", "the asset kept its UUID, since a declaration refers to it");
    }

    [Fact]
    public async Task Plan_OtherIdentifier_IsAReplacementThatTheServerRefusesWhileItIsReferredTo()
    {
        await using World world = await StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await GitOps(world).ApplyAsync(await PlanAsync(world, Both));
        void Rename(Dictionary<string, string> files) => files["lib/a.asset.json"] = AssetText.Replace("com.example.tasks.data", "com.example.renamed");

        IntegrationPlan blocked = await PlanAsync(world, Both, Rename, new PlanPolicy());
        ApplyResult result = await GitOps(world).ApplyAsync(await PlanAsync(world, Both, Rename));

        Declared(blocked).Should().ContainSingle().Which.Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Replace && change.Blocker != null);
        result.ToString().Should().Contain("A configuration profile is linked to this asset");
        (await fleet.Assets.ListAsync(world.TeamId)).Should().ContainSingle().Which.Identifier.Should().Be("com.example.tasks.data");
    }

    [Fact]
    public async Task Apply_ReplacementThatFleetRefuses_GivesTheFormerBack()
    {
        await using World world = await StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        const string Alone = "controls:\n  apple_settings:\n    assets:\n      - path: ../lib/a.asset.json\n";
        await GitOps(world).ApplyAsync(await PlanAsync(world, Alone));

        ApplyResult result = await GitOps(world).ApplyAsync(await PlanAsync(world, Alone, files => files["lib/a.asset.json"] = AssetText.Replace("com.apple.asset.data", "com.example.data")));

        result.ToString().Should().Contain("Asset type must be a valid Apple asset type");
        Encoding.UTF8.GetString(await fleet.Assets.DownloadAsync((await fleet.Assets.ListAsync(world.TeamId)).Single().Uuid)).Should().Be(AssetText);
    }

    [Fact]
    public async Task Apply_SectionsThatAreGone_DeleteTheDeclarationBeforeItsAsset()
    {
        await using World world = await StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await GitOps(world).ApplyAsync(await PlanAsync(world, Both));

        IntegrationPlan shown = await PlanAsync(world, "controls:\n", policy: new PlanPolicy());
        ApplyResult nothing = await GitOps(world).ApplyAsync(shown);
        IntegrationPlan plan = await PlanAsync(world, "controls:\n");
        ApplyResult result = await GitOps(world).ApplyAsync(plan);

        Declared(shown).Should().OnlyContain(change => change.Kind == ChangeKind.Delete && change.Blocker != null);
        nothing.Done.Should().BeEmpty("deletions need AllowDeletes");
        result.Failure.Should().BeNull();
        Declared(plan).Select(change => change.Id).Should().Equal("profile/Laptops/tasks", "asset/Laptops/a.asset");
        (await fleet.Assets.ListAsync(world.TeamId)).Should().BeEmpty();
    }

    [Fact]
    public async Task Apply_ActivationOfAnEditAndItsRemoval_KeepTheProfile()
    {
        await using World world = await StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await GitOps(world).ApplyAsync(await PlanAsync(world, Both));
        string uuid = (await fleet.Profiles.ListAsync(world.TeamId)).Single().ProfileUuid;

        IntegrationPlan edit = await PlanAsync(world, Both, files => files["lib/act.json"] = Server.Activation.Replace("$Mac", "iPad"));
        await GitOps(world).ApplyAsync(edit);
        string edited = Encoding.UTF8.GetString((await fleet.Profiles.GetAsync(uuid)).Activation!.Value.Span);
        IntegrationPlan removal = await PlanAsync(world, Both.Replace("        activation: ../lib/act.json\n", ""));
        await GitOps(world).ApplyAsync(removal);

        Declared(edit).Should().ContainSingle().Which.Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Update && change.Fields.Single().Field == "activation");
        edited.Should().Contain("iPad");
        Declared(removal).Single().Fields.Should().ContainSingle().Which.Should().Match<FieldChange>(field => field.Field == "activation" && field.After == null);
        (await fleet.Profiles.GetAsync(uuid)).Activation.Should().BeNull();
    }

    [Fact]
    public async Task Plan_TokenThatMayNotRead_ShowsAssetsAsUnknown()
    {
        await using World world = await StartAsync();
        FleetRepository repository = await LoadAsync(world, Both, null);

        IntegrationPlan plan = await new FleetGitOps(world.Client(world.Fleet.CreateUser("reader", "observer"))).PlanAsync(repository, Everything);

        plan.Changes.Should().Contain(change => change.Kind == ChangeKind.Unknown && change.ObjectKind == PlannedObjectKind.Asset);
    }

    [Fact]
    public async Task Plan_OlderRelease_BlocksAssetsAndActivations()
    {
        await using World world = await StartAsync("4.89.0");

        IntegrationPlan plan = await PlanAsync(world, Both.Replace("tasks.json", "code.json"), files => files["lib/act.json"] = Server.Activation.Replace("com.example.tasks\"", "com.example.passcode\""));

        Declared(plan).Select(change => change.Blocker).Should().Equal("Fleet 4.89.0 has no assets; update to 4.90.", "Fleet 4.89.0 takes no activation; update to 4.91, or take it from the profile.");
        Declared(await PlanAsync(world, "controls:\n")).Should().BeEmpty("an older server has none");
    }

    [Fact]
    public async Task Plan_ServerWithoutAppleMdm_SaysThatAssetsArePassedOver()
    {
        await using World world = await StartAsync();
        world.FleetOptions.AppleMdm = false;

        IntegrationPlan plan = await PlanAsync(world, Both.Split("    configuration_profiles")[0]);

        Declared(plan).Should().BeEmpty();
        plan.Findings.Should().ContainSingle(finding => finding.Id == "SSF4041" && finding.Message.Contains("apple_settings.assets"));
    }

    [Fact]
    public async Task DryRun_AssetsAndActivations_AreAskedAndThoseWithSecretsNamed()
    {
        await using World world = await StartAsync();
        FleetRepository repository = await LoadAsync(world, Both.Replace("a.asset.json", "secret.json"), null);

        DryRunReport passed = await GitOps(world).DryRunAsync(repository);
        DryRunReport refused = await GitOps(world).DryRunAsync(await LoadAsync(world, Both, files => files["lib/a.asset.json"] = "{}"));

        passed.Steps.Should().Contain(step => step.Section == "assets with secrets" && step.Message.Contains("secret"));
        refused.Steps.Single(step => step.Section == "assets" && step.File == "fleets/laptops.yml").Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.Refused && step.Message.Contains("Asset must contain a non-empty identifier"));
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    private static PlannedChange[] Declared(IntegrationPlan plan) => [.. plan.Changes.Where(change => change.ObjectKind is PlannedObjectKind.Asset or PlannedObjectKind.Profile)];

    private static async Task<World> StartAsync(string? version = null)
    {
        World world = await World.StartAsync(options => (options.Version, options.AllowCustomActivations) = (version ?? options.Version, true));
        world.Fleet.Requests.Clear();
        return world;
    }

    private static async Task<IntegrationPlan> PlanAsync(World world, string controls, Action<Dictionary<string, string>>? edit = null, PlanPolicy? policy = null) =>
        await GitOps(world).PlanAsync(await LoadAsync(world, controls, edit), policy ?? Everything);

    private static async Task<FleetRepository> LoadAsync(World world, string controls, Action<Dictionary<string, string>>? edit)
    {
        Dictionary<string, string> files = new()
        {
            ["default.yml"] = Global,
            ["fleets/laptops.yml"] = Laptops + controls,
            ["lib/a.asset.json"] = AssetText,
            ["lib/secret.json"] = AssetText.Replace("cost=5", "key=$FLEET_SECRET_KEY"),
            ["lib/tasks.json"] = Server.TaskDeclaration,
            ["lib/code.json"] = Server.Declaration,
            ["lib/act.json"] = Server.Activation,
        };
        edit?.Invoke(files);
        var source = new MemoryFiles(files);
        GitOpsRun run = GitOpsRun.OnAll(source) with { Environment = new Dictionary<string, string> { ["FLEET_SECRET_KEY"] = "k" } };
        return FleetRepository.Load(source, await GitOps(world).CompleteAsync(run));
    }

    private static FleetGitOps GitOps(World world) => new(world.Client(world.Fleet.AdminToken));
}
