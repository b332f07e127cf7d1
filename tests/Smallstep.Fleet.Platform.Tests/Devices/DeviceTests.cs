using System.Text.Json;

namespace Smallstep.Fleet.Platform.Tests;

public sealed class DeviceTests
{
    private const string Sample = """
        {"id":"0d7a1c55-6b1e-4c1f-9a35-3b0f6d0c2a11","hostID":"5c8f0f2e-2f59-45f5-8a0c-0d7c2f4fb0aa",
         "permanentIdentifier":"C02XK1TESTZZ","serial":"C02XK1TESTZZ","displayId":"fleet-host-4711","displayName":"ada-mbp",
         "os":"macOS","ownership":"company","tags":["fleet","team-workstations"],
         "metadata":{"fleet_host_uuid":"6C2A2B1E-0000-4F7A-9E11-AB12CD34EF56","Device.Serial":"x"},
         "user":{"email":"ada@example.org","displayName":"Ada L"},
         "approvedAt":"2026-11-20T09:15:00","enrolledAt":null,"connected":false,"highAssurance":false,"lifecycleStatus":"paused","shared":false,"later":[1]}
        """;

    [Fact]
    public async Task Get_Sample_IsRead()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "devices/urn%3Asmallstep%3Adevice%3Aserial%3AC02XK1TESTZZ", Sample);

        Device device = await smallstep.Client.Devices.GetAsync(DeviceId.FromSerial("C02XK1TESTZZ"));

        device.DeviceId.Value.Should().Be("0d7a1c55-6b1e-4c1f-9a35-3b0f6d0c2a11");
        device.HostId.Should().Be("5c8f0f2e-2f59-45f5-8a0c-0d7c2f4fb0aa");
        device.Os.Should().Be(DeviceOs.MacOS);
        device.User!.DisplayName.Should().Be("Ada L");
        device.Tags.Should().Equal("fleet", "team-workstations");
        device.ApprovedAt.Should().Be(new DateTimeOffset(2026, 11, 20, 9, 15, 0, TimeSpan.Zero), "a time without a zone is UTC");
        device.EnrolledAt.Should().BeNull();
        device.LifecycleStatus!.Value.Value.Should().Be("paused", "unknown words are kept");
        device.Shared.Should().BeFalse();
        device.Unknown["later"].GetArrayLength().Should().Be(1);
    }

    [Fact]
    public async Task Find_404_IsNull()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "devices/urn%3Asmallstep%3Adevice%3Apermanent-identifier%3AX", """{"message":"not found"}""", 404);

        (await smallstep.Client.Devices.FindAsync(DeviceId.FromPermanentIdentifier("X"))).Should().BeNull();
    }

    [Fact]
    public async Task Ensure_Registered_PatchesTheDifference()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("POST", "devices", """{"message":"conflict"}""", 409)
            .On("GET", "devices/urn%3Asmallstep%3Adevice%3Apermanent-identifier%3AC02XK1TESTZZ", Sample)
            .On("PATCH", "devices/0d7a1c55-6b1e-4c1f-9a35-3b0f6d0c2a11", Sample);

        await smallstep.Client.Devices.EnsureAsync(new() { PermanentIdentifier = "C02XK1TESTZZ", DisplayName = "new", Os = DeviceOs.MacOS, Serial = "", Tags = ["team-workstations", "fleet"], Metadata = new Dictionary<string, string> { ["a"] = "b" }, UserEmail = "ADA@example.org" });

        smallstep.Requests[^1].Body.Should().Be("""{"displayName":"new","metadata":{"fleet_host_uuid":"6C2A2B1E-0000-4F7A-9E11-AB12CD34EF56","a":"b"}}""");
    }

    [Fact]
    public async Task Ensure_RegisteredAndTheSame_PatchesNothing()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("POST", "devices", "{}", 409).On("GET", "devices/urn%3Asmallstep%3Adevice%3Apermanent-identifier%3AC02XK1TESTZZ", Sample);

        (await smallstep.Client.Devices.EnsureAsync(new() { PermanentIdentifier = "C02XK1TESTZZ", DisplayName = "ada-mbp", Tags = [], UserEmail = "" })).DisplayName.Should().Be("ada-mbp");
    }

    [Theory]
    [InlineData("smallstep:identity")]
    [InlineData("Device.Hostname")]
    [InlineData("SSH.KeyID")]
    public async Task Create_ReservedMetadata_Throws(string name)
    {
        using var smallstep = new SmallstepFixture();
        Func<Task> act = () => smallstep.Client.Devices.CreateAsync(new() { PermanentIdentifier = "X", Metadata = new Dictionary<string, string> { [name] = "v" } });

        await act.Should().ThrowAsync<ArgumentException>().WithMessage($"*{name}*");
    }

    [Fact]
    public async Task Create_MetadataOfTheCallersOwnAndNoUser_IsSent()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("POST", "devices", "{}", 201);

        await smallstep.Client.Devices.CreateAsync(new() { PermanentIdentifier = "X", Metadata = new Dictionary<string, string> { ["Device.Owner"] = "v" }, UserEmail = "" });

        smallstep.Requests[^1].Body.Should().Be("""{"permanentIdentifier":"X","metadata":{"Device.Owner":"v"}}""");
    }

    [Fact]
    public void EndorsementKey_TestVector_GivesTheUrnAndItsEncoding()
    {
        byte[] key = Convert.FromBase64String("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/Tt8K95ozkzYtgqcqi4eU8EsMOcPuh78toV2uhzcVz+3f+PlZW0xX1AgzEaQhPE/0UYH1UvWUxErfMETkb2dDw==");

        DeviceId id = DeviceId.FromEndorsementKey(key);

        id.Value.Should().Be("urn:ek:sha256:h6qYd1Hf/IJ1WUptXy1/WqKNLpPn/MbkQRMSxDa0nHs=");
        id.PathSegment.Should().Be("urn%3Aek%3Asha256%3Ah6qYd1Hf%2FIJ1WUptXy1%2FWqKNLpPn%2FMbkQRMSxDa0nHs%3D");
        DeviceId.FromPermanentIdentifier(id.Value).Should().Be(id, "the endorsement key's URN is an identifier already");
    }

    [Theory]
    [InlineData("0d7a1c55-6b1e-4c1f-9a35-3b0f6d0c2a11", true)]
    [InlineData("urn:smallstep:device:serial:A b", true)]
    [InlineData("urn:smallstep:device:permanent-identifier:x", true)]
    [InlineData("urn:smallstep:device:serial:", false)]
    [InlineData("C02XK1TESTZZ", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_Text_TellsWhetherItIsAnId(string? text, bool expected) => DeviceId.TryParse(text, out _).Should().Be(expected);

    [Fact]
    public void Optional_Default_IsLeftOut()
    {
        default(Optional<string?>).IsSet.Should().BeFalse();
        new Optional<string?>(null).IsSet.Should().BeTrue();
        new DevicePatch().IsEmpty.Should().BeTrue();
        new DevicePatch { DisplayName = null }.IsEmpty.Should().BeFalse();
    }

    [Fact]
    public void RoundTrip_UnknownMembers_Survive() =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(Sample, SmallstepJsonContext.Default.Device), SmallstepJsonContext.Default.Device).Should().Contain("\"later\":[1]");
}
