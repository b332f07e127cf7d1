using System.Buffers;

namespace Smallstep.Fleet;

/// <summary>Checks a path that the caller wrote, since it goes on the wire as it is: a line break would begin another header.</summary>
internal static class RawPath
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%[]");

    /// <summary>The path without a leading slash.</summary>
    /// <exception cref="ArgumentException">It is not escaped, or leads out of the API.</exception>
    public static string Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int strange = path.AsSpan().IndexOfAnyExcept(Allowed);
        if (strange >= 0)
        {
            throw new ArgumentException($"The path is not escaped: the character U+{(int)path[strange]:X4} at {strange} must be written with Uri.EscapeDataString.", nameof(path));
        }

        ReadOnlySpan<char> segments = path.AsSpan(0, path.Contains('?', StringComparison.Ordinal) ? path.IndexOf('?', StringComparison.Ordinal) : path.Length);

        // Unescaped, as proxies do before they look for dots.
        if (Uri.UnescapeDataString(segments).Split('/', '\\').Any(part => part is "." or ".."))
        {
            throw new ArgumentException("The path has '.' or '..' in it; give it under the API's address.", nameof(path));
        }

        return segments.Contains("://", StringComparison.Ordinal)
            ? throw new ArgumentException("The path is an address; give what follows the API's address.", nameof(path))
            : path.TrimStart('/');
    }
}
