using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>An NDES authority, or Smallstep's bridge that speaks NDES.</summary>
/// <param name="Url">The SCEP URL.</param>
/// <param name="AdminUrl">The admin page that shows challenges.</param>
/// <param name="Username">The user name for the admin page.</param>
/// <param name="Password">The password for the admin page.</param>
public sealed record NdesCaRequest(string Url, string AdminUrl, string Username, Secret Password) : CertificateAuthorityRequest
{
    /// <summary>The name, on releases that take several NDES authorities; <see langword="null"/> elsewhere.</summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override CertificateAuthorityKind Kind => CertificateAuthorityKind.Ndes;

    internal override Secret Hidden => Password;

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.OptionalString("name", Name?.Trim());
        writer.WriteString("url", Url.Trim());
        writer.WriteString("admin_url", AdminUrl.Trim());
        writer.WriteString("username", Username.Trim());
        writer.WriteString("password", Password.Reveal());
    }
}
