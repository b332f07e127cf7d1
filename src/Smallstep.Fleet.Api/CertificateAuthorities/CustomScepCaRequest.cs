using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>A SCEP server with a static challenge.</summary>
/// <param name="Name">Letters, digits and underscores.</param>
/// <param name="Url">The SCEP URL.</param>
/// <param name="Challenge">The challenge.</param>
public sealed record CustomScepCaRequest(string Name, string Url, Secret Challenge) : CertificateAuthorityRequest
{
    /// <inheritdoc/>
    public override CertificateAuthorityKind Kind => CertificateAuthorityKind.CustomScep;

    internal override Secret Hidden => Challenge;

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name.Trim());
        writer.WriteString("url", Url.Trim());
        writer.WriteString("challenge", Challenge.Reveal());
    }
}
