using System.Runtime.CompilerServices;

namespace Smallstep.Fleet.Variables.Tests.Docs;

/// <summary>A table on a page of the documentation that is generated from the code.</summary>
internal static class GeneratedTable
{
    /// <summary>Compares a table with the one on the page that has the same heading; with UPDATE_DOCS=1 it is written there first.</summary>
    public static void ShouldBeOn(string page, string table)
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs", page));
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        string heading = table[..(table.IndexOf('\n', StringComparison.Ordinal) + 1)];
        int start = text.IndexOf(heading, StringComparison.Ordinal);
        start.Should().BePositive("the page has a table with this heading");
        int end = text.IndexOf("\n\n", start, StringComparison.Ordinal) is var blank and >= 0 ? blank + 1 : text.Length;
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..start] + table + text[end..]);
            return;
        }

        text[start..end].Should().Be(table);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
