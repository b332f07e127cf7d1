namespace Smallstep.Fleet.Testing.Tests;

public sealed class FleetAuthorityTests
{
    private const string Add = "Couldn't add certificate authority. ";
    private const string Edit = "Couldn't edit certificate authority. ";

    [Fact]
    public async Task Create_WithWorkingValues_TriesBothLinksAndMasksThePassword()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();

        FleetAnswer created = await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson());

        (created.Status, created.String("name"), created.String("type")).Should().Be((200, "SMALLSTEP_AGENT", "smallstep"));
        FleetAnswer shown = await world.Caller.GetAsync($"/certificate_authorities/{created.Number("id")}");
        (shown.String("password"), shown.String("username")).Should().Be(("********", world.Connection.ChallengeUsername));
        world.Smallstep.Requests.Count(request => request.Query.Contains("operation=GetCACert")).Should().Be(1);
        world.Smallstep.Requests.Count(request => request.Path == world.Connection.ChallengeUrl.AbsolutePath).Should().Be(1);
        (await world.Caller.GetAsync("/activities?activity_type=added_smallstep")).String("activities", "0", "details", "name").Should().Be("SMALLSTEP_AGENT");
    }

    [Theory]
    [InlineData("NDES", "name", "CA name cannot be NDES")]
    [InlineData("", "name", "CA name cannot be empty")]
    [InlineData("SMALLSTEP-AGENT", "name", "Invalid characters in the \"name\" field. Only letters, numbers and underscores allowed.")]
    [InlineData("AGENTÉ", "name", "Invalid characters in the \"name\" field. Only letters, numbers and underscores allowed.")]
    public async Task Create_WithABadName_Is422BeforeAnyCall(string name, string field, string reason)
    {
        await using FleetWorld world = await FleetWorld.StartAsync();

        FleetAnswer answer = await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson(name));

        (answer.Status, answer.Message, answer.ReasonName, answer.Reason).Should().Be((422, "Validation Failed", field, Add + reason));
        world.Smallstep.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("wrong", 400, "Invalid challenge URL or credentials. Please correct and try again.")]
    [InlineData("********", 422, "Smallstep password cannot be empty")]
    [InlineData("", 422, "Smallstep password cannot be empty")]
    public async Task Create_WithAWrongPassword_IsRefused(string password, int status, string reason)
    {
        await using FleetWorld world = await FleetWorld.StartAsync();

        FleetAnswer answer = await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson(password: password));

        (answer.Status, answer.Reason).Should().Be((status, Add + reason));
        (await world.Caller.GetAsync("/certificate_authorities")).At("certificate_authorities").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/scep", 400, "Invalid SCEP URL. Please correct and try again.")]
    [InlineData("ftp://ca.example.net/scep", 422, "Smallstep SCEP URL scheme must be https or http")]
    [InlineData("no url", 422, "Invalid Smallstep SCEP URL. Please correct and try again.")]
    public async Task Create_WithABadUrl_IsRefused(string url, int status, string reason)
    {
        await using FleetWorld world = await FleetWorld.StartAsync();

        FleetAnswer answer = await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson().Replace(world.Connection.ScepUrl.AbsoluteUri, url));

        (answer.Status, answer.Reason).Should().Be((status, Add + reason));
    }

    [Theory]
    [InlineData("{}", "A certificate authority must be specified")]
    [InlineData("""{"smallstep":{"name":"A"},"hydrant":{"name":"B"}}""", "Only one certificate authority can be created at a time")]
    public async Task Create_WithoutExactlyOneKind_Is400(string body, string reason)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);

        FleetAnswer answer = await caller.PostAsync("/certificate_authorities", body);

        (answer.Status, answer.Message, answer.Reason).Should().Be((400, "Bad request", Add + reason));
    }

    [Fact]
    public async Task Create_TheSameNameTwice_Is400()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await world.AddAuthorityAsync();

        FleetAnswer answer = await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson("smallstep_agent"));

        (answer.Status, answer.Reason).Should().Be((400, Add + "\"smallstep_agent\" name is already used by another Smallstep certificate authority. Please choose a different name and try again."));
    }

    [Fact]
    public async Task Create_OnFree_Is402()
    {
        await using FleetWorld world = await FleetWorld.StartAsync(options => options.IsPremium = false);

        FleetAnswer answer = await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson());

        (answer.Status, answer.Message).Should().Be((402, "Requires Fleet Premium license"));
    }

    [Theory]
    [InlineData("4.89.0", 400)]
    [InlineData("4.88.0", 200)]
    public async Task Create_WithPrivateNetworksBlocked_FailsSince489(string version, int status)
    {
        await using FleetWorld world = await FleetWorld.StartAsync(options => (options.Version, options.BlockPrivateNetworks) = (version, true));

        (await world.Caller.PostAsync("/certificate_authorities", world.SmallstepJson())).Status.Should().Be(status);
    }

    [Theory]
    [InlineData("4.92.0", "password cannot be empty")]
    [InlineData("4.91.0", "Invalid NDES SCEP admin URL or credentials")]
    public async Task Patch_NdesWithTheMaskedPassword_IsRefusedAtOnceSince492(string version, string reason)
    {
        await using FleetWorld world = await FleetWorld.StartAsync(options => options.Version = version);
        long id = (await world.Caller.PostAsync("/certificate_authorities", world.NdesJson())).Number("id");
        int before = world.Smallstep.Requests.Count;

        FleetAnswer answer = await world.Caller.PatchAsync($"/certificate_authorities/{id}", """{"ndes_scep_proxy":{"password":"********"}}""");

        answer.Status.Should().Be(400);
        answer.Reason.Should().Contain(reason);
        (world.Smallstep.Requests.Count > before).Should().Be(version == "4.91.0");
    }

    [Fact]
    public async Task Patch_RepeatingItsOwnName_Is409()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        long id = await world.AddAuthorityAsync();

        FleetAnswer answer = await world.Caller.PatchAsync($"/certificate_authorities/{id}", """{"smallstep":{"name":"SMALLSTEP_AGENT"}}""");

        (answer.Status, answer.Reason).Should().Be((409, "a certificate authority with this name already exists"));
    }

    [Fact]
    public async Task Patch_OfTheNameAlone_CallsNobody()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        long id = await world.AddAuthorityAsync();
        int before = world.Smallstep.Requests.Count;

        (await world.Caller.PatchAsync($"/certificate_authorities/{id}", """{"smallstep":{"name":"OTHER"}}""")).Status.Should().Be(200);

        world.Smallstep.Requests.Count.Should().Be(before);
        (await world.Caller.GetAsync($"/certificate_authorities/{id}")).String("name").Should().Be("OTHER");
    }

    [Theory]
    [InlineData("""{"smallstep":{"username":"other"}}""", 422, "\"password\" must be set when modifying \"url\", \"challenge_url\", or \"username\" of an existing certificate authority: SMALLSTEP_AGENT")]
    [InlineData("""{"smallstep":{}}""", 400, "Smallstep SCEP Proxy CA update payload is empty")]
    [InlineData("""{"smallstep":{"password":""}}""", 400, "Smallstep SCEP Proxy password cannot be empty")]
    [InlineData("""{"smallstep":{"password":"********"}}""", 400, "Invalid challenge URL or credentials. Please correct and try again.")]
    [InlineData("""{"hydrant":{"name":"X"}}""", 400, "The certificate authority types must be the same.")]
    public async Task Patch_AgainstTheRules_IsRefused(string body, int status, string reason)
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        long id = await world.AddAuthorityAsync();

        FleetAnswer answer = await world.Caller.PatchAsync($"/certificate_authorities/{id}", body);

        (answer.Status, answer.Reason).Should().Be((status, Edit + reason));
    }

    [Fact]
    public async Task Patch_OfAnUnknownId_Is400()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);

        FleetAnswer answer = await caller.PatchAsync("/certificate_authorities/999", """{"smallstep":{"name":"X"}}""");

        (answer.Status, answer.Reason).Should().Be((400, Edit + "Certificate authority with ID 999 does not exist."));
    }

    [Fact]
    public async Task Spec_DryOrNot_TriesEveryAuthority_AndDeletesWhatIsNotListed()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await world.AddAuthorityAsync();
        string listed = world.SmallstepJson("OTHER").Replace("{\"smallstep\":{", "{\"smallstep\":[{").Replace("} }", "}] }");
        int before = world.Smallstep.Requests.Count;

        (await world.Caller.PostAsync("/spec/certificate_authorities", $$"""{"certificate_authorities":{{listed}},"dry_run":true}""")).Status.Should().Be(200);
        world.Smallstep.Requests.Count.Should().Be(before + 2);
        (await world.Caller.GetAsync("/certificate_authorities")).String("certificate_authorities", "0", "name").Should().Be("SMALLSTEP_AGENT");

        (await world.Caller.PostAsync("/spec/certificate_authorities", $$"""{"certificate_authorities":{{listed}}}""")).Status.Should().Be(200);
        (await world.Caller.GetAsync("/certificate_authorities")).At("certificate_authorities").EnumerateArray().Select(a => a.GetProperty("name").GetString()).Should().Equal("OTHER");
        FleetAnswer spec = await world.Caller.GetAsync("/spec/certificate_authorities?include_secrets=true");
        spec.String("certificate_authorities", "smallstep", "0", "password").Should().Be(world.Connection.ChallengePassword.Reveal());
    }

    [Theory]
    [InlineData("4.94.0", 200)]
    [InlineData("4.95.0", 402)]
    public async Task Spec_OnFree_ForgetsSmallstepUntil495(string version, int status)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = version, IsPremium = false });
        using var caller = new FleetCaller(fleet);

        FleetAnswer answer = await caller.PostAsync("/spec/certificate_authorities", """{"certificate_authorities":{"smallstep":[{"name":"A","url":"https://x.example","challenge_url":"https://x.example","username":"u","password":"p"}]}}""");

        answer.Status.Should().Be(status);
    }
}
