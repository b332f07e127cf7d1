namespace Smallstep.Fleet.GitOps;

/// <summary>A label, policy or report with the node that declares it.</summary>
/// <param name="Name">The name; empty where it lacks one.</param>
/// <param name="Node">The item.</param>
internal sealed record ParsedItem(string Name, GitOpsNode Node);

/// <summary>A profile entry after its globs were expanded.</summary>
/// <param name="Path">The file, from the repository's root; empty for an entry without one.</param>
/// <param name="Node">The entry.</param>
internal sealed record ParsedProfile(string Path, GitOpsNode Node)
{
    /// <summary>The file of the activation of its own, from the repository's root; empty where it has none, or none that fleetctl looks at.</summary>
    public string Activation { get; init; } = "";
}

/// <summary>A script entry after its globs were expanded.</summary>
/// <param name="Path">The file, from the repository's root.</param>
/// <param name="Node">The entry.</param>
internal sealed record ParsedScript(string Path, GitOpsNode Node);

/// <summary>A software package: an inline entry, one item of a package file, or a script.</summary>
/// <param name="Node">What declares it.</param>
/// <param name="Fleet">The entry of the fleet's file, whose targets it inherits; the same node for an inline entry.</param>
/// <param name="Folder">The folder that its paths are relative to.</param>
/// <param name="File">The package file or script, from the repository's root; empty for an inline entry.</param>
internal sealed record ParsedPackage(GitOpsNode Node, GitOpsNode Fleet, string Folder, string File)
{
    public bool IsScript => RepositoryPath.Extension(File) is ".sh" or ".ps1" or ".py";

    public string Url => Node["url"]?.AsText() ?? "";

    public string Hash => Node["hash_sha256"]?.AsText() ?? "";

    /// <summary>The labels of one kind, its own where it has any, else the fleet's file's.</summary>
    public IReadOnlyList<string> Labels(string key) => (HasLabels(Node) ? Node : Fleet).Texts(key);

    /// <summary>Whether an entry names labels.</summary>
    public static bool HasLabels(GitOpsNode node) =>
        node.Texts("labels_include_any").Count + node.Texts("labels_include_all").Count + node.Texts("labels_exclude_any").Count > 0;

    /// <summary>The file of a script or query, from the repository's root; <see langword="null"/> where the package has none.</summary>
    public string? Asset(string key) =>
        key == "install_script" && IsScript ? File
        : Node[key]?["path"]?.AsText() is { Length: > 0 } path ? RepositoryPath.Resolve(Folder, path) : null;
}
