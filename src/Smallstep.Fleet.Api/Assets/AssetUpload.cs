namespace Smallstep.Fleet.Api;

/// <summary>An asset to upload.</summary>
/// <param name="Name">The name, without <c>.json</c>.</param>
/// <param name="Contents">
/// The JSON: <c>Type</c> (<c>com.apple.asset.…</c>), <c>Identifier</c>, and a <c>Payload</c> whose <c>Reference.DataURL</c> says where the data is.
/// It holds no <c>Authentication</c>, since Fleet has devices prove who they are.
/// </param>
public sealed record AssetUpload(string Name, ReadOnlyMemory<byte> Contents)
{
    /// <summary>The fleet; <see langword="null"/> for hosts without one.</summary>
    public long? TeamId { get; init; }
}
