using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of custom host vitals one by one; never through the declarative endpoint, which deletes what it is not told.</summary>
internal static class CustomHostVitalApplier
{
    public static Task ApplyAsync(PlannedChange change, FleetClient fleet, CancellationToken cancellationToken) => change.Kind == ChangeKind.Delete
        ? fleet.CustomHostVitals.DeleteAsync(((CustomHostVitalState)change.Observed!).Id!.Value, cancellationToken)
        : fleet.CustomHostVitals.CreateAsync(change.Name, cancellationToken);
}
