using System.Net;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads the assets that declarations refer to; bytes only of those that are compared.</summary>
internal static class AssetReader
{
    public static Task<IReadOnlyList<AssetState>?> ReadAsync(ReadableClients fleet, long team, TeamSelection selection, CancellationToken cancellationToken) =>
        selection.WantsAssets
            ? fleet.TryReadAsync(client => ReadAsync(client, team, selection, cancellationToken))
            : Task.FromResult<IReadOnlyList<AssetState>?>(null);

    private static async Task<IReadOnlyList<AssetState>> ReadAsync(FleetClient client, long team, TeamSelection selection, CancellationToken cancellationToken)
    {
        List<AssetState> states = [];
        foreach (DeclarationAsset asset in await ListAsync(client, team, cancellationToken).ConfigureAwait(false))
        {
            var state = new AssetState(asset.Name, asset.Identifier) { Uuid = asset.Uuid };
            states.Add(selection.IncludesAsset(asset.Name, asset.Identifier)
                ? state with { Contents = await client.Assets.DownloadAsync(asset.Uuid, cancellationToken).ConfigureAwait(false) }
                : state);
        }

        return states;
    }

    // There are none without Premium, without Apple's MDM, and on older servers.
    private static async Task<IReadOnlyList<DeclarationAsset>> ListAsync(FleetClient client, long team, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Assets.ListAsync(team, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetVersionException)
        {
            return [];
        }
        catch (FleetApiException absent) when (absent.Status is HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return [];
        }
    }
}
