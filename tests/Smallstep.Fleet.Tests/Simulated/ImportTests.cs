using System.Text;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Tests.Simulated;

public sealed class ImportTests
{
    [Theory]
    [InlineData("4.95.0")]
    [InlineData("4.88.0")]
    public async Task Import_PlannedAgainstTheSameServer_ChangesNothing(string version)
    {
        await using World world = await World.StartAsync(options => options.Version = version);
        await Server.FillAsync(world);
        var gitops = new FleetGitOps(world.Client(world.Fleet.AdminToken));

        ImportedRepository imported = await gitops.ImportAsync();
        FleetRepository repository = FleetRepository.Load(new MemoryFiles(imported.Files), imported.Run with { Environment = await Server.EnvironmentAsync(world, imported.Variables) });
        world.Fleet.Requests.Clear();
        IntegrationPlan plan = await gitops.PlanAsync(repository, new PlanPolicy { AllowDeletes = true, AllowReplace = true, CreateTeams = true });

        plan.IsEmpty.Should().BeTrue("{0}\n{1}", plan.ToText(), Text(imported.Files));
        world.Fleet.Requests.Writes.Should().BeEmpty();
        string[] graph = world.Fleet.Version.Capabilities.MicrosoftGraphCredentials ? ["FLEET_MICROSOFT_GRAPH_CLIENT_SECRET"] : [];
        imported.Variables.Select(variable => variable.Name).Should().BeEquivalentTo([
            "SMALLSTEP_CHALLENGE_USERNAME", "SMALLSTEP_CHALLENGE_PASSWORD", "CUSTOM_CHALLENGE", "NDES_PASSWORD", "DIGI_API_TOKEN", "HYDRANT_CLIENT_SECRET", "EST_PASSWORD",
            "FLEET_GLOBAL_ENROLL_SECRET", "FLEET_GLOBAL_ENROLL_SECRET_2", "FLEET_LAPTOPS_ENROLL_SECRET", "FLEET_LAPTOPS_ENROLL_SECRET_2",
            "FLEET_SMTP_SETTINGS_PASSWORD", "FLEET_INTEGRATIONS_JIRA_0_API_TOKEN", "FLEET_INTEGRATIONS_ZENDESK_0_API_TOKEN", .. graph]);
        plan.UncomparedSecrets.Should().HaveCount(9 + graph.Length);
        imported.Findings.Should().OnlyContain(finding => finding.Id == "SSF4040");
        Text(imported.Files).Should().NotContain(world.Connection.ChallengePassword.Reveal());
    }

    [Fact]
    public async Task Import_HoldsEveryKindOfObject()
    {
        await using World world = await World.StartAsync();
        await Server.FillAsync(world);
        ImportedRepository imported = await new FleetGitOps(world.Client(world.Fleet.AdminToken)).ImportAsync();

        FleetState state = FleetRepository.Load(new MemoryFiles(imported.Files), imported.Run).ToState();

        state.CertificateAuthorities!.Select(authority => authority.Kind).Should().BeEquivalentTo("smallstep", "custom_scep_proxy", "ndes_scep_proxy", "digicert", "hydrant", "custom_est_proxy");
        state.CertificateAuthorities!.Single(authority => authority.Kind == "digicert").Fields["certificate_user_principal_names"].Should().Be("$FLEET_VAR_HOST_HARDWARE_SERIAL@example.com");
        state.Labels!.Single(label => label.Name == "Canaries").Hosts.Should().BeEquivalentTo("LNX1", "MAC1");
        state.Labels!.Single(label => label.Name == "Nobody").Hosts.Should().BeEmpty();
        state.Labels!.Single(label => label.Name == "Engineers").Should().Match<LabelState>(label => label.Vital == "end_user_idp_group" && label.VitalValue == "engineering");
        state.Labels!.Single(label => label.Name == "Leased").Should().Match<LabelState>(label => label.Vital == "custom_host_vital" && label.VitalValue == "LEASE-1" && label.CustomHostVitalId > 0);
        state.CustomHostVitals!.Select(vital => vital.Name).Should().Equal("Asset tag: $5", "Floor");
        state.MicrosoftGraphCredentials.Should().ContainSingle().Which.Should().Match<MicrosoftGraphCredentialState>(credential => credential.TenantId == Server.Tenant && credential.ClientId == Server.Registration);
        state.Reports!.Single(report => report.Name == "Disks: all").Targets.IncludeAny.Should().Equal("Canaries");
        TeamState team = state.Teams.Single(one => one.Name == World.Team);
        team.Labels!.Single().Name.Should().Be("Old ones");
        team.Reports!.Single().Query.Should().Be("SELECT 1\nFROM users;\n");
        team.Profiles!.Select(profile => profile.Name).Should().Contain("Acme base").And.Contain("telemetry").And.Contain("passcode");
        team.Software.Should().HaveCountGreaterThan(4);
        state.Policies!.Single(policy => policy.Name == "Disk: encrypted?").Should().Match<PolicyState>(policy =>
            policy.IsCritical && policy.WebhooksAndTickets == true && policy.Platform == "windows,darwin" && policy.Description == "Costs $5 # or so" && policy.Resolution == "Turn it on:\n\n  Settings");
        state.Policies!.Single(policy => policy.Name == "Quiet").Targets.ExcludeAll.Should().BeEquivalentTo("Canaries", "Nobody");
        PolicyState agent = team.Policies!.Single(policy => policy.Name == "Agent");
        agent.RunScript.Should().Be("setup.sh");
        agent.ResendProfile.Should().Be("Acme base");
        agent.InstallSoftware!.Sha256.Should().NotBeNull();
        agent.Should().Match<PolicyState>(policy => policy.CalendarEvents && policy.ConditionalAccess && policy.ContinuousAutomations && policy.WebhooksAndTickets == true);
        state.Teams.Single(one => one.IsUnassigned).Policies!.Single().RunScript.Should().StartWith("setup.");
        team.AppStoreApps!.Select(app => (app.AppStoreId, app.Platform, app.SetupExperience, app.AutoUpdateEnabled)).Should().BeEquivalentTo([("497799835", "darwin", (bool?)true, (bool?)null), ("618783545", "ios", true, true)]);
        team.AppStoreApps!.Single(app => app.Platform == "ios").Should().Match<AppStoreAppState>(app => app.DisplayName == "Chat: all" && app.Configuration.Contains("$5") && app.Targets.ExcludeAny.Single() == "Canaries" && app.Categories.Single() == "Communication");
        team.MaintainedApps!.Single(app => app.Slug == "zoom/darwin").Should().Match<MaintainedAppState>(app => app.InstallScript == "" && app.UninstallScript == "" && app.SetupExperience == true);
        team.MaintainedApps!.Single(app => app.Slug == "google-chrome/windows").Should().Match<MaintainedAppState>(app => app.Version == "^147" && app.InstallScript == "Write-Output $env:HOME\n" && app.DisplayName == "Browser" && app.PreInstallQuery.Contains("$x"));
        state.Settings!.Values.GetProperty("org_info").GetProperty("org_name").GetString().Should().Be("Acme: $5 & sons");
        state.Settings.Values.EnumerateObject().Select(section => section.Name).Should().Contain(
            ["server_settings", "smtp_settings", "sso_settings", "host_expiry_settings", "activity_expiry_settings", "features", "fleet_desktop", "webhook_settings", "integrations", "mdm"]);
        state.AgentOptions!.Values.GetProperty("config").GetProperty("decorators").GetProperty("load").GetArrayLength().Should().Be(1);
        state.EnrollSecrets.Should().HaveCount(2);
        team.EnrollSecrets.Should().HaveCount(2);
        team.Settings!.Values.GetProperty("host_expiry_settings").GetProperty("host_expiry_window").GetInt32().Should().Be(60);
        team.Controls!.Values.GetProperty("ios_updates").GetProperty("minimum_version").GetString().Should().Be("18.1");
        team.CertificateTemplates!.Select(template => template.Name).Should().BeEquivalentTo("Wi-Fi 1", "VPN");
        team.Assets.Should().ContainSingle().Which.Should().Match<AssetState>(asset => asset.Name == "tasks" && asset.Identifier == "com.example.tasks.data");
        Text(team.Assets![0].Contents).Should().Be(Server.Asset);
        Text(team.Profiles!.Single(profile => profile.Name == "tasks").Activation).Should().Be(Server.Activation);
        team.SetupFiles.Should().Match<SetupFilesState>(files => files.Script!.Name == "welcome.sh" && files.Assistant!.Name == "automatic.json" && files.BootstrapPackageUrl == "https://example.com/first.pkg");
        TeamState unassigned = state.Teams.Single(one => one.IsUnassigned);
        unassigned.Controls!.Values.GetProperty("macos_migration").GetProperty("mode").GetString().Should().Be("voluntary");
        unassigned.CertificateTemplates.Should().HaveCount(2);
        state.Files!.LicenseAgreement!.Name.Should().Be("terms of $5.pdf");
        state.Files.LicenseAgreement.Contents!.Value.ToArray().Should().Equal(Server.Agreement);
        state.Files.LightLogo!.Contents!.Value.ToArray().Should().Equal(Server.Logo);
        state.Files.DarkLogo.Should().BeNull("the server has an address for it");
        state.YaraRules.Should().BeEquivalentTo([new YaraRuleState("eicar.yar", Server.Rules), new YaraRuleState("other rules.yara", "rule none { condition: false }")]);
        imported.Files.Select(file => file.Path).Should().Contain(["lib/logo-light-mode.png", "lib/terms of $5.pdf", "lib/eicar.yar"]);
        imported.Findings.Should().Contain(finding => finding.Message.Contains("bootstrap package of Unassigned was uploaded by hand"));
        state.Teams.Single(one => one.IsUnassigned).Profiles.Should().HaveCount(5);
        state.Teams.Single(one => one.IsUnassigned).Scripts.Should().HaveCount(3);
    }

    [Fact]
    public async Task Import_TokenThatMayNotReadHosts_SaysWhatIsUnknown()
    {
        await using World world = await World.StartAsync();
        await Server.FillAsync(world);
        ImportedRepository imported = await new FleetGitOps(world.Client(world.Fleet.CreateUser("pipeline", "gitops"))).ImportAsync();
        imported.Findings.Should().Contain(finding => finding.Id == "SSF4040" && finding.Message.Contains("hosts of the label Canaries"));
        imported.Findings.Should().NotContain(finding => finding.Message.Contains("YARA") || finding.Message.Contains("licence agreement"), "the role gitops may read both");
    }

    private static string Text(ReadOnlyMemory<byte>? contents) => Encoding.UTF8.GetString(contents!.Value.Span);

    private static string Text(IEnumerable<RepositoryFile> files) => string.Concat(files.Where(file => file.Path.EndsWith(".yml")).Select(file => $"--- {file.Path}\n{Encoding.UTF8.GetString(file.Contents.Span)}"));
}
