using System.Text;
using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles;

/// <summary>Reads SyncML commands. Elements that are not modelled are kept as XML text; comments are dropped.</summary>
internal sealed class SyncMlReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly string _text;
    private readonly XmlTokenizer _tokens;
    private readonly LineStarts _lines;

    private SyncMlReader(string text)
    {
        _text = text;
        _tokens = new XmlTokenizer(text);
        _lines = new LineStarts(text);
    }

    public static SyncMlDocument Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > PropertyListReader.MaxBytes)
        {
            throw new ProfileFormatException($"The document has {utf8.Length} bytes; at most {PropertyListReader.MaxBytes} are read.");
        }

        string text;
        try
        {
            text = StrictUtf8.GetString(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProfileFormatException("The document is not UTF-8.", innerException: e);
        }

        try
        {
            return new SyncMlReader(text).ReadDocument();
        }
        catch (XmlSyntaxException e)
        {
            (int line, int column) = TextPosition.Of(text, e.Position);
            throw new ProfileFormatException(e.Message, line, column, "", e);
        }
    }

    private SyncMlDocument ReadDocument()
    {
        var commands = new List<SyncMlCommand>();
        while (_tokens.Read())
        {
            if (_tokens.Kind == XmlTokenKind.StartElement)
            {
                commands.Add(ReadCommand(VerbOf(_tokens.LocalName) ?? throw Error($"<{_tokens.Name}> is no command of a Windows profile.")));
            }
            else if (_tokens.Kind is XmlTokenKind.ProcessingInstruction)
            {
                throw Error("Processing instructions and XML declarations have no place in a Windows profile.");
            }
            else if (_tokens.Kind is XmlTokenKind.Text or XmlTokenKind.CData && !string.IsNullOrWhiteSpace(_tokens.Value))
            {
                throw Error("Text stands where a command is expected.");
            }
        }

        return new SyncMlDocument { Commands = commands };
    }

    private SyncMlCommand ReadCommand(SyncMlVerb verb)
    {
        (int line, int column) = _lines.Of(_tokens.Start);
        var items = new List<SyncMlItem>();
        var commands = new List<SyncMlCommand>();
        var others = new StringBuilder();
        string? id = null;
        while (NextChild())
        {
            if (_tokens.LocalName == "Item")
            {
                items.Add(ReadItem());
            }
            else if (_tokens.LocalName == "CmdID")
            {
                id = ReadText().Trim();
            }
            else if (verb == SyncMlVerb.Atomic && VerbOf(_tokens.LocalName) is { } inner and not SyncMlVerb.Atomic)
            {
                commands.Add(ReadCommand(inner));
            }
            else
            {
                others.Append(ReadRaw());
            }
        }

        return new SyncMlCommand(verb) { Items = items, Commands = commands, CommandId = id, OtherXml = others.ToString(), Line = line, Column = column };
    }

    private SyncMlItem ReadItem()
    {
        (int line, int column) = _lines.Of(_tokens.Start);
        string? uri = null, format = null, type = null, data = null;
        StringBuilder others = new(), targetOthers = new(), metaOthers = new();
        while (NextChild())
        {
            switch (_tokens.LocalName)
            {
                case "Target":
                    ReadChildren(targetOthers, name => name == "LocURI" && Take(out uri));
                    break;
                case "Meta":
                    ReadChildren(metaOthers, name => (name == "Format" && Take(out format)) || (name == "Type" && Take(out type)));
                    break;
                case "Data":
                    data = ReadText();
                    break;
                default:
                    others.Append(ReadRaw());
                    break;
            }
        }

        return new SyncMlItem(uri, format, data)
        {
            Type = type,
            OtherXml = others.ToString(),
            OtherTargetXml = targetOthers.ToString(),
            OtherMetaXml = metaOthers.ToString(),
            Line = line,
            Column = column,
        };

        bool Take(out string? text)
        {
            text = ReadText().Trim();
            return true;
        }
    }

    /// <summary>Reads the children of an element; those that nobody takes are kept as XML text.</summary>
    private void ReadChildren(StringBuilder others, Func<string, bool> takes)
    {
        while (NextChild())
        {
            if (!takes(_tokens.LocalName))
            {
                others.Append(ReadRaw());
            }
        }
    }

    /// <summary>Moves to the next child element; <see langword="false"/> at the end of the parent.</summary>
    private bool NextChild()
    {
        while (_tokens.Read())
        {
            switch (_tokens.Kind)
            {
                case XmlTokenKind.StartElement:
                    return true;
                case XmlTokenKind.EndElement:
                    return false;
                case XmlTokenKind.ProcessingInstruction:
                    throw Error("Processing instructions and XML declarations have no place in a Windows profile.");
                case XmlTokenKind.Text or XmlTokenKind.CData when !string.IsNullOrWhiteSpace(_tokens.Value):
                    throw Error("Text stands where an element is expected.");
            }
        }

        return false;
    }

    private string ReadText()
    {
        var text = new StringBuilder();
        while (_tokens.Read() && _tokens.Kind != XmlTokenKind.EndElement)
        {
            switch (_tokens.Kind)
            {
                case XmlTokenKind.Text or XmlTokenKind.CData:
                    text.Append(_tokens.Value);
                    break;
                case XmlTokenKind.StartElement:
                    // XML that was not escaped: kept as the text that it is.
                    text.Append(ReadRaw());
                    break;
            }
        }

        return text.ToString();
    }

    private string ReadRaw()
    {
        int start = _tokens.Start;
        int depth = _tokens.Depth;
        while (_tokens.Depth >= depth && _tokens.Read())
        {
        }

        return _text[start.._tokens.End];
    }

    private static SyncMlVerb? VerbOf(string name) => name switch
    {
        "Replace" => SyncMlVerb.Replace,
        "Add" => SyncMlVerb.Add,
        "Exec" => SyncMlVerb.Exec,
        "Atomic" => SyncMlVerb.Atomic,
        _ => null,
    };

    private ProfileFormatException Error(string problem)
    {
        (int line, int column) = _lines.Of(_tokens.Start);
        return new ProfileFormatException(problem, line, column);
    }
}
