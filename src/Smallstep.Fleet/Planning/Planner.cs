using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>The one planner: what is wanted against what is there. Pure; no I/O and no clock.</summary>
public static class Planner
{
    /// <summary>Plans the changes that turn the observed state into the desired one.</summary>
    /// <param name="desired">What is wanted, from artefacts (adds) or from a repository (complete: what it does not list goes).</param>
    /// <param name="observed">What a server holds; a <see langword="null"/> list is unknown and never taken for empty.</param>
    /// <param name="capabilities">What the server's version can do.</param>
    /// <param name="policy">What the plan may do; default <see cref="PlanPolicy.Cautious"/>.</param>
    /// <exception cref="IntegrationException">The desired state names a fleet that does not exist, and the policy creates none.</exception>
    public static IntegrationPlan Plan(FleetState desired, FleetState observed, FleetCapabilities capabilities, PlanPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(observed);
        ArgumentNullException.ThrowIfNull(capabilities);
        var draft = new PlanDraft(desired, capabilities, policy ?? PlanPolicy.Cautious);
        SettingsPlanner.Plan(draft, null, desired.Settings, observed.Settings);
        SettingsPlanner.Plan(draft, null, desired.AgentOptions, observed.AgentOptions);
        EnrollSecretsPlanner.Plan(draft, null, desired.EnrollSecrets, observed.EnrollSecrets);
        YaraRulePlanner.Plan(draft, desired.YaraRules, observed.YaraRules);
        OrganizationFilesPlanner.Plan(draft, desired.Files, observed.Files, mayChangeLogos: observed.AgentOptions is not null);
        CertificateAuthorityPlanner.Plan(draft, desired.CertificateAuthorities, observed.CertificateAuthorities);
        MicrosoftGraphCredentialPlanner.Plan(draft, desired.MicrosoftGraphCredentials, observed.MicrosoftGraphCredentials);
        CustomHostVitalPlanner.Plan(draft, desired.CustomHostVitals, observed.CustomHostVitals);
        LabelPlanner.Plan(draft, null, desired.Labels, observed.Labels);
        ReportPlanner.Plan(draft, null, desired.Reports, observed.Reports);
        PolicyPlanner.Plan(draft, null, desired.Policies, observed.Policies);
        foreach (TeamState team in desired.Teams)
        {
            PlanTeam(draft, team, FindTeam(observed, team.Name), observed);
        }

        foreach (TeamState other in observed.Teams.Where(other => desired.HasAllTeams && !other.IsUnassigned && FindTeam(desired, other.Name) is null))
        {
            draft.AddDelete(PlannedObjectKind.Team, null, other.Name, other, "The run deletes other fleets, and none of its files is of this one; its hosts lose their fleet.");
        }

        return draft.ToPlan();
    }

    private static void PlanTeam(PlanDraft draft, TeamState desired, TeamState? observed, FleetState all)
    {
        string name = observed?.Name ?? desired.Name;
        if (observed is null)
        {
            if (!draft.Policy.CreateTeams)
            {
                throw new IntegrationException([UnknownTeam(desired.Name, all)]);
            }

            draft.Add(new PlannedChange(ChangeKind.Create, PlannedObjectKind.Team, null, name, "The fleet does not exist.") { Desired = desired, Fields = EnrollSecretsPlanner.OfNewTeam(desired.EnrollSecrets) });
            observed = NewTeam(name, desired, all);
        }

        SettingsPlanner.Plan(draft, name, desired.Settings, observed.Settings);
        SettingsPlanner.Plan(draft, name, desired.Controls, observed.Controls);
        SettingsPlanner.Plan(draft, name, desired.AgentOptions, observed.AgentOptions);
        EnrollSecretsPlanner.Plan(draft, name, desired.EnrollSecrets, observed.EnrollSecrets);

        LabelPlanner.Plan(draft, name, desired.Labels, observed.Labels);
        AssetPlanner.Plan(draft, name, desired.Assets, observed.Assets);
        ProfilePlanner.Plan(draft, name, desired.Profiles, observed.Profiles);
        ReportPlanner.Plan(draft, name, desired.Reports, observed.Reports);
        ScriptPlanner.Plan(draft, name, desired.Scripts, observed.Scripts);
        SoftwarePlanner.Plan(draft, name, desired.Software, observed.Software, mayHideApps: desired.MaintainedApps is { Count: > 0 } && observed.MaintainedApps is null);
        AppPlanner.Plan(draft, name, desired, observed);
        CertificateTemplatePlanner.Plan(draft, name, desired.CertificateTemplates, observed.CertificateTemplates);
        SetupFilesPlanner.Plan(draft, name, desired.SetupFiles, observed.SetupFiles);
        PolicyPlanner.Plan(draft, observed, desired.Policies, observed.Policies);
    }

    // Fleet gives a new fleet the server's agent options; where none are wanted, and with its enroll secrets, the fleet is made as it shall be.
    private static TeamState NewTeam(string name, TeamState desired, FleetState all) => new(name)
    {
        Profiles = [],
        Assets = [],
        Software = [],
        AppStoreApps = [],
        MaintainedApps = [],
        Scripts = [],
        Reports = [],
        Labels = [],
        Policies = [],
        CertificateTemplates = [],
        SetupFiles = new SetupFilesState(),
        Settings = SettingsState.FromServer(SettingsScope.Fleet, default),
        Controls = SettingsState.FromServer(SettingsScope.FleetControls, default),
        AgentOptions = desired.AgentOptions is { } options && SettingsPlanner.IsNone(options) ? options : all.AgentOptions,
        EnrollSecrets = desired.EnrollSecrets,
    };

    private static TeamState? FindTeam(FleetState state, string name) =>
        state.Teams.FirstOrDefault(team => team.Name == name)
        ?? state.Teams.FirstOrDefault(team => string.Equals(team.Name, name, StringComparison.OrdinalIgnoreCase));

    private static Finding UnknownTeam(string name, FleetState observed)
    {
        string[] known = [.. observed.Teams.Where(team => !team.IsUnassigned).Select(team => team.Name)];
        string list = known.Length == 0 ? "The token sees no fleet." : $"Fleets that the token sees: {string.Join(", ", known)}.";
        return WorkflowRules.UnknownFleet.At($"There is no fleet named '{name}'. {list}");
    }
}
