using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>The members and types that Go's strict decoder finds in settings; where <see cref="SettingsDefaults.AllKnown"/> has nothing, everything fits.</summary>
internal static class SettingsShape
{
    /// <summary>The first member, at any depth, that no release knows; <see langword="null"/> where all are known.</summary>
    public static string? UnknownMember(JsonObject given) => Unknown(given, SettingsDefaults.AllKnown);

    /// <summary>Fleet's words for the first value of another type; <see langword="null"/> where all fit.</summary>
    public static string? WrongType(JsonObject given) => Wrong(given, SettingsDefaults.AllKnown, "");

    private static string? Unknown(JsonNode? given, JsonNode? known) => (given, known) switch
    {
        (JsonObject members, JsonObject { Count: > 0 } expected) => First(members, member => expected.TryGetPropertyValue(member.Key, out JsonNode? there) ? Unknown(member.Value, there) : member.Key),
        (JsonArray items, JsonArray { Count: 1 } expected) => First(items, item => Unknown(item, expected[0])),
        _ => null,
    };

    private static string? Wrong(JsonNode? given, JsonNode? known, string path) => (given, known) switch
    {
        (null, _) or (_, null) => null,
        (JsonObject members, JsonObject expected) => First(members, member => Wrong(member.Value, expected[member.Key], path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        (JsonArray items, JsonArray expected) => expected.Count == 1 ? First(items, item => Wrong(item, expected[0], path)) : null,
        _ when TypeOf(given) == TypeOf(known) => null,
        _ => $"invalid value type at '{path}': expected {TypeOf(known)} but got {TypeOf(given)}",
    };

    private static string? First<T>(IEnumerable<T> items, Func<T, string?> find) => items.Select(find).FirstOrDefault(found => found is not null);

    private static string TypeOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
