using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Smallstep.Fleet.Variables;

/// <summary>Keeps compiled templates by the content of their document, for services that render the same profiles again and again.</summary>
public sealed class TemplateCache
{
    private const int MaxTemplates = 1024;

    private readonly ConcurrentDictionary<(string Hash, TemplateFormat Format, FleetVersion Version), FleetTemplate> _templates = new();

    /// <summary>The template of a document for the newest known Fleet release, compiled at most once while it is kept; beyond 1024 documents the cache starts afresh.</summary>
    public FleetTemplate Get(ReadOnlyMemory<byte> utf8, TemplateFormat format) => Get(utf8, format, FleetVersion.NewestKnown);

    /// <summary>The template of a document as a Fleet release delivers it, compiled at most once while it is kept; beyond 1024 documents the cache starts afresh.</summary>
    public FleetTemplate Get(ReadOnlyMemory<byte> utf8, TemplateFormat format, FleetVersion version)
    {
        string hash = Convert.ToHexString(SHA256.HashData(utf8.Span));
        if (_templates.Count >= MaxTemplates)
        {
            _templates.Clear();
        }

        return _templates.GetOrAdd((hash, format, version), _ => FleetTemplate.Compile(utf8, format, version));
    }
}
