using System.Text.Json;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>The first characters of a JSON document's keys, by which Fleet tells declarations from Android profiles.</summary>
/// <param name="AnyUpper">Whether any begins with an upper-case letter, as in declarations.</param>
/// <param name="AnyLower">Whether any begins with a lower-case letter, as in Android profiles.</param>
internal readonly record struct JsonKeys(bool AnyUpper, bool AnyLower)
{
    /// <summary>Whether Fleet takes the document for an Android profile.</summary>
    public bool AreAndroid => AnyLower && !AnyUpper;

    /// <summary>Whether Fleet takes it for neither.</summary>
    public bool AreMixed => AnyLower && AnyUpper;

    /// <summary>Looks at a document; one that is no object has no keys.</summary>
    public static JsonKeys Of(string text)
    {
        JsonElement root = JsonText.Read(text);
        string[] names = root.ValueKind == JsonValueKind.Object ? [.. root.EnumerateObject().Select(member => member.Name)] : [];
        return new JsonKeys(names.Any(name => name.Length > 0 && char.IsUpper(name[0])), names.Any(name => name.Length > 0 && char.IsLower(name[0])));
    }
}
