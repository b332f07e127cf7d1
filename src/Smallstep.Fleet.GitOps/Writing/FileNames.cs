using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>File names that every file system and fleetctl's globs take literally.</summary>
internal static class FileNames
{
    private const string Unsafe = "*?[]{}/\\:\"<>|$`!";

    // What no checkout on Windows can hold; brackets mean themselves once a file of the name exists (4.85).
    private const string Impossible = "*?/\\:\"<>|";
    private const string Brackets = "[]{}";

    /// <summary>The name with every character that a glob or a file system gives a meaning replaced by a dash.</summary>
    public static string Safe(string name) => Without(name, Unsafe);

    /// <summary>The name that is closest to one that Fleet knows an object by.</summary>
    public static string Closest(string name, FleetVersion version) =>
        Without(name, version >= FileReferences.LiteralBrackets ? Impossible : Impossible + Brackets);

    private static string Without(string name, string characters)
    {
        string safe = string.Concat(name.Select(c => char.IsControl(c) || characters.Contains(c, StringComparison.Ordinal) ? '-' : c)).Trim(' ', '.');
        return safe.Length == 0 ? "file" : safe;
    }

    /// <summary>Lower-case letters and digits with single dashes between.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        string text = slug.ToString().Trim('-');
        return text switch
        {
            "" => "fleet",
            "unassigned" or "no-team" => "fleet-" + text,
            _ => text,
        };
    }

    /// <summary>The name, or the name with a number before its extension, that is not taken yet.</summary>
    public static string Free(string name, Func<string, bool> isTaken)
    {
        if (!isTaken(name))
        {
            return name;
        }

        string extension = Path.GetExtension(name);
        string stem = name[..^extension.Length];
        return Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{stem}-{number}{extension}").First(candidate => !isTaken(candidate));
    }
}
