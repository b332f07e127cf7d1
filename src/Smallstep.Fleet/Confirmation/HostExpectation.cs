namespace Smallstep.Fleet;

/// <summary>What a host of a platform should come to.</summary>
/// <param name="Profiles">The names of the profiles that it gets.</param>
/// <param name="ByScep">Whether it enrols over SCEP by a profile; otherwise by its TPM.</param>
/// <param name="NeedsMdm">Whether it has to be enrolled in Fleet's MDM.</param>
internal sealed record HostExpectation(IReadOnlyList<string> Profiles, bool ByScep, bool NeedsMdm)
{
    /// <summary>The common names of the authorities that issue to it, where known; a certificate of another issuer is a contradiction.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = [];

    /// <summary>Whether the integration deploys an agent, which has to call in.</summary>
    public bool HasAgent { get; init; }
}
