using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of certificate templates.</summary>
internal static class CertificateTemplateApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        CertificateTemplatesClient templates = context.Fleet.CertificateTemplates;
        var wanted = change.Desired as CertificateTemplateState;

        // Before anything is deleted: without an authority there is nothing to put in the place of the former template.
        long? authority = wanted is null ? null : await FindAuthorityAsync(wanted, context.Fleet, cancellationToken).ConfigureAwait(false);
        if (change.Kind is ChangeKind.Delete or ChangeKind.Replace)
        {
            await templates.DeleteAsync(((CertificateTemplateState)change.Observed!).Id!.Value, cancellationToken).ConfigureAwait(false);
        }

        if (wanted is not null)
        {
            await templates.CreateAsync(
                new CertificateTemplateRequest(wanted.Name, authority!.Value, wanted.SubjectName)
                {
                    SubjectAlternativeName = wanted.SubjectAlternativeName.Length > 0 ? wanted.SubjectAlternativeName : null,
                    TeamId = context.TeamId(change),
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    // Asked for now, since the same plan may have made the authority. Names are unique within a kind, and templates take one kind alone.
    private static async Task<long> FindAuthorityAsync(CertificateTemplateState wanted, FleetClient fleet, CancellationToken cancellationToken)
    {
        IReadOnlyList<CertificateAuthority> authorities = await fleet.CertificateAuthorities.ListAsync(cancellationToken).ConfigureAwait(false);
        return authorities.FirstOrDefault(one => one.Kind == CertificateAuthorityKind.CustomScep && one.Name == wanted.CertificateAuthorityName)?.Id
            ?? throw new IntegrationException([WorkflowRules.RequestRefused.At(
                $"The certificate template {wanted.Name} names the custom SCEP authority '{wanted.CertificateAuthorityName}', which Fleet does not have.", remedy: "Declare the authority, or correct the name.")]);
    }
}
