using System.Text.Json;

namespace Smallstep.Fleet.Platform;

/// <summary>A device to register.</summary>
public sealed record DeviceRequest
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "smallstep:identity", "Device.ID", "Device.DisplayName", "Device.PermanentIdentifier", "Device.PermanentIdentifierURI",
        "Device.Hostname", "Device.HostURI", "Device.Serial", "SSH.Principals", "SSH.KeyID", "SSH.Extensions",
    };

    /// <summary>The attested identity: the serial number of Apple devices, the endorsement key's URN of TPM devices. It cannot be changed later.</summary>
    public required string PermanentIdentifier { get; init; }

    /// <summary>A link to an outside inventory.</summary>
    public string? DisplayId { get; init; }

    /// <summary>The name that the console shows.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The serial number.</summary>
    public string? Serial { get; init; }

    /// <summary>The operating system.</summary>
    public DeviceOs? Os { get; init; }

    /// <summary>Who owns it.</summary>
    public DeviceOwnership? Ownership { get; init; }

    /// <summary>Its user's e-mail address; the user is made where unknown.</summary>
    public string? UserEmail { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its metadata. Names that Smallstep fills itself, such as <c>smallstep:identity</c>, <c>Device.Serial</c> and <c>SSH.KeyID</c>, are refused.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    internal void Write(Utf8JsonWriter writer)
    {
        CheckMetadata(Metadata);
        writer.WriteString("permanentIdentifier", PermanentIdentifier);
        writer.OptionalString("serial", Serial);
        writer.OptionalString("displayId", DisplayId);
        writer.OptionalString("displayName", DisplayName);
        writer.OptionalString("os", Os?.Value);
        writer.OptionalString("ownership", Ownership?.Value);
        writer.OptionalStrings("tags", Tags);
        if (Metadata.Count > 0)
        {
            WriteMetadata(writer, Metadata);
        }

        if (UserEmail is { Length: > 0 } email)
        {
            writer.WriteStartObject("user");
            writer.WriteString("email", email);
            writer.WriteEndObject();
        }
    }

    internal static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> metadata)
    {
        writer.WriteStartObject("metadata");
        foreach ((string name, string value) in metadata)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether Smallstep fills metadata of this name itself, so that it is shown but not taken.</summary>
    public static bool IsReservedMetadata(string name) => Reserved.Contains(name);

    internal static void CheckMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Keys.FirstOrDefault(IsReservedMetadata) is { } reserved)
        {
            throw new ArgumentException($"The metadata name '{reserved}' is Smallstep's own; choose another one.");
        }
    }
}
