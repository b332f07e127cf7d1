using System.Buffers;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>The parts of a script in which nothing is expanded.</summary>
internal static class SingleQuotes
{
    private static readonly SearchValues<char> TypographicSingle = SearchValues.Create("\u2018\u2019\u201A\u201B");
    private static readonly SearchValues<char> TypographicDouble = SearchValues.Create("\u201C\u201D\u201E");

    /// <summary>Single quotes and quoted here-documents of a POSIX shell script.</summary>
    public static IEnumerable<(int Start, int End)> InShell(string text)
    {
        bool inDouble = false;
        var documents = new Queue<HereDocument>();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c == '"')
            {
                inDouble = !inDouble;
            }
            else if (c == '\n')
            {
                while (documents.TryDequeue(out HereDocument document) && document.FindEnd(text, i + 1) is (var end, var next))
                {
                    if (document.IsQuoted)
                    {
                        yield return (i + 1, end);
                    }

                    i = next - 1;
                }
            }
            else if (inDouble)
            {
                continue;
            }
            else if (c == '#' && IsWordStart(text, i))
            {
                i = EndOf(text, i, "\n") - 1;
            }
            else if (c == '\'')
            {
                int end = EndOf(text, i + 1, "'");
                yield return (i, end);
                i = end - 1;
            }
            else if (c == '<' && HereDocument.TryRead(text, i, out HereDocument document, out int after))
            {
                documents.Enqueue(document);
                i = after - 1;
            }
        }
    }

    /// <summary>Single quotes and literal here-strings of a PowerShell script, for which typographic quotes are quotes too.</summary>
    public static IEnumerable<(int Start, int End)> InPowerShell(string script)
    {
        string text = string.Create(script.Length, script, static (plain, source) =>
        {
            source.CopyTo(plain);
            plain.ReplaceAny(TypographicSingle, '\'');
            plain.ReplaceAny(TypographicDouble, '"');
        });
        for (int i = 0; i < text.Length; i++)
        {
            int start = i;
            switch (text[i])
            {
                case '`':
                    i++;
                    break;
                case '#' when i > 0 && text[i - 1] == '<':
                    i = EndOf(text, i, "#>") - 1;
                    break;
                case '#' when IsWordStart(text, i):
                    i = EndOf(text, i, "\n") - 1;
                    break;
                case '@' when IsHereString(text, i, '\''):
                    i = EndOf(text, i, "\n'@") - 1;
                    yield return (start, i + 1);
                    break;
                case '@' when IsHereString(text, i, '"'):
                    i = EndOf(text, i, "\n\"@") - 1;
                    break;
                case '\'':
                    i = EndOf(text, i + 1, "'") - 1;
                    yield return (start, i + 1);
                    break;
                case '"':
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        i += text[i] == '`' ? 1 : 0;
                    }

                    break;
            }
        }
    }

    private static bool IsWordStart(string text, int at) => at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is ';' or '(' or '{';

    private static bool IsHereString(string text, int at, char quote) =>
        at + 2 < text.Length && text[at + 1] == quote && text[at + 2] is '\r' or '\n';

    /// <summary>The place after the next occurrence of an end, or the end of the text.</summary>
    private static int EndOf(string text, int from, string end)
    {
        int at = from < text.Length ? text.IndexOf(end, from, StringComparison.Ordinal) : -1;
        return at < 0 ? text.Length : at + end.Length;
    }

    private readonly record struct HereDocument(string Delimiter, bool IsQuoted, bool StripsTabs)
    {
        /// <summary>Reads <c>&lt;&lt;[-]word</c>; <c>&lt;&lt;&lt;</c> is something else.</summary>
        public static bool TryRead(string text, int at, out HereDocument document, out int after)
        {
            document = default;
            after = at + 1;
            if (string.CompareOrdinal(text, at, "<<", 0, 2) != 0)
            {
                return false;
            }

            int i = at + 2;
            if (i < text.Length && text[i] == '<')
            {
                after = i + 1;
                return false;
            }

            bool strips = i < text.Length && text[i] == '-';
            i += strips ? 1 : 0;
            while (i < text.Length && text[i] is ' ' or '\t')
            {
                i++;
            }

            int start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-' or '.' or '\'' or '"' or '\\'))
            {
                i++;
            }

            string word = text[start..i];
            string delimiter = word.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
            document = new HereDocument(delimiter, delimiter.Length < word.Length, strips);
            after = i;
            return delimiter.Length > 0;
        }

        /// <summary>Where the body ends, and where the line after its last one begins; <see langword="null"/> where no line ends it: it was none.</summary>
        public (int End, int Next)? FindEnd(string text, int from)
        {
            for (int line = from; line < text.Length;)
            {
                int end = text.IndexOf('\n', line) is var at and >= 0 ? at : text.Length;
                ReadOnlySpan<char> content = text.AsSpan(line, end - line).TrimEnd('\r');
                if ((StripsTabs ? content.TrimStart('\t') : content).SequenceEqual(Delimiter))
                {
                    return (line, end);
                }

                line = end + 1;
            }

            return null;
        }
    }
}
