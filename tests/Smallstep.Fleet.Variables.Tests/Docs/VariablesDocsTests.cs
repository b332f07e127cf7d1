using System.Text;

namespace Smallstep.Fleet.Variables.Tests.Docs;

/// <summary>Holds the generated parts of <c>docs/variables.md</c> to the code. With UPDATE_DOCS=1 in the environment it writes them.</summary>
public sealed class VariablesDocsTests
{
    [Fact]
    public void Docs_VariableTable_IsTheCatalog() => GeneratedTable.ShouldBeOn("variables.md", Variables());

    [Fact]
    public void Docs_RuleTable_IsTheRules() => GeneratedTable.ShouldBeOn("variables.md", Rules());

    private static string Variables()
    {
        var table = new StringBuilder("| Variable | Apple | Declaration | Windows | Script | Android | Value | Written | Without a value |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (FleetVariable variable in VariableCatalog.All)
        {
            string Mark(VariableTargets target) => variable.Targets.HasFlag(target) ? "yes" : "";
            string since = variable.Since is { } version ? $" From {version.Major}.{version.Minor}." : "";
            since += variable.Until is { } last ? $" Up to {last.Major}.{last.Minor}." : "";
            string note = variable.Note.Length > 0 ? " " + variable.Note : "";
            table.Append($"| `{variable.Name}{(variable.IsFamily ? "<CA>" : "")}` | {Mark(VariableTargets.AppleProfile)} | {Mark(VariableTargets.Declaration)} | {Mark(VariableTargets.WindowsProfile)} ")
                .Append($"| {Mark(VariableTargets.Script)} | {Mark(VariableTargets.Android)} | {variable.Source}.{since}{note} ")
                .Append($"| {(variable.Escaping == VariableEscaping.WholeElement ? "whole element" : "anywhere")} | {Failures(variable)} |\n");
        }

        return table.ToString();
    }

    /// <summary>Fleet's words, one a line; those beside the main one with what brings them about.</summary>
    private static string Failures(FleetVariable variable)
    {
        IEnumerable<string> texts = variable.OtherFailures.Select(failure => $"{failure.When}: {failure.Text}");
        return string.Join("<br>", texts.Prepend(variable.FailureText).Where(text => text.Length > 0).Select(text =>
            text.Replace("{0}", "<CA>", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)));
    }

    private static string Rules()
    {
        var table = new StringBuilder("| Id | Severity | What | What to do |\n|---|---|---|---|\n");
        foreach (FindingRule rule in VariableRules.All)
        {
            table.Append($"| <a id=\"{rule.Id}\"></a>{rule.Id} | {rule.Severity} | {rule.Title} | {rule.Remedy.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return table.ToString();
    }
}
