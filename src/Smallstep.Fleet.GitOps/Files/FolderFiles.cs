using System.IO.Enumeration;

namespace Smallstep.Fleet.GitOps;

/// <summary>A repository in a folder. What lies outside the folder, and folders whose names start with a dot, do not exist for it.</summary>
public sealed class FolderFiles : IRepositoryFiles
{
    // The largest file that a repository names is a licence agreement, of which Fleet takes 25 MiB.
    private const long MaxFileBytes = 26 * 1024 * 1024;
    private readonly string _root;

    /// <summary>Takes a folder.</summary>
    /// <param name="root">The repository's root.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder inside cannot be read.</exception>
    public FolderFiles(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _root = RealPath(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
        if (!Directory.Exists(_root))
        {
            throw new DirectoryNotFoundException($"There is no folder {root}.");
        }

        Paths = [.. Files(_root).Select(file => Path.GetRelativePath(_root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file is larger than 26 MiB, which is more than Fleet takes of any file, or cannot be read.</exception>
    public ReadOnlyMemory<byte>? Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.GetFullPath(Path.Combine(_root, path));
        if (!IsInside(full) || !File.Exists(full) || !IsInside(RealPath(full)))
        {
            return null;
        }

        return new FileInfo(full).Length > MaxFileBytes
            ? throw new IOException($"{path} is larger than {MaxFileBytes / 1024 / 1024} MiB.")
            : File.ReadAllBytes(full);
    }

    // Linked folders are not entered: they may lead out, or round in a circle. A folder that cannot be read is an error: what it
    // declares would be taken for absent.
    private static IEnumerable<string> Files(string root) => new FileSystemEnumerable<string>(
        root, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.FileName.StartsWith('.') && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    };

    // A repository may hold links, and whoever proposes a change to it must not read what lies elsewhere.
    private static string RealPath(string path)
    {
        for (string? part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null && File.ResolveLinkTarget(part, returnFinalTarget: true) is { } target)
            {
                return RealPath(target.FullName + path[part.Length..]);
            }
        }

        return path;
    }

    private bool IsInside(string full) => full.StartsWith(Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
