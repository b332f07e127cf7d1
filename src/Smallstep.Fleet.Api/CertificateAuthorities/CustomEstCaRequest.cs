using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>An EST server.</summary>
/// <param name="Name">Letters, digits and underscores.</param>
/// <param name="Url">The EST URL.</param>
/// <param name="Username">The user name.</param>
/// <param name="Password">The password.</param>
public sealed record CustomEstCaRequest(string Name, string Url, string Username, Secret Password) : CertificateAuthorityRequest
{
    /// <inheritdoc/>
    public override CertificateAuthorityKind Kind => CertificateAuthorityKind.CustomEst;

    internal override Secret Hidden => Password;

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name.Trim());
        writer.WriteString("url", Url.Trim());
        writer.WriteString("username", Username.Trim());
        writer.WriteString("password", Password.Reveal());
    }
}
