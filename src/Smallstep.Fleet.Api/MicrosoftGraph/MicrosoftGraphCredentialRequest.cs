namespace Smallstep.Fleet.Api;

/// <summary>A credential that Fleet shall hold.</summary>
/// <param name="TenantId">The tenant, a GUID.</param>
/// <param name="ClientId">The app registration, a GUID.</param>
public sealed record MicrosoftGraphCredentialRequest(string TenantId, string ClientId)
{
    /// <summary>The client secret; <see langword="null"/> keeps the stored one, which Fleet does for the same tenant and app registration only.</summary>
    public Secret? ClientSecret { get; init; }
}
