namespace Smallstep.Fleet.Testing;

/// <summary>The app registration with which Fleet reads an Entra tenant.</summary>
internal sealed record MicrosoftGraphCredentialRecord(string TenantId, string ClientId, Secret ClientSecret);
