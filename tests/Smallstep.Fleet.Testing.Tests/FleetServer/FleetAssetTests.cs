using System.Text;

namespace Smallstep.Fleet.Testing.Tests;

public sealed class FleetAssetTests
{
    private const string Data = """{"Reference":{"DataURL":"https://example.com/a"}}""";
    private const string Linked = "Couldn't delete. A configuration profile is linked to this asset. Please delete the profile and try again.";
    private static readonly byte[] Tasks = Json("com.apple.configuration.services.background-tasks", "com.example.tasks", """{"Tasks":[{"DataAssetReference":"com.example.a"}]}""");

    [Theory]
    [InlineData("com.apple.asset.data", "", Data, "Asset must contain a non-empty identifier")]
    [InlineData("com.apple.configuration.x", "a", Data, "Asset type must be a valid Apple asset type beginning with 'com.apple.asset.'")]
    [InlineData("com.apple.asset.data", "$FLEET_SECRET_A", Data, "Asset identifier must not contain a $FLEET_SECRET")]
    [InlineData("com.apple.asset.data", "a", """{"Reference":{"DataURL":"https://example.com"},"Authentication":{}}""", "Asset payload must not contain an authentication key")]
    [InlineData("com.apple.asset.data", "a", "{}", "Asset payload must contain a non-empty reference data URL")]
    [InlineData("com.apple.asset.data", "a", """{"Reference":{"DataURL":"nowhere"}}""", "Invalid payload data URL: parse \"nowhere\": invalid URI for request")]
    public async Task Upload_OfWrongContents_IsRefusedInFleetsWords(string type, string identifier, string payload, string reason)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);

        FleetAnswer upload = await caller.UploadAsync("/assets", "asset", "a.json", Json(type, identifier, payload));
        FleetAnswer batch = await caller.PostAsync("/assets/batch", Batch(("a", Json(type, identifier, payload))));

        (upload.Status, upload.Reason).Should().Be((400, reason));
        (batch.Status, batch.Reason).Should().Be((400, reason));
        (await caller.GetAsync("/assets")).Text.Should().Contain("\"assets\":null");
    }

    [Fact]
    public async Task Upload_OfADuplicate_Is409WithinAFleet()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long team = fleet.AddTeam("Laptops");
        await caller.UploadAsync("/assets", "asset", "a.json", Asset("com.example.a"));

        FleetAnswer name = await caller.UploadAsync("/assets", "asset", "a.json", Asset("com.example.b"));
        FleetAnswer identifier = await caller.UploadAsync("/assets", "asset", "b.json", Asset("com.example.a"));
        FleetAnswer elsewhere = await caller.UploadAsync("/assets", "asset", "a.json", Asset("com.example.a"), ("fleet_id", $"{team}"));

        (name.Status, name.Reason).Should().Be((409, "An asset with the name \"a\" already exists for this team"));
        (identifier.Status, identifier.Reason).Should().Be((409, "An asset with the identifier \"com.example.a\" already exists for this team"));
        elsewhere.Status.Should().Be(200);
        (await caller.UploadAsync("/assets", "asset", "a.txt", Asset("com.example.c"))).Reason.Should().Be("Invalid file type for asset. Only \".json\" files are allowed");
    }

    [Fact]
    public async Task Declaration_OfAnAsset_NeedsItAndKeepsIt()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        long team = fleet.AddTeam("Laptops");
        await caller.UploadAsync("/assets", "asset", "a.json", Asset("com.example.a"), ("fleet_id", $"{team}"));

        FleetAnswer missing = await caller.UploadAsync("/configuration_profiles", "profile", "tasks.json", Tasks);
        string uuid = (await caller.UploadAsync("/assets", "asset", "a.json", Asset("com.example.a"))).String("asset_uuid")!;
        FleetAnswer profile = await caller.UploadAsync("/configuration_profiles", "profile", "tasks.json", Tasks);
        FleetAnswer linked = await caller.DeleteAsync($"/assets/{uuid}");
        FleetAnswer dropped = await caller.PostAsync("/assets/batch", Batch());
        await caller.DeleteAsync($"/configuration_profiles/{profile.String("profile_uuid")}");

        (missing.Status, missing.Reason).Should().Be((400, "Couldn't add. Asset (\"com.example.a\") doesn't exist. Make sure the asset is uploaded in OS Settings > Configuration profiles > Assets before referencing it in a profile."));
        (linked.Status, linked.Reason).Should().Be((400, Linked));
        (dropped.Status, dropped.Reason).Should().Match<(int Status, string Reason)>(answer => answer.Status == 409 && answer.Reason.Contains("com.example.a"));
        (await caller.DeleteAsync($"/assets/{uuid}")).Status.Should().Be(204);
    }

    [Fact]
    public async Task Batch_IsTheWholeListAndEditsByIdentifier()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        await caller.PostAsync("/assets/batch", Batch(("a", Asset("com.example.a")), ("b", Asset("com.example.b"))));

        FleetAnswer dry = await caller.PostAsync("/assets/batch?dry_run=true", Batch(("c", Encoding.UTF8.GetBytes("$FLEET_SECRET_X"))));
        FleetAnswer twice = await caller.PostAsync("/assets/batch", Batch(("a", Asset("com.example.a")), ("a", Asset("com.example.b"))));
        FleetAnswer type = await caller.PostAsync("/assets/batch", Batch(("a", Json("com.apple.asset.credential.acme", "com.example.a", Data)), ("b", Asset("com.example.b"))));
        FleetAnswer edit = await caller.PostAsync("/assets/batch", Batch(("new name", Asset("com.example.a"))));

        dry.Status.Should().Be(204, "assets with secrets are passed over");
        (twice.Status, twice.Reason).Should().Be((400, "Couldn't apply. The asset name \"a\" is used more than once."));
        type.Status.Should().Be(409);
        edit.Status.Should().Be(204);
        FleetAnswer list = await caller.GetAsync("/assets");
        list.Json.GetProperty("assets").GetArrayLength().Should().Be(1);
        list.String("assets", "0", "name").Should().Be("new name");
        string activities = (await caller.GetAsync("/activities")).Text;
        activities.Should().Contain("edited_declaration_asset").And.Contain("deleted_declaration_asset").And.Contain("created_declaration_asset");
    }

    [Fact]
    public async Task Assets_WhereThereAreNone_AreRefused()
    {
        await using FleetSimulator old = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = "4.89.0" });
        await using FleetSimulator free = await FleetSimulator.StartAsync(new FleetSimulatorOptions { IsPremium = false });
        await using FleetSimulator off = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AppleMdm = false });
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var admin = new FleetCaller(fleet);
        using var observer = new FleetCaller(fleet, fleet.CreateUser("observer", FleetRoles.Observer));
        string uuid = (await admin.UploadAsync("/assets", "asset", "a.json", Asset("com.example.a"))).String("asset_uuid")!;

        (await Status(old, "/assets")).Should().Be(404);
        (await Status(free, "/assets")).Should().Be(402);
        (await Status(off, "/assets")).Should().Be(400);
        (await observer.GetAsync("/assets")).Status.Should().Be(403);
        (await observer.GetAsync($"/assets/{uuid}")).Status.Should().Be(404, "who may not see it is not told that it is there");
        (await admin.GetAsync($"/assets/{uuid}?alt=x")).Reason.Should().Be("Alt query param value is invalid. Supported values are empty and \"media\"");
    }

    [Theory]
    [InlineData("com.apple.configuration.x", "i", "[\"com.example.tasks\"]", "Type")]
    [InlineData("com.apple.activation.simple", "", "[\"com.example.tasks\"]", "Identifier")]
    [InlineData("com.apple.activation.simple", "i", "[\"com.example.other\"]", "StandardConfigurations")]
    [InlineData("com.apple.activation.simple", "i", "[\"com.example.tasks\",\"com.example.more\"]", "StandardConfigurations")]
    public async Task Activation_OfAnotherForm_IsRefused(string type, string identifier, string configurations, string part)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AllowCustomActivations = true });
        using var caller = new FleetCaller(fleet);
        await caller.UploadAsync("/assets", "asset", "a.json", Asset("com.example.a"));

        FleetAnswer answer = await UploadAsync(caller, "tasks.json", Tasks, Json(type, identifier, $$"""{"StandardConfigurations":{{configurations}}}"""));

        (answer.Status, answer.Reason).Should().Match<(int Status, string Reason)>(refused => refused.Status == 400 && refused.Reason.Contains(part));
        (await caller.GetAsync("/configuration_profiles")).Json.GetProperty("profiles").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Activation_WhereItIsNotAllowed_IsRefusedAndBeforeItIsNotLookedAt()
    {
        byte[] code = Json("com.apple.configuration.passcode.settings", "com.example.code", "{}");
        byte[] activation = Json("com.apple.activation.simple", "i", """{"StandardConfigurations":["com.example.code"]}""");
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        await using FleetSimulator old = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = "4.90.0" });
        using var caller = new FleetCaller(fleet);
        using var older = new FleetCaller(old);

        FleetAnswer refused = await UploadAsync(caller, "code.json", code, activation);
        string uuid = (await UploadAsync(older, "code.json", code, activation)).String("profile_uuid")!;

        (refused.Status, refused.Reason).Should().Match<(int Status, string Reason)>(answer => answer.Status == 400 && answer.Reason.Contains("mdm.allow_custom_activations"));
        (await older.GetAsync($"/configuration_profiles/{uuid}")).Text.Should().NotContain("activation");
    }

    [Fact]
    public async Task Activation_BatchWithoutIt_TakesItAway()
    {
        byte[] code = Json("com.apple.configuration.passcode.settings", "com.example.code", "{}");
        byte[] activation = Json("com.apple.activation.simple", "i", """{"StandardConfigurations":["com.example.code"]}""");
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AllowCustomActivations = true });
        using var caller = new FleetCaller(fleet);
        string uuid = (await UploadAsync(caller, "code.json", code, activation)).String("profile_uuid")!;
        string Body(string more) => $$"""{"profiles":[{"name":"code","contents":"{{Convert.ToBase64String(code)}}"{{more}}}]}""";

        await caller.PostAsync("/mdm/profiles/batch", Body($",\"activation\":\"{Convert.ToBase64String(activation)}\""));
        string kept = (await caller.GetAsync($"/configuration_profiles/{uuid}")).String("activation")!;
        await caller.PostAsync("/mdm/profiles/batch", Body(""));

        Convert.FromBase64String(kept).Should().Equal(activation);
        (await caller.GetAsync($"/configuration_profiles/{uuid}")).Text.Should().NotContain("activation");
        FleetAnswer profile = await UploadAsync(caller, "agent.mobileconfig", Encoding.UTF8.GetBytes("<plist/>"), activation);
        profile.Status.Should().Be(400);
        FleetAnswer value = await caller.SendAsync("PATCH", $"/configuration_profiles/{uuid}", FleetCaller.Form("", null, [], ("activation", "text")));
        value.Status.Should().Be(422, "a value other than the empty one is no activation");
    }

    [Fact]
    public async Task HalfASurrogatePair_IsTakenAsAReplacementCharacter()
    {
        const string Half = @"com.example.\ud800";
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AllowCustomActivations = true });
        using var caller = new FleetCaller(fleet);

        FleetAnswer asset = await caller.UploadAsync("/assets", "asset", "a.json", Asset(Half));
        FleetAnswer reference = await caller.UploadAsync("/configuration_profiles", "profile", "tasks.json", Json("com.apple.configuration.x", "com.example.tasks", """{"AAssetReference":"\udfff"}"""));
        FleetAnswer type = await caller.UploadAsync("/configuration_profiles", "profile", "type.json", Json(Half, "com.example.type", "{}"));
        FleetAnswer profile = await UploadAsync(caller, "half.json", Json("com.apple.configuration.x", Half, "{}"), Json("com.apple.activation.simple", Half, $$"""{"StandardConfigurations":["{{Half}}"]}"""));
        FleetAnswer activation = await UploadAsync(caller, "code.json", Json("com.apple.configuration.x", "code", "{}"), Json(Half, "i", "{}"));

        asset.Status.Should().Be(200, asset.Text);
        (await caller.GetAsync("/assets")).String("assets", "0", "identifier").Should().Be("com.example.\uFFFD");
        (reference.Status, reference.Reason).Should().Match<(int Status, string Reason)>(answer => answer.Status == 400 && answer.Reason.Contains("Asset (\"\uFFFD\") doesn't exist"));
        (type.Status, type.Reason).Should().Be((400, "Only configuration declarations (com.apple.configuration) are supported."));
        profile.Status.Should().Be(200, profile.Text);
        (await caller.GetAsync($"/configuration_profiles/{profile.String("profile_uuid")}")).String("identifier").Should().Be("com.example.\uFFFD");
        activation.Status.Should().Be(400, activation.Text);
    }

    [Fact]
    public async Task SurrogatesOfABody_AreReadAsGoReadsThem()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);

        FleetAnswer label = await caller.PostAsync("/labels", """{"name":"\ud800\ud83d\ude00 \\ud800","hosts":[]}""");

        label.String("label", "name").Should().Be("\uFFFD😀 \\ud800", "a pair is a character, and an escaped backslash begins no other escape");
    }

    [Fact]
    public async Task Batch_OfBytesThatAreNoBase64_Is400()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        FleetAnswer answer = await caller.PostAsync("/assets/batch", """{"assets":[{"name":"a","contents":"%"}]}""");
        (answer.Status, answer.Reason).Should().Be((400, "illegal base64 data"));
    }

    [Theory]
    [InlineData("4.85.0")]
    [InlineData("4.89.0")]
    public async Task Reference_BeforeThereWereAssets_IsNotLookedAt(string version)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = version });
        using var caller = new FleetCaller(fleet);

        FleetAnswer upload = await caller.UploadAsync("/configuration_profiles", "profile", "tasks.json", Tasks);
        FleetAnswer batch = await caller.PostAsync("/mdm/profiles/batch", $$"""{"profiles":[{"name":"tasks","contents":"{{Convert.ToBase64String(Tasks)}}"}]}""");
        FleetAnswer certificate = await caller.UploadAsync("/configuration_profiles", "profile", "root.json", Json("com.apple.configuration.security.certificate", "com.example.root", """{"CredentialAssetReference":"a"}"""));

        upload.Status.Should().Be(200, upload.Text);
        batch.Status.Should().Be(204, batch.Text);
        certificate.Reason.Should().Be("Only configuration declarations that don’t require an asset reference are supported.");
    }

    [Fact]
    public async Task Variables_OfAnAssetOrAnActivationAlone_AreInUse()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AllowCustomActivations = true });
        using var caller = new FleetCaller(fleet);
        long vital = (await caller.PostAsync("/custom_host_vitals", """{"name":"Floor"}""")).Number("custom_host_vital", "id");
        long variable = (await caller.PostAsync("/custom_variables", """{"name":"HALL","value":"h"}""")).Number("id");
        long other = (await caller.PostAsync("/custom_variables", """{"name":"HA","value":"h"}""")).Number("id");
        string text = $"$FLEET_HOST_VITAL_{vital} $FLEET_SECRET_HALL";
        async Task<(FleetAnswer Vital, FleetAnswer Variable)> DeleteAsync() => (await caller.DeleteAsync($"/custom_host_vitals/{vital}"), await caller.DeleteAsync($"/custom_variables/{variable}"));

        string asset = (await caller.UploadAsync("/assets", "asset", "a.json", Json("com.apple.asset.data", "a", $$"""{"Reference":{"DataURL":"/a"},"Note":"{{text}}"}"""))).String("asset_uuid")!;
        (FleetAnswer Vital, FleetAnswer Variable) byAsset = await DeleteAsync();
        await caller.DeleteAsync($"/assets/{asset}");
        string profile = (await UploadAsync(
            caller, "code.json", Json("com.apple.configuration.x", "code", "{}"), Json("com.apple.activation.simple", "i", $$"""{"StandardConfigurations":["code"],"Note":"{{text}}"}"""))).String("profile_uuid")!;
        (FleetAnswer Vital, FleetAnswer Variable) byActivation = await DeleteAsync();
        int unused = (await caller.DeleteAsync($"/custom_variables/{other}")).Status;
        await caller.DeleteAsync($"/configuration_profiles/{profile}");
        (FleetAnswer Vital, FleetAnswer Variable) free = await DeleteAsync();

        (byAsset.Vital.Status, byAsset.Variable.Status, byActivation.Vital.Status, byActivation.Variable.Status).Should().Be((409, 409, 409, 409));
        byAsset.Vital.Reason.Should().EndWith("is used by the \"a\" asset in the \"Unassigned\" fleet. Please edit or delete the asset and try again.");
        byActivation.Vital.Reason.Should().EndWith("is used by the \"code\" configuration profile in the \"Unassigned\" fleet. Please delete the configuration profile and try again.");
        byAsset.Variable.Reason.Should().Be("Couldn't delete. HALL is used by \"a\". Please remove it first.");
        unused.Should().Be(200, "the beginning of another name is no use");
        (free.Vital.Status, free.Variable.Status).Should().Be((200, 200));
    }

    [Theory]
    [InlineData("GET", "/assets")]
    [InlineData("GET", "/assets/x")]
    [InlineData("DELETE", "/assets/x")]
    [InlineData("GET", "/setup_experience/eula/metadata")]
    [InlineData("GET", "/setup_experience/eula/x")]
    [InlineData("DELETE", "/setup_experience/eula/x")]
    public async Task Mdm_IsAskedForBeforeTheToken(string method, string path)
    {
        await using FleetSimulator off = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AppleMdm = false, WindowsMdm = false, IsPremium = false });
        await using FleetSimulator on = await FleetSimulator.StartAsync();
        using var stranger = new FleetCaller(off, new Secret("nobody"));
        using var known = new FleetCaller(off);
        using var strangerOn = new FleetCaller(on, new Secret("nobody"));

        FleetAnswer refused = await stranger.SendAsync(method, path);

        (refused.Status, refused.Reason).Should().Match<(int Status, string Reason)>(answer => answer.Status == 400 && answer.Reason.StartsWith("MDM features aren't turned on in Fleet."));
        (await known.SendAsync(method, path)).Status.Should().Be(400);
        (await strangerOn.SendAsync(method, path)).Status.Should().Be(path.EndsWith("eula/x") && method == "GET" ? 404 : 401);
    }

    [Fact]
    public async Task Mdm_IsAskedForAfterTheForm()
    {
        await using FleetSimulator off = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AppleMdm = false });
        using var stranger = new FleetCaller(off, new Secret("nobody"));
        (await stranger.PostAsync("/assets", "{}")).Reason.Should().StartWith("failed to parse multipart form");
        (await stranger.UploadAsync("/assets", "asset", "a.json", Asset("a"))).Reason.Should().StartWith("MDM features aren't turned on");
    }

    [Theory]
    [InlineData("4.91.0", 400)]
    [InlineData("4.92.0", 404)]
    public async Task Agreement_NeedsAppleMdm_UntilAnyWillDo(string version, int status)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = version, AppleMdm = false });
        (await Status(fleet, "/setup_experience/eula/metadata")).Should().Be(status);
    }

    private static async Task<int> Status(FleetSimulator fleet, string path)
    {
        using var caller = new FleetCaller(fleet);
        return (await caller.GetAsync(path)).Status;
    }

    private static Task<FleetAnswer> UploadAsync(FleetCaller caller, string fileName, byte[] contents, byte[] activation)
    {
        MultipartFormDataContent form = FleetCaller.Form("profile", fileName, contents);
        form.Add(new ByteArrayContent(activation), "activation", "activation.json");
        return caller.SendAsync("POST", "/configuration_profiles", form);
    }

    private static byte[] Asset(string identifier) => Json("com.apple.asset.data", identifier, Data);

    private static byte[] Json(string type, string identifier, string payload) => Encoding.UTF8.GetBytes($$"""{"Type":"{{type}}","Identifier":"{{identifier}}","Payload":{{payload}}}""");

    private static string Batch(params (string Name, byte[] Contents)[] assets) =>
        $$"""{"assets":[{{string.Join(',', assets.Select(asset => $$"""{"name":"{{asset.Name}}","contents":"{{Convert.ToBase64String(asset.Contents)}}"}"""))}}]}""";
}
