using System.Text;
using System.Text.RegularExpressions;

namespace Smallstep.Fleet.GitOps;

/// <summary>doublestar's patterns: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>{a,b}</c> within a part, <c>**</c> across parts.</summary>
internal static class GlobPattern
{
    private const string Meta = "*?[{";

    /// <summary>Whether fleetctl takes the text for a pattern.</summary>
    public static bool IsPattern(string text) => text.IndexOfAny([.. Meta]) >= 0;

    /// <summary>The files that match, sorted; <see langword="null"/> where the pattern is none.</summary>
    public static IReadOnlyList<string>? Match(IReadOnlyList<string> paths, string pattern)
    {
        try
        {
            var expression = new Regex("^" + Translate(pattern) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return [.. paths.Where(path => expression.IsMatch(path)).Order(StringComparer.Ordinal)];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Translate(string pattern)
    {
        var expression = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when IsPart(pattern, i) && i + 2 < pattern.Length:
                    expression.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when IsPart(pattern, i):
                    expression.Append(".*");
                    i++;
                    break;
                case '*':
                    expression.Append("[^/]*");
                    break;
                case '?':
                    expression.Append("[^/]");
                    break;
                case '{':
                    braces++;
                    expression.Append("(?:");
                    break;
                case '}' when braces > 0:
                    braces--;
                    expression.Append(')');
                    break;
                case ',' when braces > 0:
                    expression.Append('|');
                    break;
                case '[':
                    i = Set(pattern, i, expression);
                    break;
                default:
                    expression.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return braces == 0 ? expression.ToString() : throw new ArgumentException("a brace is not closed", nameof(pattern));
    }

    // Two stars reach across folders only where they are a part of their own.
    private static bool IsPart(string pattern, int star) =>
        pattern.AsSpan(star).StartsWith("**") && (star == 0 || pattern[star - 1] == '/') && (star + 2 == pattern.Length || pattern[star + 2] == '/');

    private static int Set(string pattern, int open, StringBuilder expression)
    {
        int close = open + 2 < pattern.Length ? pattern.IndexOf(']', open + 2) : -1;
        if (close < 0)
        {
            throw new ArgumentException("a bracket is not closed", nameof(pattern));
        }

        string set = pattern[(open + 1)..close].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
        expression.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set).Append(']');
        return close;
    }
}
