using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>A Smallstep authority: the four values of the console, and a name.</summary>
/// <param name="Name">Letters, digits and underscores, such as <c>SMALLSTEP_AGENT</c>.</param>
/// <param name="Url">The SCEP URL.</param>
/// <param name="ChallengeUrl">The challenge URL.</param>
/// <param name="Username">The challenge user name.</param>
/// <param name="Password">The challenge password.</param>
public sealed record SmallstepCaRequest(string Name, string Url, string ChallengeUrl, string Username, Secret Password) : CertificateAuthorityRequest
{
    /// <inheritdoc/>
    public override CertificateAuthorityKind Kind => CertificateAuthorityKind.Smallstep;

    internal override Secret Hidden => Password;

    // Trimmed here because only some of Fleet's endpoints trim, and a trailing newline makes an address invalid.
    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name.Trim());
        writer.WriteString("url", Url.Trim());
        writer.WriteString("challenge_url", ChallengeUrl.Trim());
        writer.WriteString("username", Username.Trim());
        writer.WriteString("password", Password.Reveal());
    }
}
