using System.Text.Json;

namespace Smallstep.Fleet.Testing.Tests;

/// <summary>Settings are held, merged, renamed, masked and refused as Fleet does.</summary>
public sealed class FleetSettingsTests
{
    private const string Jira = """{"integrations":{"jira":[{"url":"https://j.example.org","username":"u","api_token":"T0ken","project_key":"IT"}],"zendesk":[{"url":"https://z.example.org","email":"e@z.example.org","api_token":"Z0ken","group_id":7}]}}""";

    [Fact]
    public async Task Patch_ObjectsMerge_ListsAreReplaced_NullIsNothing()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await Ok(world.Caller.PatchAsync("/config", """{"org_info":{"contact_url":"https://help.example.org"},"features":{"enable_host_users":false,"additional_queries":{"a":"SELECT 1;"}},"mdm":{"windows_entra_tenant_ids":["a","b"]}}"""));
        await Ok(world.Caller.PatchAsync("/config", """{"features":{"enable_software_inventory":null,"additional_queries":{"b":"SELECT 2;"}},"mdm":{"windows_entra_tenant_ids":["c"]},"org_info":null}"""));

        JsonElement config = (await world.Caller.GetAsync("/config")).Json;
        config.GetProperty("org_info").GetProperty("contact_url").GetString().Should().Be("https://help.example.org");
        config.GetProperty("features").GetRawText().Should().Contain("\"enable_host_users\":false").And.Contain("\"enable_software_inventory\":true").And.Contain("\"b\":").And.NotContain("\"a\":");
        config.GetProperty("mdm").GetProperty("windows_entra_tenant_ids").GetRawText().Should().Be("[\"c\"]");
    }

    [Fact]
    public async Task Patch_NewNames_AreShownUnderBoth()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await Ok(world.Caller.PatchAsync("/config", """{"server_settings":{"report_cap":500},"mdm":{"setup_experience":{"apple_enable_release_device_manually":true}}}"""));

        JsonElement config = (await world.Caller.GetAsync("/config")).Json;
        config.GetProperty("server_settings").GetProperty("query_report_cap").GetInt32().Should().Be(500);
        config.GetProperty("mdm").GetProperty("macos_setup").GetProperty("enable_release_device_manually").GetBoolean().Should().BeTrue();
        config.GetProperty("mdm").GetProperty("setup_experience").GetProperty("apple_enable_release_device_manually").GetBoolean().Should().BeTrue();
        (await world.Caller.PatchAsync("/config", """{"mdm":{"macos_setup":{"manual_agent_install":true,"macos_manual_agent_install":true}}}""")).Status.Should().Be(400);
    }

    [Fact]
    public async Task Secrets_AreMasked_AndStayWhereTheMaskComesBack()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await Ok(world.Caller.PatchAsync("/config", Jira));
        await Ok(world.Caller.PatchAsync("/config", """{"smtp_settings":{"password":"p","server":"mail.example.org"}}"""));
        FleetAnswer shown = await world.Caller.GetAsync("/config");
        shown.Text.Should().NotContain("T0ken").And.NotContain("Z0ken");
        shown.String("smtp_settings", "password").Should().Be("********");

        await Ok(world.Caller.PatchAsync("/config", Jira.Replace("T0ken", "********").Replace("https://j.", "https://jira.")));
        (await world.Caller.PatchAsync("/config", Jira.Replace("T0ken", "********").Replace("\"IT\"", "\"NEW\""))).Status.Should().Be(422, "the mask is no token for another project");
        await Ok(world.Caller.PatchAsync("/config", """{"integrations":{"jira":[]}}"""));
        (await world.Caller.GetAsync("/config")).Json.GetProperty("integrations").GetProperty("zendesk").GetArrayLength().Should().Be(0, "what is not sent beside the other is gone");
    }

    [Theory]
    [InlineData("""{"orgg_info":{}}""", 400, "orgg_info")]
    [InlineData("""{"features":{"enable_host_user":true}}""", 400, "enable_host_user")]
    [InlineData("""{"org_info":{"org_name":""}}""", 422, "organization name must be present")]
    [InlineData("""{"host_expiry_settings":{"host_expiry_enabled":true}}""", 422, "must be greater than 0")]
    [InlineData("""{"activity_expiry_settings":{"activity_expiry_enabled":true}}""", 422, "must be greater than 0")]
    [InlineData("""{"mdm":{"macos_updates":{"minimum_version":"15.1"}}}""", 422, "deadline is required")]
    [InlineData("""{"mdm":{"macos_updates":{"minimum_version":"Sequoia","deadline":"2026-01-01"}}}""", 422, "minimum_version accepts version numbers only")]
    [InlineData("""{"mdm":{"ios_updates":{"minimum_version":"18.1","deadline":"tomorrow"}}}""", 422, "deadline accepts YYYY-MM-DD")]
    [InlineData("""{"mdm":{"windows_updates":{"deadline_days":31,"grace_period_days":1}}}""", 422, "between 0 and 30")]
    [InlineData("""{"mdm":{"windows_updates":{"deadline_days":3}}}""", 422, "grace_period_days is required")]
    [InlineData("""{"mdm":{"macos_setup":{"enable_end_user_authentication":true}}}""", 422, "no IdP is configured")]
    [InlineData("""{"mdm":{"macos_migration":{"enable":true,"mode":"maybe"}}}""", 422, "mode must be one of")]
    [InlineData("""{"webhook_settings":{"activities_webhook":{"enable_activities_webhook":true}}}""", 422, "destination_url is required")]
    [InlineData("""{"gitops":{"gitops_mode_enabled":true}}""", 422, "Repository URL is required")]
    [InlineData("""{"agent_options":{"configg":{}}}""", 400, "configg")]
    [InlineData("""{"yara_rules":[{"name":"a.yar","path":"a.yar"}]}""", 400, "json: unknown field \\\"path\\\"")]
    [InlineData("""{"yara_rules":[{"name":1}]}""", 400, "invalid value type at 'yara_rules.name': expected string but got number")]
    [InlineData("""{"yara_rules":["x"]}""", 400, "invalid value type at 'yara_rules': expected object but got string")]
    [InlineData("""{"yara_rules":"x"}""", 400, "invalid value type at 'yara_rules': expected array but got string")]
    [InlineData("""{"org_info":"x"}""", 400, "invalid value type at 'org_info': expected object but got string")]
    [InlineData("""{"org_info":{"org_name":"New"},"mdm":{"windows_enabled_and_configured":"no"}}""", 400, "expected bool but got string")]
    public async Task Patch_WhatFleetRefuses_IsRefused(string body, int status, string words)
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        string before = (await world.Caller.GetAsync("/config")).Text;

        FleetAnswer answer = await world.Caller.PatchAsync("/config", body);

        answer.Status.Should().Be(status, answer.Text);
        answer.Text.Should().Contain(words);
        Stable((await world.Caller.GetAsync("/config")).Text).Should().Be(Stable(before));
    }

    [Fact]
    public async Task Config_EachRole_SeesItsPart()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await Ok(world.Caller.PatchAsync("/config", """{"agent_options":{"config":{}}}"""));
        world.Fleet.AddTeam("EU");
        (string Role, string? Team, bool Mail, bool Options)[] expected =
            [(FleetRoles.Admin, null, true, true), (FleetRoles.Admin, "EU", true, false), (FleetRoles.GitOps, null, false, false), (FleetRoles.Observer, null, false, false)];
        foreach ((string role, string? team, bool mail, bool options) in expected)
        {
            using var caller = new FleetCaller(world.Fleet, world.Fleet.CreateUser(role + team, role, team));
            JsonElement config = (await caller.GetAsync("/config")).Json;
            (config.TryGetProperty("smtp_settings", out _), config.TryGetProperty("sso_settings", out _), config.TryGetProperty("agent_options", out _)).Should().Be((mail, mail, options), role + team);
        }
    }

    [Fact]
    public async Task Fleet_TakesTheServersOptions_AndPatchReplacesWebhooksAndUpdatesWhole()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await Ok(world.Caller.PatchAsync("/config", """{"agent_options":{"config":{}},"features":{"enable_host_users":false}}"""));
        long id = world.Fleet.AddTeam("EU");
        await Ok(world.Caller.PatchAsync($"/teams/{id}", """{"webhook_settings":{"failing_policies_webhook":{"enable_failing_policies_webhook":true,"destination_url":"https://a.example.org","policy_ids":[1]},"host_activities_webhook":{"enable_host_activities_webhook":true,"destination_url":"https://b.example.org"}},"mdm":{"macos_updates":{"minimum_version":"15.1","deadline":"2026-01-01","update_new_hosts":true}}}"""));
        await Ok(world.Caller.PatchAsync($"/teams/{id}", """{"webhook_settings":{"host_status_webhook":{"enable_host_status_webhook":false}},"mdm":{"macos_updates":{"minimum_version":"15.2","deadline":"2026-02-01"}}}"""));

        JsonElement team = (await world.Caller.GetAsync($"/teams/{id}")).Json.GetProperty("team");
        team.GetProperty("agent_options").GetRawText().Should().Contain("config");
        team.GetProperty("features").GetProperty("enable_host_users").GetBoolean().Should().BeFalse();
        team.GetProperty("webhook_settings").GetProperty("failing_policies_webhook").GetProperty("enable_failing_policies_webhook").GetBoolean().Should().BeFalse("it was not sent again");
        team.GetProperty("webhook_settings").GetProperty("host_activities_webhook").GetProperty("enable_host_activities_webhook").GetBoolean().Should().BeTrue("this one is kept");
        team.GetProperty("mdm").GetProperty("macos_updates").GetRawText().Should().Contain("15.2").And.Contain("\"update_new_hosts\":false");
        (await world.Caller.PatchAsync($"/teams/{id}", """{"host_expiry_settings":{"host_expiry_enabled":true}}""")).Status.Should().Be(422);
    }

    [Fact]
    public async Task FleetDeclared_LeavesOpenOnlyWhatItCan()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        long id = world.Fleet.AddTeam("EU");
        await Ok(world.Caller.PostAsync("/spec/teams", """{"specs":[{"name":"EU","gitops_filename":"eu.yml","agent_options":{"config":{}},"features":{"enable_host_users":false},"mdm":{"enable_disk_encryption":true,"name_template":"EU-1"}}]}"""));
        await Ok(world.Caller.PostAsync("/spec/teams", """{"specs":[{"name":"EU"}]}"""));

        JsonElement team = (await world.Caller.GetAsync($"/teams/{id}")).Json.GetProperty("team");
        team.GetProperty("agent_options").ValueKind.Should().Be(JsonValueKind.Object);
        team.GetProperty("features").GetProperty("enable_host_users").GetBoolean().Should().BeTrue("features go back to their defaults");
        team.GetProperty("mdm").GetProperty("enable_disk_encryption").GetBoolean().Should().BeTrue();
        team.TryGetProperty("gitops_filename", out _).Should().BeFalse();
        await Ok(world.Caller.PostAsync("/spec/teams", """{"specs":[{"name":"EU","agent_options":null}]}"""));
        (await world.Caller.GetAsync($"/teams/{id}")).Json.GetProperty("team").GetProperty("agent_options").ValueKind.Should().Be(JsonValueKind.Null);
        (await world.Caller.PostAsync("/spec/teams", """{"specs":[{"name":"EU","mdm":{"macos_update":{}}}]}""")).Status.Should().Be(400);
    }

    [Fact]
    public async Task FleetSetUp_PatchTakesPartOfIt_DeclarationTakesAllAndAbsentSwitchesForOff()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        long id = world.Fleet.AddTeam("EU");
        await Ok(world.Caller.PatchAsync("/config", """{"mdm":{"end_user_authentication":{"entity_id":"fleet","idp_name":"Okta","metadata_url":"https://okta.example.org"}}}"""));
        await Ok(world.Caller.PatchAsync($"/teams/{id}", """{"mdm":{"macos_setup":{"enable_end_user_authentication":true,"require_all_software_windows":true,"enable_release_device_manually":true,"bootstrap_package":"https://a.example.org/a.pkg"}}}"""));
        (await SetUp(world, id)).Should().Be((true, true, false, false, ""));

        await Ok(world.Caller.PostAsync("/spec/teams", """{"specs":[{"name":"EU","mdm":{"macos_setup":{"enable_end_user_authentication":true,"lock_end_user_info":false,"require_all_software_windows":true,"enable_release_device_manually":true,"bootstrap_package":"https://a.example.org/a.pkg"}}}]}"""));
        (await SetUp(world, id)).Should().Be((true, false, true, true, "https://a.example.org/a.pkg"));

        await Ok(world.Caller.PostAsync("/spec/teams", """{"specs":[{"name":"EU","mdm":{"macos_setup":{"enable_end_user_authentication":true}}}]}"""));
        (await SetUp(world, id)).Should().Be((true, true, false, true, "https://a.example.org/a.pkg"));

        await Ok(world.Caller.PatchAsync($"/teams/{id}", """{"mdm":{"macos_setup":{}}}"""));
        (await SetUp(world, id)).Should().Be((false, false, false, true, "https://a.example.org/a.pkg"));
    }

    [Fact]
    public async Task Fleet_MadeWithSecrets_GetsNoneOfFleets()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        FleetAnswer made = await world.Caller.PostAsync("/teams", """{"name":"EU","secrets":[{"secret":"S1"},{"secret":"S2"}]}""");
        long id = made.Json.GetProperty("team").GetProperty("id").GetInt64();

        JsonElement secrets = (await world.Caller.GetAsync($"/teams/{id}/secrets")).Json.GetProperty("secrets");

        secrets.EnumerateArray().Select(secret => secret.GetProperty("secret").GetString()).Should().Equal("S1", "S2");
        (await world.Caller.PostAsync("/teams", """{"name":"US","secrets":[{"secret":""}]}""")).Status.Should().Be(422);
    }

    [Fact]
    public async Task EnrollSecrets_PipelineWritesAndDoesNotRead()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        long id = world.Fleet.AddTeam("EU");
        using var pipeline = new FleetCaller(world.Fleet, world.Fleet.CreateUser("pipeline", FleetRoles.GitOps));

        (await pipeline.GetAsync($"/teams/{id}/secrets")).Status.Should().Be(403);
        (await pipeline.GetAsync("/spec/enroll_secret")).Status.Should().Be(403);
        (await pipeline.PatchAsync($"/teams/{id}/secrets", """{"secrets":[{"secret":"S3cret"}]}""")).Text.Should().Contain("********").And.NotContain("S3cret");
        (await world.Caller.GetAsync($"/teams/{id}/secrets")).Text.Should().Contain("S3cret");
        (await pipeline.PatchAsync($"/teams/{id}/secrets", """{"secrets":[{"secret":""}]}""")).Status.Should().Be(422);
    }

    private static async Task<(bool Authentication, bool Lock, bool AllWindows, bool ManualRelease, string? Package)> SetUp(FleetWorld world, long id)
    {
        JsonElement setup = (await world.Caller.GetAsync($"/teams/{id}")).Json.GetProperty("team").GetProperty("mdm").GetProperty("macos_setup");
        bool Is(string name) => setup.GetProperty(name).GetBoolean();
        return (Is("enable_end_user_authentication"), Is("lock_end_user_info"), Is("require_all_software_windows"), Is("enable_release_device_manually"), setup.GetProperty("bootstrap_package").GetString());
    }

    private static string Stable(string config) => System.Text.RegularExpressions.Regex.Replace(config, "\"expiration\": ?\"[^\"]*\"", "");

    private static async Task Ok(Task<FleetAnswer> call)
    {
        FleetAnswer answer = await call;
        answer.Status.Should().Be(200, answer.Text);
    }
}
