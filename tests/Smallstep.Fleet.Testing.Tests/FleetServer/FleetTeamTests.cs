namespace Smallstep.Fleet.Testing.Tests;

public sealed class FleetTeamTests
{
    [Fact]
    public async Task Delete_TakesLabelsAndRolesWithIt()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long team = fleet.AddTeam("EU");
        fleet.CreateUser("maintainer", FleetRoles.Maintainer, "EU");
        long vital = (await caller.PostAsync("/custom_host_vitals", """{"name":"Floor"}""")).Number("custom_host_vital", "id");
        await caller.PostAsync("/labels", $$"""{"name":"Third floor","team_id":{{team}},"criteria":{"vital":"custom_host_vital","custom_host_vital_id":{{vital}},"value":"3"} }""");
        FleetAnswer used = await caller.DeleteAsync($"/custom_host_vitals/{vital}");

        (await caller.DeleteAsync($"/teams/{team}")).Status.Should().Be(200);

        (used.Status, used.Reason).Should().Match<(int Status, string Reason)>(answer => answer.Status == 409 && answer.Reason.Contains("\"Third floor\" label in the \"EU\" fleet"));
        (await caller.GetAsync("/labels")).Text.Should().NotContain("Third floor");
        (await caller.DeleteAsync($"/custom_host_vitals/{vital}")).Status.Should().Be(200);
        FleetAnswer users = await caller.GetAsync("/users");
        (users.Status, users.Text.Contains("maintainer")).Should().Be((200, true), users.Text);
    }

    [Fact]
    public async Task Delete_TakesProfilesFromItsHosts()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long team = fleet.AddTeam("EU");
        await caller.UploadAsync("/configuration_profiles", "profile", "a.json", """{"Type":"com.apple.configuration.x","Identifier":"a","Payload":{}}"""u8.ToArray(), ("team_id", $"{team}"));
        FleetHost host = fleet.AddHost(VirtualDevice.MacOS("TEAM000001"), "EU");
        await fleet.RunCronAsync();
        (await caller.GetAsync($"/hosts/{host.HostId}")).At("host", "mdm", "profiles").GetArrayLength().Should().Be(1);

        await caller.DeleteAsync($"/teams/{team}");

        (await caller.GetAsync($"/hosts/{host.HostId}")).At("host", "mdm", "profiles").GetArrayLength().Should().Be(0, "the host never had it");
    }
}
