using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Testing;

/// <summary>JSON as Go's decoder takes it: half a surrogate pair and bytes that are no UTF-8 stand for U+FFFD.</summary>
internal static partial class GoJson
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json) => Parse(Encoding.UTF8.GetString(json));

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonElement Parse(string json) => JsonElement.Parse(Whole(json));

    /// <summary>The same document, for readers that refuse what is no character.</summary>
    public static byte[] Whole(ReadOnlySpan<byte> json) => Encoding.UTF8.GetBytes(Whole(Encoding.UTF8.GetString(json)));

    private static string Whole(string json) => Escape().Replace(json, escape => escape.Groups["half"].Success ? @"\uFFFD" : escape.Value);

    // A pair and any other escape go by whole, so that the u of an escaped backslash begins nothing.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
