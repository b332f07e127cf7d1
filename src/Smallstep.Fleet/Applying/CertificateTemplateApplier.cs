using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of certificate templates.</summary>
internal static class CertificateTemplateApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        CertificateTemplatesClient templates = context.Fleet.CertificateTemplates;
        if (change.Kind is ChangeKind.Delete or ChangeKind.Replace)
        {
            await templates.DeleteAsync(((CertificateTemplateState)change.Observed!).Id!.Value, cancellationToken).ConfigureAwait(false);
        }

        if (change.Desired is CertificateTemplateState wanted)
        {
            // Asked for now, since the same plan may have made the authority.
            CertificateAuthority authority = (await context.Fleet.CertificateAuthorities.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(one => one.Name == wanted.CertificateAuthorityName)
                ?? throw new IntegrationException([WorkflowRules.RequestRefused.At(
                    $"The certificate template {wanted.Name} names the authority '{wanted.CertificateAuthorityName}', which Fleet does not have.", remedy: "Declare the authority, or correct the name.")]);
            await templates.CreateAsync(
                new CertificateTemplateRequest(wanted.Name, authority.Id, wanted.SubjectName)
                {
                    SubjectAlternativeName = wanted.SubjectAlternativeName.Length > 0 ? wanted.SubjectAlternativeName : null,
                    TeamId = context.TeamId(change),
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
