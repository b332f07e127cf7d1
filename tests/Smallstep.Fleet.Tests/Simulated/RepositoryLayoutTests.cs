using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Repositories as people keep them: the layout of the former starter repository, the current one, and a grown one.</summary>
public sealed class RepositoryLayoutTests
{
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true, CreateTeams = true };

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["FLEET_URL"] = "https://fleet.example.com",
        ["FLEET_GLOBAL_ENROLL_SECRET"] = "global",
        ["FLEET_WORKSTATIONS_ENROLL_SECRET"] = "workstations",
        ["FLEET_QA_ENROLL_SECRET"] = "qa",
        ["SSO_METADATA"] = "<md:EntityDescriptor entityID=\"x\"/>",
        ["HOOK"] = "https://hooks.example.com/a?b=c#d",
    };

    [Theory]
    [InlineData("starter", "4.81.0")]
    [InlineData("starter", "4.95.0")]
    [InlineData("current", "4.95.0")]
    [InlineData("grown", "4.95.0")]
    public async Task PlanAndApply_Layout_IsAcceptedAndAppliedOnce(string layout, string version)
    {
        await using World world = await World.StartAsync(options => options.Version = version);
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken), world.Services());
        FleetRepository repository = await LoadAsync(gitops, layout);
        LintResult lint = new GitOpsLinter().Lint(repository);
        lint.Verdict.IsAccepted.Should().BeTrue("{0}: {1}", lint.Verdict.Stage, lint.Verdict.Message);
        lint.Findings.Should().NotContain(finding => finding.Severity == FindingSeverity.Error);

        (await gitops.ApplyAsync(await gitops.PlanAsync(repository, Everything))).EnsureSucceeded();

        IntegrationPlan again = await gitops.PlanAsync(await LoadAsync(gitops, layout), Everything);
        again.IsEmpty.Should().BeTrue(again.ToText());
        again.UncomparedSecrets.Should().BeEmpty();
    }

    [Theory]
    [InlineData("current")]
    [InlineData("grown")]
    public async Task Import_OfWhatALayoutDeclares_PlansNothing(string layout)
    {
        await using World world = await World.StartAsync();
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken), world.Services());
        (await gitops.ApplyAsync(await gitops.PlanAsync(await LoadAsync(gitops, layout), Everything))).EnsureSucceeded();

        ImportedRepository imported = await gitops.ImportAsync();
        Dictionary<string, string> secrets = await SecretsAsync(world, imported);
        FleetRepository again = FleetRepository.Load(new MemoryFiles(imported.Files), imported.Run with { Environment = secrets });

        new GitOpsLinter().Lint(again).Verdict.Message.Should().BeEmpty();
        IntegrationPlan plan = await gitops.PlanAsync(again, Everything);
        plan.IsEmpty.Should().BeTrue(plan.ToText());
    }

    private static async Task<Dictionary<string, string>> SecretsAsync(World world, ImportedRepository imported)
    {
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        var values = new Dictionary<string, string>();
        foreach (RequiredVariable variable in imported.Variables)
        {
            Team? owner = (await fleet.Teams.ListAsync()).FirstOrDefault(team => variable.Purpose.EndsWith(team.Name, StringComparison.Ordinal));
            IReadOnlyList<EnrollSecret> secrets = owner is null ? await fleet.Spec.ListEnrollSecretsAsync() : await fleet.Teams.ListSecretsAsync(owner.Id);
            values[variable.Name] = secrets.Single().Value.Reveal();
        }

        return values;
    }

    private static async Task<FleetRepository> LoadAsync(FleetGitOps gitops, string layout)
    {
        var files = new MemoryFiles(layout switch { "starter" => Starter, "current" => Current, _ => Grown });
        return FleetRepository.Load(files, await gitops.CompleteAsync(GitOpsRun.OnAll(files) with { Environment = Environment }));
    }

    private static Dictionary<string, string> Starter => new()
    {
        ["default.yml"] = """
            # Applies to all hosts.
            policies:
              - path: ./lib/all/policies/encrypted.policies.yml
            queries:
              - path: ./lib/all/queries/usb.queries.yml
            agent_options:
              path: ./lib/agent-options.yml
            controls: # not here and in no-team.yml
            org_settings:
              server_settings:
                server_url: $FLEET_URL
              org_info:
                org_name: Fleet
              secrets:
                - secret: "$FLEET_GLOBAL_ENROLL_SECRET"
              certificate_authorities:
            labels:

            """,
        ["teams/workstations.yml"] = """
            name: "💻 Workstations"
            policies:
            queries:
            agent_options:
              path: ../lib/agent-options.yml
            controls:
              macos_settings:
                custom_settings:
                  - path: ../lib/macos/configuration-profiles/base.mobileconfig
              windows_settings:
                custom_settings:
                  - path: ../lib/windows/configuration-profiles/telemetry.xml
              macos_setup:
                bootstrap_package: ""
                enable_end_user_authentication: false
                macos_setup_assistant: ../lib/macos/automatic-enrollment.dep.json
              macos_updates:
                deadline: "2030-04-01"
                minimum_version: "26.0"
              scripts:
                - path: ../lib/macos/scripts/collect-logs.sh
                - path: ../lib/windows/scripts/collect-logs.ps1
            software:
            team_settings:
              features:
                enable_host_users: true
                enable_software_inventory: true
              host_expiry_settings:
                host_expiry_enabled: true
                host_expiry_window: 30
              secrets:
                - secret: "$FLEET_WORKSTATIONS_ENROLL_SECRET"

            """,
        ["teams/no-team.yml"] = "name: No team\ncontrols:\npolicies:\nsoftware:\n",
        ["lib/agent-options.yml"] = "config:\n  decorators:\n    load:\n      - SELECT uuid AS host_uuid FROM system_info;\n  options:\n    disable_distributed: false\n    distributed_interval: 10\n    logger_tls_period: 10\n    pack_delimiter: /\n",
        ["lib/all/policies/encrypted.policies.yml"] = "- name: Disk encrypted\n  query: SELECT 1 FROM disk_encryption WHERE encrypted = 1;\n  description: Costs nothing, not even $5.\n  resolution: Turn it on.\n  platform: darwin\n",
        ["lib/all/queries/usb.queries.yml"] = "- name: USB devices\n  automations_enabled: true\n  description: What's plugged in\n  discard_data: false\n  interval: 3600\n  logging: snapshot\n  observer_can_run: true\n  platform: darwin,linux\n  query: SELECT model, vendor FROM usb_devices;\n",
        ["lib/macos/configuration-profiles/base.mobileconfig"] = Server.Mobileconfig.Replace("costs $5", "costs \\$5", StringComparison.Ordinal),
        ["lib/windows/configuration-profiles/telemetry.xml"] = Server.Xml,
        ["lib/macos/automatic-enrollment.dep.json"] = """{"profile_name": "Automatic", "skip_setup_items": ["Siri"]}""",
        ["lib/macos/scripts/collect-logs.sh"] = "#!/bin/sh\ncp /var/log/orbit/* \"$HOME/${1:-logs}\"\n",
        ["lib/windows/scripts/collect-logs.ps1"] = "Copy-Item $env:TEMP\\*.log $HOME\r\n",
    };

    private static Dictionary<string, string> Current => new()
    {
        ["default.yml"] = """
            # # # # # # # #
            #  • global
            # # # # # # # #
            org_settings:
              org_info:
                org_name: Acme
              server_settings:
                # in the repository's secrets
                server_url: $FLEET_URL
              mdm:
                # apple_business_manager:
                #   - organization_name: "My Company, Inc."
              secrets:
                - secret: $FLEET_GLOBAL_ENROLL_SECRET
              certificate_authorities:
            agent_options:
            controls:
              # windows_enabled_and_configured: true
            policies:
            reports:
            labels:
              - paths: ./labels/*.yml

            """,
        ["labels/apple-silicon.yml"] = "- name: Apple Silicon macOS hosts\n  description: Macs with Apple's processors\n  query: SELECT 1 FROM system_info WHERE cpu_type LIKE 'arm%';\n  label_membership_type: dynamic\n  platform: darwin\n",
        ["labels/exceptions.yml"] = "- name: Exceptions\n  label_membership_type: manual\n  hosts: []\n",
        ["fleets/workstations.yml"] = """
            name: "💻 Workstations"
            settings:
              secrets:
                - secret: $FLEET_WORKSTATIONS_ENROLL_SECRET
            agent_options:
            controls:
              setup_experience:
                apple_setup_assistant: ../platforms/macos/enrollment-profiles/automatic.dep.json
                enable_end_user_authentication: false
              apple_settings:
                configuration_profiles:
                  - paths: ../platforms/macos/declaration-profiles/*.json
                  - paths: ../platforms/macos/configuration-profiles/*.mobileconfig
                    labels_exclude_any: [Exceptions]
              windows_settings:
                configuration_profiles:
                  - paths: ../platforms/windows/configuration-profiles/*.xml
              enable_disk_encryption: true
              windows_updates:
                deadline_days: 7
                grace_period_days: 2
              scripts:
                - paths: ../platforms/macos/scripts/*.sh
                - paths: ../platforms/windows/scripts/*.ps1
                - paths: ../platforms/linux/scripts/*.sh
            reports:
              - paths: ../platforms/all/reports/*.yml
              - paths: ../platforms/linux/reports/*.yml
            policies:
              - paths: ../platforms/*/policies/*.yml
            software:
              fleet_maintained_apps:
                - slug: zoom/darwin # Zoom
                  self_service: true
                  setup_experience: true
                  categories:
                    - Communication
              packages:
              app_store_apps:
            labels:

            """,
        ["fleets/personal-mobile-devices.yml"] = "name: \"📱🔐 Personal mobile devices\"\nsettings:\n  secrets: []\nagent_options:\ncontrols:\npolicies:\nreports:\nsoftware:\nlabels:\n",
        ["platforms/macos/enrollment-profiles/automatic.dep.json"] = """{"profile_name": "Automatic"}""",
        ["platforms/macos/declaration-profiles/passcode.json"] = Server.Declaration,
        ["platforms/macos/configuration-profiles/base.mobileconfig"] = Server.Mobileconfig.Replace("costs $5", "costs \\$5", StringComparison.Ordinal),
        ["platforms/macos/configuration-profiles/README.md"] = "not a profile",
        ["platforms/windows/configuration-profiles/[Allow] telemetry.xml"] = Server.Xml,
        ["platforms/macos/scripts/hello.sh"] = "#!/bin/sh\necho $HOME\n",
        ["platforms/all/reports/os.yml"] = "- name: Operating systems\n  query: SELECT * FROM os_version;\n  interval: 3600\n",
        ["platforms/macos/policies/updates.yml"] = "- name: macOS - up to date\n  query: |\n    SELECT 1\n    FROM software_update\n    WHERE software_update_required = 0;\n  description: |\n    Keeps $HOME safe.\n  resolution: Install them.\n  platform: darwin\n",
    };

    private static Dictionary<string, string> Grown => new()
    {
        ["default.yml"] = """
            agent_options:
              path: ./lib/agent-options.yml # the defaults
            org_settings:
              features:
                enable_host_users: true
                enable_software_inventory: true
              fleet_desktop:
                transparency_url: https://fleetdm.com/transparency
              host_expiry_settings:
                host_expiry_enabled: false
              integrations:
                google_calendar: []
                jira: []
                zendesk: []
              mdm:
                end_user_authentication:
                  entity_id: eula.example.com
                  idp_name: Workspace
                  metadata: |-
                    $SSO_METADATA
                  metadata_url: ""
              org_info:
                contact_url: https://example.com/help
                org_logo_url: ""
                org_logo_url_light_background: ""
                org_name: Fleet
              secrets:
                - secret: $FLEET_GLOBAL_ENROLL_SECRET # one
              server_settings:
                debug_host_ids:
                  - 1
                  - 3
                deferred_save_host: false
                enable_analytics: true
                live_query_disabled: false
                query_reports_disabled: false
                scripts_disabled: false
                server_url: https://dogfood.example.com
              sso_settings:
                enable_jit_provisioning: true
                enable_sso: true
                enable_sso_idp_login: true
                entity_id: dogfood.example.com
                idp_image_url: ""
                idp_name: Workspace
                metadata: |-
                  $SSO_METADATA
                metadata_url: ""
              webhook_settings:
                failing_policies_webhook:
                  destination_url: $HOOK
                  enable_failing_policies_webhook: true
                  host_batch_size: 0
                  policy_ids: []
                host_status_webhook:
                  days_count: 5
                  destination_url: $HOOK
                  enable_host_status_webhook: true
                  host_percentage: 20
                interval: 360m0s
                activities_webhook:
                  destination_url: $HOOK
                  enable_activities_webhook: true
              certificate_authorities:
            policies:
            reports:
            controls:
              enable_disk_encryption: true
              macos_migration:
                enable: true
                mode: voluntary
                webhook_url: $HOOK
              windows_enabled_and_configured: true
              windows_migration_enabled: true
            labels:

            """,
        ["fleets/qa.yml"] = """
            name: "🧪 Testing & QA"
            settings:
              features:
                enable_host_users: true
                enable_software_inventory: true
              host_expiry_settings:
                host_expiry_enabled: false
                host_expiry_window: 0
              secrets:
                - secret: $FLEET_QA_ENROLL_SECRET
            agent_options:
              config:
                options:
                  pack_delimiter: /
                  disable_distributed: false
                decorators:
                  load:
                    - SELECT uuid AS host_uuid FROM system_info;
                    - SELECT hostname AS hostname FROM system_info;
                file_paths:
                  launch_items:
                    - /Users/%/Library/LaunchAgents/%%
              command_line_flags:
                disable_events: false
                events_max: 50000
              update_channels:
                osqueryd: edge
            controls:
              setup_experience:
                macos_bootstrap_package: ""
                enable_end_user_authentication: true
                apple_setup_assistant:
              macos_updates:
                deadline:
                minimum_version:
              enable_disk_encryption: true
              scripts:
            policies:
            reports:
            software:
              packages:
              fleet_maintained_apps:
            labels:

            """,
        ["lib/agent-options.yml"] = "config:\n  options:\n    distributed_interval: 10\noverrides: {}\n",
    };
}
