using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of custom host vitals one by one; never through the declarative endpoint, which deletes what it is not told.</summary>
internal static class CustomHostVitalApplier
{
    public static Task ApplyAsync(PlannedChange change, FleetClient fleet, CancellationToken cancellationToken) => (change.Kind, change.Observed) switch
    {
        (ChangeKind.Delete, CustomHostVitalState { Id: { } id }) => fleet.CustomHostVitals.DeleteAsync(id, cancellationToken),
        (ChangeKind.Update, CustomHostVitalState { Id: { } id }) => fleet.CustomHostVitals.RenameAsync(id, change.Name, cancellationToken),
        _ => fleet.CustomHostVitals.CreateAsync(change.Name, cancellationToken),
    };
}
