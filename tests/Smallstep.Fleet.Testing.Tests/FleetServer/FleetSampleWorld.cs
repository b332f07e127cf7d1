using System.Text;
using System.Text.Json;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet.Testing.Tests;

/// <summary>A Fleet with one of everything, and its answer for every sample of the API's contract.</summary>
public sealed class FleetSampleWorld : IAsyncLifetime
{
    private readonly Dictionary<string, FleetAnswer> _answers = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, FleetAnswer> Answers => _answers;

    public async Task InitializeAsync()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        FleetCaller api = world.Caller;
        long team = world.Fleet.AddTeam("Laptops EU");
        world.Fleet.AddTeam("Downloads");
        using var member = new FleetCaller(world.Fleet, world.Fleet.CreateUser("member", FleetRoles.Observer, "Laptops EU"));
        _answers["POST /login"] = await api.PostAsync("/login", """{"email":"admin@example.org","password":"Correct-horse-9"}""");
        _answers["GET /me"] = await member.GetAsync("/me");
        _answers["POST /users/api_only"] = await api.PostAsync("/users/api_only", """{"name":"sync","global_role":"observer"}""");
        long user = _answers["POST /users/api_only"].Number("user", "id");
        await api.PostAsync("/spec/enroll_secret", """{"spec":{"secrets":[{"secret":"S3cret-Value"}]}}""");
        await api.PostAsync($"/teams/{team}/agent_options", """{"config":{"options":{"distributed_interval":10}},"overrides":{}}""");
        long authority = await world.AddAuthorityAsync();
        long label = (await api.PostAsync("/labels", """{"name":"Smallstep pilot","query":"SELECT 1 FROM system_info WHERE cpu_type LIKE '%arm%';","platform":"darwin"}""")).Number("label", "id");
        await api.PostAsync("/custom_variables", """{"name":"STEP_TEAM_SLUG","value":"x"}""");
        await api.PostAsync("/spec/policies", """{"specs":[{"name":"Agent","query":"SELECT 1 FROM os_version WHERE platform = 'windows';"}]}""");
        long report = (await api.PostAsync("/queries", """{"name":"Smallstep enrollment","query":"SELECT * FROM smallstep_enrollment;","interval":3600}""")).Number("query", "id");
        string profile = await world.UploadAsync(world.Artifacts().First(a => a.FileName == "smallstep-agent.mobileconfig"), ("team_id", $"{team}"), ("labels_include_any", "Smallstep pilot"));
        FleetAnswer script = await api.UploadAsync("/scripts", "script", "restart.sh", Encoding.UTF8.GetBytes("#!/bin/sh\n"), ("team_id", $"{team}"));

        VirtualDevice device = VirtualDevice.MacOS("KX9TEST0001", world.Smallstep);
        FleetHost host = world.Fleet.AddHost(device, "Laptops EU");
        host.Facts = host.Facts with { EndUser = new HostEndUser("ines@example.org") { FullName = "Ines Okafor", Email = "ines@example.org", Groups = ["eng"] } };
        long id = host.HostId;
        long vital = (await api.PostAsync("/custom_host_vitals", """{"name":"Asset tag"}""")).Number("custom_host_vital", "id");
        await api.SendAsync("PUT", $"/hosts/{id}/custom_host_vitals/{vital}", new StringContent("""{"value":"LEASE-17"}""", Encoding.UTF8, "application/json"));
        _answers["POST /software/package"] = await api.UploadAsync("/software/package", "software", "step-agent_latest.pkg", new StandInPackage("step-agent", "0.31.0", "universal").ToBytes(), ("team_id", $"{team}"));
        long title = _answers["POST /software/package"].Number("software_package", "title_id");
        await api.PostAsync($"/hosts/{id}/software/{title}/install", "");
        _answers["POST /scripts/run"] = await api.PostAsync("/scripts/run", $$"""{"host_id":{{id}},"script_id":{{script.Number("script_id")}} }""");
        _answers["POST /commands/run"] = await api.PostAsync("/commands/run", $$"""{"host_uuids":["{{host.Facts.Uuid}}"],"command":"{{Convert.ToBase64String("<plist><dict><key>RequestType</key><string>CertificateList</string></dict></plist>"u8)}}"}""");
        await world.Fleet.RunCronAsync();
        await device.CheckInAsync();
        await world.Fleet.RunCronAsync();
        await device.CheckInAsync();
        string source = (await api.GetAsync($"/software/titles/{title}?team_id={team}")).String("software_title", "source")!;
        await host.ReportAsync(new DeviceReport
        {
            Software = [new InstalledSoftware("step-agent", "0.31.0", source)],
            Reports = [new ReportRows(report, [new Dictionary<string, string> { ["ek_pub"] = "MIIB", ["serial"] = "KX9TEST0001" }])],
        });
        world.Fleet.AddVulnerability("CVE-2026-0001", "step-agent", "0.31.0", 7.5);
        await api.PostAsync("/scripts/run", $$"""{"host_id":{{id}},"script_contents":"echo"}""");
        FleetAnswer batch = await api.PostAsync("/software/batch?team_name=Downloads", $$"""{"software":[{"url":"{{new Uri(world.Smallstep.PackageBaseAddress, "darwin/step-agent_latest.pkg")}}"}]}""");
        _answers["GET /software/batch/:uuid"] = await EndOfBatchAsync(api, batch.String("request_uuid")!);

        FleetAnswer policy = await api.PostAsync($"/teams/{team}/policies", $$"""
            {"name":"Agent present","query":"SELECT 1;","platform":"darwin","critical":true,"calendar_events_enabled":true,"conditional_access_enabled":true,"continuous_automations_enabled":true,
             "software_title_id":{{title}},"script_id":{{script.Number("script_id")}},"profile_uuid":"{{profile}}","labels_include_any":["Smallstep pilot"]}
            """);
        long policyId = policy.Number("policy", "id");
        _answers["GET /teams/:id/policies/:id"] = await api.GetAsync($"/teams/{team}/policies/{policyId}");
        await api.PostAsync($"/teams/{team}/policies/delete", $$"""{"ids":[{{policyId}}]}""");
        long apps = world.Fleet.AddTeam("Apps");
        await api.PostAsync("/software/app_store_apps", $$"""{"team_id":{{apps}},"app_store_id":"497799835"}""");
        await api.PostAsync("/software/fleet_maintained_apps", $$"""{"team_id":{{apps}},"fleet_maintained_app_id":1}""");
        long app = (await api.PostAsync("/software/app_store_apps", $$"""{"team_id":{{apps}},"app_store_id":"803453959","self_service":true,"categories":["Productivity"],"configuration":"<dict/>"}""")).Number("software_title_id");
        await api.PatchAsync($"/software/titles/{app}/app_store_app", $$"""{"team_id":{{apps}},"auto_update_enabled":true,"auto_update_window_start":"22:00","auto_update_window_end":"04:00"}""");
        await api.SendAsync("PUT", "/setup_experience/software", new StringContent($$"""{"platform":"macos","team_id":{{apps}},"software_title_ids":[{{app}}]}""", Encoding.UTF8, "application/json"));
        await api.UploadAsync("/bootstrap", "package", "bootstrap.pkg", new StandInPackage("bootstrap", "1.0.0", "universal").ToBytes(), ("team_id", $"{apps}"));
        await api.PostAsync("/enrollment_profiles/automatic", $$"""{"team_id":{{apps}},"name":"dep_profile.json","enrollment_profile":{"is_mandatory":true,"skip_setup_items":["Siri"]} }""");
        await api.UploadAsync("/setup_experience/script", "script", "setup.sh", Encoding.UTF8.GetBytes("#!/bin/sh\n"), ("team_id", $"{apps}"));
        await api.UploadAsync("/setup_experience/eula", "eula", "eula.pdf", Encoding.UTF8.GetBytes("%PDF-1.7"));
        long scep = (await api.PostAsync("/certificate_authorities", $$"""{"custom_scep_proxy":{"name":"CUSTOM","url":"{{world.Connection.ScepUrl}}","challenge":"c"} }""")).Number("id");
        await api.UploadAsync("/assets", "asset", "tasks.json", Encoding.UTF8.GetBytes("""{"Type":"com.apple.asset.data","Identifier":"com.example.tasks","Payload":{"Reference":{"DataURL":"https://example.com"}}}"""), ("fleet_id", $"{apps}"));
        _answers["POST /certificates"] = await api.PostAsync("/certificates", $$"""{"team_id":{{apps}},"name":"Wi-Fi","certificate_authority_id":{{scep}},"subject_name":"CN=$FLEET_VAR_HOST_UUID","subject_alternative_name":"DNS=a.example"}""");
        var paths = new Dictionary<string, string>
        {
            ["GET /users"] = "/users",
            ["GET /users/:id"] = $"/users/{user}",
            ["GET /rest_api"] = "/rest_api",
            ["GET /version"] = "/version",
            ["GET /config"] = "/config",
            ["GET /hosts"] = "/hosts?device_mapping=true&populate_software=true&populate_policies=true&populate_users=true&populate_labels=true&populate_end_users=true&include_device_status=true&additional_info_filters=*",
            ["GET /hosts/:id"] = $"/hosts/{id}",
            ["GET /hosts/count"] = "/hosts/count",
            ["GET /host_summary"] = "/host_summary?low_disk_space=32",
            ["GET /hosts/summary/mdm"] = "/hosts/summary/mdm",
            ["GET /hosts/:id/mdm"] = $"/hosts/{id}/mdm",
            ["GET /hosts/:id/health"] = $"/hosts/{id}/health",
            ["GET /hosts/:id/device_mapping"] = $"/hosts/{id}/device_mapping",
            ["GET /hosts/:id/certificates"] = $"/hosts/{id}/certificates",
            ["GET /hosts/:id/software"] = $"/hosts/{id}/software",
            ["GET /hosts/:id/configuration_profiles"] = $"/hosts/{id}/configuration_profiles",
            ["GET /hosts/:id/scripts"] = $"/hosts/{id}/scripts",
            ["GET /hosts/:id/commands"] = $"/hosts/{id}/commands",
            ["GET /teams"] = "/teams",
            ["GET /teams/:id"] = $"/teams/{team}",
            ["GET /teams/:id/secrets"] = $"/teams/{team}/secrets",
            ["GET /spec/enroll_secret"] = "/spec/enroll_secret",
            ["GET /labels"] = "/labels",
            ["GET /labels/summary"] = "/labels/summary",
            ["GET /labels/:id"] = $"/labels/{label}",
            ["GET /certificate_authorities"] = "/certificate_authorities",
            ["GET /certificate_authorities/:id"] = $"/certificate_authorities/{authority}",
            ["GET /configuration_profiles"] = $"/configuration_profiles?team_id={team}",
            ["GET /configuration_profiles/:uuid"] = $"/configuration_profiles/{profile}",
            ["GET /configuration_profiles/:uuid/status"] = $"/configuration_profiles/{profile}/status",
            ["GET /configuration_profiles/summary"] = $"/configuration_profiles/summary?team_id={team}",
            ["GET /software/titles"] = $"/software/titles?team_id={team}",
            ["GET /software/titles/:id"] = $"/software/titles/{title}?team_id={team}",
            ["GET /software/install/:uuid/results"] = $"/software/install/{(await api.GetAsync($"/hosts/{id}/software")).String("software", "0", "software_package", "last_install", "install_uuid")}/results",
            ["GET /software/app_store_apps"] = $"/software/app_store_apps?team_id={apps}",
            ["GET /software/titles/:id (App Store app)"] = $"/software/titles/{app}?team_id={apps}",
            ["GET /software/fleet_maintained_apps"] = $"/software/fleet_maintained_apps?team_id={apps}",
            ["GET /software/fleet_maintained_apps/:id"] = $"/software/fleet_maintained_apps/1?team_id={apps}",
            ["GET /bootstrap/:team_id/metadata"] = $"/bootstrap/{apps}/metadata",
            ["GET /enrollment_profiles/automatic"] = $"/enrollment_profiles/automatic?team_id={apps}",
            ["GET /setup_experience/script"] = $"/setup_experience/script?team_id={apps}",
            ["GET /setup_experience/eula/metadata"] = "/setup_experience/eula/metadata",
            ["GET /setup_experience/software"] = $"/setup_experience/software?team_id={apps}&platform=macos",
            ["GET /assets"] = $"/assets?fleet_id={apps}",
            ["GET /certificates"] = $"/certificates?team_id={apps}",
            ["GET /certificates/:id"] = $"/certificates/{_answers["POST /certificates"].Number("id")}",
            ["GET /scripts"] = $"/scripts?team_id={team}",
            ["GET /scripts/results/:id"] = $"/scripts/results/{_answers["POST /scripts/run"].String("execution_id")}",
            ["GET /custom_variables"] = "/custom_variables",
            ["GET /commands/results"] = $"/commands/results?command_uuid={_answers["POST /commands/run"].String("command_uuid")}",
            ["GET /commands"] = "/commands",
            ["GET /queries/:id"] = $"/queries/{report}",
            ["GET /queries/:id/report"] = $"/queries/{report}/report",
            ["GET /global/policies"] = "/global/policies",
            ["GET /activities"] = "/activities?activity_type=added_smallstep",
            ["GET /hosts/:id/activities/upcoming"] = $"/hosts/{id}/activities/upcoming",
        };
        foreach ((string endpoint, string path) in paths)
        {
            _answers[endpoint] = await api.GetAsync(path);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<FleetAnswer> EndOfBatchAsync(FleetCaller api, string uuid)
    {
        while (true)
        {
            FleetAnswer answer = await api.GetAsync($"/software/batch/{uuid}?team_name=Downloads");
            if (answer.Status != 200 || answer.String("status") != "processing")
            {
                return answer;
            }

            await Task.Delay(20);
        }
    }
}
