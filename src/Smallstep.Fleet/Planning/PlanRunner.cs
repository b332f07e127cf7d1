using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans and applies a desired state of whatever source: the one way through planner and applier.</summary>
internal sealed class PlanRunner(ReadableClients fleet, IntegrationServices services)
{
    /// <summary>Looks at the server and plans.</summary>
    public async Task<IntegrationPlan> PlanAsync(FleetState desired, PlanPolicy? policy, CancellationToken cancellationToken)
    {
        using Telemetry.OperationScope _ = Telemetry.Start("plan", services.Time);
        FleetVersion version = await fleet.Writer.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        FleetState observed = await ObserveAsync(desired, cancellationToken).ConfigureAwait(false);
        IntegrationPlan plan = Planner.Plan(desired, observed, version.Capabilities, policy) with { Desired = desired, Policy = policy ?? PlanPolicy.Cautious };
        Log.Planned(services.Logger, version, plan.ToString());
        return plan;
    }

    /// <summary>Looks again and carries out what the plan showed and the server still lacks.</summary>
    public async Task<ApplyResult> ApplyAsync(
        IntegrationPlan plan, Smallstep.Fleet.Platform.SmallstepClient? smallstep, bool automaticInstall, IProgress<ApplyProgress>? progress, CancellationToken cancellationToken)
    {
        using Telemetry.OperationScope _ = Telemetry.Start("apply", services.Time);
        FleetState observed = await ObserveAsync(plan.Desired, cancellationToken).ConfigureAwait(false);
        IntegrationPlan now = Planner.Plan(plan.Desired ?? new FleetState(), observed, plan.Version.Capabilities, plan.Policy);
        Dictionary<string, ChangeKind> shown = plan.Changes.Where(change => change.IsAllowed).DistinctBy(change => change.Id).ToDictionary(change => change.Id, change => change.Kind);
        PlannedChange[] other = [.. plan.Changes.Where(change => change.ObjectKind == PlannedObjectKind.EnrollmentPolicy)];
        PlannedChange[] needed = [.. now.Changes.Where(change => WasShown(change, shown)), .. other];
        IEnumerable<PlannedChange> harsher = now.Changes.Where(change => shown.ContainsKey(change.Id) && !WasShown(change, shown))
            .Select(change => change with { Blocker = change.Blocker ?? "The server has changed since the plan was made, and this was not shown: plan again." });
        HashSet<string> still = [.. now.Changes.Concat(other).Select(change => change.Id)];
        var context = new ApplyContext(fleet, smallstep, observed, plan.Version, services.Downloads, automaticInstall);
        ApplyResult result = await PlanApplier.ApplyAsync(needed, context, progress, services.Logger, cancellationToken).ConfigureAwait(false);
        return result with
        {
            AlreadyDone = [.. plan.Changes.Where(change => change.IsAllowed && !still.Contains(change.Id))],
            Skipped = [.. result.Skipped, .. harsher, .. plan.Changes.Where(change => !change.IsAllowed)],
        };
    }

    /// <summary>Nothing is removed that the plan did not show as removed, even where the policy would have let it.</summary>
    private static bool WasShown(PlannedChange change, Dictionary<string, ChangeKind> shown) =>
        shown.TryGetValue(change.Id, out ChangeKind kind) && (change.Kind is ChangeKind.Create or ChangeKind.Update || change.Kind == kind);

    private Task<FleetState> ObserveAsync(FleetState? desired, CancellationToken cancellationToken) =>
        new FleetObserver(fleet.Writer, services.Observer).ObserveAsync(desired, cancellationToken);
}
