using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>What of a fleet is worth reading.</summary>
internal sealed class TeamSelection(TeamState? desired, bool isEverything)
{
    public bool WantsProfiles => Wants(desired?.Profiles);

    public bool WantsAssets => Wants(desired?.Assets);

    public bool WantsScripts => Wants(desired?.Scripts);

    /// <summary>Software is read for its own sake, and where policies have to find theirs.</summary>
    public bool WantsSoftware => Wants(desired?.Software) || desired?.Policies?.Any(policy => policy.InstallSoftware is not null) == true;

    public bool WantsPolicies => Wants(desired?.Policies);

    public bool WantsApps => Wants(desired?.AppStoreApps) || Wants(desired?.MaintainedApps) || desired?.Policies?.Any(policy => policy.InstallSoftware is not null) == true;

    /// <summary>A complete state deletes, and Fleet deletes nothing that a set-up installs, so that this has to be known.</summary>
    public bool WantsSetupSoftware => isEverything
        || (desired!.Software ?? []).Any(package => package.SetupExperience is not null || package.SetupExperiencePlatforms is not null)
        || (desired.AppStoreApps ?? []).Any(app => app.SetupExperience is not null) || (desired.MaintainedApps ?? []).Any(app => app.SetupExperience is not null);

    public bool WantsSettings => desired is null || desired.Settings is not null || desired.Controls is not null || desired.AgentOptions is not null;

    public bool WantsEnrollSecrets => desired is null || desired.EnrollSecrets is not null;

    public bool WantsCertificateTemplates => Wants(desired?.CertificateTemplates);

    public bool WantsSetupFiles => desired is null || (desired.SetupFiles is { } files && (isEverything || files.Assistant is not null || files.Script is not null || files.BootstrapPackageUrl is not null));

    public bool WantsReports => desired is null || desired.Reports is not null;

    public bool IncludesProfile(string name, string identifier) => isEverything
        || desired!.Profiles!.Any(profile => profile.Name == name || (identifier.Length > 0 && profile.Identifier == identifier));

    public bool IncludesAsset(string name, string identifier) => isEverything || desired!.Assets!.Any(asset => asset.Name == name || asset.Identifier == identifier);

    public bool IncludesScript(string name) => isEverything || desired!.Scripts!.Any(script => script.Name == name);

    public bool IncludesSoftware(string title, string fileName) => isEverything
        || (desired!.Software ?? []).Any(package => package.FileName == fileName || string.Equals(package.Title, title, StringComparison.OrdinalIgnoreCase))
        || (desired.Policies ?? []).Any(policy => policy.InstallSoftware is not null);

    /// <summary>The file names of the packages that are compared.</summary>
    public IEnumerable<string> PackageNames => (desired?.Software ?? []).Select(package => package.FileName);

    private bool Wants<T>(IReadOnlyList<T>? list) => desired is null || list is { Count: > 0 } || (isEverything && list is not null);
}
