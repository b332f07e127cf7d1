using System.Text;

namespace Smallstep.Fleet.Testing.Tests;

public sealed class FleetCustomHostVitalTests
{
    [Theory]
    [InlineData("", "custom host vital name cannot be empty")]
    [InlineData(" Asset tag", "custom host vital name cannot have leading or trailing whitespace")]
    public async Task Create_NameAgainstTheRules_Is422(string name, string reason)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        FleetAnswer answer = await caller.PostAsync("/custom_host_vitals", $$"""{"name":"{{name}}"}""");
        (answer.Status, answer.ReasonName, answer.Reason).Should().Be((422, "name", reason));
    }

    [Fact]
    public async Task Create_NameOfMoreThan255Runes_Is422_AndATakenOne409()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        (await CreateAsync(caller, string.Concat(Enumerable.Repeat("🖥", 255)))).Status.Should().Be(200);
        (await CreateAsync(caller, new string('x', 256))).Reason.Should().StartWith("custom host vital name is too long: xxx");
        (await CreateAsync(caller, "Floor")).String("custom_host_vital", "created_at").Should().BeEmpty();
        (await CreateAsync(caller, "Floor")).Status.Should().Be(409);
        (await CreateAsync(caller, "floor")).Status.Should().Be(409, "the database compares names without regard to case");
    }

    [Fact]
    public async Task List_IsPagedByName_AndSearchedByVariable()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long id = (await CreateAsync(caller, "Floor")).Number("custom_host_vital", "id");
        await CreateAsync(caller, "Asset tag");

        FleetAnswer first = await caller.GetAsync("/custom_host_vitals?per_page=1&page=0");
        FleetAnswer found = await caller.GetAsync($"/custom_host_vitals?query=HOST_VITAL_{id}");

        (first.String("custom_host_vitals", "0", "name"), first.Number("count"), first.At("meta", "has_next_results").GetBoolean()).Should().Be(("Asset tag", 2, true));
        (found.String("custom_host_vitals", "0", "name"), found.Number("count")).Should().Be(("Floor", 1));
    }

    [Fact]
    public async Task Changes_AreActivities()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        FleetHost host = fleet.AddHost(VirtualDevice.Linux("VITAL0001"));
        long id = (await CreateAsync(caller, "Floor")).Number("custom_host_vital", "id");
        await caller.PatchAsync($"/custom_host_vitals/{id}", """{"name":"Storey"}""");
        await PutAsync(caller, $"/hosts/{host.HostId}/custom_host_vitals/{id}", """{"value":"3"}""");
        await caller.DeleteAsync($"/custom_host_vitals/{id}");

        FleetAnswer feed = await caller.GetAsync("/activities?order_key=id&order_direction=asc");

        feed.At("activities").EnumerateArray().Where(one => one.GetProperty("type").GetString()!.Contains("custom_host_vital"))
            .Select(one => (one.GetProperty("type").GetString(), one.GetProperty("details").GetProperty("custom_host_vital_name").GetString(), one.GetProperty("details").GetProperty("custom_host_vital_id").GetInt64())).Should().Equal(
                ("created_custom_host_vital", "Floor", id), ("edited_custom_host_vital", "Storey", id), ("edited_custom_host_vital_value", "Storey", id), ("deleted_custom_host_vital", "Storey", id));
        (await caller.GetAsync($"/hosts/{host.HostId}")).At("host", "custom_host_vitals").GetArrayLength().Should().Be(0, "the values go with the vital");
    }

    [Fact]
    public async Task Spec_ReplacesTheListByName_AndKeepsIds()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long floor = (await CreateAsync(caller, "Floor")).Number("custom_host_vital", "id");
        await CreateAsync(caller, "Gone");

        FleetAnswer twice = await PutAsync(caller, "/spec/custom_host_vitals", """{"custom_host_vitals":[{"name":"A"},{"name":"A"}],"dry_run":true}""");
        await PutAsync(caller, "/spec/custom_host_vitals", """{"custom_host_vitals":[{"name":"Floor"},{"name":"New"}]}""");
        FleetAnswer after = await caller.GetAsync("/custom_host_vitals");
        await PutAsync(caller, "/spec/custom_host_vitals", "{}");

        (twice.Status, twice.ReasonName, twice.Reason).Should().Be((422, "custom_host_vitals", "duplicate custom host vital name: \"A\""));
        after.At("custom_host_vitals").EnumerateArray().Select(vital => vital.GetProperty("name").GetString()).Should().Equal("Floor", "New");
        after.Number("custom_host_vitals", "0", "id").Should().Be(floor);
        (await caller.GetAsync("/custom_host_vitals")).Number("count").Should().Be(0, "an absent list deletes all");
    }

    [Fact]
    public async Task Delete_VitalInUse_Is409_AndSaysByWhat()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long id = (await CreateAsync(caller, "Tag")).Number("custom_host_vital", "id");
        long script = (await caller.UploadAsync("/scripts", "script", "tag.sh", Encoding.UTF8.GetBytes($"#!/bin/sh\necho ${{FLEET_HOST_VITAL_{id}}}\n"))).Number("script_id");

        FleetAnswer byScript = await caller.DeleteAsync($"/custom_host_vitals/{id}");
        FleetAnswer bySpec = await PutAsync(caller, "/spec/custom_host_vitals", "{}");
        await caller.DeleteAsync($"/scripts/{script}");
        await caller.UploadAsync("/configuration_profiles", "profile", "tag.xml", Encoding.UTF8.GetBytes(Xml(id)));
        FleetAnswer byProfile = await caller.DeleteAsync($"/custom_host_vitals/{id}");

        (byScript.Status, byScript.Reason).Should().Be((409, $"Couldn't delete. Custom host vital \"Tag\" (used as $FLEET_HOST_VITAL_{id}) is used by the \"tag.sh\" script in the \"Unassigned\" fleet. Please edit or delete the script and try again."));
        bySpec.Reason.Should().Be(byScript.Reason);
        byProfile.Reason.Should().Be($"Couldn't delete. Custom host vital \"Tag\" (used as $FLEET_HOST_VITAL_{id}) is used by the \"tag\" configuration profile in the \"Unassigned\" fleet. Please delete the configuration profile and try again.");
    }

    [Fact]
    public async Task Delete_VitalOfANameTemplate_Is409()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long id = (await CreateAsync(caller, "Tag")).Number("custom_host_vital", "id");
        (await caller.PatchAsync("/config", $$$"""{"mdm":{"name_template":"$FLEET_HOST_VITAL_{{{id}}}"}}""")).Status.Should().Be(200);
        (await caller.DeleteAsync($"/custom_host_vitals/{id}")).Reason.Should().EndWith("is used by the host name template in the \"Unassigned\" fleet. Please edit or clear the host name template and try again.");
    }

    [Fact]
    public async Task Upload_VitalThatIsNotDefined_IsRefused()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        FleetAnswer script = await caller.UploadAsync("/scripts", "script", "tag.sh", "#!/bin/sh\necho $FLEET_HOST_VITAL_999\n"u8.ToArray());
        FleetAnswer profile = await caller.UploadAsync("/configuration_profiles", "profile", "tag.xml", Encoding.UTF8.GetBytes(Xml(999)));
        (script.Status, script.Reason).Should().Be((422, "Custom host vital \"$FLEET_HOST_VITAL_999\" is not defined"));
        (profile.Status, profile.Reason).Should().Be((422, "Custom host vital \"$FLEET_HOST_VITAL_999\" is not defined"));
    }

    [Fact]
    public async Task Delivery_FillsInTheHostsValue_AndFailsWithoutOne()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long id = (await CreateAsync(caller, "Asset tag")).Number("custom_host_vital", "id");
        await caller.UploadAsync("/configuration_profiles", "profile", "tag.xml", Encoding.UTF8.GetBytes(Xml(id)));
        FleetHost host = fleet.AddHost(VirtualDevice.Windows("VITAL0002"));

        await fleet.RunCronAsync();
        FleetAnswer failed = await caller.GetAsync($"/hosts/{host.HostId}");
        await PutAsync(caller, $"/hosts/{host.HostId}/custom_host_vitals/{id}", """{"value":"R&D"}""");
        await fleet.RunCronAsync();
        DeliveredProfile delivered = (await host.CheckInAsync()).Profiles.Single(profile => profile.Name == "tag");

        failed.At("host", "mdm", "profiles").EnumerateArray().Single(profile => profile.GetProperty("name").GetString() == "tag").GetProperty("detail").GetString()
            .Should().Be($"Couldn't populate the custom host vital Asset tag ($FLEET_HOST_VITAL_{id}) because there's no value set for this host.");
        Encoding.UTF8.GetString(delivered.Contents.Span).Should().Contain("<Data>R&amp;D</Data>");
    }

    [Fact]
    public async Task Label_ByVital_HoldsTheHostsOfThatValue()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long id = (await CreateAsync(caller, "Tag")).Number("custom_host_vital", "id");
        FleetHost host = fleet.AddHost(VirtualDevice.Linux("VITAL0003"));
        await PutAsync(caller, $"/hosts/{host.HostId}/custom_host_vitals/{id}", """{"value":"LEASE-1"}""");
        FleetAnswer label = await caller.PostAsync("/labels", $$$"""{"name":"Leased","criteria":{"vital":"custom_host_vital","custom_host_vital_id":{{{id}}},"value":"LEASE-1"}}""");

        (await host.CheckInAsync()).Labels.Should().Contain("Leased");
        label.Number("label", "criteria", "custom_host_vital_id").Should().Be(id);
        (await caller.PostAsync("/labels", """{"name":"X","criteria":{"vital":"custom_host_vital","custom_host_vital_id":999,"value":"1"}}""")).Status.Should().Be(422);
        (await caller.PostAsync("/labels", """{"name":"X","criteria":{"vital":"custom_host_vital","value":"1"}}""")).Status.Should().Be(422);
    }

    [Theory]
    [InlineData("observer", 403, 403)]
    [InlineData("gitops", 200, 403)]
    [InlineData("maintainer", 200, 200)]
    public async Task Roles_WriteVitals_AndValues(string role, int vital, int value)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var admin = new FleetCaller(fleet);
        using var caller = new FleetCaller(fleet, fleet.CreateUser(role, role));
        FleetHost host = fleet.AddHost(VirtualDevice.Linux("VITAL0004"));
        long id = (await CreateAsync(admin, "Tag")).Number("custom_host_vital", "id");
        (await caller.GetAsync("/custom_host_vitals")).Status.Should().Be(200);
        (await CreateAsync(caller, "Other")).Status.Should().Be(vital);
        (await PutAsync(caller, $"/hosts/{host.HostId}/custom_host_vitals/{id}", """{"value":"3"}""")).Status.Should().Be(value);
    }

    [Fact]
    public async Task Vitals_BeforeTheirRelease_AreNotThere()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = "4.89.0" });
        using var caller = new FleetCaller(fleet);
        FleetHost host = fleet.AddHost(VirtualDevice.Linux("VITAL0005"));
        (await caller.GetAsync("/custom_host_vitals")).Status.Should().Be(404);
        (await caller.GetAsync($"/hosts/{host.HostId}")).Has("host", "custom_host_vitals").Should().BeFalse();
        (await caller.UploadAsync("/scripts", "script", "tag.sh", "#!/bin/sh\necho $FLEET_HOST_VITAL_999\n"u8.ToArray())).Status.Should().Be(200, "it is text like any other");
    }

    private static Task<FleetAnswer> CreateAsync(FleetCaller caller, string name) => caller.PostAsync("/custom_host_vitals", $$"""{"name":"{{name}}"}""");

    private static Task<FleetAnswer> PutAsync(FleetCaller caller, string path, string json) => caller.SendAsync("PUT", path, new StringContent(json, Encoding.UTF8, "application/json"));

    private static string Xml(long id) => $"<Replace><Item><Target><LocURI>./Device/Vendor/MSFT/X</LocURI></Target><Data>$FLEET_HOST_VITAL_{id}</Data></Item></Replace>";
}
