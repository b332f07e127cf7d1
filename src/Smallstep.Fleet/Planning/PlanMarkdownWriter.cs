using System.Text;

namespace Smallstep.Fleet;

/// <summary>Renders plans for pull requests.</summary>
internal static class PlanMarkdownWriter
{
    public static string Write(IntegrationPlan plan)
    {
        var text = new StringBuilder("## Plan for Fleet ").Append(plan.Version).Append("\n\n");
        if (plan.IsEmpty)
        {
            return text.Append("Nothing to change.\n").ToString();
        }

        text.Append("**").Append(PlanTextWriter.Sentence(plan)).Append("** Consumes ").Append(plan.Cost).Append(".\n\n");
        text.Append("| | Object | Fleet | Why | Fields |\n|---|---|---|---|---|\n");
        foreach (PlannedChange change in PlanTextWriter.InReadingOrder(plan))
        {
            bool alarming = change.Kind is ChangeKind.Delete or ChangeKind.Replace;
            text.Append("| ").Append(alarming ? "🟥 **" + change.Kind.ToWord() + "**" : change.Kind.ToWord())
                .Append(" | ").Append(change.ObjectKind.ToPhrase()).Append(' ').Append(Code(change.Name))
                .Append(" | ").Append(change.Team is null ? "" : Cell(change.Team))
                .Append(" | ").Append(Cell(change.Reason)).Append(change.Blocker is null ? "" : $"<br>**not carried out:** {Cell(change.Blocker)}")
                .Append(" | ").AppendJoin("<br>", change.Fields.Select(field => $"{field.Field}: {Cell(PlanTextWriter.Arrow(field))}"))
                .Append(" |\n");
        }

        if (plan.UncomparedSecrets.Count > 0)
        {
            text.Append("\nNot compared, because the server does not show it: ").AppendJoin("; ", plan.UncomparedSecrets.Select(Cell)).Append(".\n");
        }

        foreach (Finding finding in plan.Findings)
        {
            text.Append("\n- **").Append(finding.Id).Append("** ").Append(Cell(finding.Message)).Append(' ').Append(Cell(finding.Remedy));
        }

        return text.Append(plan.Findings.Count > 0 ? "\n" : "").ToString();
    }

    private static string Code(string text) => "`" + text.Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal) + "`";

    private static string Cell(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
