using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>A secret with which hosts enrol into a fleet, or into none.</summary>
/// <param name="Value">The secret.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record EnrollSecret(Secret Value, DateTimeOffset? CreatedAt)
{
    internal static IReadOnlyList<EnrollSecret> ReadList(JsonElement secrets) => secrets.ValueKind != JsonValueKind.Array
        ? []
        : [.. secrets.EnumerateArray().Select(secret => new EnrollSecret(
            new Secret(secret.GetProperty("secret").GetString() ?? ""),
            secret.TryGetProperty("created_at", out JsonElement made) && made.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null))];

    /// <summary>Writes secrets as the member <c>secrets</c> of a request.</summary>
    internal static void WriteList(Utf8JsonWriter writer, IReadOnlyList<Secret> secrets)
    {
        writer.WriteStartArray("secrets");
        foreach (Secret secret in secrets)
        {
            writer.WriteStartObject();
            writer.WriteString("secret", secret.Reveal());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
