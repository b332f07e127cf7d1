namespace Smallstep.Fleet.GitOps;

/// <summary>The names of folders, files and keys in one generation of repositories.</summary>
internal sealed class RepositoryNames(FleetVersion version)
{
    private readonly FleetCapabilities _capabilities = version.Capabilities;

    public string FleetFolder => _capabilities.FleetAndReportNames ? "fleets" : "teams";

    public string UnassignedFile => _capabilities.FleetAndReportNames ? "unassigned.yml" : "no-team.yml";

    public string UnassignedName => _capabilities.FleetAndReportNames ? "Unassigned" : "No team";

    public string Settings => _capabilities.FleetAndReportNames ? "settings" : "team_settings";

    public string Reports => _capabilities.FleetAndReportNames ? "reports" : "queries";

    public string AppleSettings => _capabilities.AppleSettingsKeys ? "apple_settings" : "macos_settings";

    public string Profiles => _capabilities.AppleSettingsKeys ? "configuration_profiles" : "custom_settings";

    public string SetupExperience => _capabilities.AppleSettingsKeys ? "setup_experience" : "macos_setup";

    public string BootstrapPackage => _capabilities.AppleSettingsKeys ? "macos_bootstrap_package" : "bootstrap_package";

    public string SetupAssistant => _capabilities.AppleSettingsKeys ? "apple_setup_assistant" : "macos_setup_assistant";

    public string SetupScript => _capabilities.AppleSettingsKeys ? "macos_script" : "script";

    public bool PackageLists => _capabilities.SeveralPackagesPerTitle;

    /// <summary>The guide's one fleet lives in <c>teams/team.yml</c>; otherwise the file is named after the fleet.</summary>
    public string FleetFile(string name, int fleets) =>
        !_capabilities.FleetAndReportNames && fleets == 1 ? "team.yml" : FileNames.Slug(name) + ".yml";

    /// <summary>Whether NDES authorities are a list with names.</summary>
    public bool NdesLists { get; } = AuthorityJudge.HasNdesLists(version);
}
