using System.Net;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of the assets that declarations refer to.</summary>
internal static class AssetApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        AssetsClient assets = context.Fleet.Assets;
        long? team = context.TeamId(change);
        string? uuid = (change.Observed as AssetState)?.Uuid;
        switch (change.Kind)
        {
            case ChangeKind.Update:
                await EditAsync(assets, team, (AssetState)change.Desired!, cancellationToken).ConfigureAwait(false);
                break;
            case ChangeKind.Delete:
                await assets.DeleteAsync(uuid!, cancellationToken).ConfigureAwait(false);
                break;
            case ChangeKind.Replace:
                await ReplaceAsync(change, assets, team, uuid!, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await assets.UploadAsync(ToUpload((AssetState)change.Desired!, team), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    // Fleet changes an asset in place in a fleet's whole list alone. The others are taken from the server now, not from the plan, so that none of them goes or changes.
    private static async Task EditAsync(AssetsClient assets, long? team, AssetState wanted, CancellationToken cancellationToken)
    {
        List<AssetUpload> all = [ToUpload(wanted, team)];
        foreach (DeclarationAsset other in (await assets.ListAsync(team, cancellationToken).ConfigureAwait(false)).Where(asset => asset.Identifier != wanted.Identifier))
        {
            all.Add(new AssetUpload(other.Name, await assets.DownloadAsync(other.Uuid, cancellationToken).ConfigureAwait(false)));
        }

        await assets.ApplyBatchAsync(team, all, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    // A server that refuses the new one gets the former back.
    private static async Task ReplaceAsync(PlannedChange change, AssetsClient assets, long? team, string uuid, CancellationToken cancellationToken)
    {
        await assets.DeleteAsync(uuid, cancellationToken).ConfigureAwait(false);
        try
        {
            await assets.UploadAsync(ToUpload((AssetState)change.Desired!, team), cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException refused) when (refused.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError && change.Observed is AssetState { Contents: not null } former)
        {
            await assets.UploadAsync(ToUpload(former, team), cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>An asset as it is sent.</summary>
    public static AssetUpload ToUpload(AssetState asset, long? team) => new(asset.Name, asset.Contents ?? ReadOnlyMemory<byte>.Empty) { TeamId = team };
}
