namespace Smallstep.Fleet.Api;

/// <summary>A custom host vital: an attribute whose value every host has for itself (4.90).</summary>
public sealed record CustomHostVital : FleetObject
{
    /// <summary>The id: the number in <c>$FLEET_HOST_VITAL_7</c>. It stays when the vital is renamed.</summary>
    public long Id { get; init; }

    /// <summary>The name, unique on the server.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>When it was made; <see langword="null"/> in the answer to a change.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last renamed; <see langword="null"/> in the answer to a change.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
