using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>What the parsing of one run shares: files, environment, and everything that was read.</summary>
internal sealed class RunScope(IRepositoryFiles files, GitOpsRun run, CommandLine commandLine)
{
    private readonly Dictionary<string, LoadedFile?> _yaml = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _paths;

    public GitOpsRun Run => run;

    public CommandLine CommandLine => commandLine;

    public FleetCapabilities Capabilities => run.FleetVersion.Capabilities;

    /// <summary>
    /// Whether fleetctl looks at a key of <c>apple_settings</c>: one that the release knows has its meaning, and from 4.83 any other is refused.
    /// Before, and with <c>--allow-unknown-keys</c>, what is not known is passed over.
    /// </summary>
    /// <param name="isKnown">Whether the release knows the key.</param>
    public bool Heeds(bool isKnown) => isKnown || (Capabilities.AppleSettingsKeys && !commandLine.AllowsUnknownKeys);

    public IReadOnlyList<string> Paths => _paths ??= files.Paths;

    /// <summary>Every YAML file that was read, in that order.</summary>
    public IEnumerable<LoadedFile> Loaded => _yaml.Values.OfType<LoadedFile>();

    /// <summary>The bytes of a file.</summary>
    public ReadOnlyMemory<byte>? Bytes(string path) => files.Read(path);

    /// <summary>Whether there is such a file.</summary>
    public bool Exists(string path) => files.Read(path) is not null;

    /// <summary>A file's text as it is; <see langword="null"/> where there is none.</summary>
    public string? Text(string path)
    {
        if (!_texts.TryGetValue(path, out string? text))
        {
            text = files.Read(path) is { } bytes ? Decode(bytes.Span) : null;
            _texts[path] = text;
        }

        return text;
    }

    /// <summary>A YAML file, expanded and read; <see langword="null"/> where there is none.</summary>
    public LoadedFile? Yaml(string path)
    {
        if (!_yaml.TryGetValue(path, out LoadedFile? loaded))
        {
            loaded = Text(path) is { } text ? Load(path, text) : null;
            _yaml[path] = loaded;
        }

        return loaded;
    }

    /// <summary>The value that was inserted into a scalar, the first of several; <see langword="null"/> without one.</summary>
    public InsertedValue? InsertedAt(GitOpsNode node) => Insertions(node).FirstOrDefault();

    /// <summary>The values that were inserted into a scalar.</summary>
    public IEnumerable<InsertedValue> Insertions(GitOpsNode node) =>
        _yaml.GetValueOrDefault(node.File)?.Text.Inserted.Where(value => value.Length == 0
            ? value.Start >= node.Mark.Start && value.Start <= node.Mark.End
            : value.Start < node.Mark.End && value.Start + value.Length > node.Mark.Start) ?? [];

    private LoadedFile Load(string path, string text)
    {
        ExpandedText expanded = EnvironmentExpander.Expand(text, run.Environment, SecretHandling.Reject);
        return new LoadedFile(path, expanded, YamlReader.Read(expanded, path));
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes);
}
