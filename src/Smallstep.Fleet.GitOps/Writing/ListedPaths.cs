namespace Smallstep.Fleet.GitOps;

/// <summary>The paths that a pattern of a repository (<c>paths</c>) matches: a file there is listed whether or not an entry names it.</summary>
internal sealed class ListedPaths
{
    private readonly HashSet<string> _patterns;

    public ListedPaths(FleetRepository repository)
    {
        // Patterns in a file that a main file points to may mean the main file's folder.
        string[] folders = [.. repository.Parsed.Select(file => RepositoryPath.Folder(RepositoryPath.Normalize(file.Path))).Distinct()];
        _patterns = [.. repository.Scope.Loaded.SelectMany(file => Patterns(file.Document.Root).SelectMany(pattern => folders.Append(RepositoryPath.Folder(file.Path)).Select(folder => RepositoryPath.Resolve(folder, pattern))))];
    }

    public bool Contains(string path) => _patterns.Any(pattern => path.StartsWith(Start(pattern), StringComparison.Ordinal) && GlobPattern.Match([path], pattern) is { Count: > 0 });

    // What a path must begin with, which saves most of the matching.
    private static string Start(string pattern) => pattern[..pattern.TakeWhile(c => c is not ('*' or '?' or '[' or '{')).Count()];

    private static IEnumerable<string> Patterns(GitOpsNode node) => node.Items.SelectMany(Patterns)
        .Concat(node.Entries.SelectMany(entry => entry.Key == "paths" && entry.Value.AsText() is { } pattern ? [pattern] : Patterns(entry.Value)));
}
