namespace Smallstep.Fleet.Conventions.Tests.Docs;

/// <summary>The files of this repository, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static TheoryData<string> Pages
    {
        get
        {
            var pages = new TheoryData<string> { "README.md", "CHANGELOG.md" };
            foreach (string page in Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                pages.Add(Path.GetRelativePath(Root, page).Replace('\\', '/'));
            }

            foreach (string package in Packages)
            {
                pages.Add(PackagePage(package));
            }

            return pages;
        }
    }

    /// <summary>The names of the packages.</summary>
    public static IEnumerable<string> Packages =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>What the registry shows of a package.</summary>
    public static string PackagePage(string package) => $"src/{package}/README.md";

    public static string[] ReadLines(string page) => File.ReadAllLines(Path.Combine(Root, page));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Smallstep.Fleet.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("Run the tests from a build inside the repository: Smallstep.Fleet.sln was not found above them.");
    }
}
