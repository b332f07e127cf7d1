using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Custom host vitals and credentials for Microsoft Graph of a repository against a server.</summary>
public sealed class OrganizationListTests
{
    private const string Other = "99999999-2222-3333-4444-555555555555";
    private const string Global = "org_settings:\n  secrets:\n  certificate_authorities:\nGRAPHagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\nLABELScustom_host_vitals:\nVITALS";
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true };

    [Fact]
    public async Task Apply_Vitals_AreMadeAndDeletedByName_AndASecondPlanIsEmpty()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.CustomHostVitals.ApplySpecAsync(["Kept", "Gone"]);
        long kept = (await fleet.CustomHostVitals.ListAsync()).Single(vital => vital.Name == "Kept").Id;
        string yaml = Yaml(vitals: ["Kept", "New"]);

        IntegrationPlan plan = await PlanAsync(world, yaml, Everything);
        ApplyResult result = await new FleetGitOps(fleet).ApplyAsync(plan);

        plan.Changes.Select(change => change.Id).Should().Equal("custom-host-vital/New", "custom-host-vital/Gone");
        plan.ToText().Should().Contain("the values of all hosts go with it");
        result.Failure.Should().BeNull(result.ToString());
        (await fleet.CustomHostVitals.ListAsync()).Select(vital => vital.Name).Should().Equal("Kept", "New");
        (await fleet.CustomHostVitals.ListAsync())[0].Id.Should().Be(kept);
        (await PlanAsync(world, yaml, Everything)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Apply_DeletionWithoutPermission_LeavesTheVital()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.CustomHostVitals.CreateAsync("Gone");

        ApplyResult result = await new FleetGitOps(fleet).ApplyAsync(await PlanAsync(world, Yaml(), PlanPolicy.Cautious));

        result.Skipped.Should().ContainSingle().Which.Blocker.Should().Contain("AllowDeletes");
        (await fleet.CustomHostVitals.ListAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Apply_VitalAndTheLabelByIt_GoInThatOrder()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        long tag = (await fleet.CustomHostVitals.CreateAsync("Tag")).Id;
        long floor = (await fleet.CustomHostVitals.CreateAsync("Floor")).Id;
        await fleet.Labels.CreateAsync(new LabelRequest { Name = "Leased", Criteria = new LabelCriteria { Vital = "custom_host_vital", Value = "1", CustomHostVitalId = tag } });
        string moved = Yaml(vitals: ["Floor", "Tag"], labels: $"  - {{name: Leased, label_membership_type: host_vitals, criteria: {{vital: custom_host_vital, custom_host_vital_id: {floor}, value: '1'}}}}\n");
        string gone = Yaml(vitals: ["Floor"]);

        IntegrationPlan other = await PlanAsync(world, moved, Everything);
        (await new FleetGitOps(fleet).ApplyAsync(other)).Failure.Should().BeNull();
        bool isDone = (await PlanAsync(world, moved, Everything)).IsEmpty;
        IntegrationPlan last = await PlanAsync(world, gone, Everything);
        ApplyResult result = await new FleetGitOps(fleet).ApplyAsync(last);

        FieldChange criteria = other.Changes.Should().ContainSingle().Which.Fields.Should().ContainSingle().Subject;
        (criteria.Before, criteria.After, isDone).Should().Be(($"custom_host_vital {tag} = 1", $"custom_host_vital {floor} = 1", true));
        last.Changes.Select(change => change.Id).Should().Equal("label/Leased", "custom-host-vital/Tag");
        result.Failure.Should().BeNull(result.ToString());
    }

    [Fact]
    public async Task Apply_VitalInUseBeyondTheRepository_SaysByWhat()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        long tag = (await fleet.CustomHostVitals.CreateAsync("Tag")).Id;
        await fleet.Scripts.UploadAsync(new ScriptUpload("tag.sh", $"echo $FLEET_HOST_VITAL_{tag}", world.TeamId));

        ApplyResult result = await new FleetGitOps(fleet).ApplyAsync(await PlanAsync(world, Yaml(), Everything));

        result.Failure!.Finding.Message.Should().Contain("is used by the \"tag.sh\" script");
    }

    [Fact]
    public async Task Apply_Credential_IsMadeChangedReplacedAndDeleted()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);

        (IntegrationPlan made, IntegrationPlan again) = await ApplyAsync(world, Yaml(graph: (Server.Tenant, Server.Registration)));
        (IntegrationPlan changed, _) = await ApplyAsync(world, Yaml(graph: (Server.Tenant, Other)));
        (IntegrationPlan replaced, _) = await ApplyAsync(world, Yaml(graph: (Other, Other)));
        string stored = (await fleet.MicrosoftGraph.ListCredentialsAsync()).Single().TenantId;
        (IntegrationPlan deleted, _) = await ApplyAsync(world, Yaml());

        made.Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Create);
        made.ToJson().Should().Contain("microsoft-graph-credential").And.NotContain("graph #1");
        again.UncomparedSecrets.Should().Contain($"Microsoft Graph credential of {Server.Tenant}: client_secret");
        changed.Changes.Should().ContainSingle().Which.Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Update && change.Fields[0].Before == Server.Registration && change.Fields[0].After == Other);
        replaced.Changes.Should().ContainSingle().Which.Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Replace && change.Reason.Contains(Server.Tenant));
        stored.Should().Be(Other);
        deleted.Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Delete);
        (await fleet.MicrosoftGraph.ListCredentialsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Apply_OtherTenantWithoutPermission_ReplacesNothing()
    {
        await using World world = await World.StartAsync();
        await Server.OrganizationAsync(world, world.Client(world.Fleet.AdminToken));

        IntegrationPlan plan = await PlanAsync(world, Yaml(vitals: [@"Asset tag: \$5", "Floor"], graph: (Other, Other)), new PlanPolicy { AllowDeletes = true });

        plan.Changes.Single(change => change.ObjectKind == PlannedObjectKind.MicrosoftGraphCredential).Blocker.Should().Contain("AllowReplace");
    }

    [Fact]
    public async Task Apply_SecretsAgain_SendsTheCredential()
    {
        List<string> asked = [];
        await using World world = await World.StartAsync(options => options.MicrosoftGraph = (_, _, secret) =>
        {
            asked.Add(secret.Reveal());
            return true;
        });
        string yaml = Yaml(graph: (Server.Tenant, Server.Registration));
        await ApplyAsync(world, yaml);

        IntegrationPlan plan = await PlanAsync(world, yaml, new PlanPolicy { SendSecretsAgain = true }, "rotated");
        (await new FleetGitOps(world.Client(world.Fleet.AdminToken)).ApplyAsync(plan)).Failure.Should().BeNull();

        plan.Changes.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Update);
        asked.Should().Equal("graph #1", "rotated");
    }

    [Fact]
    public async Task Apply_SecretThatIsNotKnown_NamesItsVariable()
    {
        await using World world = await World.StartAsync();

        ApplyResult result = await new FleetGitOps(world.Client(world.Fleet.AdminToken)).ApplyAsync(await PlanAsync(world, Yaml(graph: (Server.Tenant, Server.Registration)), Everything, secret: null));

        result.Failure!.Finding.Message.Should().Contain("client secret of the Microsoft Graph credential");
        result.Failure.Finding.Remedy.Should().Contain("GRAPH");
    }

    [Fact]
    public async Task Apply_CredentialThatGraphRefuses_Fails()
    {
        await using World world = await World.StartAsync(options => options.MicrosoftGraph = (_, _, _) => false);
        string yaml = Yaml(graph: (Server.Tenant, Server.Registration));
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken));

        ApplyResult result = await gitops.ApplyAsync(await PlanAsync(world, yaml, Everything));
        DryRunReport dry = await gitops.DryRunAsync(await LoadAsync(gitops, yaml, "graph #1"));
        DryRunReport unknown = await gitops.DryRunAsync(await LoadAsync(gitops, yaml, secret: null));

        result.Failure!.Finding.Message.Should().Contain("Microsoft Graph rejected the credential").And.NotContain("graph #1");
        Step(dry).Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.Refused && step.Message.Contains("Microsoft Graph rejected the credential"));
        Step(unknown).Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.NotAsked && step.Message.Contains("$GRAPH"));
    }

    [Fact]
    public async Task Plan_TokenThatMayNotReadCredentials_IsUnknownAndNotEmpty()
    {
        await using World world = await World.StartAsync();
        IntegrationPlan plan = await PlanAsync(world, Yaml(graph: (Server.Tenant, Server.Registration)), Everything, token: world.Fleet.CreateUser("maintainer", "maintainer"));
        plan.Changes.Should().Contain(change => change.ObjectKind == PlannedObjectKind.MicrosoftGraphCredential && change.Kind == ChangeKind.Unknown && !change.IsAllowed);
    }

    [Theory]
    [InlineData("4.89.0", true)]
    [InlineData("4.95.0", false)]
    public async Task Plan_OlderOrFreeServer_HasNone(string version, bool isPremium)
    {
        await using World world = await World.StartAsync(options => (options.Version, options.IsPremium) = (version, isPremium));
        string yaml = version == "4.89.0" ? Yaml().Replace("custom_host_vitals:\n", "", StringComparison.Ordinal) : Yaml();
        IntegrationPlan plan = await PlanAsync(world, yaml, Everything);
        plan.Changes.Should().NotContain(change => change.ObjectKind == PlannedObjectKind.CustomHostVital || change.ObjectKind == PlannedObjectKind.MicrosoftGraphCredential);
    }

    private static DryRunStep Step(DryRunReport report) => report.Steps.Single(step => step.Section == "Microsoft Graph credentials");

    private static async Task<(IntegrationPlan Plan, IntegrationPlan After)> ApplyAsync(World world, string yaml)
    {
        IntegrationPlan plan = await PlanAsync(world, yaml, Everything);
        ApplyResult result = await new FleetGitOps(world.Client(world.Fleet.AdminToken)).ApplyAsync(plan);
        result.Failure.Should().BeNull(result.ToString());
        IntegrationPlan after = await PlanAsync(world, yaml, Everything);
        after.IsEmpty.Should().BeTrue(after.ToText());
        return (plan, after);
    }

    private static async Task<IntegrationPlan> PlanAsync(World world, string yaml, PlanPolicy policy, string? secret = "graph #1", Secret? token = null)
    {
        var gitops = new FleetGitOps(world.Client(token ?? world.Fleet.AdminToken));
        return await gitops.PlanAsync(await LoadAsync(gitops, yaml, secret), policy);
    }

    private static async Task<FleetRepository> LoadAsync(FleetGitOps gitops, string yaml, string? secret)
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = yaml });
        return FleetRepository.Load(files, await gitops.CompleteAsync(GitOpsRun.OnAll(files) with { Environment = secret is null ? null : new Dictionary<string, string> { ["GRAPH"] = secret } }));
    }

    private static string Yaml(string[]? vitals = null, string labels = "", (string Tenant, string Client)? graph = null) => Global
        .Replace("GRAPH", graph is { } one ? $"  microsoft_graph_credentials:\n    - tenant_id: {one.Tenant}\n      client_id: {one.Client}\n      client_secret: |2-\n          $GRAPH\n" : "", StringComparison.Ordinal)
        .Replace("LABELS", labels, StringComparison.Ordinal)
        .Replace("VITALS", string.Concat((vitals ?? []).Select(name => $"  - name: '{name}'\n")), StringComparison.Ordinal);
}
