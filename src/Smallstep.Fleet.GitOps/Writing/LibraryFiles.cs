using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>The files under <c>lib/</c>: equal ones are kept once, different ones of one name get a folder of their fleet.</summary>
/// <param name="existing">A repository whose files stay as they are.</param>
internal sealed class LibraryFiles(IRepositoryFiles? existing = null)
{
    private const string Root = "lib/";
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<RepositoryFile> Files => _files.Select(file => new RepositoryFile(file.Key, file.Value));

    /// <summary>Adds a text file and returns its path from the repository's root.</summary>
    public string Add(string fileName, string contents, string fleetSlug) => Add(fileName, Encoding.UTF8.GetBytes(contents), fleetSlug);

    /// <summary>Adds a file and returns its path from the repository's root.</summary>
    public string Add(string fileName, byte[] contents, string fleetSlug) => Add(FileNames.Safe(fileName), _ => contents, fleetSlug);

    /// <summary>Adds a file whose contents depend on its own path, and returns the path.</summary>
    public string Add(string fileName, Func<string, byte[]> contents, string fleetSlug)
    {
        foreach (string candidate in Candidates(fileName, fleetSlug))
        {
            byte[] bytes = contents(candidate);
            if (existing?.Read(candidate) is { } kept)
            {
                if (kept.Span.SequenceEqual(bytes))
                {
                    return candidate;
                }

                continue;
            }

            if (!_files.TryGetValue(candidate, out byte[]? there) || there.AsSpan().SequenceEqual(bytes))
            {
                _files[candidate] = bytes;
                return candidate;
            }
        }

        throw new InvalidOperationException("The candidates do not end.");
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

    private static IEnumerable<string> Candidates(string name, string fleetSlug)
    {
        yield return Root + name;
        yield return $"{Root}{fleetSlug}/{name}";
        for (int number = 2; ; number++)
        {
            yield return $"{Root}{fleetSlug}-{number}/{name}";
        }
    }
}
