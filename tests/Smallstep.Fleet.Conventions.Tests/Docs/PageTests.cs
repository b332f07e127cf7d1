using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Conventions.Tests.Docs;

public sealed partial class PageTests
{
    public static TheoryData<string> Pages => Repository.Pages;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_InAPage_IsCompiledSomewhere(string page)
    {
        string compiled = CompiledSources();

        foreach (string[] block in CSharpBlocks(Repository.ReadLines(page)))
        {
            compiled.Contains(Normalise(block), StringComparison.Ordinal)
                .Should().BeTrue("every C# block of {0} stands in a compiled file, and this one does not:\n{1}", page, string.Join('\n', block));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Link_ToAFile_Resolves(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;

        RelativeLink().Matches(string.Join('\n', Repository.ReadLines(page)))
            .Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(folder, link.Split('#')[0])))
            .Should().BeEmpty();
    }

    [Fact]
    public void PackagePage_OfEachPackage_StandsAlone()
    {
        Repository.Packages.Should().HaveCount(10);
        foreach (string package in Repository.Packages)
        {
            string[] lines = Repository.ReadLines(Repository.PackagePage(package));
            lines[0].Should().Be($"# {package}");
            RelativeLink().IsMatch(string.Join('\n', lines)).Should().BeFalse("a registry shows {0} away from the files that it would link to", package);
        }
    }

    [Fact]
    public void Readme_Length_StaysWithin150Lines() =>
        Repository.ReadLines("README.md").Length.Should().BeLessThanOrEqualTo(150);

    private static string CompiledSources()
    {
        string[] folders = ["tests", "docs/samples"];
        return string.Join('\n', folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => Normalise(File.ReadAllLines(file))));
    }

    private static IEnumerable<string[]> CSharpBlocks(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() == "```csharp")
            {
                int end = Array.FindIndex(lines, i + 1, line => line.Trim() == "```");
                yield return lines[(i + 1)..end];
                i = end;
            }
        }
    }

    /// <summary>Lines without indentation, blank lines and using directives: what is left must be the same.</summary>
    private static string Normalise(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0 && !UsingDirective().IsMatch(line)));

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex RelativeLink();
}
