using System.Text.Json.Nodes;
using static Smallstep.Fleet.Api.Tests.SampleRow;

namespace Smallstep.Fleet.Api.Tests;

internal static class SampleTable
{
    private const string Pages = "page=0&per_page=100";

    private static readonly Secret Password = new("p");

    private static FleetJsonContext Json => FleetJsonContext.Default;

    public static IReadOnlyList<SampleRow> All { get; } =
    [
        One("POST /login", "login", "user", Json.FleetUser, async c => (await c.Sessions.LoginAsync("e", Password)).User),
        Many("POST /login", "login", "available_fleets", Json.ListTeam, async c => (await c.Sessions.LoginAsync("e", Password)).AvailableTeams),
        One("POST /login", "login", "token", Json.String, async c => (await c.Sessions.LoginAsync("e", Password)).Token.Reveal()),
        One("GET /me", "me", "user", Json.FleetUser, async c => (await c.Sessions.GetMeAsync()).User),
        Many("GET /users", "users?" + Pages, "users", Json.ListFleetUser, c => c.Users.ListAsync()),
        One("GET /users/:id", "users/41", "user", Json.FleetUser, c => c.Users.GetAsync(41)),
        One("POST /users/api_only", "users/api_only", "user", Json.FleetUser, async c => (await c.Users.CreateApiOnlyAsync(new() { Name = "sync" })).User),
        Many("GET /rest_api", "rest_api?" + Pages, "api_endpoints", Json.ListApiEndpoint, c => c.Users.ListEndpointsAsync()),
        One("GET /version", "version", "version", Json.String, async c => (await c.GetVersionAsync()).ToString()),
        One("GET /config", "config", "", Json.FleetConfiguration, c => c.Configuration.GetAsync()),
        new("GET /hosts", "hosts?disable_issues=true&per_page=1000&order_key=id&order_direction=asc", "hosts", async c =>
            new JsonArray([.. (await c.Hosts.ListAsync(null, Paging.Stable).ToListAsync()).Select(host => System.Text.Json.JsonSerializer.SerializeToNode(host, Json.Host))])),
        One("GET /hosts/:id", "hosts/208?exclude_software=true", "host", Json.Host, c => c.Hosts.GetAsync(208)),
        One("GET /hosts/count", "hosts/count", "count", Json.Int32, c => c.Hosts.CountAsync()),
        One("GET /host_summary", "host_summary", "", Json.HostCounts, c => c.Hosts.GetCountsAsync()),
        One("GET /hosts/summary/mdm", "hosts/summary/mdm", "", Json.MdmSummary, c => c.Hosts.GetMdmSummaryAsync()),
        One("GET /hosts/:id/mdm", "hosts/208/mdm", "", Json.HostMdmInfo, async c => (await c.Hosts.GetMdmAsync(208))!),
        One("GET /hosts/:id/health", "hosts/208/health", "health", Json.HostHealth, c => c.Hosts.GetHealthAsync(208)),
        Many("GET /hosts/:id/device_mapping", "hosts/208/device_mapping", "device_mapping", Json.ListDeviceMapping, c => c.Hosts.ListDeviceMappingsAsync(208)),
        Many("GET /hosts/:id/certificates", "hosts/208/certificates?" + Pages, "certificates", Json.ListHostCertificate, c => c.Hosts.ListCertificatesAsync(208)),
        Stream("GET /hosts/:id/software", "hosts/208/software?" + Pages, "software", Json.ListHostSoftware, c => c.Hosts.ListSoftwareAsync(208)),
        Many("GET /hosts/:id/configuration_profiles", "hosts/208/configuration_profiles", "profiles", Json.ListConfigurationProfile, c => c.Hosts.ListAssignedProfilesAsync(208)),
        Many("GET /hosts/:id/scripts", "hosts/208/scripts?" + Pages, "scripts", Json.ListHostScript, c => c.Scripts.ListForHostAsync(208)),
        Stream("GET /hosts/:id/commands", "hosts/208/commands?" + Pages, "results", Json.ListMdmCommandResult, c => c.Commands.ListForHostAsync(208)),
        Many("GET /teams", "teams?" + Pages, "fleets", Json.ListTeam, c => c.Teams.ListAsync()),
        One("GET /teams/:id", "teams/3", "fleet", Json.Team, c => c.Teams.GetAsync(3)),
        new("GET /teams/:id/secrets", "teams/3/secrets", "secrets", async c =>
            new JsonArray([.. (await c.Teams.ListSecretsAsync(3)).Select(secret => new JsonObject { ["secret"] = secret.Value.Reveal(), ["created_at"] = secret.CreatedAt, ["team_id"] = 3, ["fleet_id"] = 3 })])),
        new("GET /spec/enroll_secret", "spec/enroll_secret", "spec", async c => new JsonObject
        {
            ["secrets"] = new JsonArray([.. (await c.Spec.ListEnrollSecretsAsync()).Select(secret => new JsonObject { ["secret"] = secret.Value.Reveal(), ["created_at"] = secret.CreatedAt })]),
        }),
        Many("GET /labels", "labels?" + Pages, "labels", Json.ListLabel, c => c.Labels.ListAsync()),
        Many("GET /labels/summary", "labels/summary", "labels", Json.ListLabel, c => c.Labels.ListSummariesAsync()),
        One("GET /labels/:id", "labels/55", "label", Json.Label, c => c.Labels.GetAsync(55)),
        Many("GET /certificate_authorities", "certificate_authorities", "certificate_authorities", Json.ListCertificateAuthority, c => c.CertificateAuthorities.ListAsync()),
        One("GET /certificate_authorities/:id", "certificate_authorities/12", "", Json.CertificateAuthority, c => c.CertificateAuthorities.GetAsync(12)),
        Many("GET /configuration_profiles", "configuration_profiles?" + Pages, "profiles", Json.ListConfigurationProfile, c => c.Profiles.ListAsync()),
        One("GET /configuration_profiles/:uuid", "configuration_profiles/a4", "", Json.ConfigurationProfile, c => c.Profiles.GetAsync("a4")),
        One("GET /configuration_profiles/:uuid/status", "configuration_profiles/a4/status", "", Json.ProfileStatusCounts, c => c.Profiles.GetStatusAsync("a4")),
        One("GET /configuration_profiles/summary", "configuration_profiles/summary", "", Json.ProfileStatusCounts, c => c.Profiles.GetSummaryAsync()),
        One("POST /software/package", "software/package", "software_package", Json.SoftwarePackage, c => c.Software.UploadAsync(new() { FileName = "a.pkg", Content = new MemoryStream() })),
        Stream("GET /software/titles", "software/titles?team_id=3&" + Pages, "software_titles", Json.ListSoftwareTitle, c => c.Software.ListTitlesAsync(3)),
        One("GET /software/titles/:id", "software/titles/77?team_id=3", "software_title", Json.SoftwareTitle, c => c.Software.GetTitleAsync(77, 3)),
        One("GET /software/install/:uuid/results", "software/install/6a1b/results", "results", Json.SoftwareInstallResult, c => c.Software.GetInstallResultAsync("6a1b")),
        One("GET /software/batch/:uuid", "software/batch/r?team_name=T", "", Json.SoftwareBatchResult, c => c.Software.GetBatchAsync("r", "T")),
        Many("GET /software/app_store_apps", "software/app_store_apps?team_id=3", "app_store_apps", Json.ListAppStoreApp, c => c.Apps.ListAppStoreAppsAsync(3)),
        One("GET /software/titles/:id (App Store app)", "software/titles/80?team_id=3", "software_title", Json.SoftwareTitle, c => c.Software.GetTitleAsync(80, 3)),
        Many("GET /software/fleet_maintained_apps", "software/fleet_maintained_apps?team_id=3&" + Pages, "fleet_maintained_apps", Json.ListMaintainedApp, c => c.Apps.ListMaintainedAppsAsync(3)),
        One("GET /software/fleet_maintained_apps/:id", "software/fleet_maintained_apps/1?team_id=3", "fleet_maintained_app", Json.MaintainedApp, c => c.Apps.GetMaintainedAppAsync(1, 3)),
        One("GET /bootstrap/:team_id/metadata", "bootstrap/3/metadata", "", Json.BootstrapPackage, async c => (await c.SetupExperience.GetBootstrapPackageAsync(3))!),
        One("GET /enrollment_profiles/automatic", "enrollment_profiles/automatic?team_id=3", "", Json.SetupAssistant, async c => (await c.SetupExperience.GetAssistantAsync(3))!),
        One("GET /setup_experience/script", "setup_experience/script?team_id=3", "", Json.Script, async c => (await c.SetupExperience.GetScriptAsync(3))!),
        One("GET /setup_experience/eula/metadata", "setup_experience/eula/metadata", "", Json.EndUserLicenseAgreement, async c => (await c.SetupExperience.GetLicenseAgreementAsync())!),
        Many("GET /setup_experience/software", "setup_experience/software?platform=macos&team_id=3&" + Pages, "software_titles", Json.ListSoftwareTitle, c => c.SetupExperience.ListSoftwareAsync(3, "macos")),
        Many("GET /assets", "assets?fleet_id=3", "assets", Json.ListDeclarationAsset, c => c.Assets.ListAsync(3)),
        Many("GET /certificates", "certificates?team_id=3&" + Pages, "certificates", Json.ListCertificateTemplate, c => c.CertificateTemplates.ListAsync(3)),
        One("GET /certificates/:id", "certificates/7", "certificate", Json.CertificateTemplate, c => c.CertificateTemplates.GetAsync(7)),
        One("POST /certificates", "certificates", "", Json.CertificateTemplate, c => c.CertificateTemplates.CreateAsync(new("Wi-Fi", 12, "CN=x"))),
        Many("GET /scripts", "scripts?" + Pages, "scripts", Json.ListScript, c => c.Scripts.ListAsync()),
        One("POST /scripts/run", "scripts/run", "", Json.ScriptExecution, c => c.Scripts.RunAsync(new() { HostId = 208, ScriptId = 5 })),
        One("GET /scripts/results/:id", "scripts/results/b2f4", "", Json.ScriptResult, c => c.Scripts.GetResultAsync("b2f4")),
        Many("GET /custom_variables", "custom_variables?" + Pages, "custom_variables", Json.ListCustomVariable, c => c.Variables.ListAsync()),
        One("POST /commands/run", "commands/run", "", Json.MdmCommand, c => c.Commands.RunAsync(["U1"], default)),
        Many("GET /commands/results", "commands/results?command_uuid=5b5c", "results", Json.ListMdmCommandResult, c => c.Commands.GetResultsAsync("5b5c")),
        Stream("GET /commands", "commands?" + Pages, "results", Json.ListMdmCommandResult, c => c.Commands.ListAsync()),
        One("GET /queries/:id", "queries/31", "report", Json.Report, c => c.Reports.GetAsync(31)),
        Stream("GET /queries/:id/report", "queries/31/report?" + Pages, "results", Json.ListReportRow, c => c.Reports.ListRowsAsync(31)),
        Many("GET /global/policies", "global/policies?" + Pages, "policies", Json.ListPolicy, c => c.Policies.ListAsync()),
        One("GET /teams/:id/policies/:id", "teams/3/policies/61", "policy", Json.Policy, c => c.Policies.GetAsync(61, 3)),
        Stream("GET /activities", "activities?order_key=id&order_direction=desc&per_page=100", "activities", Json.ListActivity, c => c.Activities.ListAsync()),
        Stream("GET /hosts/:id/activities/upcoming", "hosts/208/activities/upcoming?" + Pages, "activities", Json.ListUpcomingActivity, c => c.Activities.ListUpcomingAsync(208)),
    ];
}
