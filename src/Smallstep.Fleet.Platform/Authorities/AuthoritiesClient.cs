using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Platform;

/// <summary>Authorities and their provisioners.</summary>
public sealed class AuthoritiesClient
{
    private static readonly SmallstepOperation List = new("list authorities", "get-authorities");
    private static readonly SmallstepOperation Read = new("read an authority", "get-authority");
    private static readonly SmallstepOperation ListProvisioners = new("list an authority's provisioners", "list-authority-provisioners");
    private static readonly SmallstepOperation ReadProvisioner = new("read a provisioner", "get-provisioner");

    private static readonly SmallstepOperation ListWebhooks = new("list a provisioner's webhooks", "list-webhooks");
    private static readonly SmallstepOperation ReadWebhook = new("read a provisioner's webhook", "get-webhook");
    private static readonly SmallstepOperation CreateWebhook = new("make a provisioner's webhook", "post-webhooks");
    private static readonly SmallstepOperation RemoveWebhook = new("delete a provisioner's webhook", "delete-webhook");

    private readonly SmallstepTransport _transport;

    internal AuthoritiesClient(SmallstepTransport transport) => _transport = transport;

    /// <summary>Lists the authorities; each root that comes along is compared with its fingerprint.</summary>
    public async Task<IReadOnlyList<Authority>> ListAsync(CancellationToken cancellationToken = default)
    {
        List<Authority> authorities = await _transport.SendAsync(SmallstepRequest.Get(List, "authorities"), SmallstepJsonContext.Default.ListAuthority, cancellationToken).ConfigureAwait(false);
        authorities.ForEach(authority => Check(List, authority));
        return authorities;
    }

    /// <summary>Reads an authority with its root, which is compared with the fingerprint.</summary>
    /// <param name="domainOrId">The host name, such as <c>agents.acme.ca.smallstep.com</c>, or the id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SmallstepApiException">404 where there is none; or the root is not the one of the fingerprint.</exception>
    public async Task<Authority> GetAsync(string domainOrId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(domainOrId);
        Authority authority = await _transport.SendAsync(SmallstepRequest.Get(Read, "authorities/" + Uri.EscapeDataString(domainOrId)), SmallstepJsonContext.Default.Authority, cancellationToken).ConfigureAwait(false);
        return Check(Read, authority);
    }

    /// <summary>Finds a team's Agents authority: by its host name, else the only one whose host name begins with <c>agents.</c></summary>
    /// <returns>The authority with its root, or <see langword="null"/> where there is none.</returns>
    /// <exception cref="SmallstepApiException">Several could be meant.</exception>
    public async Task<Authority?> FindAgentsAuthorityAsync(TeamSlug team, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(team.AgentsAuthorityDomain, cancellationToken).ConfigureAwait(false);
        }
        catch (SmallstepApiException exception) when (exception.IsNotFound)
        {
            IReadOnlyList<Authority> all = await ListAsync(cancellationToken).ConfigureAwait(false);
            Authority[] agents = [.. all.Where(authority => authority.Domain.StartsWith("agents.", StringComparison.OrdinalIgnoreCase))];
            return agents switch
            {
                [] => null,
                [var one] => one.RootPem is null ? await GetAsync(one.Id, cancellationToken).ConfigureAwait(false) : one,
                _ => throw new SmallstepApiException(List.Name, $"Cannot tell the Agents authority of {team}: {string.Join(", ", agents.Select(authority => authority.Domain))} could be meant. Read the right one by its host name.") { Status = HttpStatusCode.OK },
            };
        }
    }

    /// <summary>Lists an authority's provisioners.</summary>
    public async Task<IReadOnlyList<Provisioner>> ListProvisionersAsync(string authorityId, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(SmallstepRequest.Get(ListProvisioners, $"authorities/{Uri.EscapeDataString(authorityId)}/provisioners"), SmallstepJsonContext.Default.ListProvisioner, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a provisioner by its name or id.</summary>
    public Task<Provisioner> GetProvisionerAsync(string authorityId, string nameOrId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(SmallstepRequest.Get(ReadProvisioner, $"authorities/{Uri.EscapeDataString(authorityId)}/provisioners/{Uri.EscapeDataString(nameOrId)}"), SmallstepJsonContext.Default.Provisioner, cancellationToken);

    /// <summary>Lists a provisioner's webhooks.</summary>
    /// <param name="authorityId">The authority's id.</param>
    /// <param name="provisioner">The provisioner's name or id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ProvisionerWebhook>> ListWebhooksAsync(string authorityId, string provisioner, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(SmallstepRequest.Get(ListWebhooks, Webhooks(authorityId, provisioner)), SmallstepJsonContext.Default.ListProvisionerWebhook, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a provisioner's webhook by its name or id.</summary>
    /// <param name="authorityId">The authority's id.</param>
    /// <param name="provisioner">The provisioner's name or id.</param>
    /// <param name="nameOrId">The webhook's name or id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ProvisionerWebhook> GetWebhookAsync(string authorityId, string provisioner, string nameOrId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(SmallstepRequest.Get(ReadWebhook, Webhooks(authorityId, provisioner) + "/" + Uri.EscapeDataString(nameOrId)), SmallstepJsonContext.Default.ProvisionerWebhook, cancellationToken);

    /// <summary>Makes a webhook. Keep <see cref="ProvisionerWebhook.SigningSecret"/> of the answer: it is shown this once.</summary>
    /// <param name="authorityId">The authority's id.</param>
    /// <param name="provisioner">The provisioner's name or id.</param>
    /// <param name="webhook">The webhook.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SmallstepApiException">409 where the name is taken.</exception>
    public Task<ProvisionerWebhook> CreateWebhookAsync(string authorityId, string provisioner, ProvisionerWebhookRequest webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return _transport.SendAsync(new SmallstepRequest(CreateWebhook, HttpMethod.Post, Webhooks(authorityId, provisioner)) { Content = JsonBody.Object(webhook.Write), Secrets = [webhook.BearerToken, webhook.Password] }, SmallstepJsonContext.Default.ProvisionerWebhook, cancellationToken);
    }

    /// <summary>Deletes a provisioner's webhook.</summary>
    /// <param name="authorityId">The authority's id.</param>
    /// <param name="provisioner">The provisioner's name or id.</param>
    /// <param name="nameOrId">The webhook's name or id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteWebhookAsync(string authorityId, string provisioner, string nameOrId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(new SmallstepRequest(RemoveWebhook, HttpMethod.Delete, Webhooks(authorityId, provisioner) + "/" + Uri.EscapeDataString(nameOrId)), cancellationToken);

    private static string Webhooks(string authorityId, string provisioner) =>
        $"authorities/{Uri.EscapeDataString(authorityId)}/provisioners/{Uri.EscapeDataString(provisioner)}/webhooks";

    private static Authority Check(SmallstepOperation operation, Authority authority)
    {
        if (authority.RootPem is not { Length: > 0 } || string.IsNullOrEmpty(authority.FingerprintMember))
        {
            return authority;
        }

        try
        {
            using X509Certificate2 root = authority.GetRoot();
            return Sha256Fingerprint.Of(root) == authority.Fingerprint
                ? authority
                : throw Distrust(operation, authority, "its root certificate is not the one of its fingerprint; do not trust it");
        }
        catch (CryptographicException exception)
        {
            throw Distrust(operation, authority, "its root is no PEM certificate", exception);
        }
    }

    private static SmallstepApiException Distrust(SmallstepOperation operation, Authority authority, string why, Exception? inner = null) =>
        new(operation.Name, $"Cannot {operation.Name}: {authority.Domain}: {why}.", inner) { Status = HttpStatusCode.OK };
}
