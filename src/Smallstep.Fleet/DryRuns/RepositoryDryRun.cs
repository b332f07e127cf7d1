using System.Text;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet;

/// <summary>Makes the calls of <c>fleetctl gitops --dry-run</c>, all of them: a refusal does not hide the next.</summary>
internal sealed class RepositoryDryRun(ReadableClients fleet, FleetRepository repository)
{
    private readonly FleetClient _fleet = fleet.Writer;
    private readonly FleetState _state = repository.ToState();
    private readonly List<DryRunStep> _steps = [];

    public async Task<DryRunReport> RunAsync(CancellationToken cancellationToken)
    {
        LintResult lint = new GitOpsLinter().Lint(repository);
        if (!lint.Verdict.IsAccepted && lint.Verdict.Stage is GitOpsStage.Arguments or GitOpsStage.Parse)
        {
            return new DryRunReport(lint, [.. repository.Files.Select(file => new DryRunStep(file.Path, "all", DryRunOutcome.NotAsked, "fleetctl cannot read the repository."))]);
        }

        IReadOnlyList<Team>? teams = await fleet.TryReadAsync(client => client.Teams.ListAsync(null, cancellationToken)).ConfigureAwait(false);
        foreach (GitOpsFile file in repository.Files.OrderBy(file => file.Kind == GitOpsFileKind.Global ? 0 : 1))
        {
            await (file.Kind switch
            {
                GitOpsFileKind.Global => GlobalAsync(file, cancellationToken),
                GitOpsFileKind.Unassigned => TeamAsync(file, State(TeamState.Unassigned), null, 0, cancellationToken),
                _ => FleetAsync(file, teams?.FirstOrDefault(team => team.Name == file.Name), cancellationToken),
            }).ConfigureAwait(false);
        }

        return new DryRunReport(lint, _steps);
    }

    private async Task GlobalAsync(GitOpsFile file, CancellationToken cancellationToken)
    {
        await MicrosoftGraphAsync(file, cancellationToken).ConfigureAwait(false);
        await AuthoritiesAsync(file, cancellationToken).ConfigureAwait(false);
        if (_state.Files?.LicenseAgreement is { Contents: { } agreement } declared)
        {
            await AskAsync(file, "licence agreement", () => _fleet.SetupExperience.UploadLicenseAgreementAsync(declared.Name, agreement, dryRun: true, cancellationToken)).ConfigureAwait(false);
        }

        if (_state.CustomHostVitals is { } vitals)
        {
            await AskAsync(file, "custom host vitals", () => _fleet.CustomHostVitals.ApplySpecAsync([.. vitals.Select(vital => vital.Name)], dryRun: true, cancellationToken)).ConfigureAwait(false);
        }

        JsonObject configuration = RepositoryJson.Configuration(file, State(TeamState.Unassigned)?.Controls, _state, repository.Run.FleetVersion.Capabilities);
        await AskAsync(file, "organization settings", () => _fleet.Configuration.PatchAsync(configuration, dryRun: true, overwrite: true, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (file.Settings?["secrets"] is { Items: { Count: > 0 } secrets })
        {
            Secret[] values = [.. secrets.Select(secret => new Secret(secret["secret"]?.Text ?? ""))];
            await AskAsync(file, "enroll secrets", () => _fleet.Spec.ApplyEnrollSecretsAsync(values, dryRun: true, cancellationToken)).ConfigureAwait(false);
        }

        if (repository.Files.All(other => other.Kind != GitOpsFileKind.Unassigned))
        {
            await TeamAsync(file, State(TeamState.Unassigned), null, 0, cancellationToken).ConfigureAwait(false);
        }
    }

    // Fleet tries what is new or changed on Microsoft Graph. Without Premium fleetctl asks only where there is something to refuse.
    private async Task MicrosoftGraphAsync(GitOpsFile file, CancellationToken cancellationToken)
    {
        const string Section = "Microsoft Graph credentials";
        if (_state.MicrosoftGraphCredentials is not { } credentials || (credentials.Count == 0 && !repository.Run.Server.IsPremium))
        {
            return;
        }

        if (credentials.FirstOrDefault(credential => credential.ClientSecret is { Value: null, EnvironmentVariable: not null }) is { } unknown)
        {
            _steps.Add(new DryRunStep(file.Path, Section, DryRunOutcome.NotAsked, $"The environment has no value for ${unknown.ClientSecret.EnvironmentVariable}."));
            return;
        }

        MicrosoftGraphCredentialRequest[] requests = [.. credentials.Select(credential => new MicrosoftGraphCredentialRequest(credential.TenantId, credential.ClientId) { ClientSecret = credential.ClientSecret.Value })];
        await AskAsync(file, Section, () => _fleet.MicrosoftGraph.ReplaceCredentialsAsync(requests, dryRun: true, cancellationToken)).ConfigureAwait(false);
    }

    private async Task AuthoritiesAsync(GitOpsFile file, CancellationToken cancellationToken)
    {
        IReadOnlyList<CertificateAuthorityState> authorities = _state.CertificateAuthorities ?? [];
        if (authorities.SelectMany(authority => authority.Secrets).FirstOrDefault(secret => secret.Value.Value is null) is { Key: not null } unknown)
        {
            _steps.Add(new DryRunStep(file.Path, "certificate authorities", DryRunOutcome.NotAsked, $"The environment has no value for ${unknown.Value.EnvironmentVariable}."));
            return;
        }

        int challenges = authorities.Count(authority => authority.Kind is CertificateAuthorityState.Smallstep or CertificateAuthorityState.Ndes);
        await AskAsync(
            file, "certificate authorities",
            () => _fleet.CertificateAuthorities.ApplySpecAsync(new CertificateAuthoritiesSpec { Authorities = [.. authorities.Select(AuthorityApplier.ToRequest)] }, dryRun: true, cancellationToken),
            new PlanCost(challenges, false, 0)).ConfigureAwait(false);
    }

    private async Task FleetAsync(GitOpsFile file, Team? team, CancellationToken cancellationToken)
    {
        var specs = new JsonArray(RepositoryJson.Team(file, State(file.Name!)?.Controls));
        await AskAsync(file, "fleet settings", () => _fleet.Spec.ApplyTeamsAsync(specs, dryRun: true, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (team is null)
        {
            _steps.Add(new DryRunStep(file.Path, "profiles, scripts and software", DryRunOutcome.NotAsked, "The fleet does not exist yet, and Fleet's dry run ends here."));
            return;
        }

        await TeamAsync(file, State(team.Name), team.Name, team.Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task TeamAsync(GitOpsFile file, TeamState? state, string? name, long id, CancellationToken cancellationToken)
    {
        if (state is null)
        {
            return;
        }

        await SecretsAsync(file, state, cancellationToken).ConfigureAwait(false);
        await AssetsAsync(file, state, id, cancellationToken).ConfigureAwait(false);
        ProfileUpload[] profiles = [.. (state.Profiles ?? []).Select(ToUpload)];
        await AskAsync(file, "profiles", () => _fleet.Profiles.ApplyGitOpsBatchAsync(
            new ProfileBatch { TeamName = name, Profiles = profiles }, dryRun: true, assumeEnabled: true, noCache: true, cancellationToken)).ConfigureAwait(false);
        if (profiles.Where(HasSecrets).Select(profile => profile.FileName).ToArray() is { Length: > 0 } unchecked_)
        {
            _steps.Add(new DryRunStep(file.Path, "profiles with secrets", DryRunOutcome.NotAsked, $"Fleet's dry run passes over them: {string.Join(", ", unchecked_)}."));
        }

        ScriptUpload[] scripts = [.. (state.Scripts ?? []).Select(script => new ScriptUpload(script.Name, script.Contents ?? ""))];
        await AskAsync(file, "scripts", () => _fleet.Scripts.ApplyBatchAsync(id == 0 ? null : id, scripts, dryRun: true, cancellationToken)).ConfigureAwait(false);
        if (state.Software is { } software)
        {
            await SoftwareAsync(file, name, software, state.MaintainedApps ?? [], cancellationToken).ConfigureAwait(false);
        }

        if (RepositoryJson.Apps(file) is { Count: > 0 } apps)
        {
            await AskAsync(file, "App Store apps", () => _fleet.Spec.ApplyAppStoreAppsAsync(name, apps, dryRun: true, cancellationToken)).ConfigureAwait(false);
        }
    }

    // fleetctl sends the list where it is empty, too.
    private async Task AssetsAsync(GitOpsFile file, TeamState state, long id, CancellationToken cancellationToken)
    {
        if (state.Assets is not { } assets || !repository.Run.FleetVersion.Capabilities.DeclarationAssets)
        {
            return;
        }

        AssetUpload[] uploads = [.. assets.Select(asset => AssetApplier.ToUpload(asset, null))];
        await AskAsync(file, "assets", () => _fleet.Assets.ApplyBatchAsync(id, uploads, dryRun: true, cancellationToken)).ConfigureAwait(false);
        if (assets.Where(asset => SecretVariables.Find(Text(asset.Contents)).Count > 0).Select(asset => asset.Name).ToArray() is { Length: > 0 } unchecked_)
        {
            _steps.Add(new DryRunStep(file.Path, "assets with secrets", DryRunOutcome.NotAsked, $"Fleet's dry run passes over them: {string.Join(", ", unchecked_)}."));
        }
    }

    private Task SecretsAsync(GitOpsFile file, TeamState state, CancellationToken cancellationToken)
    {
        string[] names = [.. (state.Profiles ?? []).SelectMany(profile => new[] { Text(profile.Contents), Text(profile.Activation) }).Concat((state.Assets ?? []).Select(asset => Text(asset.Contents))).Concat((state.Scripts ?? []).Select(script => script.Contents ?? ""))
            .Concat((state.Software ?? []).SelectMany(package => new[] { package.InstallScript, package.PostInstallScript, package.UninstallScript }))
            .SelectMany(SecretVariables.Find).Select(name => name.StartsWith("FLEET_SECRET_", StringComparison.Ordinal) ? name : "FLEET_SECRET_" + name).Distinct()];
        Dictionary<string, Secret> values = names.Where(name => repository.Run.Environment?.ContainsKey(name) == true)
            .ToDictionary(name => name, name => new Secret(repository.Run.Environment![name]), StringComparer.Ordinal);
        return values.Count == 0 ? Task.CompletedTask : AskAsync(file, "secret variables", () => _fleet.Variables.SetAsync(values, dryRun: true, cancellationToken));
    }

    private Task SoftwareAsync(GitOpsFile file, string? name, IReadOnlyList<SoftwareState> software, IReadOnlyList<MaintainedAppState> maintained, CancellationToken cancellationToken)
    {
        BatchPackage[] packages = [.. software.Select(ToBatch), .. maintained.Select(ToBatch)];
        return AskAsync(file, "software packages", async () =>
        {
            SoftwareBatchResult result = await _fleet.Software.ApplyBatchAsync(name, packages, dryRun: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            return result.Status == SoftwareBatchStatus.Failed ? result.Message : "";
        }, downloads: packages.Count(package => package.Url.Length > 0));
    }

    private Task AskAsync(GitOpsFile file, string section, Func<Task> ask, PlanCost? cost = null) => AskAsync(
        file, section,
        async () =>
        {
            await ask().ConfigureAwait(false);
            return "";
        },
        cost);

    private async Task AskAsync(GitOpsFile file, string section, Func<Task<string>> ask, PlanCost? cost = null, int downloads = 0)
    {
        string refusal;
        try
        {
            refusal = await ask().ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is SmallstepFleetException or HttpRequestException or IOException or TimeoutException)
        {
            refusal = FleetErrors.Explain(problem, "The server refuses").Message;
        }

        _steps.Add(new DryRunStep(file.Path, section, refusal.Length == 0 ? DryRunOutcome.Accepted : DryRunOutcome.Refused, refusal) { Consumed = cost ?? PlanCost.None, Downloads = downloads });
    }

    private TeamState? State(string name) => _state.Teams.FirstOrDefault(team => team.Name == name);

    private static bool HasSecrets(ProfileUpload profile) => SecretVariables.Find(Text(profile.Contents)).Count > 0;

    private static string Text(ReadOnlyMemory<byte>? contents) => contents is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";

    private static ProfileUpload ToUpload(ProfileState profile) => new()
    {
        FileName = profile.FileName,
        Contents = profile.Contents ?? ReadOnlyMemory<byte>.Empty,
        Activation = profile.Activation,
        LabelsIncludeAll = profile.Targets.IncludeAll,
        LabelsIncludeAny = profile.Targets.IncludeAny,
        LabelsExcludeAny = profile.Targets.ExcludeAny,
    };

    private static BatchPackage ToBatch(SoftwareState package) => new()
    {
        Url = package.Url ?? "",
        Sha256 = package.Sha256,
        InstallScript = package.InstallScript,
        PostInstallScript = package.PostInstallScript,
        UninstallScript = package.UninstallScript,
        PreInstallQuery = package.PreInstallQuery,
        SelfService = package.SelfService,
        InstallDuringSetup = package.SetupExperience,
        AlwaysDownload = package.AlwaysDownload,
        Categories = package.Categories ?? [],
        DisplayName = package.DisplayName is { Length: > 0 } shown ? shown : null,
        LabelsIncludeAll = package.Targets.IncludeAll,
        LabelsIncludeAny = package.Targets.IncludeAny,
        LabelsExcludeAny = package.Targets.ExcludeAny,
    };

    private static BatchPackage ToBatch(MaintainedAppState app) => new()
    {
        Slug = app.Slug,
        InstallScript = app.InstallScript,
        PostInstallScript = app.PostInstallScript,
        UninstallScript = app.UninstallScript,
        PreInstallQuery = app.PreInstallQuery,
        SelfService = app.SelfService,
        InstallDuringSetup = app.SetupExperience,
        Categories = app.Categories,
        DisplayName = app.DisplayName is { Length: > 0 } shown ? shown : null,
        LabelsIncludeAll = app.Targets.IncludeAll,
        LabelsIncludeAny = app.Targets.IncludeAny,
        LabelsExcludeAny = app.Targets.ExcludeAny,
    };
}
