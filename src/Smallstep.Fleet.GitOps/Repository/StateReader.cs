using System.Globalization;

namespace Smallstep.Fleet.GitOps;

/// <summary>Turns a repository into the state that it declares.</summary>
internal sealed class StateReader(RunScope scope, IReadOnlyList<ParsedFile> files)
{
    public FleetState Read()
    {
        ParsedFile? global = files.FirstOrDefault(file => file.Settings is not null && file.Name is null);
        return new FleetState
        {
            IsComplete = true,
            HasAllTeams = scope.CommandLine.DeletesOtherFleets && scope.Run.Server.IsPremium,
            CertificateAuthorities = global is null ? null : new AuthorityReader(scope).Read(global.Settings?["certificate_authorities"]),
            Labels = global is null ? null : Labels(global),
            Reports = global is null ? null : Reports(global),
            Settings = global is null ? null : new SettingsReader(scope).Read(SettingsScope.Organization, global.Settings),
            AgentOptions = global is null ? null : new SettingsReader(scope).AgentOptions(global.AgentOptions),
            EnrollSecrets = global is null ? null : new SettingsReader(scope).EnrollSecrets(global),
            YaraRules = global is null ? null : new OrganizationReader(scope, global).YaraRules(),
            Files = global is null ? null : new OrganizationReader(scope, global).Files(),
            Policies = global is null ? null : new PolicyReader(scope, global).Read(),
            CustomHostVitals = global is null ? null : OrganizationLists.CustomHostVitals(scope, global),
            MicrosoftGraphCredentials = global is null ? null : OrganizationLists.MicrosoftGraphCredentials(scope, global),
            Teams = [.. Teams(global)],
        };
    }

    private IEnumerable<TeamState> Teams(ParsedFile? global)
    {
        bool hasUnassigned = false;
        foreach (ParsedFile file in files.Where(file => !file.IsGlobal))
        {
            hasUnassigned |= file.IsNoTeam;
            ParsedFile controls = file.IsNoTeam && !file.ControlsSet && global is { ControlsSet: true } ? global : file;
            var team = new TeamReader(scope, controls);
            yield return new TeamState(file.IsNoTeam ? TeamState.Unassigned : file.Name!)
            {
                Profiles = team.Profiles(),
                Assets = team.Assets(),
                Scripts = team.Scripts(),
                CertificateTemplates = team.CertificateTemplates(),
                SetupFiles = team.SetupFiles(),
                Software = IsUnmanaged(scope.Run.Server.Exceptions.Software, file.SoftwarePresent) ? null : new TeamReader(scope, file).Software(),
                AppStoreApps = IsUnmanaged(scope.Run.Server.Exceptions.Software, file.SoftwarePresent) ? null : new TeamReader(scope, file).AppStoreApps(),
                MaintainedApps = IsUnmanaged(scope.Run.Server.Exceptions.Software, file.SoftwarePresent) ? null : new TeamReader(scope, file).MaintainedApps(),
                Reports = file.IsNoTeam ? null : Reports(file),
                Policies = new PolicyReader(scope, file).Read(),
                Labels = file.IsNoTeam ? null : Labels(file),
                Settings = new SettingsReader(scope).Read(SettingsScope.Fleet, file.Settings),
                Controls = new SettingsReader(scope).Read(file.IsNoTeam ? SettingsScope.GlobalControls : SettingsScope.FleetControls, controls.Controls),
                AgentOptions = file.IsNoTeam ? null : new SettingsReader(scope).AgentOptions(file.AgentOptions),
                EnrollSecrets = file.IsNoTeam ? null : new SettingsReader(scope).EnrollSecrets(file),
            };
        }

        if (!hasUnassigned && global is { ControlsSet: true })
        {
            var team = new TeamReader(scope, global);
            yield return new TeamState(TeamState.Unassigned)
            {
                Profiles = team.Profiles(),
                Assets = team.Assets(),
                Scripts = team.Scripts(),
                CertificateTemplates = team.CertificateTemplates(),
                SetupFiles = team.SetupFiles(),
                Controls = new SettingsReader(scope).Read(SettingsScope.GlobalControls, global.Controls),
            };
        }
    }

    // An absent key of an excepted kind leaves the kind alone; any other absent key clears it.
    private static bool IsUnmanaged(bool isExcepted, bool isPresent) => isExcepted && !isPresent;

    private IReadOnlyList<LabelState>? Labels(ParsedFile file) => IsUnmanaged(scope.Run.Server.Exceptions.Labels, file.LabelsPresent)
        ? null
        : [.. file.Labels.Select(label => new LabelState(label.Name)
        {
            Description = Text(label.Node, "description"),
            Query = Text(label.Node, "query"),
            Platform = Text(label.Node, "platform"),
            MembershipType = Text(label.Node, "label_membership_type") is { Length: > 0 } type ? type : "dynamic",
            Vital = Text(label.Node["criteria"], "vital"),
            VitalValue = Text(label.Node["criteria"], "value"),
            CustomHostVitalId = long.TryParse(label.Node["criteria"]?["custom_host_vital_id"]?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long vital) ? vital : null,
            Hosts = label.Node.Has("hosts") ? [.. (label.Node["hosts"]?.Items ?? []).Select(host => host.Text)] : null,
        })];

    private static List<ReportState> Reports(ParsedFile file) =>
        [.. file.Reports.Select(report => new ReportState(report.Name, Text(report.Node, "query"))
        {
            Description = Text(report.Node, "description"),
            Platform = Text(report.Node, "platform"),
            Interval = int.TryParse(report.Node["interval"]?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int interval) ? interval : 0,
            Logging = Text(report.Node, "logging") is { Length: > 0 } logging ? logging : "snapshot",
            AutomationsEnabled = Flag(report.Node, "automations_enabled"),
            DiscardData = Flag(report.Node, "discard_data"),
            ObserverCanRun = Flag(report.Node, "observer_can_run"),
            Targets = new LabelTargets { IncludeAny = report.Node.Texts("labels_include_any"), IncludeAll = report.Node.Texts("labels_include_all") },
        })];

    private static string Text(GitOpsNode? node, string key) => node?[key]?.AsText() ?? "";

    private static bool Flag(GitOpsNode node, string key) => node[key] is { IsTrue: true };
}
