namespace Smallstep.Fleet.GitOps;

/// <summary>What a set-up installs in the old form, <c>setup_experience.software</c>, as the client checks it when it is about to send software.</summary>
/// <param name="file">The file of the software.</param>
/// <param name="controls">The controls that are applied with it.</param>
/// <param name="judgement">Where refusals go.</param>
internal sealed class SetupSoftware(ParsedFile file, GitOpsNode? controls, RunJudgement judgement)
{
    /// <summary>The list of the old form; <see langword="null"/> where there is none.</summary>
    public static IReadOnlyList<GitOpsNode>? In(GitOpsNode? controls) => controls?["setup_experience"]?["software"] is { IsNull: false } software ? software.Items : null;

    public void Check()
    {
        if (In(controls) is not { Count: > 0 } listed)
        {
            return;
        }

        string folder = RepositoryPath.Folder(RepositoryPath.Normalize(file.Path));
        foreach (GitOpsNode item in listed)
        {
            (string app, string path) = (item["app_store_id"]?.AsText() ?? "", item["package_path"]?.AsText() ?? "");
            bool isThere = app.Length > 0
                ? file.AppStoreApps.Exists(declared => declared["app_store_id"]?.AsText() == app)
                : file.Packages.Exists(package => package.File.Length > 0 && package.File == RepositoryPath.Resolve(folder, path));
            if (app.Length > 0 && path.Length > 0)
            {
                Refuse(item, "applying fleets: only one of app_store_id or package_path can be set");
            }
            else if (!isThere && !file.IsSoftwareUnknown)
            {
                Refuse(item, $"applying macOS setup experience software for fleet \"{file.Name}\": software \"{(app.Length > 0 ? app : path)}\" does not exist for that fleet");
            }
        }

        foreach (ParsedPackage package in file.Packages.Where(package => package.Node["setup_experience"] is { IsNull: false } || package.Fleet["setup_experience"] is { IsNull: false }))
        {
            Refuse(package.Node, $"Couldn't edit software ({package.Url}). Setup experience may only be specified directly on software or within macos_setup, but not both. See https://fleetdm.com/learn-more-about/yaml-software-setup-experience.");
        }
    }

    private void Refuse(GitOpsNode at, string words) =>
        judgement.Refuse(GitOpsStage.ClientApply, new GitOpsProblem(GitOpsRules.Software, words, at.File, at.Line, at.Column));
}
