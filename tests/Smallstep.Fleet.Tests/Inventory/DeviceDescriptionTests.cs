using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet.Tests.Inventory;

public sealed class DeviceDescriptionTests
{
    [Fact]
    public void Difference_MetadataOfTheDevice_StaysExceptWhatSmallstepFillsItself()
    {
        var device = new Device
        {
            Id = Guid.Empty.ToString(),
            Metadata = new Dictionary<string, string> { ["Device.Owner"] = "ada", ["Device.Serial"] = "X1", ["room"] = "12" },
        };
        var wanted = new DeviceRequest { PermanentIdentifier = "X1", Metadata = new Dictionary<string, string> { ["fleet_host_uuid"] = "uuid-1" } };

        DevicePatch patch = DeviceDescription.Difference(device, wanted);

        patch.Metadata.Value.Should().BeEquivalentTo(new Dictionary<string, string> { ["Device.Owner"] = "ada", ["room"] = "12", ["fleet_host_uuid"] = "uuid-1" });
    }
}
