using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>What a repository declares beyond what is planned: it stays on the server as it is, and the plan says so.</summary>
internal static class UnplannedSections
{
    private static readonly string[] InSettings = ["microsoft_graph_credentials", "yara_rules", "org_info.org_logo_path_dark_mode", "org_info.org_logo_path_light_mode", "mdm.end_user_license_agreement"];

    private static readonly string[] ProfileLists = ["apple_settings", "windows_settings", "android_settings"];
    private static readonly string[] InProfiles = ["name", "description"];

    public static IEnumerable<Finding> Of(FleetRepository repository) =>
    [
        .. repository.Files
            .Select(file => (file.Path, Sections: (string[])[.. Sections(file)]))
            .Where(file => file.Sections.Length > 0)
            .Select(file => WorkflowRules.NotPlanned.At($"Not planned, and left on the server as it is: {string.Join(", ", file.Sections)}.", file.Path)),
        .. repository.Files
            .Where(file => repository.Run.Server is not { IsPremium: true, IsAppleMdmEnabled: true } && IsFilled(At(file.Controls, "apple_settings.assets")))
            .Select(file => WorkflowRules.NotPlanned.At("Not planned: controls.apple_settings.assets. fleetctl passes over them, too: they need Fleet Premium and Apple's MDM turned on.", file.Path)),
        .. repository.Files
            .Select(file => (file.Path, Keys: (string[])[.. ProfileLists.SelectMany(list => InProfileEntries(At(file.Controls, list + ".configuration_profiles")).Select(key => $"controls.{list}.configuration_profiles[].{key}"))]))
            .Where(file => file.Keys.Length > 0)
            .Select(file => WorkflowRules.NotPlanned.At($"Not planned: {string.Join(", ", file.Keys)}. Fleet announces them, and no release known here takes them: a profile's name is the one in its file.", file.Path)),
    ];

    private static IEnumerable<string> Sections(GitOpsFile file)
    {
        string settings = file.Kind == GitOpsFileKind.Global ? "org_settings." : "settings.";
        return
        [
            .. ((string[])["custom_host_vitals"]).Where(key => IsFilled(file.Root[key])),
            .. InSettings.Where(path => IsFilled(At(file.Settings, path))).Select(path => settings + path),
        ];
    }

    private static IEnumerable<string> InProfileEntries(GitOpsNode? list) =>
        InProfiles.Where(key => list?.Items.Any(item => IsFilled(item[key])) == true);

    private static GitOpsNode? At(GitOpsNode? node, string path) => path.Split('.').Aggregate(node, (at, key) => at?[key]);

    private static bool IsFilled(GitOpsNode? node) => node is not null && (node.Entries.Count > 0 || node.Items.Count > 0 || node.Text.Length > 0);
}
