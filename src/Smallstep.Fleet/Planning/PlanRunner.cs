using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Plans and applies a desired state of whatever source: the one way through planner and applier.</summary>
internal sealed class PlanRunner(ReadableClients fleet, IntegrationServices services)
{
    /// <summary>Looks at the server and plans.</summary>
    public Task<IntegrationPlan> PlanAsync(FleetState desired, PlanPolicy? policy, CancellationToken cancellationToken) =>
        Telemetry.RunAsync("plan", services.Time, () => LookAndPlanAsync(desired, policy, cancellationToken));

    /// <summary>Looks again and carries out what the plan showed and the server still lacks.</summary>
    public Task<ApplyResult> ApplyAsync(
        IntegrationPlan plan, Smallstep.Fleet.Platform.SmallstepClient? smallstep, bool automaticInstall, IProgress<ApplyProgress>? progress, CancellationToken cancellationToken) =>
        Telemetry.RunAsync("apply", services.Time, () => LookAndApplyAsync(plan, smallstep, automaticInstall, progress, cancellationToken));

    private async Task<IntegrationPlan> LookAndPlanAsync(FleetState desired, PlanPolicy? policy, CancellationToken cancellationToken)
    {
        FleetVersion version = await fleet.Writer.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        FleetState observed = await ObserveAsync(desired, cancellationToken).ConfigureAwait(false);
        IntegrationPlan plan = Planner.Plan(desired, observed, version.Capabilities, policy) with { Desired = desired, Policy = policy ?? PlanPolicy.Cautious };
        Log.Planned(services.Logger, version, plan.ToString());
        return plan;
    }

    private async Task<ApplyResult> LookAndApplyAsync(
        IntegrationPlan plan, Smallstep.Fleet.Platform.SmallstepClient? smallstep, bool automaticInstall, IProgress<ApplyProgress>? progress, CancellationToken cancellationToken)
    {
        FleetState observed = await ObserveAsync(plan.Desired, cancellationToken).ConfigureAwait(false);
        IntegrationPlan now = Planner.Plan(plan.Desired ?? new FleetState(), observed, plan.Version.Capabilities, plan.Policy);
        ILookup<string, PlannedChange> shown = plan.Changes.Where(change => change.IsAllowed).ToLookup(change => change.Id);
        PlannedChange[] other = [.. plan.Changes.Where(change => change.ObjectKind == PlannedObjectKind.EnrollmentPolicy)];
        PlannedChange[] needed = [.. now.Changes.Where(change => WasShown(change, shown)), .. other];
        IEnumerable<PlannedChange> harsher = now.Changes.Where(change => shown.Contains(change.Id) && !WasShown(change, shown))
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
    private static bool WasShown(PlannedChange change, ILookup<string, PlannedChange> shown) =>
        shown[change.Id].Any(before => change.Kind is ChangeKind.Create or ChangeKind.Update || (change.Kind == before.Kind && Equals(Removed(change), Removed(before))));

    // What goes, where the change's name does not say it: of these there is one, whatever its name is.
    private static object? Removed(PlannedChange change) => change.Observed switch
    {
        MicrosoftGraphCredentialState credential => credential.TenantId,
        OrganizationFileState { Contents: { } contents } => PlanFields.Digest(contents.Span),
        SetupFilesState files => files.BootstrapPackageUrl,
        ScriptState script when change.ObjectKind == PlannedObjectKind.SetupExperience => (script.Name, script.Contents),
        _ => null,
    };

    private Task<FleetState> ObserveAsync(FleetState? desired, CancellationToken cancellationToken) =>
        new FleetObserver(fleet.Writer, services.Observer).ObserveAsync(desired, cancellationToken);
}
