namespace Smallstep.Fleet.Variables;

/// <summary>
/// Fleet's custom variables, <c>$FLEET_SECRET_NAME</c> and <c>${FLEET_SECRET_NAME}</c>: expanded once, before anything else, and
/// escaped by the kind of document (the first non-blank character: <c>&lt;</c> XML, <c>{</c> JSON, otherwise as it is).
/// </summary>
public static class SecretVariables
{
    /// <summary>What the name of every secret begins with.</summary>
    public const string Prefix = "FLEET_SECRET_";

    /// <summary>The names of the secrets in a text without <see cref="Prefix"/>, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> Find(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return [.. DollarNames.Scan(content)
            .Where(token => token.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(token => token.Name[Prefix.Length..])
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Expands every secret of a text. Values are not scanned again.</summary>
    /// <param name="content">The document.</param>
    /// <param name="lookup">The value of a name without <see cref="Prefix"/>; <see langword="null"/> where there is none.</param>
    /// <exception cref="VariableException">A secret has no value; the message names all of them, as Fleet does.</exception>
    public static string Expand(string content, Func<string, string?> lookup)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        string[] missing = [.. Find(content).Where(name => lookup(name) is null)];
        if (missing.Length > 0)
        {
            throw new VariableException(missing[0], MissingMessage(missing));
        }

        return ExpandKnown(content, lookup);
    }

    /// <summary>Expands the secrets that have a value; the others stay as they are written.</summary>
    internal static string ExpandKnown(string content, Func<string, string?> lookup)
    {
        Func<string, string> escape = EscapingOf(content);
        return DollarNames.Expand(content, name =>
            name.StartsWith(Prefix, StringComparison.Ordinal) && lookup(name[Prefix.Length..]) is { } value ? escape(value) : null);
    }

    /// <summary>Fleet's words for secrets that do not exist, without its <c>Couldn't add. </c>.</summary>
    public static string MissingMessage(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string list = string.Join(", ", names.Select(name => $"\"${Prefix}{name}\""));
        return $"Secret variable{(names.Count > 1 ? "s" : "")} {list} missing from database";
    }

    internal static Func<string, string> EscapingOf(string content)
    {
        ReadOnlySpan<char> text = content.AsSpan().TrimStart();
        return text.IsEmpty ? value => value : text[0] switch
        {
            '<' => XmlText.Escape,
            '{' => JsonText.Escape,
            _ => value => value,
        };
    }
}
