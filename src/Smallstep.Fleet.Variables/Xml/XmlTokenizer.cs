using System.Globalization;
using System.Text;

namespace Smallstep.Fleet.Variables.Xml;

/// <summary>
/// A pull tokenizer with the rules of Go's strict <c>encoding/xml</c>, which is Fleet's judge of SyncML: several roots and text between
/// them are fine, directives are skipped, only the five entities and numeric ones exist, names must nest. Never resolves anything.
/// </summary>
internal sealed class XmlTokenizer(string text)
{
    /// <summary>The deepest nesting that is read; real documents stay below ten levels.</summary>
    public const int MaxDepth = 64;

    private readonly Stack<string> _open = new();
    private int _at;
    private bool _closeEmpty;

    public XmlTokenKind Kind { get; private set; }

    /// <summary>Where the token begins, and where the next one does.</summary>
    public int Start { get; private set; }

    public int End => _at;

    /// <summary>The element's name as written, prefix included.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The element's name without its prefix.</summary>
    public string LocalName => Name.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && colon < Name.Length - 1 ? Name[(colon + 1)..] : Name;

    /// <summary>The attributes of a start element as written: name and unescaped value.</summary>
    public IReadOnlyList<(string Name, string Value)> Attributes { get; private set; } = [];

    /// <summary>The unescaped characters of text and CDATA; the inside of a comment, directive or instruction.</summary>
    public string Value { get; private set; } = "";

    public int Depth => _open.Count;

    public bool Read()
    {
        Start = _at;
        if (_closeEmpty)
        {
            _closeEmpty = false;
            return Close(Name);
        }

        if (_at >= text.Length)
        {
            Kind = XmlTokenKind.End;
            return _open.Count == 0 ? false : throw Error("unexpected EOF");
        }

        if (text[_at] != '<')
        {
            return ReadText();
        }

        if (At("<!--"))
        {
            return ReadComment();
        }

        if (At("<![CDATA["))
        {
            return Token(XmlTokenKind.CData, Checked(Until("<![CDATA[".Length, "]]>", "unexpected EOF in CDATA section")));
        }

        if (At("<!"))
        {
            return At("<!-") ? throw Error("invalid sequence <!- not part of <!--")
                : At("<![") ? throw Error("invalid <![ sequence")
                : ReadDirective();
        }

        return At("<?")
            ? Token(XmlTokenKind.ProcessingInstruction, Until(2, "?>", "unexpected EOF"))
            : At("</") ? ReadEnd() : ReadStart();
    }

    private bool Token(XmlTokenKind kind, string value)
    {
        Kind = kind;
        Value = value;
        return true;
    }

    private bool At(string expected) => string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;

    private string Until(int skip, string terminator, string problem)
    {
        int from = _at + skip;
        int end = from <= text.Length ? text.IndexOf(terminator, from, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            throw Error(problem);
        }

        _at = end + terminator.Length;
        return text[from..end];
    }

    private bool ReadComment()
    {
        string comment = Until(4, "-->", "unexpected EOF");
        return comment.Contains("--", StringComparison.Ordinal) || comment.EndsWith('-')
            ? throw Error("invalid sequence \"--\" not allowed in comments")
            : Token(XmlTokenKind.Comment, comment);
    }

    /// <summary>Reads to the bracket that closes a directive; its first character is not looked at, and quotes and comments hide brackets.</summary>
    private bool ReadDirective()
    {
        int depth = 0;
        char quote = '\0';
        for (int i = _at + 3; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '<')
            {
                if (string.CompareOrdinal(text, i, "<!--", 0, 4) == 0)
                {
                    int end = text.IndexOf("-->", i + 4, StringComparison.Ordinal);
                    i = end < 0 ? text.Length : end + 2;
                }
                else
                {
                    depth++;
                }
            }
            else if (c == '>' && depth-- == 0)
            {
                string value = text[(_at + 2)..i];
                _at = i + 1;
                return Token(XmlTokenKind.Directive, value);
            }
        }

        throw Error("unexpected EOF");
    }

    private bool ReadText()
    {
        int end = text.IndexOf('<', _at);
        end = end < 0 ? text.Length : end;
        string raw = text[_at..end];
        if (raw.Contains("]]>", StringComparison.Ordinal))
        {
            throw Error("unescaped ]]> not in CDATA section");
        }

        string value = Unescape(raw);
        _at = end;
        return Token(XmlTokenKind.Text, value);
    }

    private bool ReadEnd()
    {
        _at += 2;
        string name = ReadName("expected element name after </");
        SkipSpace();
        if (_at >= text.Length || text[_at] != '>')
        {
            throw Error($"invalid characters between </{name} and >");
        }

        _at++;
        return Close(name);
    }

    private bool Close(string name)
    {
        if (_open.Count == 0)
        {
            throw Error($"unexpected end element </{name}>");
        }

        string open = _open.Pop();
        if (!string.Equals(open, name, StringComparison.Ordinal))
        {
            throw Error($"element <{open}> closed by </{name}>");
        }

        Kind = XmlTokenKind.EndElement;
        Name = name;
        Attributes = [];
        return true;
    }

    private bool ReadStart()
    {
        _at++;
        string name = ReadName("expected element name after <");
        var attributes = new List<(string, string)>();
        while (true)
        {
            SkipSpace();
            if (_at >= text.Length)
            {
                throw Error("unexpected EOF");
            }

            if (text[_at] == '>')
            {
                _at++;
                break;
            }

            if (text[_at] == '/')
            {
                _closeEmpty = ++_at < text.Length && text[_at] == '>' ? true : throw Error("expected /> in element");
                _at++;
                break;
            }

            attributes.Add(ReadAttribute());
        }

        if (_open.Count == MaxDepth)
        {
            throw Error($"elements are nested deeper than {MaxDepth} levels");
        }

        _open.Push(name);
        Kind = XmlTokenKind.StartElement;
        Name = name;
        Attributes = attributes;
        return true;
    }

    private (string Name, string Value) ReadAttribute()
    {
        string name = ReadName("expected attribute name in element");
        SkipSpace();
        if (_at >= text.Length || text[_at] != '=')
        {
            throw Error("attribute name without = in element");
        }

        _at++;
        SkipSpace();
        char quote = _at < text.Length ? text[_at] : '\0';
        int end = quote is '"' or '\'' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0)
        {
            throw Error("unquoted or missing attribute value in element");
        }

        string raw = text[(_at + 1)..end];
        string value = raw.Contains('<', StringComparison.Ordinal) ? throw Error("unescaped < inside quoted string") : Unescape(raw);
        _at = end + 1;
        return (name, value);
    }

    private string ReadName(string problem)
    {
        int start = _at;
        while (_at < text.Length && XmlCharacters.ContinuesName(text[_at]))
        {
            _at++;
        }

        string name = text[start.._at];
        return name.Length == 0 || name.AsSpan().Count(':') > 1 ? throw Error(problem)
            : XmlCharacters.IsName(name) ? name
            : throw Error("invalid XML name: " + name);
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private string Unescape(string raw)
    {
        if (!raw.Contains('&', StringComparison.Ordinal))
        {
            return Checked(raw);
        }

        var value = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '&')
            {
                value.Append(raw[i]);
                continue;
            }

            int end = raw.IndexOf(';', i);
            string entity = end < 0 ? throw Error("invalid character entity (no semicolon)") : raw[(i + 1)..end];
            value.Append(XmlCharacters.Entity(entity) ?? throw Error($"invalid character entity &{entity};"));
            i = end;
        }

        return Checked(value.ToString());
    }

    private string Checked(string value) => XmlCharacters.Problem(value) is { } problem ? throw Error(problem) : value;

    private XmlSyntaxException Error(string problem)
    {
        (int line, _) = TextPosition.Of(text, _at);
        return new XmlSyntaxException(string.Create(CultureInfo.InvariantCulture, $"XML syntax error on line {line}: {problem}"), Math.Min(_at, text.Length));
    }
}
