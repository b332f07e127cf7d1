using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>What a repository declares and no plan touches: it stays on the server as it is, and the plan says so.</summary>
internal static class UnplannedSections
{
    private static readonly string[] ProfileLists = ["apple_settings", "windows_settings", "android_settings"];
    private static readonly string[] Announced = ["name", "description"];

    public static IEnumerable<Finding> Of(FleetRepository repository)
    {
        bool passesOver = repository.Run.Server is not { IsPremium: true, IsAppleMdmEnabled: true };
        foreach (GitOpsFile file in repository.Files)
        {
            if (passesOver && PassedOver(file).ToList() is { Count: > 0 } sections)
            {
                yield return WorkflowRules.NotPlanned.At($"Not planned: {string.Join(", ", sections)}. fleetctl passes over that, too: it needs Fleet Premium and Apple's MDM turned on.", file.Path);
            }

            if (InProfiles(file).ToList() is { Count: > 0 } keys)
            {
                yield return WorkflowRules.NotPlanned.At($"Not planned: {string.Join(", ", keys)}. Fleet announces them, and no release known here takes them: a profile's name is the one in its file.", file.Path);
            }
        }
    }

    private static IEnumerable<string> PassedOver(GitOpsFile file)
    {
        if (file.Kind == GitOpsFileKind.Global && IsFilled(file.Settings?["mdm"]?["end_user_license_agreement"]))
        {
            yield return "org_settings.mdm.end_user_license_agreement";
        }

        if (IsFilled(file.Controls?["apple_settings"]?["assets"]))
        {
            yield return "controls.apple_settings.assets";
        }
    }

    private static IEnumerable<string> InProfiles(GitOpsFile file) =>
        from list in ProfileLists
        from key in Announced
        where file.Controls?[list]?["configuration_profiles"]?.Items.Any(item => IsFilled(item[key])) == true
        select $"controls.{list}.configuration_profiles[].{key}";

    private static bool IsFilled(GitOpsNode? node) => node is not null && (node.Entries.Count > 0 || node.Items.Count > 0 || node.Text.Length > 0);
}
