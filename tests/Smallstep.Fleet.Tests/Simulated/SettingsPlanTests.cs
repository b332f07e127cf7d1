using System.Text.Json;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Settings, controls, agent options, enroll secrets and the files of a set-up: planned member by member, and applied section by section.</summary>
public sealed class SettingsPlanTests
{
    private const string Rest = "\npolicies:\nreports:\nlabels:\n";
    private const string Authorities = "  certificate_authorities:\n    custom_scep_proxy:\n      - {name: CUSTOM, url: \"SCEP\", challenge: x}\n";
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true, CreateTeams = true };

    [Fact]
    public async Task Plan_ChangedSettings_ShowsMembersAndNoSecret()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);

        IntegrationPlan plan = await PlanAsync(world, Everything, Edited);

        Lines(plan).Should().Equal(
            "update settings org_settings.org_info", "update settings org_settings.webhook_settings", "update settings org_settings.integrations", "update settings agent_options",
            "update settings settings.features in Laptops", "update settings settings.host_expiry_settings in Laptops", "update settings settings.webhook_settings in Laptops",
            "update settings controls.ios_updates in Laptops", "update settings controls.setup_experience in Laptops", "update settings agent_options in Laptops",
            "update settings controls.windows_updates in Unassigned", "update settings controls.windows_entra_tenant_ids in Unassigned", "update enroll secrets (all)");
        Fields(plan, "org_settings.org_info").Should().Equal("org_name: Acme: $5 & sons → Beta");
        Fields(plan, "org_settings.webhook_settings").Should().Equal("webhook_settings.interval: 12h0m0s → 24h");
        Fields(plan, "org_settings.integrations").Should().Equal("integrations.jira: 1 entry → 2 entries");
        Fields(plan, "controls.windows_entra_tenant_ids").Should().Equal("windows_entra_tenant_ids: b, a → a, c");
        plan.Changes[3].Fields.Select(field => field.Field).Should().Equal("config.options.distributed_interval", "config.decorators");
        plan.UncomparedSecrets.Should().BeEquivalentTo("org_settings.smtp_settings: smtp_settings.password", "certificate authority CUSTOM: challenge");
        string shown = plan.ToText() + plan.ToMarkdown() + plan.ToJson();
        shown.Should().NotContain("jira token").And.NotContain("mail $ecret").And.NotContain("global #1");
    }

    [Fact]
    public async Task Apply_ChangedSettings_ChangesThemAndNothingElse()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        string before = Settings(await fleet.Configuration.GetDocumentAsync());

        (await GitOps(world).ApplyAsync(await PlanAsync(world, Everything, Edited))).EnsureSucceeded();

        IntegrationPlan again = await PlanAsync(world, Everything, Edited);
        again.IsEmpty.Should().BeTrue(again.ToText());
        JsonElement team = await fleet.Teams.GetDocumentAsync(world.TeamId);
        team.GetProperty("webhook_settings").GetProperty("failing_policies_webhook").GetProperty("policy_ids").GetArrayLength().Should().Be(1, "what a section holds besides stays");
        team.GetProperty("mdm").GetProperty("macos_setup").GetProperty("require_all_software_macos").GetBoolean().Should().BeTrue("a declaration of features must not turn it off");
        team.GetProperty("mdm").GetProperty("macos_setup").GetProperty("enable_release_device_manually").GetBoolean().Should().BeTrue();
        team.GetProperty("mdm").GetProperty("ios_updates").GetProperty("minimum_version").GetString().Should().Be("18.1");
        JsonElement integrations = (await fleet.Configuration.GetDocumentAsync()).GetProperty("integrations");
        integrations.GetProperty("jira").GetArrayLength().Should().Be(2);
        integrations.GetProperty("zendesk").GetArrayLength().Should().Be(1, "Fleet forgets the one that is not sent with the other");
        Settings(await fleet.Configuration.GetDocumentAsync()).Should().NotBe(before);
    }

    [Fact]
    public async Task Apply_ChangedFeatures_KeepsWhatADeclarationWouldReset()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await Server.DeclareSetUpAsync(fleet, world.TeamId, """, "lock_end_user_info": false, "require_all_software_windows": true, "bootstrap_package": "https://example.com/first.pkg" """, "laptops.yml");
        string setUp = (await fleet.Teams.GetDocumentAsync(world.TeamId)).GetProperty("mdm").GetProperty("macos_setup").GetRawText();
        Dictionary<string, string> files = new() { ["fleets/laptops.yml"] = Edited["fleets/laptops.yml"].Replace("    apple_enable_release_device_manually: true\n", "    macos_bootstrap_package: https://example.com/first.pkg\n"), ["lib/automatic.json"] = Edited["lib/automatic.json"], ["lib/welcome.sh"] = Edited["lib/welcome.sh"] };
        IntegrationPlan plan = await PlanAsync(world, Everything, files);
        Lines(plan).Should().Contain("update settings settings.features in Laptops").And.NotContain(line => line.Contains("setup_experience"));

        (await GitOps(world).ApplyAsync(plan)).EnsureSucceeded();

        JsonElement team = await fleet.Teams.GetDocumentAsync(world.TeamId);
        team.GetProperty("features").GetProperty("enable_software_inventory").GetBoolean().Should().BeFalse();
        team.GetProperty("mdm").GetProperty("macos_setup").GetRawText().Should().Be(setUp);
        team.GetProperty("gitops_filename").GetString().Should().Be("laptops.yml");
    }

    [Fact]
    public async Task Apply_RefusedAfterTheFleetWasMade_IsCompletedByTheNextRunWithoutAllowDeletes()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        PlanPolicy policy = new() { CreateTeams = true };
        Dictionary<string, string> files = new()
        {
            ["fleets/kiosks.yml"] = "name: Kiosks\nsettings:\n  host_expiry_settings:\n    host_expiry_enabled: true\n    host_expiry_window: 90\n  secrets:\n    - secret: kiosks 1\n    - secret: kiosks 2\nagent_options:\ncontrols:\nsoftware:" + Rest,
        };
        IntegrationPlan plan = await PlanAsync(world, policy, files);
        plan.ToText().Should().Contain("secrets:").And.NotContain("kiosks 1");
        world.Fleet.Faults.Add(Fault.Answer("PATCH", "/teams/", System.Net.HttpStatusCode.UnprocessableEntity));
        (await GitOps(world).ApplyAsync(plan)).Failure.Should().NotBeNull();
        world.Fleet.Faults.Clear();

        IntegrationPlan next = await PlanAsync(world, policy, files);

        Lines(next).Should().Equal("update settings settings.host_expiry_settings in Kiosks");
        (await GitOps(world).ApplyAsync(next)).IsComplete.Should().BeTrue();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        long id = (await fleet.Teams.FindAsync("Kiosks"))!.Id;
        (await fleet.Teams.ListSecretsAsync(id)).Select(secret => secret.Value.Reveal()).Should().Equal("kiosks 1", "kiosks 2");
        (await fleet.Teams.GetDocumentAsync(id)).GetProperty("agent_options").EnumerateObject().Should().BeEmpty();
        (await PlanAsync(world, policy, files)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Plan_BareKeys_LeaveTheServerAsItIs()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        Dictionary<string, string> files = new()
        {
            ["default.yml"] = "org_settings:\n  features:\n  smtp_settings:\n    port:\n  secrets:\n    - secret: 'global #1'\n    - secret: 'global: 2'\n" + Authorities
                + "agent_options:\n  config: {options: {distributed_interval: 10, logger_plugin: tls}, decorators: {load: [\"SELECT uuid AS host_uuid FROM system_info;\"]}}\n  overrides: {}\ncontrols:\n  macos_updates:\n  enable_disk_encryption:" + Rest,
        };

        IntegrationPlan plan = await PlanAsync(world, Everything, files);

        plan.IsEmpty.Should().BeTrue(plan.ToText());
    }

    [Fact]
    public async Task Plan_NoAgentOptionsAndNoSecrets_IsDeletionThatNeedsPermission()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        Dictionary<string, string> files = new() { ["default.yml"] = "org_settings:\n  secrets:\n    - secret: 'global: 2'\n" + Authorities + "agent_options:\ncontrols:" + Rest };

        IntegrationPlan cautious = await PlanAsync(world, null, files);

        Lines(cautious).Should().Equal("replace enroll secrets (all)", "delete settings agent_options");
        cautious.Changes.Should().OnlyContain(change => !change.IsAllowed);
        (await GitOps(world).ApplyAsync(cautious)).Done.Should().BeEmpty();
        (await GitOps(world).ApplyAsync(await PlanAsync(world, Everything, files))).EnsureSucceeded();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        (await fleet.Spec.ListEnrollSecretsAsync()).Single().Value.Reveal().Should().Be("global: 2");
        (await fleet.Configuration.GetDocumentAsync()).TryGetProperty("agent_options", out _).Should().BeFalse();
        (await PlanAsync(world, null, files)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Plan_TokenThatMayNotReadThem_SaysThatTheyAreNotCompared()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        var gitops = new FleetGitOps(world.Client(world.Fleet.CreateUser("pipeline", "gitops")));
        Dictionary<string, string> files = new() { ["default.yml"] = "org_settings:\n  smtp_settings:\n    enable_smtp: false\n  secrets:\n    - secret: x\n" + Authorities + "agent_options:\n  config: {}\ncontrols:" + Rest };

        IntegrationPlan plan = await gitops.PlanAsync(await LoadAsync(world, files), Everything);
        IntegrationPlan sent = await gitops.PlanAsync(await LoadAsync(world, files), Everything with { SendSecretsAgain = true });

        plan.Changes.Should().ContainSingle().Which.Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Unknown && change.Team == "Unassigned", "the role reads no packages");
        plan.UncomparedSecrets.Should().BeEquivalentTo("org_settings.smtp_settings (the token may not read it)", "agent_options (the token may not read it)", "enroll secrets", "certificate authority CUSTOM: challenge");
        Lines(sent).Where(line => !line.StartsWith("unknown")).Should().Equal("update settings org_settings.smtp_settings", "update settings agent_options", "replace enroll secrets (all)", "update certificate authority CUSTOM");
    }

    [Fact]
    public async Task Apply_SetUpFiles_AreReplacedOnlyWithPermission()
    {
        await using World world = await World.StartAsync();
        await FillAsync(world);
        string address = new Uri(world.Smallstep.PackageBaseAddress, "darwin/step-agent_latest.pkg").AbsoluteUri;
        Dictionary<string, string> files = new()
        {
            ["fleets/laptops.yml"] = """
                name: Laptops
                settings:
                  secrets:
                    - secret: laptops 1
                    - secret: '0123'
                agent_options:
                  config: {options: {distributed_interval: 20}}
                  command_line_flags: {verbose: true}
                controls:
                  setup_experience:
                    macos_bootstrap_package: ADDRESS
                    apple_setup_assistant: ../lib/automatic.json
                    macos_script: ../lib/hello.sh
                  android_settings:
                    certificates:
                      - {name: VPN, certificate_authority_name: CUSTOM, subject_name: CN=$FLEET_VAR_HOST_HARDWARE_SERIAL}
                software:
                policies:
                reports:
                labels:

                """.Replace("ADDRESS", address, StringComparison.Ordinal),
            ["lib/automatic.json"] = Server.Assistant.Replace(", ", ","),
            ["lib/hello.sh"] = "#!/bin/sh\n",
        };

        IntegrationPlan cautious = await PlanAsync(world, null, files);
        (await GitOps(world).ApplyAsync(await PlanAsync(world, Everything, files))).EnsureSucceeded();

        Lines(cautious).Should().Contain("replace certificate template VPN in Laptops").And.Contain("replace set-up experience setup script in Laptops").And.Contain("replace set-up experience bootstrap package in Laptops")
            .And.Contain("delete certificate template Wi-Fi 1 in Laptops").And.NotContain(line => line.Contains("assistant"));
        cautious.Changes.Should().OnlyContain(change => !change.IsAllowed);
        (await PlanAsync(world, Everything, files)).IsEmpty.Should().BeTrue();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        (await fleet.SetupExperience.GetBootstrapPackageAsync(world.TeamId))!.Name.Should().Be("step-agent_latest.pkg");
        (await fleet.SetupExperience.DownloadScriptAsync(world.TeamId)).Should().Be("#!/bin/sh\n");
        JsonElement setup = (await fleet.Teams.GetDocumentAsync(world.TeamId)).GetProperty("mdm").GetProperty("macos_setup");
        setup.GetProperty("bootstrap_package").GetString().Should().Be(address);
        setup.GetProperty("enable_end_user_authentication").GetBoolean().Should().BeTrue("noting the package must not turn it off");
        (await fleet.CertificateTemplates.ListAsync(world.TeamId)).Single().SubjectName.Should().Be("CN=$FLEET_VAR_HOST_HARDWARE_SERIAL");
    }

    [Fact]
    public async Task Plan_RunThatDeletesOtherFleets_ShowsThem()
    {
        await using World world = await World.StartAsync();
        world.Fleet.AddTeam("Gone");
        Dictionary<string, string> files = new() { ["fleets/laptops.yml"] = "name: Laptops\nsettings:\n  secrets:\nagent_options:\ncontrols:\nsoftware:" + Rest };

        IntegrationPlan plan = await PlanAsync(world, null, files, "--delete-other-fleets");
        IntegrationPlan kept = await PlanAsync(world, null, files);

        plan.Changes.Single(change => change.ObjectKind == PlannedObjectKind.Team).Should().Match<PlannedChange>(change => change.Kind == ChangeKind.Delete && change.Name == "Gone" && !change.IsAllowed);
        kept.Changes.Should().NotContain(change => change.ObjectKind == PlannedObjectKind.Team);
        (await GitOps(world).ApplyAsync(await PlanAsync(world, Everything, files, "--delete-other-fleets"))).EnsureSucceeded();
        (await world.Client(world.Fleet.AdminToken).Teams.FindAsync("Gone")).Should().BeNull();
    }

    private static Dictionary<string, string> Edited => new()
    {
        ["default.yml"] = """
            org_settings:
              org_info:
                org_name: Beta
                contact_url: ''
              smtp_settings:
                enable_smtp: true
                password: |2-
                  $MAIL
              webhook_settings:
                interval: 24h
              integrations:
                jira:
                  - {url: "https://jira.example.com", username: fleet, api_token: jira token, project_key: IT}
                  - {url: "https://jira.example.com", username: fleet, api_token: jira token, project_key: HR}
              secrets:
                - secret: 'global #1'
                - secret: 'global: 2'
                - secret: third
              certificate_authorities:
                custom_scep_proxy:
                  - {name: CUSTOM, url: "SCEP", challenge: x}
            agent_options:
              config:
                options: {distributed_interval: 30, logger_plugin: tls}
              overrides: {}
            controls:
            policies:
            reports:
            labels:

            """,
        ["fleets/laptops.yml"] = """
            name: Laptops
            settings:
              features:
                enable_software_inventory: false
              host_expiry_settings:
                host_expiry_window: 90
              webhook_settings:
                host_activities_webhook:
                  enable_host_activities_webhook: true
                  destination_url: https://hooks.example.com/activities
              secrets:
                - secret: laptops 1
                - secret: '0123'
            agent_options:
              config:
                options: {distributed_interval: 20}
            controls:
              ios_updates:
                deadline: '2026-03-01'
              setup_experience:
                apple_enable_release_device_manually: true
                apple_setup_assistant: ../lib/automatic.json
                macos_script: ../lib/welcome.sh
              android_settings:
                certificates:
                  - {name: VPN, certificate_authority_name: CUSTOM, subject_name: CN=$FLEET_VAR_HOST_UUID}
                  - {name: Wi-Fi 1, certificate_authority_name: CUSTOM, subject_name: "CN=$FLEET_VAR_HOST_UUID, O=Acme", subject_alternative_name: DNS=a.example}
            software:
            policies:
              - {name: Loud, query: SELECT 1;, webhooks_and_tickets_enabled: true}
            reports:
            labels:

            """,
        ["fleets/unassigned.yml"] = """
            name: Unassigned
            controls:
              windows_updates: {deadline_days: 0, grace_period_days: 3}
              windows_entra_tenant_ids: [a, c]
              setup_experience:
                apple_setup_assistant: ../lib/automatic.json
                macos_script: ../lib/unassigned/welcome.sh
              android_settings:
                certificates:
                  - {name: VPN, certificate_authority_name: CUSTOM, subject_name: CN=$FLEET_VAR_HOST_UUID}
                  - {name: Wi-Fi 1, certificate_authority_name: CUSTOM, subject_name: "CN=$FLEET_VAR_HOST_UUID, O=Acme", subject_alternative_name: DNS=a.example}
            policies:
            software:

            """,
        ["lib/automatic.json"] = Server.Assistant,
        ["lib/welcome.sh"] = "#!/bin/sh\necho $HOME TEAM\n",
        ["lib/unassigned/welcome.sh"] = "#!/bin/sh\necho $HOME 0\n",
    };

    private static async Task FillAsync(World world)
    {
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.CertificateAuthorities.CreateAsync(new CustomScepCaRequest("CUSTOM", world.Connection.ScepUrl.AbsoluteUri, new Secret("x")));
        Policy loud = await fleet.Policies.CreateAsync(new PolicyRequest { Name = "Loud", Sql = "SELECT 1;", TeamId = world.TeamId });
        await Server.SettingsAsync(fleet, world.TeamId);
        await fleet.Teams.PatchAsync(world.TeamId, Server.Webhook(loud.Id));
        await Server.SetUpFilesAsync(fleet, world.TeamId);
    }

    private static IEnumerable<string> Lines(IntegrationPlan plan) => plan.Changes.Select(change => change.ToString().Split(": ")[0]);

    private static IEnumerable<string> Fields(IntegrationPlan plan, string name) => plan.Changes.Single(change => change.Name == name).Fields
        .Select(field => $"{field.Field[(field.Field.StartsWith("org_info.") ? "org_info.".Length : 0)..]}: {field.Before} → {field.After}");

    private static string Settings(JsonElement document) => document.GetProperty("org_info").GetRawText() + document.GetProperty("integrations").GetRawText();

    private static async Task<IntegrationPlan> PlanAsync(World world, PlanPolicy? policy, Dictionary<string, string> files, params string[] arguments) =>
        await GitOps(world).PlanAsync(await LoadAsync(world, files, arguments), policy);

    private static async Task<FleetRepository> LoadAsync(World world, Dictionary<string, string> files, params string[] arguments)
    {
        var source = new MemoryFiles(files.Select(file => KeyValuePair.Create(file.Key, file.Value
            .Replace("\"SCEP\"", $"\"{world.Connection.ScepUrl.AbsoluteUri}\"", StringComparison.Ordinal).Replace("TEAM\n", world.TeamId + "\n", StringComparison.Ordinal))));
        GitOpsRun run = GitOpsRun.OnAll(source);
        return FleetRepository.Load(source, await GitOps(world).CompleteAsync(run with { Arguments = [.. run.Arguments, .. arguments], Environment = new Dictionary<string, string> { ["MAIL"] = "mail $ecret" } }));
    }

    private static FleetGitOps GitOps(World world) => new(world.Client(world.Fleet.AdminToken));
}
