namespace Smallstep.Fleet.Api;

/// <summary>The ground on which Fleet shows a logo.</summary>
public enum LogoMode
{
    /// <summary>Light ground.</summary>
    Light,

    /// <summary>Dark ground.</summary>
    Dark,
}
