using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet;

/// <summary>
/// Smallstep's devices by everything that a Fleet host may share with them. The API filters by no such key, so the whole inventory is
/// read once and held; the caller chooses how little of a device that takes.
/// </summary>
internal sealed class DeviceIndex<T>
    where T : class
{
    private readonly Dictionary<string, (T Kept, bool IsDeleted)> _devices = new(StringComparer.OrdinalIgnoreCase);

    public static async Task<DeviceIndex<T>> LoadAsync(SmallstepClient smallstep, Func<Device, T> select, CancellationToken cancellationToken)
    {
        var index = new DeviceIndex<T>();
        await foreach (Device device in smallstep.Devices.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            index.Add(device, select(device));
        }

        return index;
    }

    /// <summary>Finds the device of a host: by TPM, serial number, or the link that the inventory sync left.</summary>
    public T? Find(string? endorsementKeyUrn, string serial, string hostUuid) => Find(endorsementKeyUrn) ?? Find(serial) ?? Find(hostUuid);

    private T? Find(string? key) => string.IsNullOrEmpty(key) ? null : _devices.GetValueOrDefault(key).Kept;

    /// <summary>A deleted device leaves its place to the one that came after it, such as a computer with a new board.</summary>
    private void Add(Device device, T kept)
    {
        bool isDeleted = device.LifecycleStatus == DeviceLifecycle.Deleted;
        foreach (string? key in (string?[])[device.PermanentIdentifier, device.Serial, device.DisplayId])
        {
            if (!string.IsNullOrEmpty(key) && !(isDeleted && _devices.TryGetValue(key, out (T Kept, bool IsDeleted) other) && !other.IsDeleted))
            {
                _devices[key] = (kept, isDeleted);
            }
        }
    }
}
