namespace Smallstep.Fleet;

/// <summary>Takes secrets out of what a server answers: one that echoes the request must not bring them into a log.</summary>
internal static class Redaction
{
    // Shorter ones are no secrets worth the name, and would take ordinary words apart.
    private const int MinLength = 4;

    public static string? Of(string? text, params IEnumerable<Secret?> secrets)
    {
        foreach (Secret? secret in secrets)
        {
            text = secret?.Reveal() is { Length: >= MinLength } value ? text?.Replace(value, "***", StringComparison.Ordinal) : text;
        }

        return text;
    }
}
