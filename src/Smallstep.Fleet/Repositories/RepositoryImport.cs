using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Writes what a server holds as a repository, and says what the files leave out.</summary>
internal sealed class RepositoryImport(ReadableClients fleet, FleetGitOps gitops)
{
    public async Task<ImportedRepository> RunAsync(RepositoryWriteOptions? wanted, CancellationToken cancellationToken)
    {
        GitOpsRun facts = await gitops.CompleteAsync(new GitOpsRun(), cancellationToken).ConfigureAwait(false);
        FleetConfiguration configuration = await fleet.Writer.Configuration.GetAsync(cancellationToken).ConfigureAwait(false);
        RepositoryWriteOptions given = wanted ?? new RepositoryWriteOptions { FleetVersion = facts.FleetVersion };
        RepositoryWriteOptions options = given with
        {
            Exceptions = given.Exceptions ?? facts.Server.Exceptions,
            OrganizationName = given.OrganizationName ?? Some(configuration.OrgInfo.OrgName),
            ServerUrl = given.ServerUrl ?? Some(configuration.ServerSettings.ServerUrl),
        };
        FleetState state = await new FleetObserver(fleet.Writer, fleet.Observer).ObserveAsync(cancellationToken).ConfigureAwait(false);
        FleetState written = WithSecrets(state);
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(written, options);
        return new ImportedRepository
        {
            Files = files,
            Variables = FleetRepositoryWriter.RequiredVariables(written, options),
            Findings = [.. FleetRepositoryWriter.Omissions(written, options), .. Unreadable(state, configuration.Mdm.AppleEnabled), .. Uploaded(state)],
            Run = facts with { Arguments = GitOpsRun.OnAll(new MemoryFiles(files)).Arguments },
        };
    }

    private static string? Some(string text) => text.Length > 0 ? text : null;

    // The server masks secrets; each authority has those of its kind.
    private static FleetState WithSecrets(FleetState state) => state with
    {
        CertificateAuthorities = state.CertificateAuthorities is not { } authorities ? null : [.. authorities.Select(authority => authority with
        {
            Secrets = new Dictionary<string, SecretValue>(StringComparer.Ordinal)
            {
                [authority.Kind switch { CertificateAuthorityState.CustomScep => "challenge", "digicert" => "api_token", "hydrant" => "client_secret", _ => "password" }] = new SecretValue(null),
            },
        })],
    };

    private static IEnumerable<Finding> Unreadable(FleetState state, bool hasAppleMdm)
    {
        (string What, bool IsUnknown)[] parts =
        [
            ("certificate authorities", state.CertificateAuthorities is null), ("global labels", state.Labels is null), ("global reports", state.Reports is null), ("global policies", state.Policies is null),
            ("agent options of the server", state.AgentOptions is null), ("YARA rules", state.YaraRules is null), ("licence agreement", state.Files is { IsLicenseAgreementOpen: true } && hasAppleMdm), ("global enroll secrets", state.EnrollSecrets is null),
            ("custom host vitals", state.CustomHostVitals is null), ("Microsoft Graph credentials", state.MicrosoftGraphCredentials is null),
            .. (state.Settings?.Hidden ?? []).Select(section => ($"section org_settings.{section}", true)),
            .. state.Teams.SelectMany(team => new[]
            {
                ($"set-up experience of {team.Name}", team.SetupFiles is null), ($"certificate templates of {team.Name}", team.CertificateTemplates is null), ($"enroll secrets of {team.Name}", team.EnrollSecrets is null && !team.IsUnassigned),
                ($"profiles of {team.Name}", team.Profiles is null), ($"declaration assets of {team.Name}", team.Assets is null), ($"software of {team.Name}", team.Software is null), ($"Fleet-maintained apps of {team.Name}", team.Software is not null && team.MaintainedApps is null), ($"scripts of {team.Name}", team.Scripts is null),
                ($"policies of {team.Name}", team.Policies is null), ($"labels of {team.Name}", team.Labels is null && !team.IsUnassigned), ($"reports of {team.Name}", team.Reports is null && !team.IsUnassigned),
            }),
            .. (state.Labels ?? []).Concat(state.Teams.SelectMany(team => team.Labels ?? [])).Select(label => ($"hosts of the label {label.Name}", label.MembershipType == "manual" && label.Hosts is null)),
        ];
        return parts.Where(part => part.IsUnknown).Select(part => WorkflowRules.NotImported.At($"The token may not read the {part.What}; the files hold none, and fleetctl would remove them."));
    }

    private static IEnumerable<Finding> Uploaded(FleetState state) => state.Teams.Where(team => team.SetupFiles is { HasOtherBootstrapPackage: true })
        .Select(team => WorkflowRules.NotImported.At($"The bootstrap package of {team.Name} was uploaded by hand, and a repository names an address; fleetctl would remove it."));
}
