using System.Text;
using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's pass over the tokens of a Windows profile. The state is Fleet's: the element opened last, and the top-level one.</summary>
internal sealed class WindowsStructure(string text, ProfileLintContext context)
{
    private const string OnlyReplaceOrAdd = "Windows configuration profiles can only have <Replace> or <Add> top level elements.";

    private readonly WindowsScepStructure _scep = new();
    private readonly StringBuilder _locUri = new();
    private readonly FleetCapabilities _capabilities = context.FleetVersion.Capabilities;
    private string _current = "";
    private string _topLevel = "";
    private bool? _isAtomic;
    private bool _locUriHasElement;
    private int _locUriStart;

    /// <summary>Fleet's words without prefix, or <see langword="null"/>.</summary>
    public Refusal? Judge()
    {
        var tokens = new XmlTokenizer(text);
        try
        {
            while (tokens.Read())
            {
                int start = _current == "LocURI" ? _locUriStart : tokens.Start;
                if (Judge(tokens) is { } problem)
                {
                    return Refusal.At(text, start, problem);
                }
            }
        }
        catch (XmlSyntaxException e)
        {
            return Refusal.At(text, e.Position, "The file should include valid XML: " + e.Message);
        }

        bool structured = _isAtomic is not null || text.Contains("FLEET_SECRET_", StringComparison.Ordinal) || !_capabilities.WindowsLocUriRules;
        return structured ? _scep.Finish() : "The file should include valid SyncML XML with at least one supported element.";
    }

    private string? Judge(XmlTokenizer tokens)
    {
        switch (tokens.Kind)
        {
            case XmlTokenKind.ProcessingInstruction:
                return "The file should include valid XML: processing instructions are not allowed.";
            case XmlTokenKind.StartElement:
                return Open(tokens.LocalName, tokens.Start);
            case XmlTokenKind.EndElement:
                return Close(tokens.LocalName);
            case XmlTokenKind.Text or XmlTokenKind.CData when _current == "LocURI":
                _locUri.Append(tokens.Value);
                return null;
            default:
                return null;
        }
    }

    private string? Open(string name, int start)
    {
        if (_topLevel.Length == 0)
        {
            if (OpenTopLevel(name) is { } problem)
            {
                return problem;
            }
        }
        else if (_current == "Atomic" && name is not ("Replace" or "Add" or "Exec"))
        {
            return "Windows configuration profiles can only include <Replace> or <Add> within the <Atomic> element.";
        }

        _locUriHasElement |= _current == "LocURI";
        if (name == "LocURI")
        {
            _locUri.Clear();
            _locUriHasElement = false;
            _locUriStart = start;
        }

        _current = name;
        return null;
    }

    private string? OpenTopLevel(string name)
    {
        if (name is not ("Replace" or "Add" or "Exec" or "Atomic") || (name == "Atomic" && (!_capabilities.WindowsAtomic || _isAtomic == false)))
        {
            return _capabilities.WindowsAtomic ? OnlyReplaceOrAdd : "Windows configuration profiles can only have <Replace>, <Add> or <Exec> top level elements.";
        }

        if (_isAtomic == true)
        {
            return "<Atomic> element must wrap all the elements in a Windows configuration profile.";
        }

        _topLevel = name;
        _isAtomic ??= name == "Atomic";
        return null;
    }

    private string? Close(string name)
    {
        if (name == _topLevel)
        {
            _topLevel = "";
        }

        bool exec = _topLevel == "Exec";
        _current = "";
        return name == "LocURI" ? LocUri(_locUri.ToString(), exec) : null;
    }

    private string? LocUri(string raw, bool exec)
    {
        string uri = raw.Trim();
        string rooted = uri.StartsWith('/') ? uri : "/" + uri;
        if (!context.AllowCustomDiskEncryption && rooted.Contains("/Vendor/MSFT/BitLocker", StringComparison.Ordinal))
        {
            return FleetWords.BitLocker;
        }

        if (!_capabilities.WindowsUpdatePolicies && rooted.Contains(WindowsVerdict.UpdatePolicy, StringComparison.Ordinal))
        {
            return "Custom configuration profiles can't include Windows updates settings. To control these settings, use the mdm.windows_updates option.";
        }

        if (_capabilities.WindowsLocUriRules && Format(uri) is { } problem)
        {
            return problem;
        }

        return raw.Length == 0 ? null : _scep.Add(uri, exec);
    }

    private string? Format(string uri)
    {
        if (uri.Length == 0 || _locUriHasElement)
        {
            return "<LocURI> can't be empty.";
        }

        if (uri.StartsWith('/'))
        {
            return "<LocURI> can't start with \"/\".";
        }

        string path = uri.StartsWith("./", StringComparison.Ordinal) ? uri[2..] : uri;
        return path.Split('/').Contains("..") ? "<LocURI> can't contain \"..\" path traversal segments." : null;
    }
}
