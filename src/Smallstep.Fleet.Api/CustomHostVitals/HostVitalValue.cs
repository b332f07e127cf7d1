namespace Smallstep.Fleet.Api;

/// <summary>The value that one host has for a custom host vital.</summary>
public sealed record HostVitalValue : FleetObject
{
    /// <summary>The vital's id.</summary>
    public long CustomHostVitalId { get; init; }

    /// <summary>The vital's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The host's value.</summary>
    public string Value { get => field ?? ""; init; }
}
