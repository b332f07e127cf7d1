namespace Smallstep.Fleet.Profiles;

/// <summary>The settings of the Smallstep agent on macOS: managed preferences of <c>com.smallstep.Agent</c>.</summary>
public sealed record AgentSettingsPayload : ProfilePayload
{
    /// <inheritdoc/>
    public override string Type => AgentFacts.BundleIdentifier;

    /// <summary>The team's slug.</summary>
    public string TeamSlug { get; init; } = "";

    /// <summary>The KMS URI of the bootstrap certificate; absent when empty, which means attestation instead of SCEP.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The SHA-256 fingerprint of the Agents root; absent when empty.</summary>
    public string CaFingerprint { get; init; } = "";

    private protected override void AddOwnKeys(PropertyListDictionary dictionary)
    {
        dictionary.Add("TeamSlug", TeamSlug);
        dictionary.AddFilled("Certificate", Certificate);
        dictionary.AddFilled("CAFingerprint", CaFingerprint);
    }
}
