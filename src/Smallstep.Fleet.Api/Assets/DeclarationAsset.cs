using System.Text.Json.Serialization;

namespace Smallstep.Fleet.Api;

/// <summary>An asset of a fleet: data or credentials that declarations of Apple's refer to by their identifier (4.90, Premium).</summary>
public sealed record DeclarationAsset : FleetObject
{
    /// <summary>The UUID.</summary>
    [JsonPropertyName("asset_uuid")]
    public string Uuid { get => field ?? ""; init; }

    /// <summary>The name: the file's without extension. Unique in a fleet.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The declaration's <c>Identifier</c>. Unique in a fleet.</summary>
    public string Identifier { get => field ?? ""; init; }

    /// <summary>A checksum of the contents.</summary>
    public string? Checksum { get; init; }

    /// <summary>When it was first uploaded.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its present contents were uploaded.</summary>
    public DateTimeOffset? UploadedAt { get; init; }
}
