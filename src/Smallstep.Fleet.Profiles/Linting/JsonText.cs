using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>JSON of files that anyone may have written, read as Go reads it: none makes it throw, here or where its texts are taken.</summary>
internal static partial class JsonText
{
    /// <summary>The root; undefined where the text is no JSON.</summary>
    public static JsonElement Read(string text)
    {
        try
        {
            return JsonElement.Parse(Encoding.UTF8.GetBytes(WithWholeCharacters(text)));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>
    /// A text with the replacement character, as long when escaped, for each escaped half of a surrogate pair: Go reads it so, where
    /// .NET throws once the text is taken.
    /// </summary>
    public static string WithWholeCharacters(string text) => Escape().Replace(text, escape => escape.Groups["lone"].Success ? "\\ufffd" : escape.Value);

    /// <summary>A member; undefined where there is none.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>A member that is a text; empty where there is none.</summary>
    public static string Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escape();
}
