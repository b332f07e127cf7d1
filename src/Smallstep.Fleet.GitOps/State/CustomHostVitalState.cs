namespace Smallstep.Fleet.GitOps;

/// <summary>A custom host vital: an attribute whose value every host has for itself (4.90).</summary>
/// <param name="Name">The name, unique on the server.</param>
public sealed record CustomHostVitalState(string Name)
{
    /// <summary>The id on the server, where observed: the number in <c>$FLEET_HOST_VITAL_7</c>.</summary>
    public long? Id { get; init; }
}
