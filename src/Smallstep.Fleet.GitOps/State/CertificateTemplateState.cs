namespace Smallstep.Fleet.GitOps;

/// <summary>A template from which Android devices of a fleet get certificates. Immutable on the server.</summary>
/// <param name="Name">The name: letters, digits, blanks, dashes and underscores, unique in the fleet.</param>
/// <param name="CertificateAuthorityName">The authority that issues, a custom SCEP one.</param>
/// <param name="SubjectName">The subject with Fleet's variables: <c>CN=$FLEET_VAR_HOST_UUID</c>.</param>
public sealed record CertificateTemplateState(string Name, string CertificateAuthorityName, string SubjectName)
{
    /// <summary>The alternative names, such as <c>DNS=a.example</c>; empty for none.</summary>
    public string SubjectAlternativeName { get; init; } = "";

    /// <summary>The id on the server, where observed.</summary>
    public long? Id { get; init; }
}
