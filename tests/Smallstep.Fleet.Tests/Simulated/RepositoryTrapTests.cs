using System.Net;
using System.Text;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Where a plan of a repository could do something else than it shows, or never come to an end.</summary>
public sealed class RepositoryTrapTests
{
    private const string Global = "org_settings:\n  secrets:\n  certificate_authorities:\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";
    private const string Laptops = "name: Laptops\nsettings:\n  secrets:\nagent_options:\ncontrols:\npolicies:\nreports:\nsoftware:\nlabels:\n";
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true };

    [Fact]
    public async Task Declaration_WhoseNewFormIsRefused_ComesBackWithoutTheActivationThatIsRefusedToo()
    {
        await using World world = await World.StartAsync(options => options.AllowCustomActivations = true);
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        string activation = Server.Activation.Replace("$Mac", "Mac").Replace("com.example.tasks\"]", "com.example.passcode\"]");
        await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "d.json", Contents = Encoding.UTF8.GetBytes(Server.Declaration), TeamId = world.TeamId, Activation = Encoding.UTF8.GetBytes(activation) });
        world.FleetOptions.AllowCustomActivations = false;
        FleetRepository repository = await LoadAsync(world, new()
        {
            ["fleets/laptops.yml"] = Laptops.Replace("controls:\n", "controls:\n  apple_settings:\n    configuration_profiles:\n      - path: d.json\n        activation: act.json\n"),
            ["fleets/d.json"] = Server.Declaration.Replace("com.example.passcode", "com.example.other"),
            ["fleets/act.json"] = activation.Replace("com.example.passcode", "com.example.other"),
        });

        ApplyResult result = await ApplyAsync(world, repository);

        ConfigurationProfile back = (await fleet.Profiles.ListAsync(world.TeamId)).Should().ContainSingle().Subject;
        Encoding.UTF8.GetString(await fleet.Profiles.DownloadAsync(back.ProfileUuid)).Should().Be(Server.Declaration);
        result.Failure!.Finding.Message.Should().Contain("the former profile is back without it");
        result.Failure.Finding.Remedy.Should().Contain("mdm.allow_custom_activations");
    }

    [Theory]
    [InlineData("a-old", true)]
    [InlineData("a-old", false)]
    [InlineData("z-old", true)]
    [InlineData("z-old", false)]
    public async Task Asset_ThatGivesItsNameToANewOne_IsRenamedFirst(string renamed, bool isReferred)
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.Assets.UploadAsync(Upload(world, "tasks", "id1"));
        string team = WithAssets([.. new[] { $"{renamed}.json", "tasks.json" }.Order(StringComparer.Ordinal)]);
        string declaration = Server.TaskDeclaration.Replace("com.example.tasks.data", "id1");
        if (isReferred)
        {
            await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "d.json", Contents = Encoding.UTF8.GetBytes(declaration), TeamId = world.TeamId });
            team = team.Replace("policies:", "    configuration_profiles:\n      - path: d.json\npolicies:");
        }

        FleetRepository repository = await LoadAsync(world, new() { ["fleets/laptops.yml"] = team, [$"fleets/{renamed}.json"] = Asset("id1"), ["fleets/tasks.json"] = Asset("id2"), ["fleets/d.json"] = declaration });
        (await ApplyAsync(world, repository)).EnsureSucceeded();

        (await NamesAsync(world)).Should().BeEquivalentTo($"id1={renamed}", "id2=tasks");
        (await PlanAsync(world, repository)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Asset_ThatTakesTheNameOfADeletedOne_WaitsForTheDeletion()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.Assets.UploadAsync(Upload(world, "one", "id1"));
        await fleet.Assets.UploadAsync(Upload(world, "two", "id2"));
        FleetRepository repository = await LoadAsync(world, new() { ["fleets/laptops.yml"] = WithAssets("two.json", "three.json"), ["fleets/two.json"] = Asset("id1"), ["fleets/three.json"] = Asset("id3") });

        IntegrationPlan first = await PlanAsync(world, repository);
        (await ApplyAsync(world, repository)).Failure.Should().BeNull();
        (await NamesAsync(world)).Should().BeEquivalentTo("id1=one", "id3=three");
        (await ApplyAsync(world, repository)).Failure.Should().BeNull();

        first.Changes.Single(change => change.Kind == ChangeKind.Update).Blocker.Should().Contain("id2 has this name still");
        (await NamesAsync(world)).Should().BeEquivalentTo("id1=two", "id3=three");
        (await PlanAsync(world, repository)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Logo_ByATokenThatIsNoAdministrators_IsBlockedAndHoldsNothingUp()
    {
        await using World world = await World.StartAsync();
        Secret token = world.Fleet.CreateUser("pipeline", FleetRoles.GitOps);
        FleetRepository repository = await LoadAsync(world, new()
        {
            ["default.yml"] = Global.Replace("agent_options", "  org_info:\n    org_logo_path_dark_mode: a.png\nagent_options").Replace("labels:\n", "labels:\n  - {name: New, query: SELECT 1;}\n"),
        }, new RepositoryFile("a.png", Server.Logo));

        IntegrationPlan plan = await PlanAsync(world, repository, token);
        ApplyResult result = await new FleetGitOps(world.Client(token)).ApplyAsync(plan);

        plan.Changes.Single(change => change.ObjectKind == PlannedObjectKind.OrganizationFile).Blocker.Should().Contain("global administrator");
        result.Done.Select(change => change.Name).Should().Equal("New");
        (await ApplyAsync(world, repository)).Done.Select(change => change.Name).Should().Equal("logo on dark ground");
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Logo_ThatCannotBeRead_IsNoMatterWhereNoneIsDeclared_AndUnknownWhereOneIs(HttpStatusCode status)
    {
        await using World world = await World.StartAsync();
        await world.Client(world.Fleet.AdminToken).Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", Server.Logo);
        world.Fleet.Faults.Add(Fault.Answer("GET", "/logo", status));
        FleetRepository with = await LoadAsync(world, new() { ["default.yml"] = Global.Replace("agent_options", "  org_info:\n    org_logo_path_dark_mode: a.png\nagent_options") }, new RepositoryFile("a.png", Server.Logo));
        world.Fleet.Requests.Clear();

        (await PlanAsync(world, await LoadAsync(world, new()))).IsEmpty.Should().BeTrue();
        world.Fleet.Requests.Should().NotContain(request => request.Path.EndsWith("/logo"));
        (await PlanAsync(world, with)).Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Unknown);
    }

    [Fact]
    public async Task Logo_OfAServerUnderAPath_IsKnownAsTheServers()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.Configuration.PatchAsync(new() { ["server_settings"] = new System.Text.Json.Nodes.JsonObject { ["server_url"] = "https://example.com/fleet" } });
        await fleet.Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", Server.Logo);
        FleetRepository repository = await LoadAsync(world, new() { ["default.yml"] = Global.Replace("agent_options", "  org_info:\n    org_logo_path_dark_mode: a.png\nagent_options") }, new RepositoryFile("a.png", Server.Logo));
        (await PlanAsync(world, repository)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task CustomHostVital_WrittenAnotherWay_IsRenamedAndKeepsItsId()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        long id = (await fleet.CustomHostVitals.CreateAsync("Asset tag")).Id;
        FleetRepository repository = await LoadAsync(world, new() { ["default.yml"] = Global + "custom_host_vitals:\n  - name: asset tag\n" });

        (await PlanAsync(world, repository)).Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Update);
        (await ApplyAsync(world, repository)).EnsureSucceeded();

        (await fleet.CustomHostVitals.ListAsync()).Should().ContainSingle().Which.Should().Match<CustomHostVital>(vital => vital.Id == id && vital.Name == "asset tag");
        (await PlanAsync(world, repository)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task MicrosoftGraphCredential_SetSinceThePlan_IsNotReplacedUnseen()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await SetCredentialAsync(fleet, 'a');
        FleetRepository repository = await LoadAsync(world, new()
        {
            ["default.yml"] = Global.Replace("agent_options", $"  microsoft_graph_credentials:\n    - tenant_id: {Tenant('b')}\n      client_id: {Tenant('b')}\n      client_secret: s\nagent_options"),
        });
        IntegrationPlan plan = await PlanAsync(world, repository);
        await SetCredentialAsync(fleet, 'c');

        ApplyResult result = await new FleetGitOps(fleet).ApplyAsync(plan);

        result.Done.Should().BeEmpty();
        result.Skipped.Should().Contain(change => change.Blocker!.Contains("plan again"));
        (await fleet.MicrosoftGraph.ListCredentialsAsync()).Should().ContainSingle().Which.TenantId.Should().Be(Tenant('c'));
    }

    [Fact]
    public async Task LicenseAgreement_UploadedSinceThePlan_IsNotDeletedUnseen()
    {
        await using World world = await World.StartAsync();
        SetupExperienceClient setup = world.Client(world.Fleet.AdminToken).SetupExperience;
        await setup.UploadLicenseAgreementAsync("one.pdf", Encoding.UTF8.GetBytes("%PDF-one"));
        IntegrationPlan plan = await PlanAsync(world, await LoadAsync(world, new()));
        await setup.DeleteLicenseAgreementAsync((await setup.GetLicenseAgreementAsync())!.DownloadId);
        await setup.UploadLicenseAgreementAsync("two.pdf", Encoding.UTF8.GetBytes("%PDF-two"));

        (await new FleetGitOps(world.Client(world.Fleet.AdminToken)).ApplyAsync(plan)).Done.Should().BeEmpty();

        plan.Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Delete);
        (await setup.GetLicenseAgreementAsync())!.Name.Should().Be("two.pdf");
    }

    [Theory]
    [InlineData("b/x.yar")]
    [InlineData("b/X.yar")]
    public async Task YaraRules_OfOneNameTwice_ComeToRest(string second)
    {
        await using World world = await World.StartAsync();
        FleetRepository repository = await LoadAsync(world, new()
        {
            ["default.yml"] = Global.Replace("agent_options", $"  yara_rules:\n    - path: a/x.yar\n    - path: {second}\nagent_options"),
            ["a/x.yar"] = "rule a",
            [second] = "rule b",
        });
        (await ApplyAsync(world, repository)).EnsureSucceeded();
        (await PlanAsync(world, repository)).IsEmpty.Should().BeTrue();
    }

    private static string Tenant(char digit) => $"{new string(digit, 8)}-2222-3333-4444-555555555555";

    private static Task SetCredentialAsync(FleetClient fleet, char digit) =>
        fleet.MicrosoftGraph.ReplaceCredentialsAsync([new MicrosoftGraphCredentialRequest(Tenant(digit), Tenant(digit)) { ClientSecret = new Secret("s") }]);

    private static string Asset(string identifier) => Server.Asset.Replace("com.example.tasks.data", identifier).Replace("$5", "x");

    private static AssetUpload Upload(World world, string name, string identifier) => new(name, Encoding.UTF8.GetBytes(Asset(identifier))) { TeamId = world.TeamId };

    private static string WithAssets(params string[] files) => Laptops.Replace("controls:\n", "controls:\n  apple_settings:\n    assets:\n" + string.Concat(files.Select(file => $"      - path: {file}\n")));

    private static async Task<IEnumerable<string>> NamesAsync(World world) =>
        (await world.Client(world.Fleet.AdminToken).Assets.ListAsync(world.TeamId)).Select(asset => $"{asset.Identifier}={asset.Name}");

    private static async Task<FleetRepository> LoadAsync(World world, Dictionary<string, string> files, params RepositoryFile[] more)
    {
        files.TryAdd("default.yml", Global);
        var memory = new MemoryFiles([.. files.Select(file => new RepositoryFile(file.Key, Encoding.UTF8.GetBytes(file.Value))), .. more]);
        return FleetRepository.Load(memory, await new FleetGitOps(world.Client(world.Fleet.AdminToken)).CompleteAsync(GitOpsRun.OnAll(memory) with { Environment = new Dictionary<string, string>() }));
    }

    private static Task<IntegrationPlan> PlanAsync(World world, FleetRepository repository, Secret? token = null) => new FleetGitOps(world.Client(token ?? world.Fleet.AdminToken)).PlanAsync(repository, Everything);

    private static async Task<ApplyResult> ApplyAsync(World world, FleetRepository repository) => await new FleetGitOps(world.Client(world.Fleet.AdminToken)).ApplyAsync(await PlanAsync(world, repository));
}
