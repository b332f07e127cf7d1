using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Testing;

/// <summary>The credentials for Microsoft Graph: written as a whole, their secrets never shown.</summary>
internal sealed partial class MicrosoftGraphRoutes(FleetDatabase data)
{
    private const string Masked = "********";
    private static readonly FleetVersion Since = new(4, 92);

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/microsoft_graph_credentials", List, route => route with { Since = Since });
        router.Add("PUT", "/microsoft_graph_credentials", Replace, route => route with { Since = Since });
    }

    private ApiResult List(FleetCall call)
    {
        call.RequirePremium();
        call.Require(Permission.WriteConfig);
        return ApiResult.Object(writer => writer.WriteArray("microsoft_graph_credentials", data.MicrosoftGraphCredentials, credential =>
        {
            writer.WriteStartObject();
            writer.WriteString("tenant_id", credential.TenantId);
            writer.WriteString("client_id", credential.ClientId);
            writer.WriteBoolean("credential_invalid", false);
            writer.WriteNull("last_synced_at");
            writer.WriteNull("last_sync_error");
            writer.WriteEndObject();
        }));
    }

    private ApiResult Replace(FleetCall call)
    {
        call.RequirePremium();
        call.Require(Permission.WriteConfig);
        IReadOnlyList<RequestBody> wanted = call.Body.Objects("microsoft_graph_credentials") ?? [];
        if (wanted.Count > 1)
        {
            throw ApiError.Invalid("microsoft_graph_credentials", "Only 1 Microsoft Graph credential can be configured.");
        }

        List<MicrosoftGraphCredentialRecord> read = [.. wanted.Select(Read)];
        foreach (MicrosoftGraphCredentialRecord changed in read.Where(credential => Stored(credential.TenantId) != credential))
        {
            if (!data.Options.MicrosoftGraph(changed.TenantId, changed.ClientId, changed.ClientSecret))
            {
                throw ApiError.Invalid("microsoft_graph_credentials", "Microsoft Graph rejected the credential. Check the tenant ID, client ID, and client secret.");
            }
        }

        if (call.Body.Flag("dry_run") != true)
        {
            Log(call, read);
            data.MicrosoftGraphCredentials = read;
        }

        return ApiResult.Empty();
    }

    private MicrosoftGraphCredentialRecord Read(RequestBody body)
    {
        string tenant = Id(body, "tenant_id", "tenant");
        string client = Id(body, "client_id", "client");
        string secret = (body.Text("client_secret") ?? "").Trim();
        if (secret is "" or Masked)
        {
            return Stored(tenant) is { } stored && stored.ClientId == client
                ? stored
                : throw ApiError.Invalid("microsoft_graph_credentials.client_secret", "client_secret must be provided when adding a Microsoft Graph credential or changing its tenant or client ID");
        }

        return data.Options.HasPrivateKey
            ? new MicrosoftGraphCredentialRecord(tenant, client, new Secret(secret))
            : throw ApiError.Invalid("microsoft_graph_credentials", "Missing required private key. Learn how to configure the private key here: https://fleetdm.com/learn-more-about/fleet-server-private-key");
    }

    private static string Id(RequestBody body, string member, string what)
    {
        string id = (body.Text(member) ?? "").Trim().ToLowerInvariant();
        return Guid().IsMatch(id) ? id : throw ApiError.Invalid($"microsoft_graph_credentials.{member}", $"Invalid Entra {what} ID: {id}");
    }

    private void Log(FleetCall call, List<MicrosoftGraphCredentialRecord> after)
    {
        foreach (MicrosoftGraphCredentialRecord credential in after.Where(credential => Stored(credential.TenantId) != credential))
        {
            call.Log(Stored(credential.TenantId) is null ? "added_microsoft_graph_credential" : "edited_microsoft_graph_credential", ("tenant_id", credential.TenantId));
        }

        foreach (MicrosoftGraphCredentialRecord gone in data.MicrosoftGraphCredentials.Where(stored => after.All(credential => credential.TenantId != stored.TenantId)))
        {
            call.Log("deleted_microsoft_graph_credential", ("tenant_id", gone.TenantId));
        }
    }

    private MicrosoftGraphCredentialRecord? Stored(string tenant) => data.MicrosoftGraphCredentials.FirstOrDefault(credential => credential.TenantId == tenant);

    [GeneratedRegex("^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Guid();
}
