using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads the lists that hold for the whole organization. A server that is too old for one, or without the licence, has none.</summary>
internal static class OrganizationReader
{
    public static Task<IReadOnlyList<CustomHostVitalState>?> ReadCustomHostVitalsAsync(ReadableClients fleet, bool isWanted, CancellationToken cancellationToken) => !isWanted
        ? Task.FromResult<IReadOnlyList<CustomHostVitalState>?>(null)
        : fleet.TryReadAsync(client => ReadableClients.OrNoneAsync<IReadOnlyList<CustomHostVitalState>>(
            async () => [.. (await client.CustomHostVitals.ListAsync(cancellationToken).ConfigureAwait(false)).Select(vital => new CustomHostVitalState(vital.Name) { Id = vital.Id })],
            []));

    public static Task<IReadOnlyList<MicrosoftGraphCredentialState>?> ReadMicrosoftGraphCredentialsAsync(ReadableClients fleet, bool isWanted, CancellationToken cancellationToken) => !isWanted
        ? Task.FromResult<IReadOnlyList<MicrosoftGraphCredentialState>?>(null)
        : fleet.TryReadAsync(client => ReadableClients.OrNoneAsync<IReadOnlyList<MicrosoftGraphCredentialState>>(
            async () => [.. (await client.MicrosoftGraph.ListCredentialsAsync(cancellationToken).ConfigureAwait(false)).Select(credential => new MicrosoftGraphCredentialState(credential.TenantId, credential.ClientId))],
            []));
}
