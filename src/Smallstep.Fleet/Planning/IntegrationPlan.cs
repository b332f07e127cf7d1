namespace Smallstep.Fleet;

/// <summary>What has to change on a Fleet server so that it holds what is wanted. Empty when nothing has drifted.</summary>
/// <param name="Changes">The changes in the order in which they are carried out: additions first by dependency, deletions last.</param>
/// <param name="Version">The server's version that the plan was made for.</param>
public sealed record IntegrationPlan(IReadOnlyList<PlannedChange> Changes, FleetVersion Version)
{
    /// <summary>What was not compared, because the server masks it or does not show it to the token, such as <c>certificate authority SMALLSTEP_AGENT: password</c>.</summary>
    public IReadOnlyList<string> UncomparedSecrets { get; init; } = [];

    /// <summary>Warnings that go with the plan.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The state that the plan was made for; kept so that applying can look again.</summary>
    internal GitOps.FleetState? Desired { get; init; }

    /// <summary>What the plan was allowed to do.</summary>
    internal PlanPolicy Policy { get; init; } = PlanPolicy.Cautious;

    /// <summary>Whether nothing has to change and nothing is unknown.</summary>
    public bool IsEmpty => Changes.Count == 0;

    /// <summary>Whether some change needs a permission first or cannot be decided.</summary>
    public bool IsBlocked => Changes.Any(change => !change.IsAllowed);

    /// <summary>What carrying out the allowed changes consumes.</summary>
    public PlanCost Cost => Changes.Where(change => change.IsAllowed).Aggregate(PlanCost.None, (sum, change) => sum.Add(change.Cost));

    /// <summary>The plan as text, deletions first.</summary>
    /// <param name="color">Whether to use ANSI colours (deletions in red).</param>
    public string ToText(bool color = false) => PlanTextWriter.Write(this, color);

    /// <summary>The plan as Markdown for pull requests, deletions first.</summary>
    public string ToMarkdown() => PlanMarkdownWriter.Write(this);

    /// <summary>The plan as indented JSON. Holds no secret and no profile contents.</summary>
    public string ToJson() => PlanJsonWriter.Write(this);

    /// <summary>The counts in one line, such as <c>3 to create, 1 to update</c>.</summary>
    public override string ToString()
    {
        if (IsEmpty)
        {
            return "nothing to change";
        }

        IEnumerable<string> counts = Changes
            .GroupBy(change => change.Kind)
            .OrderBy(group => group.Key)
            .Select(group => group.Key == ChangeKind.Unknown ? $"{group.Count()} unknown" : $"{group.Count()} to {group.Key.ToWord()}");
        return string.Join(", ", counts);
    }
}
