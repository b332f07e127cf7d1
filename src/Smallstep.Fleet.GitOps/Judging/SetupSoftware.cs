namespace Smallstep.Fleet.GitOps;

/// <summary>What a set-up installs in the old form, <c>setup_experience.software</c>, as the client checks it when it is about to send software.</summary>
/// <param name="file">The file of a fleet, or of the hosts without one: the list stands beside the software that it names.</param>
/// <param name="judgement">Where refusals go.</param>
internal sealed class SetupSoftware(ParsedFile file, RunJudgement judgement)
{
    private const string NotBoth = "Setup experience may only be specified directly on software or within macos_setup, but not both. See https://fleetdm.com/learn-more-about/yaml-software-setup-experience.";

    /// <summary>The list of the old form; <see langword="null"/> where there is none, or none with an entry.</summary>
    public static IReadOnlyList<GitOpsNode>? In(GitOpsNode? controls) => controls?["setup_experience"]?["software"]?.Items is { Count: > 0 } listed ? listed : null;

    public void Check()
    {
        if (In(file.Controls) is not { } listed || (file.IsNoTeam && file.IsSoftwareUnknown))
        {
            return;
        }

        foreach (GitOpsNode item in listed.Where(item => App(item).Length > 0 && Path(item).Length > 0))
        {
            Refuse(item, "applying fleets: only one of app_store_id or package_path can be set");
        }

        // fleetctl walks through the software of hosts without a fleet in another order.
        Action[] checks = file.IsNoTeam ? [Apps, () => Existence(listed), Packages] : [Packages, Apps, () => Existence(listed)];
        foreach (Action check in checks)
        {
            check();
        }
    }

    private void Packages()
    {
        string prefix = file.IsNoTeam ? "applying software installers: " : $"applying software installers for fleet \"{file.Name}\": ";
        foreach (ParsedPackage package in file.Packages.Where(package => Says(package.Node) || Says(package.Fleet)))
        {
            Refuse(package.Node, $"{prefix}Couldn't edit software ({package.Url}). {NotBoth}");
        }

        // An app of Fleet's own is a package without an address.
        foreach (GitOpsNode app in file.MaintainedApps.Where(Says))
        {
            Refuse(app, $"{prefix}Couldn't edit software (). {NotBoth}");
        }
    }

    private void Apps()
    {
        foreach (GitOpsNode app in file.AppStoreApps.Where(Says))
        {
            Refuse(app, $"Couldn't edit app store apps. {NotBoth}");
        }
    }

    private void Existence(IReadOnlyList<GitOpsNode> listed)
    {
        string folder = RepositoryPath.Folder(RepositoryPath.Normalize(file.Path));
        foreach (GitOpsNode item in file.IsSoftwareUnknown ? [] : listed)
        {
            (string app, string path) = (App(item), Path(item) is { Length: > 0 } named ? RepositoryPath.Resolve(folder, named) : "");
            bool isThere = app.Length > 0
                ? file.AppStoreApps.Exists(declared => App(declared) == app)
                : file.Packages.Exists(package => package.File.Length > 0 && package.File == path);
            if (!isThere)
            {
                Refuse(item, $"applying macOS setup experience software for fleet {GoText.Quote(file.Name!)}: software {GoText.Quote(app.Length > 0 ? app : path)} does not exist for that fleet");
            }
        }
    }

    private static bool Says(GitOpsNode entry) => entry["setup_experience"] is { IsNull: false };

    private static string App(GitOpsNode item) => item["app_store_id"]?.AsText() ?? "";

    private static string Path(GitOpsNode item) => item["package_path"]?.AsText() ?? "";

    private void Refuse(GitOpsNode at, string words) =>
        judgement.Refuse(GitOpsStage.ClientApply, new GitOpsProblem(GitOpsRules.Software, words, at.File, at.Line, at.Column));
}
