using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api.Tests;

internal static partial class ContractTable
{
    private static readonly Secret Password = new("S3cret-Value");
    private const string User = """{"user":{"id":41,"name":"Ines"},"token":"t"}""";
    private const string Ca = """{"id":12,"name":"ACME_AGENT","type":"smallstep"}""";
    private const string Vital = """{"custom_host_vital":{"id":7,"name":"Asset tag","created_at":"","updated_at":""}}""";
    private const string LabelAnswer = """{"label":{"id":55,"name":"x"}}""";
    private const string ReportAnswer = """{"query":{"id":31,"name":"r","query":"SELECT 1"}}""";
    private const string TeamAnswer = """{"team":{"id":3,"name":"Laptops EU"}}""";
    private const string PolicyAnswer = """{"policy":{"id":61,"name":"p","query":"SELECT 1"}}""";
    private const string Counts = """{"verified":120,"verifying":3,"failed":1,"pending":7}""";

    public static IEnumerable<ContractCase> All() =>
        [.. Users(), .. Hosts(), .. TeamsAndLabels(), .. Authorities(), .. Profiles(), .. Assets(), .. Software(), .. Apps(), .. SetupExperience(), .. CertificateTemplates(), .. Scripts(), .. Policies(), .. Rest()];

    private static IEnumerable<ContractCase> Users() =>
    [
        new("login", "POST", "login", c => c.Sessions.LoginAsync("ines@example.org", Password), """{"email":"ines@example.org","password":"S3cret-Value"}""", User),
        new("logout", "POST", "logout", c => c.Sessions.LogoutAsync()),
        new("me", "GET", "me", c => c.Sessions.GetMeAsync(), Answer: User),
        new("users", "GET", "users?team_id=3&page=0&per_page=100", c => c.Users.ListAsync(3), Answer: """{"users":[]}"""),
        new("user", "GET", "users/41", c => c.Users.GetAsync(41), Answer: User),
        new("create user", "POST", "users/admin", c => c.Users.CreateAsync(new() { Name = "N", Email = "e@x.example", Password = Password, ApiOnly = true, ForcePasswordReset = true, GlobalRole = FleetRole.GitOps }), """{"name":"N","email":"e@x.example","password":"S3cret-Value","api_only":true,"admin_forced_password_reset":false,"global_role":"gitops"}""", User),
        new("create team user", "POST", "users/admin", c => c.Users.CreateAsync(new() { Name = "N", Email = "e@x.example", Password = Password, TeamRoles = new Dictionary<long, FleetRole> { [4] = FleetRole.Observer, [3] = FleetRole.Maintainer } }), """{"name":"N","email":"e@x.example","password":"S3cret-Value","api_only":false,"admin_forced_password_reset":false,"teams":[{"id":3,"role":"maintainer"},{"id":4,"role":"observer"}]}""", User),
        new("create api user", "POST", "users/api_only", c => c.Users.CreateApiOnlyAsync(new() { Name = "sync", TeamRoles = new Dictionary<long, FleetRole> { [3] = FleetRole.Observer }, Endpoints = [new("GET", "/api/v1/fleet/hosts")] }), """{"name":"sync","fleets":[{"id":3,"role":"observer"}],"api_endpoints":[{"method":"GET","path":"/api/v1/fleet/hosts"}]}""", User),
        new("change api user", "PATCH", "users/api_only/41", c => c.Users.UpdateApiOnlyAsync(41, new() { GlobalRole = FleetRole.Admin }), """{"global_role":"admin"}""", User),
        new("create user with everything", "POST", "users/admin", c => c.Users.CreateAsync(new() { Name = "N", Email = "e@x.example", Password = Password, ForcePasswordReset = true, SsoEnabled = true, MfaEnabled = true }), """{"name":"N","email":"e@x.example","password":"S3cret-Value","api_only":false,"admin_forced_password_reset":true,"sso_enabled":true,"mfa_enabled":true}""", User),
        new("change user", "PATCH", "users/41", c => c.Users.UpdateAsync(41, new() { Name = "N", Email = "e@x.example", Password = Password, SsoEnabled = false, MfaEnabled = true, GlobalRole = FleetRole.Observer }), """{"name":"N","email":"e@x.example","password":"S3cret-Value","sso_enabled":false,"mfa_enabled":true,"global_role":"observer"}""", User),
        new("change user's roles", "PATCH", "users/41", c => c.Users.UpdateAsync(41, new() { TeamRoles = new Dictionary<long, FleetRole> { [3] = FleetRole.Technician } }), """{"teams":[{"id":3,"role":"technician"}]}""", User),
        new("delete user", "DELETE", "users/41", c => c.Users.DeleteAsync(41)),
        new("rest api", "GET", "rest_api?query=hosts&page=0&per_page=100", c => c.Users.ListEndpointsAsync("hosts"), Answer: """{"api_endpoints":[{"id":1,"display_name":"List hosts","method":"GET","path":"/api/v1/fleet/hosts","deprecated":false}],"meta":{"has_next_results":false},"count":1}"""),
        new("config", "GET", "config", c => c.Configuration.GetAsync()),
        new("config document", "GET", "config", c => c.Configuration.GetDocumentAsync()),
        new("YARA rules", "PATCH", "config?dry_run=true", c => c.Configuration.ListYaraRulesAsync(), "{}", """{"yara_rules":[{"name":"a.yar","contents":"rule a"}]}"""),
        new("replace YARA rules", "PATCH", "config", c => c.Configuration.ReplaceYaraRulesAsync([new("a.yar", "rule a { strings: $b = \"é\" }")]), """{"yara_rules":[{"name":"a.yar","contents":"rule a { strings: $b = \"é\" }"}]}"""),
        new("clear YARA rules", "PATCH", "config", c => c.Configuration.ReplaceYaraRulesAsync([]), """{"yara_rules":[]}"""),
        new("download logo", "GET", "logo?mode=light", c => c.Configuration.DownloadLogoAsync(LogoMode.Light), Answer: "bytes"),
        new("no logo", "GET", "logo?mode=dark", c => c.Configuration.DownloadLogoAsync(LogoMode.Dark), Status: 404),
        new("delete logo", "DELETE", "logo?mode=dark", c => c.Configuration.DeleteLogoAsync(LogoMode.Dark)),
        new("patch config", "PATCH", "config?force=true&dry_run=true&overwrite=true", c => c.Configuration.PatchAsync(new JsonObject { ["org_info"] = new JsonObject { ["org_name"] = "Zoë" } }, true, true, true), """{"org_info":{"org_name":"Zoë"}}"""),
        new("raw", "GET", "hosts/7/encryption_key?x=1", c => c.SendAsync(HttpMethod.Get, "hosts/7/encryption_key?x=1", FleetJsonContext.Default.JsonElement)),
        new("raw path", "GET", "software/versions/1", c => c.SendAsync(HttpMethod.Get, "/software/versions/1")),
        new("raw body", "POST", "anything", c => c.SendAsync(HttpMethod.Post, "/anything", JsonBody.Object(writer => writer.WriteNumber("a", 1))), """{"a":1}"""),
    ];

    private static IEnumerable<ContractCase> Hosts() =>
    [
        new("count hosts", "GET", "hosts/count?query=a%20b%26c&status=online&team_id=0&profile_uuid=a1&profile_status=failed&low_disk_space=10&label_id=7", c => c.Hosts.CountAsync(new() { Query = "a b&c", Status = HostStatus.Online, TeamId = 0, ProfileUuid = "a1", ProfileStatus = ProfileStatus.Failed, LowDiskSpaceGigabytes = 10, LabelId = 7 }), Answer: """{"count":42}"""),
        new("count hosts by the rest", "GET", "hosts/count?policy_id=1&policy_response=failing&software_version_id=2&software_id=6&software_title_id=3&software_status=installed&os_version_id=4&os_name=macOS&os_version=15.5&vulnerability=CVE-2026-1&mdm_id=5&mdm_name=Fleet&mdm_enrollment_status=automatic&connected_to_fleet=true&os_settings=pending&os_settings_disk_encryption=verified", c => c.Hosts.CountAsync(new() { PolicyId = 1, PolicyPasses = false, SoftwareVersionId = 2, SoftwareId = 6, SoftwareTitleId = 3, SoftwareStatus = SoftwareInstallStatus.Installed, OsVersionId = 4, OsName = "macOS", OsVersion = "15.5", Vulnerability = "CVE-2026-1", MdmId = 5, MdmName = "Fleet", MdmEnrollment = MdmEnrollmentFilter.Automatic, ConnectedToFleet = true, OsSettings = ProfileStatus.Pending, DiskEncryption = "verified" }), Answer: """{"count":42}"""),
        new("count hosts by Apple's", "GET", "hosts/count?macos_settings=failed&macos_settings_disk_encryption=action_required&bootstrap_package=installed&munki_issue_id=8&dep_profile_error=true&dep_assign_profile_response=throttled&script_batch_execution_id=e1&script_batch_execution_status=ran", c => c.Hosts.CountAsync(new() { MacosSettings = ProfileStatus.Failed, MacosDiskEncryption = "action_required", BootstrapPackage = "installed", MunkiIssueId = 8, DepProfileError = true, DepAssignProfileResponse = "throttled", ScriptBatchExecutionId = "e1", ScriptBatchExecutionStatus = "ran" }), Answer: """{"count":42}"""),
        new("list hosts with software", "GET", "hosts?populate_software=true&disable_issues=true&per_page=50&order_key=id&order_direction=asc", c => c.Hosts.ListAsync(new() { PopulateSoftware = true }, Paging.Stable).ToListAsync().AsTask(), Answer: """{"hosts":[]}"""),
        new("list hosts with everything", "GET", "labels/7/hosts?device_mapping=true&populate_software=without_vulnerability_details&populate_policies=true&populate_users=true&populate_labels=true&populate_end_users=true&include_device_status=true&additional_info_filters=%2A&per_page=50&order_key=id&order_direction=asc", c => c.Hosts.ListAsync(new() { LabelId = 7, DeviceMapping = true, PopulateSoftware = true, WithoutVulnerabilityDetails = true, PopulatePolicies = true, PopulateUsers = true, PopulateLabels = true, PopulateEndUsers = true, IncludeDeviceStatus = true, IncludeIssues = true, AdditionalInfo = "*" }, Paging.Stable).ToListAsync().AsTask(), Answer: """{"hosts":[]}"""),
        new("host summary", "GET", "host_summary?team_id=3&platform=linux&low_disk_space=32", c => c.Hosts.GetCountsAsync(3, "linux", 32)),
        new("mdm summary", "GET", "hosts/summary/mdm?platform=darwin&team_id=3", c => c.Hosts.GetMdmSummaryAsync(3, "darwin"), Answer: """{"mobile_device_management_enrollment_status":{"hosts_count":3}}"""),
        new("host with software", "GET", "hosts/208", c => c.Hosts.GetAsync(208, excludeSoftware: false), Answer: """{"host":{"id":208}}"""),
        new("host without Fleet's policies", "GET", "hosts/208?exclude_software=true&exclude_fleet_maintained_policies=true", c => c.Hosts.GetAsync(208, excludeFleetMaintainedPolicies: true), Answer: """{"host":{"id":208}}"""),
        new("host health", "GET", "hosts/208/health", c => c.Hosts.GetHealthAsync(208), Answer: """{"host_id":208,"health":{"os_version":"macOS 15.5"}}"""),
        new("host by identifier", "GET", "hosts/identifier/a%2Fb%20c?exclude_software=true", c => c.Hosts.GetByIdentifierAsync("a/b c"), Answer: """{"host":{"id":208}}"""),
        new("host mdm", "GET", "hosts/208/mdm", c => c.Hosts.GetMdmAsync(208), Answer: "null"),
        new("device mapping", "GET", "hosts/208/device_mapping", c => c.Hosts.ListDeviceMappingsAsync(208), Answer: """{"host_id":208,"device_mapping":[]}"""),
        new("set device mapping", "PUT", "hosts/208/device_mapping", c => c.Hosts.SetDeviceMappingAsync(208, "a@b.example", "custom"), """{"email":"a@b.example","source":"custom"}""", """{"host_id":208,"device_mapping":[{"email":"a@b.example","source":"custom"}]}"""),
        new("delete idp mapping", "DELETE", "hosts/208/device_mapping/idp", c => c.Hosts.DeleteIdpMappingAsync(208)),
        new("host certificates", "GET", "hosts/208/certificates?page=0&per_page=100", c => c.Hosts.ListCertificatesAsync(208), Answer: """{"certificates":[]}"""),
        new("host certificates in order", "GET", "hosts/208/certificates?order_key=not_valid_after&order_direction=desc&page=0&per_page=100", c => c.Hosts.ListCertificatesAsync(208, HostCertificateOrder.NotValidAfter, descending: true), Answer: """{"certificates":[]}"""),
        new("host software by vulnerability", "GET", "hosts/208/software?vulnerable=true&min_cvss_score=7.5&max_cvss_score=10&exploit=true&order_key=name&order_direction=asc&page=0&per_page=100", c => c.Hosts.ListSoftwareAsync(208, new() { Vulnerable = true, MinCvssScore = 7.5, MaxCvssScore = 10, Exploit = true, OrderKey = "name" }).ToListAsync().AsTask(), Answer: """{"software":[]}"""),
        new("host software", "GET", "hosts/208/software?query=step&available_for_install=true&include_available_for_install=true&self_service=true&vulnerable=true&page=0&per_page=100", c => c.Hosts.ListSoftwareAsync(208, new() { Query = "step", AvailableForInstall = true, IncludeAvailableForInstall = true, SelfService = true, Vulnerable = true }).ToListAsync().AsTask(), Answer: """{"software":null}"""),
        new("host profiles", "GET", "hosts/208/configuration_profiles", c => c.Hosts.ListAssignedProfilesAsync(208), Answer: """{"profiles":[]}"""),
        new("resend", "POST", "hosts/208/configuration_profiles/a4d2/resend", c => c.Hosts.ResendProfileAsync(208, "a4d2"), Status: 202),
        new("install", "POST", "hosts/208/software/77/install", c => c.Hosts.InstallSoftwareAsync(208, 77), Status: 202),
        new("uninstall", "POST", "hosts/208/software/77/uninstall", c => c.Hosts.UninstallSoftwareAsync(208, 77), Status: 202),
        new("refetch", "POST", "hosts/208/refetch", c => c.Hosts.RefetchAsync(208)),
        new("add labels", "POST", "hosts/208/labels", c => c.Hosts.AddLabelsAsync(208, ["a", "b"]), """{"labels":["a","b"]}"""),
        new("remove labels", "DELETE", "hosts/208/labels", c => c.Hosts.RemoveLabelsAsync(208, ["a"]), """{"labels":["a"]}"""),
        new("transfer", "POST", "hosts/transfer", c => c.Hosts.TransferAsync(3, [1, 2]), """{"team_id":3,"hosts":[1,2]}"""),
        new("transfer out", "POST", "hosts/transfer", c => c.Hosts.TransferAsync(null, [1]), """{"team_id":null,"hosts":[1]}"""),
        new("transfer by filter out", "POST", "hosts/transfer/filter", c => c.Hosts.TransferAsync(null, new HostTransferFilter { TeamId = 4 }), """{"team_id":null,"filters":{"team_id":4}}"""),
        new("transfer by filter", "POST", "hosts/transfer/filter", c => c.Hosts.TransferAsync(3, new HostTransferFilter { Query = "q", Status = HostStatus.New, LabelId = 7, TeamId = 4 }), """{"team_id":3,"filters":{"query":"q","status":"new","label_id":7,"team_id":4}}"""),
        new("delete hosts", "POST", "hosts/delete", c => c.Hosts.DeleteAsync([1, 2]), """{"ids":[1,2]}""", Status: 202),
        new("delete hosts by filter", "POST", "hosts/delete", c => c.Hosts.DeleteAsync(new HostTransferFilter { LabelId = 7 }), """{"filters":{"label_id":7}}"""),
    ];

    private static IEnumerable<ContractCase> TeamsAndLabels() =>
    [
        new("teams", "GET", "teams?query=lap&page=0&per_page=100", c => c.Teams.ListAsync("lap"), Answer: """{"teams":[]}"""),
        new("team", "GET", "teams/3", c => c.Teams.GetAsync(3), Answer: TeamAnswer),
        new("team document", "GET", "teams/3", c => c.Teams.GetDocumentAsync(3), Answer: TeamAnswer),
        new("agent options", "POST", "teams/3/agent_options?force=true&dry_run=true", c => c.Teams.SetAgentOptionsAsync(3, new JsonObject { ["config"] = new JsonObject() }, force: true, dryRun: true), """{"config":{}}""", TeamAnswer),
        new("create team", "POST", "teams", c => c.Teams.CreateAsync("Laptops EU"), """{"name":"Laptops EU"}""", TeamAnswer),
        new("create team with secrets", "POST", "teams", c => c.Teams.CreateAsync("Laptops EU", [Password]), """{"name":"Laptops EU","secrets":[{"secret":"S3cret-Value"}]}""", TeamAnswer),
        new("patch team", "PATCH", "teams/3", c => c.Teams.PatchAsync(3, new JsonObject { ["description"] = "d" }), """{"description":"d"}""", TeamAnswer),
        new("delete team", "DELETE", "teams/3", c => c.Teams.DeleteAsync(3)),
        new("team secrets", "GET", "teams/3/secrets", c => c.Teams.ListSecretsAsync(3), Answer: """{"secrets":[]}"""),
        new("replace team secrets", "PATCH", "teams/3/secrets", c => c.Teams.ReplaceSecretsAsync(3, [Password]), """{"secrets":[{"secret":"S3cret-Value"}]}""", """{"secrets":[]}"""),
        new("find team", "GET", "teams?page=0&per_page=100", c => c.Teams.FindAsync("laptops eu"), Answer: """{"teams":[{"id":3,"name":"Laptops EU"}]}"""),
        new("labels", "GET", "labels?include_host_counts=false&page=0&per_page=100", c => c.Labels.ListAsync(includeHostCounts: false), Answer: """{"labels":[]}"""),
        new("labels with counts", "GET", "labels?page=0&per_page=100", c => c.Labels.ListAsync(), Answer: """{"labels":[]}"""),
        new("label summaries", "GET", "labels/summary", c => c.Labels.ListSummariesAsync(), Answer: """{"labels":[]}"""),
        new("label", "GET", "labels/55", c => c.Labels.GetAsync(55), Answer: LabelAnswer),
        new("create dynamic label", "POST", "labels", c => c.Labels.CreateAsync(new() { Name = "x", Description = "d", Query = "SELECT 1 FROM system_info WHERE cpu_type LIKE '%arm%';", Platform = "darwin", TeamId = 3 }), """{"name":"x","description":"d","query":"SELECT 1 FROM system_info WHERE cpu_type LIKE '%arm%';","platform":"darwin","team_id":3}""", LabelAnswer),
        new("create manual label", "POST", "labels", c => c.Labels.CreateAsync(new() { Name = "x", HostIds = [1, 2] }), """{"name":"x","host_ids":[1,2]}""", LabelAnswer),
        new("create vitals label", "POST", "labels", c => c.Labels.CreateAsync(new() { Name = "x", Criteria = new() { Vital = "end_user_idp_group", Value = "eng" } }), """{"name":"x","criteria":{"vital":"end_user_idp_group","value":"eng"}}""", LabelAnswer),
        new("create custom vitals label", "POST", "labels", c => c.Labels.CreateAsync(new() { Name = "x", Criteria = new() { Vital = "custom_host_vital", Value = "v", CustomHostVitalId = 2 } }), """{"name":"x","criteria":{"vital":"custom_host_vital","value":"v","custom_host_vital_id":2}}""", LabelAnswer),
        new("patch label", "PATCH", "labels/55", c => c.Labels.PatchAsync(55, new() { Description = "d", Hosts = [] }), """{"description":"d","hosts":[]}""", LabelAnswer),
        new("delete label", "DELETE", "labels/id/55", c => c.Labels.DeleteAsync(55)),
        new("delete label by name", "DELETE", "labels/a%20%2F%20b", c => c.Labels.DeleteAsync("a / b")),
    ];

    private static IEnumerable<ContractCase> Authorities() =>
    [
        new("authorities", "GET", "certificate_authorities", c => c.CertificateAuthorities.ListAsync(), Answer: """{"certificate_authorities":[]}"""),
        new("find authority", "GET", "certificate_authorities", c => c.CertificateAuthorities.FindAsync(CertificateAuthorityKind.Smallstep, "acme_agent"), Answer: """{"certificate_authorities":[{"id":12,"name":"ACME_AGENT","type":"smallstep"}]}"""),
        new("authority", "GET", "certificate_authorities/12", c => c.CertificateAuthorities.GetAsync(12), Answer: Ca),
        new("create smallstep", "POST", "certificate_authorities", c => c.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("ACME_AGENT", "https://agents.acme.ca.example.net/scep/fleet-1a2b\n", "https://hooks.example.net/scep/challenge/77", "fleet", Password)), """{"smallstep":{"name":"ACME_AGENT","url":"https://agents.acme.ca.example.net/scep/fleet-1a2b","challenge_url":"https://hooks.example.net/scep/challenge/77","username":"fleet","password":"S3cret-Value"}}""", Ca),
        new("create ndes", "POST", "certificate_authorities", c => c.CertificateAuthorities.CreateAsync(new NdesCaRequest("https://n.example/scep", "https://n.example/admin", "u", Password)), """{"ndes_scep_proxy":{"url":"https://n.example/scep","admin_url":"https://n.example/admin","username":"u","password":"S3cret-Value"}}""", Ca),
        new("create scep", "POST", "certificate_authorities", c => c.CertificateAuthorities.CreateAsync(new CustomScepCaRequest("X", "https://s.example", Password)), """{"custom_scep_proxy":{"name":"X","url":"https://s.example","challenge":"S3cret-Value"}}""", Ca),
        new("create est", "POST", "certificate_authorities", c => c.CertificateAuthorities.CreateAsync(new CustomEstCaRequest("X", "https://s.example", "u", Password)), """{"custom_est_proxy":{"name":"X","url":"https://s.example","username":"u","password":"S3cret-Value"}}""", Ca),
        new("create hydrant", "POST", "certificate_authorities", c => c.CertificateAuthorities.CreateAsync(new HydrantCaRequest("X", "https://s.example", "id", Password)), """{"hydrant":{"name":"X","url":"https://s.example","client_id":"id","client_secret":"S3cret-Value"}}""", Ca),
        new("create digicert", "POST", "certificate_authorities", c => c.CertificateAuthorities.CreateAsync(new DigiCertCaRequest("X", "https://d.example", Password, "p", "cn", "seat") { CertificateUserPrincipalNames = ["upn"] }), """{"digicert":{"name":"X","url":"https://d.example","api_token":"S3cret-Value","profile_id":"p","certificate_common_name":"cn","certificate_user_principal_names":["upn"],"certificate_seat_id":"seat"}}""", Ca),
        new("delete authority", "DELETE", "certificate_authorities/12", c => c.CertificateAuthorities.DeleteAsync(12), Answer: "", Status: 204),
        new("authorities spec", "GET", "spec/certificate_authorities?include_secrets=true", c => c.CertificateAuthorities.GetSpecAsync(includeSecrets: true)),
        new("apply authorities", "POST", "spec/certificate_authorities", c => c.CertificateAuthorities.ApplySpecAsync(new() { Authorities = [new SmallstepCaRequest("A", "https://u.example", "https://c.example", "fleet", Password), new NdesCaRequest("https://n", "https://a", "u", Password)] }, dryRun: true), """{"certificate_authorities":{"digicert":[],"ndes_scep_proxy":{"url":"https://n","admin_url":"https://a","username":"u","password":"S3cret-Value"},"custom_scep_proxy":[],"hydrant":[],"custom_est_proxy":[],"smallstep":[{"name":"A","url":"https://u.example","challenge_url":"https://c.example","username":"fleet","password":"S3cret-Value"}]},"dry_run":true}"""),
        new("request certificate", "POST", "certificate_authorities/12/request_certificate", c => c.CertificateAuthorities.RequestCertificateAsync(12, "CSR", new("https://idp.example", Password, "client")), """{"csr":"CSR","idp_oauth_url":"https://idp.example","idp_token":"S3cret-Value","idp_client_id":"client"}""", """{"certificate":"PEM"}"""),
    ];

    private static IEnumerable<ContractCase> Profiles() =>
    [
        new("profiles", "GET", "configuration_profiles?team_id=3&page=0&per_page=100", c => c.Profiles.ListAsync(3), Answer: """{"profiles":null}"""),
        new("profiles of no team", "GET", "configuration_profiles?page=0&per_page=100", c => c.Profiles.ListAsync(), Answer: """{"profiles":[]}"""),
        new("profile", "GET", "configuration_profiles/a4d2", c => c.Profiles.GetAsync("a4d2")),
        new("download profile", "GET", "configuration_profiles/a4d2?alt=media", c => c.Profiles.DownloadAsync("a4d2"), Answer: "<plist/>"),
        new("delete profile", "DELETE", "configuration_profiles/a4d2", c => c.Profiles.DeleteAsync("a4d2")),
        new("profile status", "GET", "configuration_profiles/a4d2/status", c => c.Profiles.GetStatusAsync("a4d2"), Answer: Counts),
        new("profile summary", "GET", "configuration_profiles/summary?team_id=3", c => c.Profiles.GetSummaryAsync(3), Answer: Counts),
        new("profile batch", "POST", "configuration_profiles/batch?team_id=3&dry_run=true", c => c.Profiles.ApplyBatchAsync(new() { TeamId = 3, Profiles = [new() { FileName = "a.mobileconfig", Contents = "x"u8.ToArray(), LabelsIncludeAny = ["L"] }, new() { FileName = "Corp trust.xml", Contents = "y"u8.ToArray() }] }, dryRun: true), """{"configuration_profiles":[{"profile":"eA==","labels_include_any":["L"]},{"profile":"eQ==","display_name":"Corp trust"}]}""", "", 204),
        new("profile batch by name", "POST", "configuration_profiles/batch?team_name=Laptops%20EU", c => c.Profiles.ApplyBatchAsync(new() { TeamName = "Laptops EU" }), """{"configuration_profiles":[]}""", "", 204),
        new("profile batch of fleetctl", "POST", "mdm/profiles/batch?team_name=Laptops%20EU&dry_run=true&assume_enabled=true&no_cache=true", c => c.Profiles.ApplyGitOpsBatchAsync(new() { TeamName = "Laptops EU", Profiles = [new() { FileName = "Corp trust.xml", Contents = "y"u8.ToArray(), LabelsExcludeAny = ["L"] }] }, dryRun: true, assumeEnabled: true, noCache: true), """{"profiles":[{"name":"Corp trust","contents":"eQ==","labels_exclude_any":["L"]}]}""", "", 204),
        new("resend failed", "POST", "configuration_profiles/resend/batch", c => c.Profiles.ResendFailedAsync("a4d2"), """{"profile_uuid":"a4d2","filters":{"profile_status":"failed"}}""", Status: 202),
    ];

    private static IEnumerable<ContractCase> Software() =>
    [
        new("titles", "GET", "software/titles?team_id=3&query=step&available_for_install=true&packages_only=true&self_service=true&vulnerable=true&platform=macos&hash_sha256=ab&package_name=step.pkg&page=0&per_page=100", c => c.Software.ListTitlesAsync(new SoftwareTitleQuery { TeamId = 3, Query = "step", AvailableForInstall = true, PackagesOnly = true, SelfService = true, Vulnerable = true, Platform = "macos", Sha256 = "ab", PackageName = "step.pkg" }).ToListAsync().AsTask(), Answer: """{"software_titles":[]}"""),
        new("titles by vulnerability", "GET", "software/titles?team_id=3&vulnerable=true&min_cvss_score=0.5&max_cvss_score=9.9&exploit=true&order_key=hosts_count&order_direction=desc&page=0&per_page=100", c => c.Software.ListTitlesAsync(new SoftwareTitleQuery { TeamId = 3, Vulnerable = true, MinCvssScore = 0.5, MaxCvssScore = 9.9, Exploit = true, OrderKey = "hosts_count", Descending = true }).ToListAsync().AsTask(), Answer: """{"software_titles":[]}"""),
        new("titles of a team", "GET", "software/titles?team_id=0&page=0&per_page=100", c => c.Software.ListTitlesAsync(0).ToListAsync().AsTask(), Answer: """{"software_titles":[]}"""),
        new("title", "GET", "software/titles/77?team_id=3", c => c.Software.GetTitleAsync(77, 3), Answer: """{"software_title":{"id":77}}"""),
        new("delete package", "DELETE", "software/titles/77/available_for_install?team_id=0&installer_id=19", c => c.Software.DeleteAsync(77, null, 19), Answer: "", Status: 204),
        new("package", "GET", "software/titles/77/package?team_id=0", c => c.Software.GetPackageAsync(77, null), Answer: """{"software_installer":{"name":"a.pkg"}}"""),
        new("download package", "GET", "software/titles/77/package?alt=media&team_id=3", c => c.Software.DownloadAsync(77, 3, new MemoryStream()), Answer: "bytes"),
        new("install result", "GET", "software/install/6a1b/results", c => c.Software.GetInstallResultAsync("6a1b"), Answer: """{"results":{"status":"installed"}}"""),
        new("has package", "GET", "software/package_hashes?sha256=ab", c => c.Software.HasPackageAsync("ab")),
        new("start batch", "POST", "software/batch?team_name=T&dry_run=true", c => c.Software.StartBatchAsync("T", [new() { Url = "https://dl.example/a.pkg", Sha256 = "ab", InstallScript = "i", SelfService = true, InstallDuringSetup = false, LabelsIncludeAny = ["L"] }], dryRun: true), """{"software":[{"url":"https://dl.example/a.pkg","sha256":"ab","install_script":"i","self_service":true,"install_during_setup":false,"labels_include_any":["L"]}]}""", """{"request_uuid":"r"}""", 202),
        new("start batch with the rest", "POST", "software/batch", c => c.Software.StartBatchAsync(null, [new() { Slug = "zoom/darwin", UninstallScript = "u", PreInstallQuery = "q", PostInstallScript = "p", AlwaysDownload = true, LabelsIncludeAll = ["A"], LabelsExcludeAny = ["B"], Categories = ["Security"], DisplayName = "D" }]), """{"software":[{"url":"","uninstall_script":"u","pre_install_query":"q","post_install_script":"p","self_service":false,"labels_include_all":["A"],"labels_exclude_any":["B"],"categories":["Security"],"display_name":"D","slug":"zoom/darwin","always_download":true}]}""", "", 202),
        new("batch", "GET", "software/batch/r?team_name=T", c => c.Software.GetBatchAsync("r", "T"), Answer: """{"status":"completed"}"""),
    ];

    private static IEnumerable<ContractCase> Scripts() =>
    [
        new("scripts", "GET", "scripts?team_id=3&page=0&per_page=100", c => c.Scripts.ListAsync(3), Answer: """{"scripts":null,"meta":{"has_next_results":false}}"""),
        new("script", "GET", "scripts/5", c => c.Scripts.GetAsync(5)),
        new("download script", "GET", "scripts/5?alt=media", c => c.Scripts.DownloadAsync(5), Answer: "#!/bin/sh"),
        new("delete script", "DELETE", "scripts/5", c => c.Scripts.DeleteAsync(5), Answer: "", Status: 204),
        new("run script", "POST", "scripts/run", c => c.Scripts.RunAsync(new() { HostId = 208, ScriptId = 5 }), """{"host_id":208,"script_id":5}""", """{"host_id":208,"execution_id":"b2"}""", 202),
        new("run text", "POST", "scripts/run/sync", c => c.Scripts.RunAndWaitAsync(new() { HostId = 208, Contents = "echo" }), """{"host_id":208,"script_contents":"echo"}"""),
        new("run by name", "POST", "scripts/run", c => c.Scripts.RunAsync(new() { HostId = 208, Name = "a.sh", TeamId = 3 }), """{"host_id":208,"script_name":"a.sh","team_id":3}"""),
        new("script result", "GET", "scripts/results/b2", c => c.Scripts.GetResultAsync("b2")),
        new("script batch run", "POST", "scripts/run/batch", c => c.Scripts.RunBatchAsync(5, [1, 2], new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)), """{"script_id":5,"host_ids":[1,2],"not_before":"2026-06-01T00:00:00Z"}""", """{"batch_execution_id":"x"}"""),
        new("script batch run by filter", "POST", "scripts/run/batch", c => c.Scripts.RunBatchAsync(5, new HostTransferFilter { TeamId = 3, Query = "mac" }), """{"script_id":5,"filters":{"query":"mac","team_id":3}}""", """{"batch_execution_id":"x"}"""),
        new("script batch", "POST", "scripts/batch?team_id=3&dry_run=true", c => c.Scripts.ApplyBatchAsync(3, [new("a.sh", "x")], dryRun: true), """{"scripts":[{"name":"a.sh","script_contents":"eA=="}]}"""),
        new("host scripts", "GET", "hosts/208/scripts?page=0&per_page=100", c => c.Scripts.ListForHostAsync(208), Answer: """{"scripts":[]}"""),
    ];

    private static IEnumerable<ContractCase> Policies() =>
    [
        new("policies", "GET", "global/policies?query=a%20b&page=0&per_page=100", c => c.Policies.ListAsync(query: "a b"), Answer: """{"policies":[]}"""),
        new("no policies", "GET", "teams/0/policies?page=0&per_page=100", c => c.Policies.ListAsync(0), Answer: "{}"),
        new("count policies", "GET", "policies/count?query=q", c => c.Policies.CountAsync(query: "q"), Answer: """{"count":4}"""),
        new("count policies of a fleet", "GET", "teams/3/policies/count", c => c.Policies.CountAsync(3), Answer: """{"count":4,"inherited_policy_count":1}"""),
        new("policy", "GET", "global/policies/61", c => c.Policies.GetAsync(61), Answer: PolicyAnswer),
        new("create policy", "POST", "global/policies", c => c.Policies.CreateAsync(new() { Name = "p", Sql = "SELECT 1", Description = "", Platform = "darwin" }), """{"name":"p","query":"SELECT 1","description":"","platform":"darwin"}""", PolicyAnswer),
        new("create policy with everything", "POST", "teams/3/policies", c => c.Policies.CreateAsync(new() { Name = "p", Sql = "SELECT 1", TeamId = 3, Description = "d", Resolution = "r", Platform = "darwin", Critical = true, CalendarEventsEnabled = true, ConditionalAccessEnabled = true, ConditionalAccessBypassEnabled = false, ContinuousAutomationsEnabled = true, SoftwareTitleId = 77, SoftwareInstallerId = 19, ScriptId = 5, ProfileUuid = "a4", LabelsIncludeAll = ["A"], LabelsExcludeAll = ["B"] }), """{"name":"p","query":"SELECT 1","description":"d","resolution":"r","platform":"darwin","critical":true,"calendar_events_enabled":true,"conditional_access_enabled":true,"conditional_access_bypass_enabled":false,"continuous_automations_enabled":true,"software_title_id":77,"software_installer_id":19,"script_id":5,"profile_uuid":"a4","labels_include_all":["A"],"labels_exclude_all":["B"]}""", PolicyAnswer),
        new("create patch policy", "POST", "teams/3/policies", c => c.Policies.CreateAsync(new() { Name = "p", TeamId = 3, PatchSoftwareTitleId = 77, PatchWhenClosed = true, LabelsIncludeAny = ["A"], LabelsExcludeAny = ["B"] }), """{"name":"p","type":"patch","patch_software_title_id":77,"patch_when_closed":true,"labels_include_any":["A"],"labels_exclude_any":["B"]}""", PolicyAnswer),
        new("patch policy", "PATCH", "teams/0/policies/61", c => c.Policies.UpdateAsync(61, new() { ScriptId = 0, SoftwareTitleId = 0, ProfileUuid = "", LabelsIncludeAny = [] }, 0), """{"software_title_id":0,"script_id":0,"profile_uuid":"","labels_include_any":[]}""", PolicyAnswer),
        new("patch policy with everything", "PATCH", "global/policies/61", c => c.Policies.UpdateAsync(61, new() { Name = "n", Sql = "SELECT 2", Description = "d", Resolution = "r", Platform = "", Critical = false, CalendarEventsEnabled = true, ConditionalAccessEnabled = true, ConditionalAccessBypassEnabled = true, ContinuousAutomationsEnabled = false, PatchWhenClosed = true, SoftwareInstallerId = 19, LabelsIncludeAll = ["A"], LabelsExcludeAny = ["B"], LabelsExcludeAll = [] }), """{"name":"n","query":"SELECT 2","description":"d","resolution":"r","platform":"","critical":false,"calendar_events_enabled":true,"conditional_access_enabled":true,"conditional_access_bypass_enabled":true,"continuous_automations_enabled":false,"patch_when_closed":true,"software_installer_id":19,"labels_include_all":["A"],"labels_exclude_any":["B"],"labels_exclude_all":[]}""", PolicyAnswer),
        new("delete policies", "POST", "global/policies/delete", c => c.Policies.DeleteAsync([61, 62]), """{"ids":[61,62]}""", """{"deleted":[61,62]}"""),
        new("delete policies of a fleet", "POST", "teams/3/policies/delete", c => c.Policies.DeleteAsync([61], 3), """{"ids":[61]}""", """{"deleted":[61]}"""),
        new("reset policy", "POST", "policies/61/reset", c => c.Policies.ResetAsync(61)),
    ];

    private static IEnumerable<ContractCase> Rest() =>
    [
        new("variables", "GET", "custom_variables?page=0&per_page=100", c => c.Variables.ListAsync(), Answer: """{"custom_variables":[],"count":0,"meta":{}}"""),
        new("create variable", "POST", "custom_variables", c => c.Variables.CreateAsync("FLEET_SECRET_X", Password), """{"name":"X","value":"S3cret-Value"}""", """{"id":4,"name":"X"}"""),
        new("delete variable", "DELETE", "custom_variables/4", c => c.Variables.DeleteAsync(4)),
        new("set variables", "PUT", "spec/secret_variables", c => c.Variables.SetAsync(new Dictionary<string, Secret> { ["B"] = Password, ["FLEET_SECRET_A"] = new("v") }, dryRun: true), """{"dry_run":true,"secrets":[{"name":"FLEET_SECRET_B","value":"S3cret-Value"},{"name":"FLEET_SECRET_A","value":"v"}]}"""),
        new("custom host vitals", "GET", "custom_host_vitals?page=0&per_page=100", c => c.CustomHostVitals.ListAsync(), Answer: """{"custom_host_vitals":[{"id":7,"name":"Asset tag","created_at":"2026-08-11T18:17:24Z","updated_at":"2026-08-11T18:17:24Z"}],"meta":{"has_next_results":false},"count":1}"""),
        new("create custom host vital", "POST", "custom_host_vitals", c => c.CustomHostVitals.CreateAsync("Asset tag"), """{"name":"Asset tag"}""", Vital),
        new("rename custom host vital", "PATCH", "custom_host_vitals/7", c => c.CustomHostVitals.RenameAsync(7, "Asset tag"), """{"name":"Asset tag"}""", Vital),
        new("delete custom host vital", "DELETE", "custom_host_vitals/7", c => c.CustomHostVitals.DeleteAsync(7)),
        new("set host's vital", "PUT", "hosts/208/custom_host_vitals/7", c => c.CustomHostVitals.SetValueAsync(208, 7, "LEASE-1"), """{"value":"LEASE-1"}"""),
        new("replace custom host vitals", "PUT", "spec/custom_host_vitals", c => c.CustomHostVitals.ApplySpecAsync(["B", "A"], dryRun: true), """{"custom_host_vitals":[{"name":"B"},{"name":"A"}],"dry_run":true}"""),
        new("graph credentials", "GET", "microsoft_graph_credentials", c => c.MicrosoftGraph.ListCredentialsAsync(), Answer: """{"microsoft_graph_credentials":[{"tenant_id":"t","client_id":"c","client_secret":"********","credential_invalid":true,"last_synced_at":null,"last_sync_error":"no"}]}"""),
        new("replace graph credentials", "PUT", "microsoft_graph_credentials", c => c.MicrosoftGraph.ReplaceCredentialsAsync([new("a", "b") { ClientSecret = Password }, new("c", "d")], dryRun: true), """{"microsoft_graph_credentials":[{"tenant_id":"a","client_id":"b","client_secret":"S3cret-Value"},{"tenant_id":"c","client_id":"d"}],"dry_run":true}"""),
        new("run command", "POST", "commands/run", c => c.Commands.RunAsync(["U1"], "x"u8.ToArray()), """{"command":"eA==","host_uuids":["U1"]}"""),
        new("command results", "GET", "commands/results?command_uuid=5b", c => c.Commands.GetResultsAsync("5b")),
        new("commands", "GET", "commands?host_identifier=h&request_type=InstallProfile&page=0&per_page=100", c => c.Commands.ListAsync(new() { HostIdentifier = "h", RequestType = "InstallProfile" }).ToListAsync().AsTask(), Answer: """{"results":[]}"""),
        new("commands in order", "GET", "commands?order_key=updated_at&order_direction=desc&page=0&per_page=100", c => c.Commands.ListAsync(new() { OrderKey = "updated_at", Descending = true }).ToListAsync().AsTask(), Answer: """{"results":null}"""),
        new("host commands", "GET", "hosts/208/commands?page=0&per_page=100", c => c.Commands.ListForHostAsync(208).ToListAsync().AsTask(), Answer: """{"results":[]}"""),
        new("cancel command", "DELETE", "hosts/208/commands/5b", c => c.Commands.CancelAsync(208, "5b")),
        new("reports", "GET", "queries?team_id=3&query=q&page=0&per_page=100", c => c.Reports.ListAsync(3, "q"), Answer: """{"queries":[]}"""),
        new("report", "GET", "queries/31", c => c.Reports.GetAsync(31), Answer: ReportAnswer),
        new("create report", "POST", "queries", c => c.Reports.CreateAsync(new() { Name = "r", Sql = "SELECT * FROM smallstep_enrollment;", Platform = "windows,linux", TeamId = 3, LabelsIncludeAny = ["L"] }), """{"name":"r","query":"SELECT * FROM smallstep_enrollment;","interval":3600,"platform":"windows,linux","team_id":3,"observer_can_run":false,"automations_enabled":false,"logging":"snapshot","discard_data":false,"labels_include_any":["L"]}""", ReportAnswer),
        new("create report for all labels", "POST", "queries", c => c.Reports.CreateAsync(new() { Name = "r", Sql = "SELECT 1", Description = "d", Interval = 60, ObserverCanRun = true, AutomationsEnabled = true, DiscardData = true, LabelsIncludeAll = ["A"] }), """{"name":"r","query":"SELECT 1","description":"d","interval":60,"observer_can_run":true,"automations_enabled":true,"logging":"snapshot","discard_data":true,"labels_include_all":["A"]}""", ReportAnswer),
        new("patch report with everything", "PATCH", "queries/31", c => c.Reports.UpdateAsync(31, new() { Name = "n", Sql = "SELECT 2", Description = "d", Platform = "linux", ObserverCanRun = true, AutomationsEnabled = false, Logging = "snapshot", LabelsIncludeAny = ["A"], LabelsIncludeAll = [] }), """{"name":"n","query":"SELECT 2","description":"d","platform":"linux","observer_can_run":true,"automations_enabled":false,"logging":"snapshot","labels_include_any":["A"],"labels_include_all":[]}""", ReportAnswer),
        new("patch report", "PATCH", "queries/31", c => c.Reports.UpdateAsync(31, new() { Interval = 60, DiscardData = false }), """{"interval":60,"discard_data":false}""", ReportAnswer),
        new("delete report", "DELETE", "queries/id/31", c => c.Reports.DeleteAsync(31)),
        new("delete reports", "POST", "queries/delete", c => c.Reports.DeleteAsync([31, 32]), """{"ids":[31,32]}"""),
        new("report results", "GET", "queries/31/report?team_id=3", c => c.Reports.GetResultsAsync(31, 3), Answer: """{"results":[]}"""),
        new("report rows", "GET", "queries/31/report?team_id=3&query=MIIB&order_key=host_name&order_direction=desc&page=0&per_page=100", c => c.Reports.ListRowsAsync(31, new() { TeamId = 3, Query = "MIIB", OrderKey = "host_name", Descending = true }).ToListAsync().AsTask(), Answer: """{"results":[{"host_id":208,"columns":{}}],"count":1}"""),
        new("host report", "GET", "hosts/208/queries/31", c => c.Reports.GetHostResultsAsync(208, 31)),
        new("activities", "GET", "activities?order_key=id&order_direction=desc&query=ines&activity_type=added_smallstep&start_created_at=2026-06-01T00%3A00%3A00Z&end_created_at=2026-06-02T00%3A00%3A00Z&per_page=100", c => c.Activities.ListAsync(new() { Query = "ines", Type = "added_smallstep", From = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), To = new DateTimeOffset(2026, 6, 2, 0, 0, 0, TimeSpan.Zero) }).ToListAsync().AsTask(), Answer: """{"activities":[]}"""),
        new("activities from the first", "GET", "activities?order_key=id&order_direction=asc&per_page=100", c => c.Activities.ListAsync(new() { OldestFirst = true }).ToListAsync().AsTask(), Answer: """{"activities":[]}"""),
        new("host activities", "GET", "hosts/208/activities?page=0&per_page=100", c => c.Activities.ListForHostAsync(208).ToListAsync().AsTask(), Answer: """{"activities":[]}"""),
        new("upcoming activities", "GET", "hosts/208/activities/upcoming?page=0&per_page=100", c => c.Activities.ListUpcomingAsync(208).ToListAsync().AsTask(), Answer: """{"count":0,"activities":[]}"""),
        new("cancel upcoming", "DELETE", "hosts/208/activities/upcoming/u1", c => c.Activities.CancelUpcomingAsync(208, "u1"), Answer: "", Status: 204),
        new("apply teams", "POST", "spec/teams?dry_run=true&force=true", c => c.Spec.ApplyTeamsAsync([new JsonObject { ["name"] = "T" }], dryRun: true, force: true), """{"specs":[{"name":"T"}]}"""),
        new("apply teams with assumptions", "POST", "spec/teams?dry_run=true", c => c.Spec.ApplyTeamsAsync([], dryRun: true, assumeWindowsEnabled: true), """{"specs":[],"dry_run_assumptions":{"windows_enabled_and_configured":true}}"""),
        new("apply certificate templates", "POST", "spec/certificates", c => c.Spec.ApplyCertificateTemplatesAsync([new JsonObject { ["name"] = "wifi" }]), """{"specs":[{"name":"wifi"}]}"""),
        new("apply apps", "POST", "software/app_store_apps/batch?team_name=Laptops%20EU&dry_run=true", c => c.Spec.ApplyAppStoreAppsAsync("Laptops EU", [new JsonObject { ["app_store_id"] = "1" }], dryRun: true), """{"app_store_apps":[{"app_store_id":"1"}]}"""),
        new("apply labels", "POST", "spec/labels", c => c.Spec.ApplyLabelsAsync([]), """{"specs":[]}"""),
        new("label specs", "GET", "spec/labels", c => c.Spec.GetLabelsAsync(), Answer: """{"specs":[]}"""),
        new("label spec", "GET", "spec/labels/a%20b", c => c.Spec.GetLabelAsync("a b"), Answer: """{"specs":{}}"""),
        new("apply reports", "POST", "spec/queries", c => c.Spec.ApplyReportsAsync([]), """{"specs":[]}"""),
        new("apply policies", "POST", "spec/policies", c => c.Spec.ApplyPoliciesAsync([]), """{"specs":[]}"""),
        new("enrol secrets", "GET", "spec/enroll_secret", c => c.Spec.ListEnrollSecretsAsync(), Answer: """{"spec":{"secrets":null}}"""),
        new("apply enrol secrets", "POST", "spec/enroll_secret", c => c.Spec.ApplyEnrollSecretsAsync([Password]), """{"spec":{"secrets":[{"secret":"S3cret-Value"}]}}"""),
    ];
}
