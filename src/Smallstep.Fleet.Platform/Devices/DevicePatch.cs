using System.Text.Json;

namespace Smallstep.Fleet.Platform;

/// <summary>
/// What to change in a device. What is left out stays; what is set to <see langword="null"/> loses its explicit value, so that the one of
/// the MDM shows again.
/// </summary>
public sealed record DevicePatch
{
    /// <summary>The link to an outside inventory.</summary>
    public Optional<string?> DisplayId { get; init; }

    /// <summary>The name that the console shows.</summary>
    public Optional<string?> DisplayName { get; init; }

    /// <summary>The serial number.</summary>
    public Optional<string?> Serial { get; init; }

    /// <summary>The operating system.</summary>
    public Optional<DeviceOs?> Os { get; init; }

    /// <summary>Who owns it.</summary>
    public Optional<DeviceOwnership?> Ownership { get; init; }

    /// <summary>All its tags.</summary>
    public Optional<IReadOnlyList<string>?> Tags { get; init; }

    /// <summary>All its metadata.</summary>
    public Optional<IReadOnlyDictionary<string, string>?> Metadata { get; init; }

    /// <summary>Its user's e-mail address; it cannot be cleared.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Whether several people use it (API version 2026-05-01).</summary>
    public bool? Shared { get; init; }

    /// <summary>Whether nothing is set.</summary>
    public bool IsEmpty => this == new DevicePatch();

    internal void Write(Utf8JsonWriter writer)
    {
        WriteText(writer, "displayId", DisplayId.IsSet, DisplayId.Value);
        WriteText(writer, "displayName", DisplayName.IsSet, DisplayName.Value);
        WriteText(writer, "serial", Serial.IsSet, Serial.Value);
        WriteText(writer, "os", Os.IsSet, Os.Value?.Value);
        WriteText(writer, "ownership", Ownership.IsSet, Ownership.Value?.Value);
        if (Tags is { IsSet: true, Value: { } tags })
        {
            writer.Strings("tags", tags);
        }
        else if (Tags.IsSet)
        {
            writer.WriteNull("tags");
        }

        if (Metadata is { IsSet: true, Value: { } metadata })
        {
            DeviceRequest.CheckMetadata(metadata);
            DeviceRequest.WriteMetadata(writer, metadata);
        }
        else if (Metadata.IsSet)
        {
            writer.WriteNull("metadata");
        }

        if (UserEmail is { } email)
        {
            writer.WriteStartObject("user");
            writer.WriteString("email", email);
            writer.WriteEndObject();
        }

        writer.OptionalBoolean("shared", Shared);
    }

    /// <summary>What must change so that a device is as a request says; what the request leaves out stays, and empty counts as absent.</summary>
    internal static DevicePatch Difference(Device device, DeviceRequest wanted)
    {
        static Optional<string?> Text(string? wanted, string? present) =>
            string.IsNullOrEmpty(wanted) || wanted == present ? default : new Optional<string?>(wanted);

        bool tags = wanted.Tags.Count > 0 && !wanted.Tags.ToHashSet(StringComparer.Ordinal).SetEquals(device.Tags);
        bool metadata = wanted.Metadata.Any(pair => !device.Metadata.TryGetValue(pair.Key, out string? value) || value != pair.Value);
        return new DevicePatch
        {
            DisplayId = Text(wanted.DisplayId, device.DisplayId),
            DisplayName = Text(wanted.DisplayName, device.DisplayName),
            Serial = Text(wanted.Serial, device.Serial),
            Os = wanted.Os is null || wanted.Os == device.Os ? default : new Optional<DeviceOs?>(wanted.Os),
            Ownership = wanted.Ownership is null || wanted.Ownership == device.Ownership ? default : new Optional<DeviceOwnership?>(wanted.Ownership),
            Tags = tags ? new Optional<IReadOnlyList<string>?>(wanted.Tags) : default,
            Metadata = metadata ? new Optional<IReadOnlyDictionary<string, string>?>(Merge(device.Metadata, wanted.Metadata)) : default,
            UserEmail = string.IsNullOrEmpty(wanted.UserEmail) || string.Equals(wanted.UserEmail, device.User?.Email, StringComparison.OrdinalIgnoreCase) ? null : wanted.UserEmail,
        };
    }

    // Names that Smallstep fills by itself are shown but not taken.
    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> present, IReadOnlyDictionary<string, string> wanted)
    {
        var merged = present.Where(pair => !DeviceRequest.IsReservedMetadata(pair.Key))
            .ToDictionary(StringComparer.Ordinal);
        foreach ((string name, string value) in wanted)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static void WriteText(Utf8JsonWriter writer, string name, bool isSet, string? value)
    {
        if (isSet && value is null)
        {
            writer.WriteNull(name);
        }
        else if (isSet)
        {
            writer.WriteString(name, value);
        }
    }
}
