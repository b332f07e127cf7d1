using System.Text;

namespace Smallstep.Fleet;

/// <summary>What the server and our linter say about a repository before it is applied.</summary>
/// <param name="Lint">Our own verdict and findings, which cover what a dry run of Fleet does not.</param>
/// <param name="Steps">The server's verdicts, in the order in which they were asked.</param>
public sealed record DryRunReport(LintResult Lint, IReadOnlyList<DryRunStep> Steps)
{
    /// <summary>What a dry run of Fleet never looks at.</summary>
    public static IReadOnlyList<string> NotCovered { get; } =
    [
        "policies", "reports", "labels beyond their names", "bootstrap package and set-up assistant", "logos", "contents of YARA rules", "profiles with secrets", "profiles and software of a new fleet",
        "deletions of certificate authorities", "what refers to a deleted object", "what omitted sections remove",
    ];

    /// <summary>Whether nothing was refused, neither by our linter nor by the server.</summary>
    public bool IsAccepted => Lint.Verdict.IsAccepted && Steps.All(step => step.Outcome != DryRunOutcome.Refused);

    /// <summary>What the run consumed: Fleet asks for a challenge of every Smallstep and NDES authority.</summary>
    public PlanCost Consumed => Steps.Aggregate(PlanCost.None, (sum, step) => sum.Add(step.Consumed));

    /// <summary>How many packages the server downloaded.</summary>
    public int Downloads => Steps.Sum(step => step.Downloads);

    /// <summary>The report as text.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, DryRunStep> file in Steps.GroupBy(step => step.File))
        {
            text.Append(file.Key).Append('\n');
            foreach (DryRunStep step in file)
            {
                text.Append(step.Outcome switch { DryRunOutcome.Accepted => "  ok   ", DryRunOutcome.Refused => "  NO   ", _ => "  --   " })
                    .Append(step.Section).Append(step.Message.Length > 0 ? ": " + step.Message : "").Append('\n');
            }
        }

        text.Append("fleetctl, offline: ").Append(Lint.Verdict.IsAccepted ? "accepted" : $"{Lint.Verdict.Stage}: {Lint.Verdict.Message.Trim()}").Append('\n');
        foreach (Finding finding in Lint.Findings)
        {
            text.Append("  ").Append(finding).Append('\n');
        }

        text.Append("Consumed: ").Append(Consumed).Append(Downloads > 0 ? $", {Downloads} downloads by the server" : "").Append(".\n");
        return text.Append("Not covered by Fleet's dry run: ").AppendJoin(", ", NotCovered).Append(".\n").ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Steps.Count(step => step.Outcome == DryRunOutcome.Accepted)} accepted, {Steps.Count(step => step.Outcome == DryRunOutcome.Refused)} refused, {Steps.Count(step => step.Outcome == DryRunOutcome.NotAsked)} not asked";
}
