using System.Text;
using Smallstep.Fleet.Variables.Tests.Docs;

namespace Smallstep.Fleet.Profiles.Tests.Docs;

/// <summary>Holds the generated part of <c>docs/profiles.md</c> to the code. With UPDATE_DOCS=1 in the environment it writes it.</summary>
public sealed class ProfilesDocsTests
{
    [Fact]
    public void Docs_RuleTable_IsTheRules()
    {
        var table = new StringBuilder("| Id | Severity | What | What to do |\n|---|---|---|---|\n");
        foreach (FindingRule rule in ProfileRules.All)
        {
            table.Append($"| <a id=\"{rule.Id}\"></a>{rule.Id} | {rule.Severity} | {rule.Title} | {rule.Remedy.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        GeneratedTable.ShouldBeOn("profiles.md", table.ToString());
    }
}
