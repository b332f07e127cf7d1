using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out one change with single-object calls.</summary>
internal static class ChangeApplier
{
    public static Task ApplyAsync(PlannedChange change, ApplyContext context, TransferProgress transfer, CancellationToken cancellationToken) => change.ObjectKind switch
    {
        PlannedObjectKind.Team when change.Kind == ChangeKind.Delete => context.Fleet.Teams.DeleteAsync(((TeamState)change.Observed!).Id!.Value, cancellationToken),
        PlannedObjectKind.Team => CreateTeamAsync(change, context, cancellationToken),
        PlannedObjectKind.Settings => SettingsApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.EnrollSecrets => SettingsApplier.ApplySecretsAsync(change, context, cancellationToken),
        PlannedObjectKind.CertificateAuthority => AuthorityApplier.ApplyAsync(change, context.Fleet, cancellationToken),
        PlannedObjectKind.YaraRule => OrganizationFilesApplier.ApplyRuleAsync(change, context.Fleet.Configuration, cancellationToken),
        PlannedObjectKind.OrganizationFile => OrganizationFilesApplier.ApplyAsync(change, context.Fleet, cancellationToken),
        PlannedObjectKind.MicrosoftGraphCredential => MicrosoftGraphCredentialApplier.ApplyAsync(change, context.Fleet, cancellationToken),
        PlannedObjectKind.CustomHostVital => CustomHostVitalApplier.ApplyAsync(change, context.Fleet, cancellationToken),
        PlannedObjectKind.Label => LabelApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.Asset => AssetApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.Profile => ProfileApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.CertificateTemplate => CertificateTemplateApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.SetupExperience => SetupFilesApplier.ApplyAsync(change, context, transfer, cancellationToken),
        PlannedObjectKind.Report => ReportApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.Policy => PolicyApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.Script => ScriptApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.App => AppApplier.ApplyAsync(change, context, cancellationToken),
        PlannedObjectKind.EnrollmentPolicy => EnrollmentPolicyPlanner.ApplyAsync(context.Smallstep!, cancellationToken),
        _ => SoftwareApplier.ApplyAsync(change, context, transfer, cancellationToken),
    };

    // What Fleet would give a new fleet of itself is replaced here: a later run could not tell it from what a person set, and would need AllowDeletes.
    private static async Task CreateTeamAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        var desired = (TeamState)change.Desired!;
        Secret[]? secrets = EnrollSecretsPlanner.AreKnown(desired.EnrollSecrets) ? [.. desired.EnrollSecrets.Select(secret => secret.Value!)] : null;
        Team team = await context.Fleet.Teams.CreateAsync(change.Name, secrets, cancellationToken).ConfigureAwait(false);
        context.AddTeam(change.Name, team.Id);
        if (desired.AgentOptions is { } options && SettingsPlanner.IsNone(options))
        {
            await context.Fleet.Teams.SetAgentOptionsAsync(team.Id, [], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }
}
