using System.Text.Json;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Apps, what happens while a device is set up, and certificate templates.</summary>
internal static partial class ContractTable
{
    private const string Title = """{"software_title_id":80}""";

    private static IEnumerable<ContractCase> Apps() =>
    [
        new("App Store apps", "GET", "software/app_store_apps?team_id=0", c => c.Apps.ListAppStoreAppsAsync(0), Answer: """{"app_store_apps":[]}"""),
        new("add App Store app", "POST", "software/app_store_apps", c => c.Apps.AddAppStoreAppAsync(new() { AppStoreId = "497799835" }), """{"app_store_id":"497799835","team_id":0,"self_service":false}""", Title),
        new("add App Store app with the rest", "POST", "software/app_store_apps", c => c.Apps.AddAppStoreAppAsync(new() { AppStoreId = "618783545", Platform = "ios", TeamId = 3, SelfService = true, AutomaticInstall = true, LabelsIncludeAll = ["A"], LabelsIncludeAny = ["B"], LabelsExcludeAny = ["C"], Categories = ["Security"], Configuration = "<dict/>" }), """{"app_store_id":"618783545","team_id":3,"platform":"ios","self_service":true,"automatic_install":true,"labels_include_all":["A"],"labels_include_any":["B"],"labels_exclude_any":["C"],"categories":["Security"],"configuration":"<dict/>"}""", Title),
        new("edit App Store app", "PATCH", "software/titles/80/app_store_app", c => c.Apps.EditAppStoreAppAsync(80, new() { TeamId = 3, SelfService = false, DisplayName = "", LabelsIncludeAny = [], Categories = [] }), """{"team_id":3,"self_service":false,"display_name":"","labels_include_any":[],"categories":[]}"""),
        new("edit App Store app with the rest", "PATCH", "software/titles/80/app_store_app", c => c.Apps.EditAppStoreAppAsync(80, new() { LabelsIncludeAll = ["A"], LabelsExcludeAny = ["C"], Configuration = """ {"a":1}""", AutoUpdateEnabled = true, AutoUpdateWindowStart = "22:00", AutoUpdateWindowEnd = "04:00" }), """{"team_id":0,"labels_include_all":["A"],"labels_exclude_any":["C"],"configuration": {"a":1},"auto_update_enabled":true,"auto_update_window_start":"22:00","auto_update_window_end":"04:00"}"""),
        new("maintained apps", "GET", "software/fleet_maintained_apps?page=0&per_page=100", c => c.Apps.ListMaintainedAppsAsync(), Answer: """{"fleet_maintained_apps":[]}"""),
        new("maintained app", "GET", "software/fleet_maintained_apps/1", c => c.Apps.GetMaintainedAppAsync(1), Answer: """{"fleet_maintained_app":{"id":1}}"""),
        new("add maintained app", "POST", "software/fleet_maintained_apps", c => c.Apps.AddMaintainedAppAsync(new() { MaintainedAppId = 1 }), """{"fleet_maintained_app_id":1,"team_id":0,"self_service":false}""", Title),
        new("add maintained app with the rest", "POST", "software/fleet_maintained_apps", c => c.Apps.AddMaintainedAppAsync(new() { MaintainedAppId = 1, TeamId = 3, InstallScript = "i", UninstallScript = "u", PreInstallQuery = "q", PostInstallScript = "p", SelfService = true, AutomaticInstall = true, LabelsIncludeAll = ["A"], LabelsIncludeAny = ["B"], LabelsExcludeAny = ["C"], Categories = ["Security"] }), """{"fleet_maintained_app_id":1,"team_id":3,"install_script":"i","uninstall_script":"u","pre_install_query":"q","post_install_script":"p","self_service":true,"automatic_install":true,"labels_include_all":["A"],"labels_include_any":["B"],"labels_exclude_any":["C"],"categories":["Security"]}""", Title),
    ];

    private static IEnumerable<ContractCase> Assets() =>
    [
        new("assets", "GET", "assets?fleet_id=3", c => c.Assets.ListAsync(3), Answer: """{"assets":[{"asset_uuid":"u1","name":"tasks","identifier":"com.example.tasks","created_at":"2026-07-01T10:00:00Z","uploaded_at":"2026-07-02T10:00:00Z","checksum":"q1v2"}]}"""),
        new("assets of no fleet", "GET", "assets", c => c.Assets.ListAsync(0), Answer: """{"assets":null}"""),
        new("asset", "GET", "assets/u1", c => c.Assets.GetAsync("u1"), Answer: """{"Asset":{"asset_uuid":"u1","name":"tasks"}}"""),
        new("download asset", "GET", "assets/u1?alt=media", c => c.Assets.DownloadAsync("u1"), Answer: """{"Type":"com.apple.asset.data"}"""),
        new("delete asset", "DELETE", "assets/u1", c => c.Assets.DeleteAsync("u1"), Answer: "", Status: 204),
        new("asset batch", "POST", "assets/batch?fleet_id=3&dry_run=true", c => c.Assets.ApplyBatchAsync(3, [new("tasks", "x"u8.ToArray())], dryRun: true), """{"assets":[{"name":"tasks","contents":"eA=="}]}""", "", 204),
        new("asset batch of no fleet", "POST", "assets/batch", c => c.Assets.ApplyBatchAsync(null, []), """{"assets":[]}""", "", 204),
        new("profile batch with an activation", "POST", "mdm/profiles/batch?team_id=3", c => c.Profiles.ApplyGitOpsBatchAsync(new() { TeamId = 3, Profiles = [new() { FileName = "d.json", Contents = "y"u8.ToArray(), Activation = "x"u8.ToArray() }] }), """{"profiles":[{"name":"d","contents":"eQ==","activation":"eA=="}]}""", "", 204),
    ];

    private static IEnumerable<ContractCase> SetupExperience() =>
    [
        new("bootstrap package", "GET", "bootstrap/0/metadata?for_update=true", c => c.SetupExperience.GetBootstrapPackageAsync(0, forUpdate: true)),
        new("no bootstrap package", "GET", "bootstrap/3/metadata", c => c.SetupExperience.GetBootstrapPackageAsync(3), Status: 404),
        new("delete bootstrap package", "DELETE", "bootstrap/3", c => c.SetupExperience.DeleteBootstrapPackageAsync(3)),
        new("download bootstrap package", "GET", "bootstrap?token=AA-1", c => c.SetupExperience.DownloadBootstrapPackageAsync("AA-1", new MemoryStream()), Answer: "bytes"),
        new("set-up assistant", "GET", "enrollment_profiles/automatic", c => c.SetupExperience.GetAssistantAsync(0)),
        new("set set-up assistant", "POST", "enrollment_profiles/automatic", c => c.SetupExperience.SetAssistantAsync(3, "dep.json", JsonDocument.Parse("""{"is_mandatory":true}""").RootElement), """{"team_id":3,"name":"dep.json","enrollment_profile":{"is_mandatory":true}}"""),
        new("set set-up assistant without a fleet", "POST", "enrollment_profiles/automatic", c => c.SetupExperience.SetAssistantAsync(0, "dep.json", JsonDocument.Parse("{}").RootElement), """{"name":"dep.json","enrollment_profile":{}}"""),
        new("delete set-up assistant", "DELETE", "enrollment_profiles/automatic?team_id=3", c => c.SetupExperience.DeleteAssistantAsync(3), Answer: "", Status: 204),
        new("set-up script", "GET", "setup_experience/script", c => c.SetupExperience.GetScriptAsync(0)),
        new("download set-up script", "GET", "setup_experience/script?team_id=3&alt=media", c => c.SetupExperience.DownloadScriptAsync(3), Answer: "#!/bin/sh"),
        new("delete set-up script", "DELETE", "setup_experience/script?team_id=3", c => c.SetupExperience.DeleteScriptAsync(3)),
        new("licence agreement", "GET", "setup_experience/eula/metadata", c => c.SetupExperience.GetLicenseAgreementAsync()),
        new("delete licence agreement", "DELETE", "setup_experience/eula/AA-1", c => c.SetupExperience.DeleteLicenseAgreementAsync("AA-1")),
        new("download licence agreement", "GET", "setup_experience/eula/AA-1", c => c.SetupExperience.DownloadLicenseAgreementAsync("AA-1"), Answer: "%PDF-"),
        new("set-up software", "GET", "setup_experience/software?platform=linux&team_id=0&page=0&per_page=100", c => c.SetupExperience.ListSoftwareAsync(0, "linux"), Answer: """{"software_titles":[]}"""),
        new("choose set-up software", "PUT", "setup_experience/software", c => c.SetupExperience.SetSoftwareAsync(3, "macos", [77, 80]), """{"platform":"macos","team_id":3,"software_title_ids":[77,80]}"""),
    ];

    private static IEnumerable<ContractCase> CertificateTemplates() =>
    [
        new("certificate templates", "GET", "certificates?team_id=0&page=0&per_page=100", c => c.CertificateTemplates.ListAsync(0), Answer: """{"certificates":[]}"""),
        new("certificate template", "GET", "certificates/7", c => c.CertificateTemplates.GetAsync(7), Answer: """{"certificate":{"id":7}}"""),
        new("create certificate template", "POST", "certificates", c => c.CertificateTemplates.CreateAsync(new("Wi-Fi", 12, "CN=$FLEET_VAR_HOST_UUID") { TeamId = 3, SubjectAlternativeName = "DNS=a" }), """{"name":"Wi-Fi","team_id":3,"certificate_authority_id":12,"subject_name":"CN=$FLEET_VAR_HOST_UUID","subject_alternative_name":"DNS=a"}"""),
        new("create certificate template without a fleet", "POST", "certificates", c => c.CertificateTemplates.CreateAsync(new("Wi-Fi", 12, "CN=a")), """{"name":"Wi-Fi","team_id":0,"certificate_authority_id":12,"subject_name":"CN=a"}"""),
        new("delete certificate template", "DELETE", "certificates/7", c => c.CertificateTemplates.DeleteAsync(7)),
    ];
}
