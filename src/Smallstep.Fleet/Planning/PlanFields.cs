namespace Smallstep.Fleet;

/// <summary>Field-by-field comparison.</summary>
internal static class PlanFields
{
    public static IEnumerable<FieldChange> Different(IEnumerable<(string Field, string Before, string After)> fields) => fields
        .Where(field => !string.Equals(Normal(field.Before), Normal(field.After), StringComparison.Ordinal))
        .Select(field => new FieldChange(field.Field, Show(field.Before), Show(field.After)));

    public static string Digest(ReadOnlySpan<byte> contents) => "sha256:" + Sha256Fingerprint.Of(contents).Value[..12];

    /// <summary>A file as a plan shows it.</summary>
    public static string Contents(ReadOnlyMemory<byte> contents) => $"{Digest(contents.Span)} ({contents.Length} bytes)";

    /// <summary>Servers and editors disagree on line ends; that is no drift.</summary>
    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    /// <summary>A value as a plan shows it; <see langword="null"/> for none.</summary>
    public static string? Show(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return text.Length > 120 || text.Contains('\n', StringComparison.Ordinal)
            ? $"{Digest(System.Text.Encoding.UTF8.GetBytes(text))} ({text.Length} characters)"
            : text;
    }
}
