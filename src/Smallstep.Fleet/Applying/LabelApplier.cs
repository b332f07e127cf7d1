using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of labels.</summary>
internal static class LabelApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        LabelsClient labels = context.Fleet.Labels;
        long? id = (change.Observed as LabelState)?.Id;
        if (change.Kind == ChangeKind.Update)
        {
            LabelState wanted = (LabelState)change.Desired!;
            await labels.PatchAsync(id!.Value, new LabelPatch { Description = wanted.Description, Hosts = wanted.Hosts }, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (change.Kind is ChangeKind.Delete or ChangeKind.Replace)
        {
            await labels.DeleteAsync(id!.Value, cancellationToken).ConfigureAwait(false);
        }

        if (change.Desired is LabelState created)
        {
            await labels.CreateAsync(ToRequest(created, context.TeamId(change)), cancellationToken).ConfigureAwait(false);
        }
    }

    private static LabelRequest ToRequest(LabelState label, long? team) => new()
    {
        Name = label.Name,
        Description = label.Description,
        Query = label.Query.Length > 0 ? label.Query : null,
        Platform = label.Platform.Length > 0 ? label.Platform : null,
        Hosts = label.MembershipType == "manual" ? label.Hosts ?? [] : null,
        Criteria = label.Vital.Length > 0 ? new LabelCriteria { Vital = label.Vital, Value = label.VitalValue, CustomHostVitalId = label.CustomHostVitalId } : null,
        TeamId = team,
    };
}
