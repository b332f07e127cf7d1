namespace Smallstep.Fleet.Api;

/// <summary>The app registrations with which Fleet reads Entra tenants through Microsoft Graph (Premium, 4.92).</summary>
public sealed class MicrosoftGraphClient
{
    private static readonly FleetVersion Since = new(4, 92);
    private static readonly FleetOperation List = new("list Microsoft Graph credentials", Roles.Configuration) { Since = Since };
    private static readonly FleetOperation Replace = new("replace the Microsoft Graph credentials", Roles.Configuration) { Since = Since };

    private readonly FleetTransport _transport;

    internal MicrosoftGraphClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the credentials.</summary>
    public async Task<IReadOnlyList<MicrosoftGraphCredential>> ListCredentialsAsync(CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(FleetRequest.Get(List, "microsoft_graph_credentials"), FleetJsonContext.Default.ListMicrosoftGraphCredential, ["microsoft_graph_credentials"], cancellationToken).ConfigureAwait(false) ?? [];

    /// <summary>Replaces the whole list: a tenant that is not in it is deleted. Fleet tries what is new or changed on Microsoft Graph at once.</summary>
    /// <param name="credentials">All credentials; Fleet takes one at most.</param>
    /// <param name="dryRun">Whether the server only checks, on Microsoft Graph too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">422 where Microsoft Graph refuses a credential, or a secret is missing.</exception>
    public Task ReplaceCredentialsAsync(IReadOnlyList<MicrosoftGraphCredentialRequest> credentials, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("microsoft_graph_credentials");
            foreach (MicrosoftGraphCredentialRequest credential in credentials)
            {
                writer.WriteStartObject();
                writer.WriteString("tenant_id", credential.TenantId);
                writer.WriteString("client_id", credential.ClientId);
                writer.OptionalString("client_secret", credential.ClientSecret?.Reveal());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteBoolean("dry_run", dryRun);
        });
        FleetRequest request = new FleetRequest(Replace, HttpMethod.Put, "microsoft_graph_credentials") { Content = body }.Hiding(credentials.Select(credential => credential.ClientSecret));
        return _transport.SendAsync(request, cancellationToken);
    }
}
