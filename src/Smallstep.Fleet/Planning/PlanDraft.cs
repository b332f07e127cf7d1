using System.Diagnostics.CodeAnalysis;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>A plan in the making.</summary>
internal sealed class PlanDraft(FleetState desired, FleetCapabilities capabilities, PlanPolicy policy)
{
    private readonly List<PlannedChange> _changes = [];
    private readonly List<string> _uncompared = [];
    private readonly List<Finding> _findings = [];

    public bool IsComplete { get; } = desired.IsComplete;

    public FleetCapabilities Capabilities { get; } = capabilities;

    public PlanPolicy Policy { get; } = policy;

    /// <summary>Whether a list asks for nothing: it is not managed, or it is empty and what is there may stay.</summary>
    public bool IsUnmanaged<T>([NotNullWhen(false)] IReadOnlyList<T>? list) => list is null || (list.Count == 0 && !IsComplete);

    public void Add(PlannedChange change) => _changes.Add(change);

    public void AddUncompared(string secret) => _uncompared.Add(secret);

    public void AddFinding(Finding finding) => _findings.Add(finding);

    public void AddUnreadable(PlannedObjectKind kind, string? team, string what, string reason = "The token may not read this, so it is unknown what is there.") =>
        Add(new PlannedChange(ChangeKind.Unknown, kind, team, what, reason)
        {
            Blocker = "Use a token that may read it (role gitops, maintainer or admin).",
        });

    /// <summary>A list that the token may not read: unknown where something of it is wanted; where nothing is, only what a plan does not compare.</summary>
    public void AddUnreadable<T>(PlannedObjectKind kind, string? team, IReadOnlyList<T> desired, string what)
    {
        if (desired.Count > 0)
        {
            AddUnreadable(kind, team, "all");
        }
        else
        {
            AddUncompared($"{what} (the token may not read them)");
        }
    }

    public void AddReplace(PlannedChange change) => Add(change with
    {
        Kind = ChangeKind.Replace,
        Blocker = change.Blocker ?? (Policy.AllowReplace ? null : "Replacing removes it from hosts for a moment; set AllowReplace."),
    });

    public void AddDelete(PlannedObjectKind kind, string? team, string name, object observed, string reason = "It is not part of the desired state.", PlanCost? cost = null, string? blocker = null) =>
        Add(new PlannedChange(ChangeKind.Delete, kind, team, name, reason)
        {
            Observed = observed,
            Cost = cost ?? new PlanCost(),
            Blocker = blocker ?? (Policy.AllowDeletes ? null : "Deleting needs AllowDeletes."),
        });

    public IntegrationPlan ToPlan() => new([.. InApplyOrder()], Capabilities.Version)
    {
        UncomparedSecrets = _uncompared,
        Findings = _findings,
    };

    /// <summary>Additions by dependency, then deletions against it, so that a failure leaves a working state.</summary>
    private IEnumerable<PlannedChange> InApplyOrder() => _changes
        .OrderBy(change => change.Kind == ChangeKind.Delete)
        .ThenBy(Step)
        .ThenBy(change => change.Rank);

    // A fleet goes with all that it holds, and what it holds may use labels and authorities that go as well.
    private static int Step(PlannedChange change) => change.Kind != ChangeKind.Delete ? (int)change.ObjectKind
        : change.ObjectKind == PlannedObjectKind.Team ? int.MinValue
        : -(int)change.ObjectKind;
}
