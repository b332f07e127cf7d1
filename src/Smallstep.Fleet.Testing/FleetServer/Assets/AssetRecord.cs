using System.Text;

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

    /// <summary>The contents, which may refer to variables.</summary>
    public string Text => Encoding.UTF8.GetString(Contents);

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UploadedAt { get; set; }
}
