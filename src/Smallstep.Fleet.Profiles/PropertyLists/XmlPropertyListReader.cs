using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Smallstep.Fleet.Profiles;

/// <summary>Reads XML property lists over <see cref="XmlReader"/>.</summary>
internal sealed class XmlPropertyListReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = PropertyListReader.MaxBytes,
    };

    private static readonly SearchValues<byte> Blanks = SearchValues.Create("\v\f"u8);
    private static readonly string TooDeep = $"Values are nested deeper than {PropertyListReader.MaxDepth} levels.";
    private static readonly XmlReaderSettings BlankKeepingSettings = KeepingBlanks();

    private readonly XmlReader _reader;
    private readonly IXmlLineInfo _lines;
    private readonly bool _lenient;
    private readonly bool _keepsBlanks;
    private bool _metBlankText;
    private int _line;
    private int _position;

    private XmlPropertyListReader(XmlReader reader, bool lenient, bool keepsBlanks)
    {
        _keepsBlanks = keepsBlanks;
        _reader = reader;
        _lines = (IXmlLineInfo)reader;
        _lenient = lenient;
    }

    public static PropertyListValue Read(ReadOnlySpan<byte> document, bool lenient)
    {
        PropertyListDoctype.RefuseInternalSubset(document);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(document.Length);
        document.CopyTo(buffer);
        var bytes = new ArraySegment<byte>(buffer, 0, document.Length);
        if (lenient)
        {
            BlankLateDeclaration(bytes);
        }

        try
        {
            // Skipping the blanks between elements is half the work, but a text may consist of blanks: those documents are read again.
            return Read(bytes, Settings, lenient, keepsBlanks: false) ?? Read(bytes, BlankKeepingSettings, lenient, keepsBlanks: true)!;
        }
        catch (XmlException e)
        {
            throw new ProfileFormatException("The XML is not well-formed: " + e.Message, e.LineNumber, e.LinePosition, "", e);
        }
        catch (ArgumentException e)
        {
            // What the reader throws, instead of its own exception, for some damaged declarations.
            throw new ProfileFormatException("The XML declaration cannot be read.", 1, 1, "", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // A profile may hold a challenge.
        }
    }

    private static PropertyListValue? Read(ArraySegment<byte> bytes, XmlReaderSettings settings, bool lenient, bool keepsBlanks)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes.Array!, 0, bytes.Count, writable: false), settings);
        var lists = new XmlPropertyListReader(reader, lenient, keepsBlanks);
        PropertyListValue value = lists.ReadDocument();
        return lists._metBlankText ? null : value;
    }

    private static XmlReaderSettings KeepingBlanks()
    {
        XmlReaderSettings settings = Settings.Clone();
        settings.IgnoreWhitespace = false;
        return settings;
    }

    /// <summary>Takes away a declaration with blanks before it, which the reader would refuse. All else stays where it is, so that places are right.</summary>
    private static void BlankLateDeclaration(Span<byte> document)
    {
        int start = document.IndexOfAnyExcept(" \t\r\n\v\f"u8);
        if (start <= 0)
        {
            return;
        }

        document[..start].ReplaceAny(Blanks, (byte)' ');
        int end = document[start..].StartsWith("<?xml"u8) ? document[start..].IndexOf("?>"u8) : -1;
        if (end >= 0)
        {
            document.Slice(start, end + 2).Fill((byte)' ');
        }
    }

    private PropertyListValue ReadDocument()
    {
        Require(_reader.MoveToContent() == XmlNodeType.Element, "The document is empty.");
        if (_reader.Name != "plist")
        {
            if (!_lenient)
            {
                throw Error($"The root element is <{_reader.Name}>; <plist> is expected.");
            }
            return ReadValue(1);
        }

        Require(!_reader.IsEmptyElement, "The <plist> element is empty.");
        Next();
        Require(_reader.NodeType == XmlNodeType.Element, "The <plist> element holds no value.");
        PropertyListValue value = ReadValue(1);
        if (_lenient)
        {
            return value;
        }

        Require(_reader.NodeType == XmlNodeType.EndElement, "The <plist> element holds more than one value.");
        _reader.Read();
        Require(_reader.MoveToContent() == XmlNodeType.None, "Something follows the </plist> tag.");
        return value;
    }

    /// <summary>Reads the element at the reader and moves past its end.</summary>
    private PropertyListValue ReadValue(int depth)
    {
        Require(depth <= PropertyListReader.MaxDepth, TooDeep);
        Mark();
        int line = _line;
        int column = Math.Max(1, _position - 1);
        PropertyListValue value = _reader.LocalName switch
        {
            "dict" => ReadDictionary(depth),
            "array" => ReadArray(depth),
            "string" => new PropertyListString(ReadText()),
            "integer" => new PropertyListInteger(ReadInteger()),
            "real" => new PropertyListReal(ReadReal()),
            "true" => new PropertyListBoolean(ReadEmpty(true)),
            "false" => new PropertyListBoolean(ReadEmpty(false)),
            "date" => new PropertyListDate(ReadDate()),
            "data" => new PropertyListData(ReadData()),
            string other => throw Error($"<{other}> is no element of a property list."),
        };
        value.Line = line;
        value.Column = column;
        return value;
    }

    private PropertyListDictionary ReadDictionary(int depth)
    {
        var dictionary = new PropertyListDictionary();
        if (!Enter())
        {
            return dictionary;
        }

        while (_reader.NodeType != XmlNodeType.EndElement)
        {
            Require(_reader.NodeType == XmlNodeType.Element && _reader.LocalName == "key", "A <key> is expected in a <dict>.");
            Mark();
            (int line, int column) = (_line, Math.Max(1, _position - 1));
            string key = ReadText();
            if (_reader.NodeType != XmlNodeType.Element || _reader.LocalName == "key")
            {
                throw Error($"The key '{key}' has no value.");
            }
            PropertyListValue value = ReadValue(depth + 1);
            if (!dictionary.TryAdd(key, value))
            {
                if (!_lenient && !_metBlankText)
                {
                    throw new ProfileFormatException($"The key '{key}' stands twice in one <dict>.", line, column, key);
                }

                dictionary.Overwrite(key, value);
            }
        }

        Next();
        return dictionary;
    }

    private PropertyListArray ReadArray(int depth)
    {
        var items = new List<PropertyListValue>();
        if (Enter())
        {
            while (_reader.NodeType != XmlNodeType.EndElement)
            {
                Require(_reader.NodeType == XmlNodeType.Element, "An element is expected in an <array>.");
                items.Add(ReadValue(depth + 1));
            }

            Next();
        }

        return new PropertyListArray(items);
    }

    /// <summary>Moves into an element; an empty one is moved past.</summary>
    private bool Enter()
    {
        bool filled = !_reader.IsEmptyElement;
        Next();
        return filled;
    }

    /// <summary>Moves to the next element, end or text; blank text between elements is no content.</summary>
    private void Next()
    {
        while (_reader.Read())
        {
            if (_reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                return;
            }

            Require(_reader.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace || string.IsNullOrWhiteSpace(_reader.Value),
                "Text stands where an element is expected.");
        }
    }

    /// <summary>Remembers where the element at the reader stands: asking is dear.</summary>
    private void Mark() => (_line, _position) = (_lines.LineNumber, _lines.LinePosition);

    /// <summary>Reads the text of the element that was marked last.</summary>
    private string ReadText()
    {
        if (_reader.IsEmptyElement)
        {
            Next();
            return "";
        }

        string? first = null;
        StringBuilder? pieces = null;
        while (_reader.Read() && _reader.NodeType is var node && node != XmlNodeType.EndElement)
        {
            if (node == XmlNodeType.Element)
            {
                throw Error($"<{_reader.Name}> stands inside a text.");
            }
            if (node == XmlNodeType.EntityReference)
            {
                throw Error($"The entity &{_reader.Name}; is not known.");
            }

            if (first is null)
            {
                first = _reader.Value;
            }
            else
            {
                (pieces ??= new StringBuilder(first)).Append(_reader.Value);
            }
        }

        // An end tag that does not follow its start tag at once, with nothing read between: there were blanks.
        _metBlankText |= first is null && !_keepsBlanks
            && (_lines.LineNumber != _line || _lines.LinePosition != _position + _reader.LocalName.Length + 3);
        Next();
        return pieces?.ToString() ?? first ?? "";
    }

    private bool ReadEmpty(bool value)
    {
        Require(string.IsNullOrWhiteSpace(ReadText()), "A truth value holds no text.");
        return value;
    }

    private Int128 ReadInteger()
    {
        (int line, int column) = (_line, _position);
        string text = ReadText().Trim();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long small))
        {
            return small;
        }

        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(hex ? text.AsSpan(2) : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ulong large)
            ? large
            : throw new ProfileFormatException("An <integer> is no number of 64 bits.", line, column);
    }

    private double ReadReal()
    {
        (int line, int column) = (_line, _position);
        string text = ReadText().Trim();
        return text.ToLowerInvariant() switch
        {
            "nan" => double.NaN,
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw new ProfileFormatException("A <real> is no number.", line, column),
        };
    }

    private DateTimeOffset ReadDate()
    {
        (int line, int column) = (_line, _position);
        return DateTimeOffset.TryParseExact(ReadText().Trim(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : throw new ProfileFormatException("A <date> is not of the form 2026-01-31T08:00:00Z.", line, column);
    }

    private byte[] ReadData()
    {
        (int line, int column) = (_line, _position);
        try
        {
            return Convert.FromBase64String(ReadText());
        }
        catch (FormatException e)
        {
            throw new ProfileFormatException("A <data> is no base64.", line, column, "", e);
        }
    }

    /// <summary>For constant messages: one that is put together would be put together each time.</summary>
    private void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw Error(problem);
        }
    }

    private ProfileFormatException Error(string problem) => new(problem, _lines.LineNumber, _lines.LinePosition);
}
