using System.Text.Json;

namespace Smallstep.Fleet.Testing.Tests;

/// <summary>Logos, YARA rules and the licence agreement are held, shown and refused as Fleet does.</summary>
public sealed class FleetOrganizationFileTests
{
    private const string External = """{"org_info":{"org_logo_url":"https://example.com/a.png","org_logo_url_dark_mode":"https://example.com/a.png"}}""";
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A0000000D49484452");

    [Fact]
    public async Task Patch_OneNameOfALogosAddress_IsRefusedWhereItContradictsTheOther()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        (await world.Caller.PatchAsync("/config", """{"org_info":{"org_logo_url":"https://example.com/first.png"}}""")).Status.Should().Be(200, "nothing contradicts the first");
        (await world.Caller.PatchAsync("/config", """{"org_info":{"org_logo_url":"https://example.com/b.png"}}""")).Status.Should().Be(422);
        (await world.Caller.PatchAsync("/config", """{"org_info":{"org_logo_url":"a","org_logo_url_dark_mode":"b"}}""")).Status.Should().Be(422);
        (await world.Caller.PatchAsync("/config", External)).Status.Should().Be(200);

        (await world.Caller.PatchAsync("/config", """{"org_info":{"org_logo_url":""}}""")).Status.Should().Be(200);
        (await world.Caller.GetAsync("/config")).String("org_info", "org_logo_url").Should().Be("https://example.com/a.png", "the other name brings it back");
    }

    [Fact]
    public async Task Logo_WithoutAMode_IsForBothGrounds()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await world.Caller.PatchAsync("/config", External);
        (await PutAsync(world, "/logo")).Status.Should().Be(200);

        (await world.Caller.GetAsync("/logo?mode=light")).Status.Should().Be(200);
        (await world.Caller.GetAsync("/logo?mode=dark")).Status.Should().Be(200);
        (await world.Caller.GetAsync("/logo")).Text.Should().Contain("mode query parameter is required (light or dark)");
        (await world.Caller.GetAsync("/logo?mode=all")).Text.Should().Contain("must be 'light' or 'dark'");
        (await PutAsync(world, "/logo?mode=grey")).Text.Should().Contain("must be 'light', 'dark', or 'all'");
        (await PutAsync(world, "/logo", "image")).Text.Should().Contain("missing 'logo' file in multipart form");
        (await world.Caller.GetAsync("/activities")).Text.Should().Contain("changed_org_logo");
    }

    [Fact]
    public async Task Patch_AnotherAddress_DropsTheFile()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await PutAsync(world, "/logo?mode=dark");
        (await world.Caller.PatchAsync("/config", """{"org_info":{"contact_url":"https://help.example.org"}}""")).Status.Should().Be(200);
        (await world.Caller.GetAsync("/logo?mode=dark")).Status.Should().Be(200);

        (await world.Caller.PatchAsync("/config", External)).Status.Should().Be(200);

        (await world.Caller.GetAsync("/logo?mode=dark")).Status.Should().Be(404);
        (await world.Caller.GetAsync("/activities")).Text.Should().Contain("deleted_org_logo");
    }

    [Fact]
    public async Task Logo_OlderRelease_KnowsNone()
    {
        await using FleetWorld world = await FleetWorld.StartAsync(options => options.Version = "4.85.0");
        (await world.Caller.GetAsync("/logo?mode=dark")).Status.Should().Be(404);
        (await world.Caller.PatchAsync("/config", External)).Text.Should().Contain("org_logo_url_dark_mode");
        (await world.Caller.GetAsync("/config")).Text.Should().NotContain("_mode\":\"\"");
    }

    [Fact]
    public async Task YaraRules_AreShownByAChangeAlone()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        FleetAnswer changed = await world.Caller.PatchAsync("/config", """{"yara_rules":[{"name":"a.yar","contents":"rule a"}]}""");
        FleetAnswer dry = await world.Caller.PatchAsync("/config?dry_run=true", """{"yara_rules":[]}""");

        changed.Json.GetProperty("yara_rules").GetArrayLength().Should().Be(1);
        dry.Json.GetProperty("yara_rules").GetArrayLength().Should().Be(1, "a dry run answers with what is there");
        (await world.Caller.GetAsync("/config")).Json.TryGetProperty("yara_rules", out _).Should().BeFalse();
        (await world.Caller.PatchAsync("/config", """{"yara_rules":[]}""")).Json.TryGetProperty("yara_rules", out _).Should().BeFalse();
    }

    [Fact]
    public async Task YaraRules_OfNull_Stay()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await world.Caller.PatchAsync("/config", """{"yara_rules":[{"name":"a.yar","contents":"rule a"}]}""");

        (await world.Caller.PatchAsync("/config", """{"yara_rules":null}""")).Status.Should().Be(200);

        (await world.Caller.PatchAsync("/config", "{}")).String("yara_rules", "0", "name").Should().Be("a.yar");
    }

    [Fact]
    public async Task YaraRules_OfOneNameTwice_FailOnceTheRestIsSaved()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        await world.Caller.PatchAsync("/config", """{"yara_rules":[{"name":"old.yar","contents":"rule old"}]}""");

        FleetAnswer answer = await world.Caller.PatchAsync("/config", """{"org_info":{"org_name":"New"},"mdm":{"windows_enabled_and_configured":false},"yara_rules":[{"name":"a.yar","contents":"1"},{"name":"A.yar","contents":"2"}]}""");

        answer.Status.Should().Be(409, answer.Text);
        FleetAnswer config = await world.Caller.GetAsync("/config");
        config.String("org_info", "org_name").Should().Be("New");
        config.At("mdm", "windows_enabled_and_configured").GetBoolean().Should().BeFalse();
        FleetAnswer rules = await world.Caller.PatchAsync("/config", "{}");
        (rules.At("yara_rules").GetArrayLength(), rules.String("yara_rules", "0", "name")).Should().Be((1, "old.yar"), "their table is written as a whole or not at all");
    }

    [Fact]
    public async Task LicenseAgreement_NeedsMdmAndItsFirstBytes()
    {
        await using FleetWorld world = await FleetWorld.StartAsync();
        (await world.Caller.UploadAsync("/setup_experience/eula", "eula", "eula.pdf", "PDF"u8.ToArray())).Status.Should().Be(400);
        (await world.Caller.UploadAsync("/setup_experience/eula", "eula", "eula", "%PDF"u8.ToArray())).Status.Should().Be(200);
        (await world.Caller.UploadAsync("/setup_experience/eula", "eula", "eula.pdf", "%PDF"u8.ToArray())).Status.Should().Be(409);
        JsonElement metadata = (await world.Caller.GetAsync("/setup_experience/eula/metadata")).Json;
        metadata.GetProperty("sha256").GetString().Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("%PDF"u8)));

        await using FleetWorld without = await FleetWorld.StartAsync(options => options.AppleMdm = options.WindowsMdm = false);
        FleetAnswer answer = await without.Caller.GetAsync("/setup_experience/eula/metadata");
        answer.Status.Should().Be(400);
        answer.Text.Should().Contain("MDM features aren't turned on in Fleet.");
    }

    private static Task<FleetAnswer> PutAsync(FleetWorld world, string path, string part = "logo") => world.Caller.SendAsync("PUT", path, FleetCaller.Form(part, "a.png", Png));
}
