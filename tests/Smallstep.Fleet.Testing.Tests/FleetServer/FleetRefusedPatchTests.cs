using System.Text;

namespace Smallstep.Fleet.Testing.Tests;

/// <summary>What is refused leaves nothing behind.</summary>
public sealed class FleetRefusedPatchTests
{
    [Theory]
    [InlineData("/teams", """{"name":"EU"}""", "team", """{"name":"New","description":5}""")]
    [InlineData("/labels", """{"name":"L","hosts":[]}""", "label", """{"name":"New","description":"d","host_ids":[99]}""")]
    [InlineData("/queries", """{"name":"q","query":"SELECT 1;"}""", "query", """{"name":"New","query":"SELECT 2;","logging":"never"}""")]
    [InlineData("/queries", """{"name":"q","query":"SELECT 1;"}""", "query", """{"query":"SELECT 2;","labels_include_any":["none"]}""")]
    [InlineData("/global/policies", """{"name":"p","query":"SELECT 1;"}""", "policy", """{"name":"New","query":"SELECT 2;","critical":5}""")]
    [InlineData("/users", """{"name":"U","email":"u@example.org","password":"Correct-horse-9","global_role":"observer"}""", "user", """{"name":"New","email":"n@example.org","global_role":"king"}""")]
    public async Task Patch_Refused_ChangesNothing(string path, string body, string kind, string patch)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        string one = $"{path}/{(await caller.PostAsync(path == "/users" ? "/users/admin" : path, body)).Number(kind, "id")}";
        string before = (await caller.GetAsync(one)).Text;

        FleetAnswer answer = await caller.PatchAsync(one, patch);

        answer.Status.Should().BeInRange(400, 499, answer.Text);
        (await caller.GetAsync(one)).Text.Should().Be(before);
    }

    [Fact]
    public async Task PatchOfAProfile_WithANameThatIsTaken_KeepsItsLabels()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        await caller.PostAsync("/labels", """{"name":"L","hosts":[]}""");
        await caller.UploadAsync("/configuration_profiles", "profile", "a.json", Declaration("a"));
        string one = "/configuration_profiles/" + (await caller.UploadAsync("/configuration_profiles", "profile", "b.json", Declaration("b"))).String("profile_uuid");
        string before = (await caller.GetAsync(one)).Text;

        FleetAnswer answer = await caller.SendAsync("PATCH", one, FleetCaller.Form("profile", "a.json", Declaration("b"), ("labels_include_any", "L")));

        answer.Status.Should().Be(409, answer.Text);
        (await caller.GetAsync(one)).Text.Should().Be(before);
    }

    [Fact]
    public async Task PatchOfAPackage_WithASecretThatIsMissing_ChangesNothing()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long title = (await caller.UploadAsync("/software/package", "software", "a.deb", new StandInPackage("step-agent", "1.0.0", "x86_64").ToBytes())).Number("software_package", "title_id");
        string before = (await caller.GetAsync($"/software/titles/{title}?team_id=0")).Text;

        FleetAnswer answer = await caller.SendAsync(
            "PATCH", $"/software/titles/{title}/package", FleetCaller.Form("software", "b.deb", new StandInPackage("step-agent", "2.0.0", "x86_64").ToBytes(), ("team_id", "0"), ("self_service", "true"), ("install_script", "$FLEET_SECRET_NONE")));

        answer.Status.Should().Be(422, answer.Text);
        (await caller.GetAsync($"/software/titles/{title}?team_id=0")).Text.Should().Be(before);
    }

    [Fact]
    public async Task PatchOfAnApp_WithAWindowOfAnotherType_ChangesNothing()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        string id = new FleetSimulatorOptions().AppStore[0].AppStoreId;
        long title = (await caller.PostAsync("/software/app_store_apps", $$"""{"team_id":0,"app_store_id":"{{id}}"}""")).Number("software_title_id");
        string before = (await caller.GetAsync($"/software/titles/{title}?team_id=0")).Text;

        FleetAnswer answer = await caller.PatchAsync($"/software/titles/{title}/app_store_app", """{"team_id":0,"self_service":true,"auto_update_window_end":5}""");

        answer.Status.Should().Be(400, answer.Text);
        (await caller.GetAsync($"/software/titles/{title}?team_id=0")).Text.Should().Be(before);
    }

    private static byte[] Declaration(string identifier) => Encoding.UTF8.GetBytes($$"""{"Type":"com.apple.configuration.x","Identifier":"{{identifier}}","Payload":{} }""");
}
