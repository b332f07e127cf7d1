using System.Globalization;
using System.Text;
using System.Xml;

namespace Smallstep.Fleet.Variables.Xml;

/// <summary>Which characters, names and references Go's strict <c>encoding/xml</c> takes.</summary>
internal static class XmlCharacters
{
    /// <summary>Whether a character continues a name while it is read; names are judged once they are whole.</summary>
    public static bool ContinuesName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or ':' or '.' or '-' || c >= '\u0080';

    /// <summary>Whether a text is a name by the fourth edition of XML 1.0, which Go and the platform both follow.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(text[0] == ':' || XmlConvert.IsStartNCNameChar(text[0])))
        {
            return false;
        }

        foreach (char c in text[1..])
        {
            if (c != ':' && !XmlConvert.IsNCNameChar(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is wrong with the characters of a text; <see langword="null"/> when nothing is. A lone surrogate stands for bytes that are no UTF-8.</summary>
    public static string? Problem(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\uFFFE' or '\uFFFF' || (c < ' ' && c is not ('\t' or '\n' or '\r')))
            {
                return $"illegal character code U+{(int)c:X4}";
            }

            if (char.IsSurrogate(c))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1]))
                {
                    return "invalid UTF-8";
                }

                i++;
            }
        }

        return null;
    }

    /// <summary>The character of one of the five named entities or of a numeric one; <see langword="null"/> for others.</summary>
    public static string? Entity(string name) => name switch
    {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ when name.StartsWith("#x", StringComparison.Ordinal) => Character(name.AsSpan(2), NumberStyles.AllowHexSpecifier),
        _ when name.StartsWith('#') => Character(name.AsSpan(1), NumberStyles.None),
        _ => null,
    };

    /// <summary>Half of a surrogate pair becomes U+FFFD, as in Go.</summary>
    private static string? Character(ReadOnlySpan<char> digits, NumberStyles style) =>
        !ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong code) || code > 0x10FFFF ? null
        : Rune.TryCreate((uint)code, out Rune rune) ? rune.ToString()
        : Rune.ReplacementChar.ToString();
}
