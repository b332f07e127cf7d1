namespace Smallstep.Fleet.Testing;

/// <summary>An asset that declarations refer to.</summary>
internal sealed class AssetRecord
{
    public required string Uuid { get; init; }

    public required long? TeamId { get; init; }

    public required string Name { get; set; }

    public required string Identifier { get; init; }

    public required string Type { get; init; }

    public required byte[] Contents { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UploadedAt { get; set; }
}
