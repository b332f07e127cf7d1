namespace Smallstep.Fleet.Api;

/// <summary>The app registration with which Fleet reads an Entra tenant through Microsoft Graph. Its secret is never shown.</summary>
public sealed record MicrosoftGraphCredential : FleetObject
{
    /// <summary>The tenant, a GUID in lower case.</summary>
    public string TenantId { get => field ?? ""; init; }

    /// <summary>The app registration, a GUID in lower case.</summary>
    public string ClientId { get => field ?? ""; init; }

    /// <summary>Whether Graph refused the credential when Fleet last asked.</summary>
    public bool CredentialInvalid { get; init; }

    /// <summary>When the tenant was last read.</summary>
    public DateTimeOffset? LastSyncedAt { get; init; }

    /// <summary>Why the tenant could not be read the last time.</summary>
    public string? LastSyncError { get; init; }
}
