using System.Collections.ObjectModel;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>A certificate authority to make; each kind has its own request.</summary>
public abstract record CertificateAuthorityRequest
{
    private protected CertificateAuthorityRequest()
    {
    }

    /// <summary>The kind.</summary>
    public abstract CertificateAuthorityKind Kind { get; }

    /// <summary>Members that this library does not know, by their names on the wire; they are sent as they are.</summary>
    /// <value>None; <see cref="CertificateAuthoritiesClient.GetSpecAsync"/> fills it.</value>
    public IReadOnlyDictionary<string, JsonElement> Unknown { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The secret among the members.</summary>
    internal abstract Secret Hidden { get; }

    internal abstract void WriteMembers(Utf8JsonWriter writer);

    internal void WriteObject(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        foreach ((string name, JsonElement value) in Unknown)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
