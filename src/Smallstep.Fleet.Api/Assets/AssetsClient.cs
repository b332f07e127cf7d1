using System.Globalization;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Assets that declarations of Apple's refer to (4.90, Premium).</summary>
/// <remarks>An asset does not change by itself: <see cref="ApplyBatchAsync"/> changes it in place, and takes all assets of a fleet at once.</remarks>
public sealed class AssetsClient
{
    private static readonly FleetVersion First = new(4, 90);
    private static readonly FleetOperation List = new("list declaration assets", Roles.Profiles) { Since = First };
    private static readonly FleetOperation Read = new("read a declaration asset", Roles.Profiles) { Since = First };
    private static readonly FleetOperation Download = new("download a declaration asset", Roles.Profiles) { Since = First };
    private static readonly FleetOperation Upload = new("upload a declaration asset", Roles.Profiles) { Since = First };
    private static readonly FleetOperation Remove = new("delete a declaration asset", Roles.Profiles) { Since = First };
    private static readonly FleetOperation Apply = new("replace all declaration assets of a fleet", Roles.Profiles) { Since = First };

    private readonly FleetTransport _transport;

    internal AssetsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the assets of a fleet, or those of hosts without one.</summary>
    /// <param name="teamId">The fleet; 0 or <see langword="null"/> for hosts without one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<DeclarationAsset>> ListAsync(long? teamId = null, CancellationToken cancellationToken = default) => _transport.ReadAsync(
        FleetRequest.Get(List, "assets", Fleet(teamId)),
        body => JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.ListDeclarationAsset, ["assets"], out List<DeclarationAsset>? assets) ? assets! : (IReadOnlyList<DeclarationAsset>)[],
        cancellationToken);

    /// <summary>Reads an asset's description.</summary>
    public Task<DeclarationAsset> GetAsync(string uuid, CancellationToken cancellationToken = default) => _transport.ReadAsync(
        FleetRequest.Get(Read, Path(uuid)),
        body => JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.DeclarationAsset, ["asset", "Asset"], out DeclarationAsset? asset)
            ? asset! : JsonSerializer.Deserialize(body.Span, FleetJsonContext.Default.DeclarationAsset)!,
        cancellationToken);

    /// <summary>Downloads an asset's JSON as it was uploaded.</summary>
    public Task<byte[]> DownloadAsync(string uuid, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(Download, Path(uuid), new QueryString().Add("alt", "media")), body => body.Span.ToArray(), cancellationToken);

    /// <summary>Uploads an asset.</summary>
    /// <returns>The asset's UUID.</returns>
    /// <exception cref="FleetApiException">409 where the name or the identifier is taken in the fleet; 400 where Fleet refuses the contents.</exception>
    public Task<string> UploadAsync(AssetUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        FleetMultipart form = new FleetMultipart()
            .Field("fleet_id", upload.TeamId is > 0 and var id ? id.ToString(CultureInfo.InvariantCulture) : null)
            .File("asset", upload.Name + ".json", upload.Contents);
        return _transport.SendAsync(FleetRequest.Post(Upload, "assets", form), FleetJsonContext.Default.String, ["asset_uuid"], cancellationToken);
    }

    /// <summary>Deletes an asset.</summary>
    /// <exception cref="FleetApiException">400 while a declaration refers to it.</exception>
    public Task DeleteAsync(string uuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, Path(uuid)), cancellationToken);

    /// <summary>
    /// Replaces <em>all</em> assets of a fleet: one whose identifier is there already changes in place, and what is not listed is deleted.
    /// </summary>
    /// <param name="teamId">The fleet; 0 or <see langword="null"/> for hosts without one.</param>
    /// <param name="assets">All assets that it shall have. Their own <see cref="AssetUpload.TeamId"/> is not looked at.</param>
    /// <param name="dryRun">Whether the server only checks. It then passes over assets with <c>$FLEET_SECRET_</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">400 where Fleet refuses contents, or a name or an identifier is listed twice; 409 where the type of an asset changes or a declaration refers to one that is not listed.</exception>
    public Task ApplyBatchAsync(long? teamId, IReadOnlyList<AssetUpload> assets, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assets);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("assets");
            foreach (AssetUpload asset in assets)
            {
                writer.WriteStartObject();
                writer.WriteString("name", asset.Name);
                writer.WriteBase64String("contents", asset.Contents.Span);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return _transport.SendAsync(FleetRequest.Post(Apply, "assets/batch", body, Fleet(teamId).AddFlag("dry_run", dryRun)), cancellationToken);
    }

    private static string Path(string uuid) => "assets/" + FleetRequest.Segment(uuid);

    private static QueryString Fleet(long? teamId) => new QueryString().Add("fleet_id", teamId is > 0 ? teamId : null);
}
