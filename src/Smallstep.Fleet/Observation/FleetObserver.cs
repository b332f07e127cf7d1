using System.Text.Json;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads what a Fleet server holds. What the tokens may not read is <see langword="null"/>: unknown, never absent.</summary>
public sealed class FleetObserver
{
    private readonly ReadableClients _fleet;

    /// <summary>Creates an observer.</summary>
    /// <param name="fleet">The client whose token may read configuration (roles gitops, maintainer, admin).</param>
    /// <param name="observer">A client whose token may read what the first may not, or <see langword="null"/>.</param>
    public FleetObserver(FleetClient fleet, FleetClient? observer = null)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        _fleet = new ReadableClients(fleet, observer);
    }

    /// <summary>Reads everything that the contract knows, for import.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<FleetState> ObserveAsync(CancellationToken cancellationToken = default) => ObserveAsync(null, cancellationToken);

    /// <summary>Reads what a desired state can be compared with, and no more.</summary>
    /// <param name="desired">The desired state, or <see langword="null"/> for everything.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<FleetState> ObserveAsync(FleetState? desired, CancellationToken cancellationToken = default)
    {
        var selection = new ObservationSelection(desired);
        IReadOnlyList<Team> teams = await ListTeamsAsync(selection, cancellationToken).ConfigureAwait(false);
        Task<IReadOnlyList<CertificateAuthorityState>?> authorities = AuthorityReader.ReadAsync(_fleet, selection, cancellationToken);
        Task<IReadOnlyList<Label>?> labels = LabelReader.ListAsync(_fleet, cancellationToken);
        Task<IReadOnlyList<ReportState>?> reports = selection.WantsReports ? ReportReader.ReadAsync(_fleet, null, cancellationToken) : Task.FromResult<IReadOnlyList<ReportState>?>(null);
        Task<IReadOnlyList<PolicyState>?> policies = PolicyReader.ReadAsync(_fleet, null, selection.WantsPolicies, cancellationToken);
        Task<IReadOnlyList<SecretValue>?> secrets = selection.WantsEnrollSecrets ? SettingsReader.ReadSecretsAsync(_fleet, null, cancellationToken) : Task.FromResult<IReadOnlyList<SecretValue>?>(null);
        Task<IReadOnlyList<CustomHostVitalState>?> vitals = OrganizationReader.ReadCustomHostVitalsAsync(_fleet, selection.WantsCustomHostVitals, cancellationToken);
        Task<IReadOnlyList<MicrosoftGraphCredentialState>?> graph = OrganizationReader.ReadMicrosoftGraphCredentialsAsync(_fleet, selection.WantsMicrosoftGraphCredentials, cancellationToken);
        JsonElement? configuration = selection.WantsSettings ? await SettingsReader.ReadServerAsync(_fleet, cancellationToken).ConfigureAwait(false) : null;
        Task<OrganizationFilesState?> files = OrganizationFilesReader.ReadAsync(_fleet, configuration, selection, cancellationToken);
        Task<IReadOnlyList<YaraRuleState>?> rules = OrganizationFilesReader.ReadRulesAsync(_fleet, selection.WantsYaraRules, cancellationToken);
        await Task.WhenAll(authorities, labels, reports, policies, secrets, vitals, graph, files, rules).ConfigureAwait(false);
        List<TeamState> states = [];
        foreach ((string name, long id) in teams.Select(team => (team.Name, team.Id)).Append((TeamState.Unassigned, 0)))
        {
            TeamState state = new(name) { Id = id };
            states.Add(selection.IncludesTeam(name) ? await ReadTeamAsync(state, selection, labels.Result, configuration, cancellationToken).ConfigureAwait(false) : state);
        }

        return new FleetState
        {
            CertificateAuthorities = authorities.Result,
            Labels = await LabelReader.SelectAsync(_fleet, labels.Result, null, selection.DeclaredHosts(null), selection.WantsLabelHosts(null), cancellationToken).ConfigureAwait(false),
            Reports = reports.Result,
            Policies = policies.Result,
            Settings = configuration is { } document ? SettingsState.FromServer(SettingsScope.Organization, document) : null,
            AgentOptions = configuration is { } shown ? SettingsReader.AgentOptions(shown) : null,
            EnrollSecrets = secrets.Result,
            YaraRules = rules.Result,
            Files = files.Result,
            CustomHostVitals = vitals.Result,
            MicrosoftGraphCredentials = graph.Result,
            Teams = states,
        };
    }

    // The controls of hosts without a fleet are the server's.
    private static SettingsState? Controls(long team, JsonElement? document, JsonElement? configuration) => DeviceManagement(team == 0 ? configuration : document) is { } controls
        ? SettingsState.FromServer(team == 0 ? SettingsScope.GlobalControls : SettingsScope.FleetControls, controls)
        : null;

    private static JsonElement? DeviceManagement(JsonElement? document) => document is { } shown ? SettingsReader.Member(shown, "mdm") : null;

    private async Task<IReadOnlyList<Team>> ListTeamsAsync(ObservationSelection selection, CancellationToken cancellationToken) =>
        selection.WantsTeams
            ? await _fleet.TryReadAsync(client => client.Teams.ListAsync(null, cancellationToken)).ConfigureAwait(false) ?? []
            : [];

    private async Task<TeamState> ReadTeamAsync(TeamState team, ObservationSelection selection, IReadOnlyList<Label>? labels, JsonElement? configuration, CancellationToken cancellationToken)
    {
        long id = team.Id ?? 0;
        TeamSelection part = selection.Team(team.Name);
        Task<IReadOnlyList<ProfileState>?> profiles = ProfileReader.ReadAsync(_fleet, id, part, cancellationToken);
        Task<IReadOnlyList<AssetState>?> assets = AssetReader.ReadAsync(_fleet, id, part, cancellationToken);
        Task<IReadOnlyList<ScriptState>?> scripts = ScriptReader.ReadAsync(_fleet, id, part, cancellationToken);
        Task<ObservedSoftware?> software = SoftwareReader.ReadAsync(_fleet, id, part, cancellationToken);
        Task<IReadOnlyList<ReportState>?> reports = part.WantsReports && id != 0 ? ReportReader.ReadAsync(_fleet, id, cancellationToken) : Task.FromResult<IReadOnlyList<ReportState>?>(null);
        Task<IReadOnlyList<PolicyState>?> policies = PolicyReader.ReadAsync(_fleet, id, part.WantsPolicies, cancellationToken);
        Task<IReadOnlyList<SecretValue>?> secrets = part.WantsEnrollSecrets && id != 0 ? SettingsReader.ReadSecretsAsync(_fleet, id, cancellationToken) : Task.FromResult<IReadOnlyList<SecretValue>?>(null);
        Task<IReadOnlyList<CertificateTemplateState>?> templates = SetupFilesReader.ReadTemplatesAsync(_fleet, id, part.WantsCertificateTemplates, cancellationToken);
        JsonElement? document = part.WantsSettings || part.WantsSetupFiles ? await SettingsReader.ReadTeamAsync(_fleet, id, cancellationToken).ConfigureAwait(false) : null;
        Task<SetupFilesState?> setup = SetupFilesReader.ReadAsync(_fleet, id, DeviceManagement(id == 0 ? configuration : document), part.WantsSetupFiles, cancellationToken);
        await Task.WhenAll(profiles, assets, scripts, software, reports, policies, secrets, templates, setup).ConfigureAwait(false);
        TeamState read = team with
        {
            Profiles = profiles.Result,
            Assets = assets.Result,
            Scripts = scripts.Result,
            Software = software.Result?.Packages,
            AppStoreApps = software.Result?.StoreApps,
            MaintainedApps = software.Result?.MaintainedApps,
            Reports = reports.Result,
            Settings = document is { } settings ? SettingsState.FromServer(SettingsScope.Fleet, settings) : null,
            Controls = Controls(id, document, configuration),
            AgentOptions = id != 0 && document is { } own ? SettingsState.FromServer(SettingsScope.AgentOptions, SettingsReader.Member(own, "agent_options")) : null,
            EnrollSecrets = secrets.Result,
            CertificateTemplates = templates.Result,
            SetupFiles = setup.Result,
            Labels = await LabelReader.SelectAsync(_fleet, labels, id, selection.DeclaredHosts(team.Name), selection.WantsLabelHosts(team.Name), cancellationToken).ConfigureAwait(false),
        };
        return read with { Policies = PolicyReader.Name(policies.Result, read) };
    }
}
