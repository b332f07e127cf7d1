using System.Text;

namespace Smallstep.Fleet;

/// <summary>Renders plans for terminals.</summary>
internal static class PlanTextWriter
{
    private const string Reset = "\u001b[0m";

    public static string Write(IntegrationPlan plan, bool color)
    {
        var text = new StringBuilder();
        foreach (PlannedChange change in InReadingOrder(plan))
        {
            string line = $"{change.Kind.ToSign(),3} {change.ObjectKind.ToPhrase()} {change.Name}{(change.Team is null ? "" : $" ({change.Team})")}";
            text.Append(color ? Color(change.Kind) + line + Reset : line).Append('\n');
            text.Append("      ").Append(change.Reason).Append('\n');
            foreach (FieldChange field in change.Fields)
            {
                text.Append("      ").Append(field.Field).Append(": ").Append(Arrow(field)).Append('\n');
            }

            if (change.Blocker is not null)
            {
                text.Append("      not carried out: ").Append(change.Blocker).Append('\n');
            }
        }

        text.Append(plan.IsEmpty ? "Nothing to change." : $"{Sentence(plan)} Consumes {plan.Cost}.").Append('\n');
        foreach (string secret in plan.UncomparedSecrets)
        {
            text.Append("Not compared: ").Append(secret).Append('\n');
        }

        foreach (Finding finding in plan.Findings)
        {
            text.Append(finding).Append(' ').Append(finding.Remedy).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Deletions first, then replacements, then the order of applying.</summary>
    internal static IEnumerable<PlannedChange> InReadingOrder(IntegrationPlan plan) => plan.Changes.OrderBy(ReadingRank);

    internal static int ReadingRank(PlannedChange change) => change.Kind switch { ChangeKind.Delete => 0, ChangeKind.Replace => 1, _ => 2 };

    internal static string Arrow(FieldChange field) => (field.Before, field.After) switch
    {
        (null, _) => field.After ?? "",
        (_, null) => $"{field.Before} → (none)",
        _ => $"{field.Before} → {field.After}",
    };

    internal static string Sentence(IntegrationPlan plan)
    {
        string counts = plan.ToString();
        return char.ToUpperInvariant(counts[0]) + counts[1..] + ".";
    }

    private static string Color(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "\u001b[32m",
        ChangeKind.Update => "\u001b[33m",
        ChangeKind.Unknown => "\u001b[35m",
        _ => "\u001b[31m",
    };
}
