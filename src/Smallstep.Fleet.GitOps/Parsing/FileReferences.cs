namespace Smallstep.Fleet.GitOps;

/// <summary>Resolves <c>path</c> and <c>paths</c> of list entries, as one procedure does for every section in fleetctl.</summary>
internal sealed class FileReferences(FileScope scope, string folder, string kind, IReadOnlyList<string> extensions)
{
    /// <summary>The first release in which <c>path</c> takes glob characters literally where such a file exists.</summary>
    public static readonly FleetVersion LiteralBrackets = new(4, 85);

    /// <summary>Whether two files of one name are refused.</summary>
    public bool UniqueNames { get; init; }

    /// <summary>Whether an entry must point to a file.</summary>
    public bool Required { get; init; }

    /// <summary>The text before each error, such as <c>failed to parse scripts list in F: </c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Every entry with its file; an empty path for an entry without one.</summary>
    public IReadOnlyList<(GitOpsNode Node, string Path)> Expand(IReadOnlyList<GitOpsNode> entries)
    {
        var result = new List<(GitOpsNode, string)>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (GitOpsNode entry in entries)
        {
            result.AddRange(Files(entry).Where(file => IsNew(file, entry, seen)).Select(file => (entry, file)));
        }

        return result;
    }

    private IEnumerable<string> Files(GitOpsNode entry)
    {
        string? path = entry.AsText() ?? entry["path"]?.AsText();
        string? paths = entry["paths"]?.AsText();
        if (path is not null && paths is not null)
        {
            Add($"{kind} entry cannot have both \"path\" and \"paths\" fields", entry);
            return [];
        }

        if (path is null && paths is null)
        {
            if (Required)
            {
                Add($"{kind} entry has no \"path\" or \"paths\" field; check for a stray \"-\" in the list", entry);
                return [];
            }

            return [""];
        }

        return path is not null ? Single(path, entry) : Matches(paths!, entry);
    }

    private IEnumerable<string> Single(string path, GitOpsNode entry)
    {
        string resolved = RepositoryPath.Resolve(folder, path);
        bool literalAllowed = scope.Run.Run.FleetVersion >= LiteralBrackets;
        if (GlobPattern.IsPattern(path) && !(literalAllowed && scope.Run.Exists(resolved)))
        {
            Add($"{kind} \"path\" {GoText.Quote(path)} contains glob characters; use \"paths\" for glob patterns", entry);
            return [];
        }

        return [resolved];
    }

    private IEnumerable<string> Matches(string pattern, GitOpsNode entry)
    {
        if (!GlobPattern.IsPattern(pattern))
        {
            Add($"{kind} \"paths\" {GoText.Quote(pattern)} does not contain glob characters; use \"path\" for a specific file", entry);
            return [];
        }

        if (GlobPattern.Match(scope.Run.Paths, RepositoryPath.Resolve(folder, pattern)) is not { } matches)
        {
            Add($"invalid glob pattern {GoText.Quote(pattern)}: syntax error in pattern", entry);
            return [];
        }

        var files = new List<string>();
        foreach (string match in matches)
        {
            if (extensions.Contains(RepositoryPath.Extension(match).ToLowerInvariant()))
            {
                files.Add(match);
            }
            else
            {
                scope.Log($"[!] glob pattern {GoText.Quote(pattern)} matched non-{kind} file {GoText.Quote(match)}, skipping");
            }
        }

        if (files.Count == 0)
        {
            scope.Log($"[!] glob pattern {GoText.Quote(pattern)} matched no {kind} files");
            scope.File.EmptyGlobs.Add((pattern, entry));
        }

        return files;
    }

    private bool IsNew(string file, GitOpsNode entry, Dictionary<string, string> seen)
    {
        if (!UniqueNames || file.Length == 0)
        {
            return true;
        }

        string shown = entry.AsText() ?? entry["path"]?.AsText() ?? entry["paths"]?.AsText() ?? file;
        if (seen.TryAdd(RepositoryPath.Base(file), shown))
        {
            return true;
        }

        string name = RepositoryPath.Base(file);
        Add($"duplicate {kind} basename {GoText.Quote(name)} (from {GoText.Quote(seen[name])} and {GoText.Quote(shown)})", entry);
        return false;
    }

    private void Add(string words, GitOpsNode entry) => scope.Add(GitOpsRules.FileReference, Prefix + words, entry);
}
