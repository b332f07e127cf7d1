namespace Smallstep.Fleet.GitOps;

/// <summary>The app registration with which Fleet reads an Entra tenant through Microsoft Graph.</summary>
/// <param name="TenantId">The tenant, a GUID in lower case. Fleet holds one credential for a tenant.</param>
/// <param name="ClientId">The app registration, a GUID in lower case.</param>
public sealed record MicrosoftGraphCredentialState(string TenantId, string ClientId)
{
    /// <summary>The client secret, which no server shows.</summary>
    public SecretValue ClientSecret { get; init; } = new(null);
}
