namespace Smallstep.Fleet.Testing;

/// <summary>A custom host vital; hosts hold their values.</summary>
internal sealed class CustomHostVitalRecord
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
