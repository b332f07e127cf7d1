using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads certificate authorities. Their secrets are masked by the server and stay unknown.</summary>
internal static class AuthorityReader
{
    public static Task<IReadOnlyList<CertificateAuthorityState>?> ReadAsync(ReadableClients fleet, ObservationSelection selection, CancellationToken cancellationToken) =>
        selection.WantsAuthorities
            ? fleet.TryReadAsync(client => ReadableClients.OrNoneAsync(() => ReadAsync(client, selection, cancellationToken), []))
            : Task.FromResult<IReadOnlyList<CertificateAuthorityState>?>(null);

    private static async Task<IReadOnlyList<CertificateAuthorityState>> ReadAsync(FleetClient client, ObservationSelection selection, CancellationToken cancellationToken)
    {
        List<CertificateAuthorityState> states = [];
        foreach (CertificateAuthority summary in await client.CertificateAuthorities.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (selection.IncludesAuthority(summary.Kind.Value, summary.Name))
            {
                CertificateAuthority detail = await client.CertificateAuthorities.GetAsync(summary.Id, cancellationToken).ConfigureAwait(false);
                states.Add(ToState(detail));
            }
            else
            {
                states.Add(new CertificateAuthorityState(summary.Kind.Value, summary.Name) { Id = summary.Id });
            }
        }

        return states;
    }

    private static CertificateAuthorityState ToState(CertificateAuthority authority)
    {
        (string Field, string? Value)[] fields =
        [
            ("url", authority.Url),
            ("challenge_url", authority.ChallengeUrl),
            ("admin_url", authority.AdminUrl),
            ("username", authority.Username),
            ("profile_id", authority.ProfileId),
            ("certificate_common_name", authority.CertificateCommonName),
            ("certificate_seat_id", authority.CertificateSeatId),
            ("client_id", authority.ClientId),
            ("certificate_user_principal_names", string.Join(',', authority.CertificateUserPrincipalNames)),
        ];
        return new CertificateAuthorityState(authority.Kind.Value, authority.Name)
        {
            Id = authority.Id,
            Fields = fields.Where(field => !string.IsNullOrEmpty(field.Value)).ToDictionary(field => field.Field, field => field.Value!),
        };
    }
}
