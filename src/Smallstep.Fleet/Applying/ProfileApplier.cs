using System.Net;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of configuration profiles, one file at a time; never through the batch endpoint, which replaces a fleet's whole set.</summary>
internal static class ProfileApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        ProfilesClient profiles = context.Fleet.Profiles;
        string? uuid = (change.Observed as ProfileState)?.Uuid;
        switch (change.Kind)
        {
            case ChangeKind.Update:
                await profiles.ReplaceAsync(uuid!, ToReplacement((ProfileState)change.Desired!, change.Observed as ProfileState), cancellationToken).ConfigureAwait(false);
                break;
            case ChangeKind.Delete:
                await profiles.DeleteAsync(uuid!, cancellationToken).ConfigureAwait(false);
                break;
            case ChangeKind.Replace:
                await ReplaceAsync(change, context, uuid!, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await profiles.UploadAsync(ToUpload((ProfileState)change.Desired!, context.TeamId(change)), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>
    /// Deletes and uploads. The former bytes are at hand until the new ones are accepted: a server that refuses those gets the former
    /// back, so that no host stays without. A run that is cut in between is completed by the next, which finds the profile missing.
    /// </summary>
    private static async Task ReplaceAsync(PlannedChange change, ApplyContext context, string uuid, CancellationToken cancellationToken)
    {
        ProfilesClient profiles = context.Fleet.Profiles;
        await profiles.DeleteAsync(uuid, cancellationToken).ConfigureAwait(false);
        try
        {
            await profiles.UploadAsync(ToUpload((ProfileState)change.Desired!, context.TeamId(change)), cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException refused) when (refused.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError && change.Observed is ProfileState { Contents: not null } former)
        {
            await RestoreAsync(profiles, ToUpload(former, context.TeamId(change)), refused, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // A server whose activations were switched off since refuses the former one, too, as long as it comes with its activation.
    private static async Task RestoreAsync(ProfilesClient profiles, ProfileUpload former, FleetApiException refused, CancellationToken cancellationToken)
    {
        try
        {
            await profiles.UploadAsync(former, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException again) when (again.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError && former.Activation is not null)
        {
            await profiles.UploadAsync(former with { Activation = null }, cancellationToken).ConfigureAwait(false);
            throw new IntegrationException([WorkflowRules.RequestRefused.At(
                $"Fleet refused the new {former.FileName}, and its former activation as well; the former profile is back without it: {refused.Message}",
                remedy: "Allow activations on the server (mdm.allow_custom_activations), or take the activation out of the repository, and run it again.")], refused);
        }
    }

    // What is not sent stays; nothing at all takes the activation away.
    private static ProfileReplacement ToReplacement(ProfileState profile, ProfileState? there) => new()
    {
        FileName = profile.FileName,
        Contents = profile.Contents,
        Activation = there is not null && profile.HasSameActivation(there) ? (ReadOnlyMemory<byte>?)null : profile.Activation ?? ReadOnlyMemory<byte>.Empty,
        LabelsIncludeAll = profile.Targets.IncludeAll,
        LabelsIncludeAny = profile.Targets.IncludeAny,
        LabelsExcludeAny = profile.Targets.ExcludeAny,
    };

    private static ProfileUpload ToUpload(ProfileState profile, long? team) => new()
    {
        FileName = profile.FileName,
        Contents = profile.Contents!.Value,
        TeamId = team,
        Activation = profile.Activation,
        LabelsIncludeAll = profile.Targets.IncludeAll,
        LabelsIncludeAny = profile.Targets.IncludeAny,
        LabelsExcludeAny = profile.Targets.ExcludeAny,
    };
}
