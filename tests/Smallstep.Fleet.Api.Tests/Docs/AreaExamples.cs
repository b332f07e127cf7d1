using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>The examples of docs/fleet-api/*.md, compiled; <see cref="DocsTests"/> holds both together.</summary>
internal static class AreaExamples
{
    public static async Task HostsAsync(FleetClient fleet, string uuid)
    {
        int failed = await fleet.Hosts.CountAsync(new HostQuery { ProfileUuid = uuid, ProfileStatus = ProfileStatus.Failed });
        MdmSummary mdm = await fleet.Hosts.GetMdmSummaryAsync(teamId: 3);
        HostHealth health = await fleet.Hosts.GetHealthAsync(208);
        IReadOnlyList<HostCertificate> certificates = await fleet.Hosts.ListCertificatesAsync(208, HostCertificateOrder.NotValidAfter);
        _ = (failed, mdm, health, certificates);
    }

    public static async Task UsersAsync(FleetClient fleet)
    {
        CurrentUser me = await fleet.Sessions.GetMeAsync();
        Console.WriteLine($"{me.User.Name} {me.User.GlobalRole} {me.AvailableTeams.Count}");
        CreatedUser sync = await fleet.Users.CreateApiOnlyAsync(new ApiUserRequest
        {
            Name = "inventory",
            GlobalRole = FleetRole.Observer,
            Endpoints = [new ApiEndpoint("GET", "/api/v1/fleet/hosts"), new ApiEndpoint("GET", "/api/v1/fleet/hosts/count")],
        });
        Secret token = sync.Token!;
        _ = token;
    }

    public static async Task ConfigurationAsync(FleetClient fleet)
    {
        FleetConfiguration configuration = await fleet.Configuration.GetAsync();
        bool ready = configuration.License.IsPremium && configuration.Mdm.AppleEnabled && configuration.Mdm.WindowsEnabled;
        await fleet.Configuration.PatchAsync(new JsonObject { ["org_info"] = new JsonObject { ["org_name"] = "Acme Rail" } }, dryRun: true);
        IReadOnlyList<YaraRule> rules = await fleet.Configuration.ListYaraRulesAsync();
        await fleet.Configuration.ReplaceYaraRulesAsync([.. rules, new YaraRule("eicar.yar", await File.ReadAllTextAsync("eicar.yar"))]);
        await fleet.Configuration.UploadLogoAsync(LogoMode.Dark, "acme.png", await File.ReadAllBytesAsync("acme.png"));
        Team team = await fleet.Teams.FindAsync("Laptops EU") ?? await fleet.Teams.CreateAsync("Laptops EU");
        IReadOnlyList<EnrollSecret> secrets = await fleet.Teams.ListSecretsAsync(team.Id);
        await fleet.Teams.SetAgentOptionsAsync(team.Id, new JsonObject { ["config"] = new JsonObject { ["options"] = new JsonObject { ["distributed_interval"] = 10 } } });
        IReadOnlyList<EnrollSecret> ofServer = await fleet.Spec.ListEnrollSecretsAsync();
        Label label = await fleet.Labels.CreateAsync(new LabelRequest
        {
            Name = "Smallstep pilot",
            Query = "SELECT 1 FROM system_info WHERE cpu_type LIKE '%arm%';",
            Platform = "darwin",
        });
        _ = (ready, secrets, ofServer, label);
    }

    public static async Task AuthoritiesAsync(FleetClient fleet)
    {
        CertificateAuthoritiesSpec all = await fleet.CertificateAuthorities.GetSpecAsync(includeSecrets: true);
        await fleet.CertificateAuthorities.ApplySpecAsync(all, dryRun: true);
    }

    public static async Task ProfilesAsync(FleetClient fleet, byte[] bytes, ProfileUpload agent, ProfileUpload trust)
    {
        string uuid = await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "smallstep-agent.mobileconfig", Contents = bytes, TeamId = 3 });
        ProfileStatusCounts counts = await fleet.Profiles.GetStatusAsync(uuid);
        await fleet.Profiles.ApplyBatchAsync(new ProfileBatch { TeamName = "Laptops EU", Profiles = [agent, trust] }, dryRun: true);
        _ = counts;
    }

    public static async Task DeclarationsAsync(FleetClient fleet, byte[] asset, byte[] declaration, byte[] activation)
    {
        await fleet.Assets.UploadAsync(new AssetUpload("tasks", asset) { TeamId = 3 });
        await fleet.Profiles.UploadAsync(new ProfileUpload { FileName = "tasks.json", Contents = declaration, TeamId = 3, Activation = activation });
    }

    public static async Task SoftwareAsync(FleetClient fleet, string path, string sha256)
    {
        SoftwarePackage package = await fleet.Software.UploadAsync(
            new PackageUpload { FileName = "step-agent_latest.pkg", FilePath = path, TeamId = 3, LabelsIncludeAny = ["macOS"] },
            new Progress<long>(sent => Console.WriteLine($"{sent} bytes")));
        await fleet.Hosts.InstallSoftwareAsync(208, package.TitleId!.Value);
        SoftwareTitle title = await fleet.Software.GetTitleAsync(package.TitleId!.Value, teamId: 3);
        Console.WriteLine($"{title.Packages[0].Status?.Installed} hosts have it");
        SoftwareBatchResult result = await fleet.Software.ApplyBatchAsync("Laptops EU", [new BatchPackage { Url = "https://dl.example.net/agent.pkg", Sha256 = sha256 }]);
        _ = result;
    }

    public static async Task ScriptsAsync(FleetClient fleet, Secret slug, string hostUuid, byte[] plist)
    {
        long script = await fleet.Scripts.UploadAsync(new ScriptUpload("restart-agent.sh", "#!/bin/sh\nsystemctl restart step-agent\n", 3));
        ScriptExecution run = await fleet.Scripts.RunAsync(new ScriptRun { HostId = 208, ScriptId = script });
        ScriptResult outcome = await fleet.Scripts.GetResultAsync(run.ExecutionId);
        await fleet.Variables.SetAsync(new Dictionary<string, Secret> { ["STEP_TEAM_SLUG"] = slug });
        MdmCommand command = await fleet.Commands.RunAsync([hostUuid], plist);
        IReadOnlyList<MdmCommandResult> answers = await fleet.Commands.GetResultsAsync(command.CommandUuid);
        _ = (outcome, answers);
    }

    public static async Task PoliciesAsync(FleetClient fleet)
    {
        Policy policy = await fleet.Policies.CreateAsync(new PolicyRequest
        {
            Name = "Smallstep agent present",
            Sql = "SELECT 1 FROM apps WHERE bundle_identifier = 'com.smallstep.Agent';",
            Platform = "darwin",
            TeamId = 3,
            SoftwareTitleId = 77,
        });
        foreach (Policy one in await fleet.Policies.ListAsync(teamId: 3))
        {
            Console.WriteLine($"{one.Name}: {one.PassingHostCount} pass, {one.FailingHostCount} fail");
        }

        await fleet.Policies.UpdateAsync(policy.Id, new PolicyPatch { SoftwareTitleId = 0, LabelsIncludeAny = [] }, policy.TeamId);
        await fleet.Policies.DeleteAsync([policy.Id], policy.TeamId);
    }

    public static async Task ReportsAsync(FleetClient fleet)
    {
        Report report = await fleet.Reports.CreateAsync(new ReportRequest { Name = "Smallstep enrollment", Sql = "SELECT * FROM smallstep_enrollment;", Platform = "windows,linux" });
        ReportResults results = await fleet.Reports.GetResultsAsync(report.Id);
        if (results.IsClipped)
        {
            Console.WriteLine("more rows than the server keeps");
        }

        await foreach (ReportRow row in fleet.Reports.ListRowsAsync(report.Id, new ReportRowQuery { OrderKey = "host_name" }))
        {
            Console.WriteLine($"{row.HostName} {row.Columns["ek_pub"]}");
        }

        await foreach (Activity activity in fleet.Activities.ListAsync(new ActivityQuery { Type = "added_smallstep" }))
        {
            Console.WriteLine($"{activity.CreatedAt} {activity.ActorFullName} {activity.Details}");
        }
    }

    public static async Task SpecAsync(FleetClient fleet)
    {
        IReadOnlyDictionary<string, long> ids = await fleet.Spec.ApplyTeamsAsync(new JsonArray(new JsonObject { ["name"] = "Laptops EU" }), dryRun: true);
        await fleet.Spec.ApplyLabelsAsync(new JsonArray(new JsonObject { ["name"] = "Smallstep pilot", ["label_membership_type"] = "manual" }));
        _ = ids;
    }
}
