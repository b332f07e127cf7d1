using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>The files under <c>lib/</c>: equal ones are kept once, different ones of one name get a folder of their fleet.</summary>
/// <param name="repository">A repository whose files stay as they are, and whose patterns must not take in a new one.</param>
internal sealed class LibraryFiles(FleetRepository? repository = null)
{
    private const string Root = "lib";

    // Beyond as many places as there are files, only patterns can be in the way; this many more are tried.
    private const int Further = 20;

    private readonly ListedPaths? _listed = repository is null ? null : new ListedPaths(repository);
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    // A checkout on Windows or macOS holds one of two paths that differ only in case.
    private readonly Dictionary<string, string> _paths = (repository?.Source.Paths ?? [])
        .GroupBy(path => path, StringComparer.OrdinalIgnoreCase).ToDictionary(paths => paths.Key, paths => paths.First(), StringComparer.OrdinalIgnoreCase);

    public IEnumerable<RepositoryFile> Files => _files.Select(file => new RepositoryFile(file.Key, file.Value));

    /// <summary>Files for which no folder is free of the repository's patterns.</summary>
    public List<string> Unplaced { get; } = [];

    /// <summary>Adds a text file and returns its path from the repository's root.</summary>
    public string Add(string fileName, string contents, string fleetSlug) => Add(fileName, Encoding.UTF8.GetBytes(contents), fleetSlug);

    /// <summary>Adds a file, whose name may be in another case, and returns its path from the repository's root.</summary>
    public string Add(string fileName, byte[] contents, string fleetSlug) => Add(FileNames.Safe(fileName), _ => contents, fleetSlug, isExact: false);

    /// <summary>Adds a file whose contents may depend on its own path, and returns the path.</summary>
    public string Add(string fileName, Func<string, byte[]> contents, string fleetSlug, bool isExact = true)
    {
        foreach (string candidate in Candidates(fileName, fleetSlug).Take(_paths.Count + Further).Where(path => _listed?.Contains(path) != true))
        {
            byte[] bytes = contents(candidate);
            if (!_paths.TryGetValue(candidate, out string? kept))
            {
                _paths[candidate] = candidate;
                _files[candidate] = bytes;
                return candidate;
            }

            if ((kept == candidate || !isExact) && Read(kept).Span.SequenceEqual(bytes))
            {
                return kept;
            }
        }

        Unplaced.Add(fileName);
        return $"{Root}/{fileName}";
    }

    /// <summary>The path from a file to another, both given from the root.</summary>
    public static string Relative(string fromFile, string toFile)
    {
        string[] from = fromFile.Split('/')[..^1];
        string[] to = toFile.Split('/');
        int same = 0;
        while (same < from.Length && same < to.Length - 1 && from[same] == to[same])
        {
            same++;
        }

        return string.Concat(Enumerable.Repeat("../", from.Length - same)) + string.Join('/', to[same..]);
    }

    private ReadOnlyMemory<byte> Read(string path) => _files.TryGetValue(path, out byte[]? added) ? added : repository?.Source.Read(path) ?? default;

    private static IEnumerable<string> Candidates(string name, string fleetSlug)
    {
        yield return $"{Root}/{name}";
        yield return $"{Root}/{fleetSlug}/{name}";
        for (int number = 2; ; number++)
        {
            yield return $"{Root}/{fleetSlug}-{number}/{name}";
            yield return $"{Root}-{number}/{fleetSlug}/{name}";
        }
    }
}
