namespace Smallstep.Fleet.GitOps;

/// <summary>Paths in a repository, as Go's <c>filepath</c> joins them.</summary>
internal static class RepositoryPath
{
    /// <summary>Removes <c>.</c>, <c>..</c> and doubled slashes.</summary>
    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        string joined = string.Join('/', parts);
        return path.StartsWith('/') ? "/" + joined : joined;
    }

    /// <summary>A path as an entry of a file means it: relative to the file's folder, absolute ones as they are.</summary>
    public static string Resolve(string folder, string path) =>
        path.StartsWith('/') || folder.Length == 0 ? Normalize(path) : Normalize(folder + "/" + path);

    /// <summary>The folder of a file; empty for the root.</summary>
    public static string Folder(string file) => file.LastIndexOf('/') is > 0 and int slash ? file[..slash] : "";

    /// <summary>The file's name.</summary>
    public static string Base(string file) => file[(file.LastIndexOf('/') + 1)..];

    /// <summary>The extension with its dot, as Go's <c>filepath.Ext</c> cuts it; empty where there is none.</summary>
    public static string Extension(string file) => Base(file) is var name && name.LastIndexOf('.') is >= 0 and int dot ? name[dot..] : "";

    /// <summary>The file's name without its extension.</summary>
    public static string Stem(string file) => Base(file)[..^Extension(file).Length];
}
