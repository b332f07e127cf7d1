using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet;

/// <summary>How a Fleet host looks in Smallstep's inventory. Pure.</summary>
internal static class DeviceDescription
{
    private const string HostUuid = "fleet_host_uuid";

    public static DeviceRequest Of(HostSummary host, string permanentIdentifier, IReadOnlyList<string> tags) => new()
    {
        PermanentIdentifier = permanentIdentifier,
        DisplayId = host.Uuid,
        DisplayName = HostIdentity.Name(host),
        Serial = host.HardwareSerial,
        Os = Os(host.DevicePlatform),
        UserEmail = host.Email,
        Tags = tags,
        Metadata = new Dictionary<string, string> { [HostUuid] = host.Uuid },
    };

    /// <summary>What differs. Empty is as good as absent; what the device has beyond the request stays.</summary>
    public static DevicePatch Difference(Device device, DeviceRequest wanted)
    {
        bool sameHost = device.Metadata.GetValueOrDefault(HostUuid) == wanted.Metadata[HostUuid];
        return new DevicePatch
        {
            DisplayId = Text(device.DisplayId, wanted.DisplayId),
            DisplayName = Text(device.DisplayName, wanted.DisplayName),
            Serial = Text(device.Serial, wanted.Serial),
            Os = device.Os == wanted.Os ? default : new Optional<DeviceOs?>(wanted.Os),
            UserEmail = string.IsNullOrEmpty(wanted.UserEmail) || string.Equals(device.User?.Email, wanted.UserEmail, StringComparison.OrdinalIgnoreCase) ? null : wanted.UserEmail,
            Metadata = sameHost ? default : new Optional<IReadOnlyDictionary<string, string>?>(Merge(device.Metadata, wanted.Metadata)),
        };
    }

    private static Optional<string?> Text(string? there, string? wanted) =>
        string.IsNullOrEmpty(wanted) || there == wanted ? default : new Optional<string?>(wanted);

    /// <summary>Smallstep's iOS stands for iPadOS too.</summary>
    private static DeviceOs Os(DevicePlatform platform) => platform switch
    {
        _ when platform == DevicePlatform.MacOS => DeviceOs.MacOS,
        { IsAppleMobile: true } => DeviceOs.IOS,
        _ when platform == DevicePlatform.Windows => DeviceOs.Windows,
        _ => DeviceOs.Linux,
    };

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> there, IReadOnlyDictionary<string, string> wanted)
    {
        var merged = there.Where(pair => !DeviceRequest.IsReservedMetadata(pair.Key)).ToDictionary(StringComparer.Ordinal);
        foreach ((string name, string value) in wanted)
        {
            merged[name] = value;
        }

        return merged;
    }
}
