using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>A DigiCert authority.</summary>
/// <param name="Name">Letters, digits and underscores.</param>
/// <param name="Url">The API's address.</param>
/// <param name="ApiToken">The API token.</param>
/// <param name="ProfileId">The profile.</param>
/// <param name="CertificateCommonName">The common name, with Fleet variables.</param>
/// <param name="CertificateSeatId">The seat id, with Fleet variables.</param>
public sealed record DigiCertCaRequest(string Name, string Url, Secret ApiToken, string ProfileId, string CertificateCommonName, string CertificateSeatId) : CertificateAuthorityRequest
{
    /// <summary>The user principal names; one at most.</summary>
    public IReadOnlyList<string> CertificateUserPrincipalNames { get; init; } = [];

    /// <inheritdoc/>
    public override CertificateAuthorityKind Kind => CertificateAuthorityKind.DigiCert;

    internal override Secret Hidden => ApiToken;

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name.Trim());
        writer.WriteString("url", Url.Trim());
        writer.WriteString("api_token", ApiToken.Reveal());
        writer.WriteString("profile_id", ProfileId);
        writer.WriteString("certificate_common_name", CertificateCommonName);
        writer.Strings("certificate_user_principal_names", CertificateUserPrincipalNames);
        writer.WriteString("certificate_seat_id", CertificateSeatId);
    }
}
