using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Certificate authorities (Premium).</summary>
public sealed class CertificateAuthoritiesClient
{
    private static readonly FleetOperation List = new("list certificate authorities", Roles.AuthoritiesRead);
    private static readonly FleetOperation Read = new("read a certificate authority", Roles.AuthoritiesRead);
    private static readonly FleetOperation Create = new("create a certificate authority", Roles.Authorities);
    private static readonly FleetOperation Change = new("change a certificate authority", Roles.Authorities);
    private static readonly FleetOperation Remove = new("delete a certificate authority", Roles.Authorities);
    private static readonly FleetOperation ReadSpec = new("read all certificate authorities with their secrets", Roles.Authorities);
    private static readonly FleetOperation Apply = new("replace all certificate authorities", Roles.Authorities);
    private static readonly FleetOperation Request = new("request a certificate", Roles.RequestCertificate);

    private readonly FleetTransport _transport;

    internal CertificateAuthoritiesClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists id, name and kind of all authorities.</summary>
    public async Task<IReadOnlyList<CertificateAuthority>> ListAsync(CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(FleetRequest.Get(List, "certificate_authorities"), FleetJsonContext.Default.ListCertificateAuthority, ["certificate_authorities"], cancellationToken).ConfigureAwait(false);

    /// <summary>Finds an authority by kind and name, without regard to the name's case, as Fleet compares it.</summary>
    public async Task<CertificateAuthority?> FindAsync(CertificateAuthorityKind kind, string name, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<CertificateAuthority> all = await ListAsync(cancellationToken).ConfigureAwait(false);
        return all.FirstOrDefault(authority => authority.Kind == kind && string.Equals(authority.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads an authority; secrets are masked.</summary>
    public Task<CertificateAuthority> GetAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"certificate_authorities/{id}"), FleetJsonContext.Default.CertificateAuthority, cancellationToken);

    /// <summary>Makes an authority. For Smallstep the server first fetches its certificates and one challenge, which is thrown away.</summary>
    /// <exception cref="FleetApiException">400 where an address or the credentials fail, or the name is taken (<see cref="FleetApiException.IsConflict"/>); 422 for the fields.</exception>
    public async Task<CertificateAuthority> CreateAsync(CertificateAuthorityRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await RequireSmallstepAsync([request], cancellationToken).ConfigureAwait(false);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WritePropertyName(request.Kind.Value);
            request.WriteObject(writer);
        });
        return await _transport.SendAsync(FleetRequest.Post(Create, "certificate_authorities", body).Hiding(request.Hidden), FleetJsonContext.Default.CertificateAuthority, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes an authority: reads it, then sends only what differs, since Fleet refuses a patch that repeats the stored name.</summary>
    /// <returns>Whether anything differed and was sent. A secret always counts as different.</returns>
    /// <exception cref="CertificateAuthorityMismatchException">The stored authority is of another kind.</exception>
    /// <exception cref="FleetApiException">422 where an address or user name changes and the secret is not given; 400 where the live checks fail.</exception>
    public async Task<bool> PatchAsync(long id, CertificateAuthorityPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        CertificateAuthority stored = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (stored.Kind != patch.Kind)
        {
            throw new CertificateAuthorityMismatchException(stored, patch.Kind);
        }

        IEnumerable<(string Member, string? Value)> named = [("name", patch.Name), ("url", patch.Url), .. patch.Members()];
        (string Member, string Value)[] changes =
            [.. named.Where(member => member.Value is not null && member.Value.Trim() != stored.Current(member.Member)).Select(member => (member.Member, member.Value!.Trim()))];
        (string secretName, Secret? secret) = patch.SecretMember;
        IReadOnlyList<string>? names = patch.PrincipalNames is { } wanted && !wanted.SequenceEqual(stored.CertificateUserPrincipalNames) ? wanted : null;
        if (changes.Length == 0 && secret is null && names is null)
        {
            return false;
        }

        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartObject(patch.Kind.Value);
            foreach ((string member, string value) in changes)
            {
                writer.WriteString(member, value);
            }

            if (names is not null)
            {
                writer.Strings("certificate_user_principal_names", names);
            }

            writer.OptionalString(secretName, secret?.Reveal());
            writer.WriteEndObject();
        });
        await _transport.SendAsync(FleetRequest.Patch(Change, $"certificate_authorities/{id}", body).Hiding(secret), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Deletes an authority. Issued certificates stay; profiles that use its variables fail from now on.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"certificate_authorities/{id}"), cancellationToken);

    /// <summary>Reads all authorities, grouped by kind, as GitOps sees them.</summary>
    /// <param name="includeSecrets">Whether the secrets are there in the clear.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<CertificateAuthoritiesSpec> GetSpecAsync(bool includeSecrets = false, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(
            FleetRequest.Get(ReadSpec, "spec/certificate_authorities", new QueryString().AddFlag("include_secrets", includeSecrets)),
            body => CertificateAuthoritiesSpec.Read(JsonSerializer.Deserialize(body.Span, FleetJsonContext.Default.JsonElement)),
            cancellationToken);

    /// <summary>Replaces <em>all</em> authorities: every one that is not listed is deleted. For one authority use <see cref="CreateAsync"/> or <see cref="PatchAsync"/>.</summary>
    /// <remarks>Each run, dry or not, has the server fetch the certificates and a challenge of every Smallstep authority listed.</remarks>
    /// <param name="spec">All authorities that shall be there.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetVersionException">A Smallstep authority on a release that does not know them, and would take and forget it.</exception>
    public async Task ApplySpecAsync(CertificateAuthoritiesSpec spec, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        await RequireSmallstepAsync(spec.Authorities, cancellationToken).ConfigureAwait(false);
        await _transport.SendAsync(FleetRequest.Post(Apply, "spec/certificate_authorities", JsonBody.Object(writer => spec.Write(writer, dryRun))).Hiding(spec.Authorities.Select(authority => authority.Hidden)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has a Hydrant or EST authority sign a request; Fleet does not do this for SCEP authorities.</summary>
    /// <param name="id">The authority.</param>
    /// <param name="csrPem">The PKCS#10 request, PEM.</param>
    /// <param name="proof">The end user's proof from the identity provider, where the server asks for it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificate, PEM.</returns>
    public Task<string> RequestCertificateAsync(long id, string csrPem, IdentityProof? proof = null, CancellationToken cancellationToken = default)
    {
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("csr", csrPem);
            writer.OptionalString("idp_oauth_url", proof?.OauthUrl);
            writer.OptionalString("idp_token", proof?.Token.Reveal());
            writer.OptionalString("idp_client_id", proof?.ClientId);
        });
        return _transport.SendAsync(FleetRequest.Post(Request, $"certificate_authorities/{id}/request_certificate", body).Hiding(proof?.Token), FleetJsonContext.Default.String, ["certificate"], cancellationToken);
    }

    private async ValueTask RequireSmallstepAsync(IReadOnlyList<CertificateAuthorityRequest> authorities, CancellationToken cancellationToken)
    {
        if (authorities.Any(authority => authority.Kind == CertificateAuthorityKind.Smallstep))
        {
            await _transport.RequireAsync(FleetFeature.SmallstepAuthorities, cancellationToken).ConfigureAwait(false);
        }
    }
}
