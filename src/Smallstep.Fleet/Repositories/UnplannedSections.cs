using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>What a repository declares beyond what is planned: it stays on the server as it is, and the plan says so.</summary>
internal static class UnplannedSections
{
    private static readonly string[] InControls =
    [
        "apple_settings.assets",
        .. ((string[])["software", "macos_bootstrap_package_manual_enrollment"]).Select(key => "setup_experience." + key),
    ];

    private static readonly string[] ProfileLists = ["apple_settings", "windows_settings", "android_settings"];
    private static readonly string[] InProfiles = ["name", "description", "activation"];

    // fleetctl leaves it aside where the server has no Premium or no Apple MDM.
    private const string Agreement = "mdm.end_user_license_agreement";

    public static IEnumerable<Finding> Of(FleetRepository repository) => repository.Files
        .Select(file => (file.Path, Sections: (string[])[.. Sections(file, repository.Run.Server is not { IsPremium: true, IsAppleMdmEnabled: true })]))
        .Where(file => file.Sections.Length > 0)
        .Select(file => WorkflowRules.NotPlanned.At($"Not planned, and left on the server as it is: {string.Join(", ", file.Sections)}.", file.Path));

    private static IEnumerable<string> Sections(GitOpsFile file, bool isAgreementOpen)
    {
        string settings = file.Kind == GitOpsFileKind.Global ? "org_settings." : "settings.";
        return
        [
            .. (isAgreementOpen ? [Agreement] : Array.Empty<string>()).Where(path => IsFilled(At(file.Settings, path))).Select(path => settings + path),
            .. InControls.Where(path => IsFilled(At(file.Controls, path))).Select(path => "controls." + path),
            .. ProfileLists.SelectMany(list => InProfileEntries(At(file.Controls, list + ".configuration_profiles")).Select(key => $"controls.{list}.configuration_profiles[].{key}")),
        ];
    }

    private static IEnumerable<string> InProfileEntries(GitOpsNode? list) =>
        InProfiles.Where(key => list?.Items.Any(item => IsFilled(item[key])) == true);

    private static GitOpsNode? At(GitOpsNode? node, string path) => path.Split('.').Aggregate(node, (at, key) => at?[key]);

    private static bool IsFilled(GitOpsNode? node) => node is not null && (node.Entries.Count > 0 || node.Items.Count > 0 || node.Text.Length > 0);
}
