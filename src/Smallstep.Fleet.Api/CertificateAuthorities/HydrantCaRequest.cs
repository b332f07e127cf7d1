using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>A Hydrant authority.</summary>
/// <param name="Name">Letters, digits and underscores.</param>
/// <param name="Url">The EST URL.</param>
/// <param name="ClientId">The client id.</param>
/// <param name="ClientSecret">The client secret.</param>
public sealed record HydrantCaRequest(string Name, string Url, string ClientId, Secret ClientSecret) : CertificateAuthorityRequest
{
    /// <inheritdoc/>
    public override CertificateAuthorityKind Kind => CertificateAuthorityKind.Hydrant;

    internal override Secret Hidden => ClientSecret;

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name.Trim());
        writer.WriteString("url", Url.Trim());
        writer.WriteString("client_id", ClientId.Trim());
        writer.WriteString("client_secret", ClientSecret.Reveal());
    }
}
