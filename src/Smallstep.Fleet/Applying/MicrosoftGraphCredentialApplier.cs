using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of the credentials for Microsoft Graph. Fleet takes the whole list only: what is there now stays in it, with its secret, but for what the change is about.</summary>
internal static class MicrosoftGraphCredentialApplier
{
    public static async Task ApplyAsync(PlannedChange change, FleetClient fleet, CancellationToken cancellationToken)
    {
        MicrosoftGraphCredentialRequest? wanted = change.Desired is MicrosoftGraphCredentialState desired ? ToRequest(desired) : null;
        string? gone = (change.Observed as MicrosoftGraphCredentialState)?.TenantId;
        IReadOnlyList<MicrosoftGraphCredential> stored = await fleet.MicrosoftGraph.ListCredentialsAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<MicrosoftGraphCredentialRequest> kept = stored.Where(credential => credential.TenantId != gone && credential.TenantId != wanted?.TenantId)
            .Select(credential => new MicrosoftGraphCredentialRequest(credential.TenantId, credential.ClientId));
        await fleet.MicrosoftGraph.ReplaceCredentialsAsync(wanted is null ? [.. kept] : [.. kept, wanted], cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A credential with its secret, as a request.</summary>
    private static MicrosoftGraphCredentialRequest ToRequest(MicrosoftGraphCredentialState credential) => new(credential.TenantId, credential.ClientId)
    {
        ClientSecret = credential.ClientSecret.Value ?? throw new IntegrationException([WorkflowRules.OptionInvalid.At(
            $"The client secret of the Microsoft Graph credential of {credential.TenantId} is not known.",
            remedy: $"Set the environment variable {credential.ClientSecret.EnvironmentVariable ?? "of the secret"}; Fleet never returns it.")]),
    };
}
