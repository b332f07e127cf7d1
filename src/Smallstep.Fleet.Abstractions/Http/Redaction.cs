using System.Text.Encodings.Web;

namespace Smallstep.Fleet;

/// <summary>Takes secrets out of what a server answers: one that echoes the request must not bring them into a log.</summary>
internal static class Redaction
{
    // Shorter ones are no secrets worth the name, and would take ordinary words apart.
    private const int MinLength = 4;

    public static string? Of(string? text, params IEnumerable<Secret?> secrets)
    {
        // The longest first: a secret may begin with another one, and its rest would be shown.
        IEnumerable<string> values = secrets.Select(secret => secret?.Reveal()).OfType<string>().Where(value => value.Length >= MinLength)
            .SelectMany(value => new[] { value, AsSent(value) }).Distinct(StringComparer.Ordinal).OrderByDescending(value => value.Length);
        return text is null ? null : values.Aggregate(text, (rest, value) => rest.Replace(value, "***", StringComparison.Ordinal));
    }

    /// <summary>The value as <see cref="JsonBody"/> writes it.</summary>
    private static string AsSent(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
}
