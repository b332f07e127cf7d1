using System.Globalization;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Conformance.Tests.GitOps;

/// <summary>Values of a file by their path, such as <c>policies.0.name</c>.</summary>
internal static class GitOpsValues
{
    private static readonly Dictionary<string, string> NewNames = new()
    {
        ["team_settings"] = "settings",
        ["queries"] = "reports",
        ["macos_settings"] = "apple_settings",
        ["custom_settings"] = "configuration_profiles",
        ["macos_setup"] = "setup_experience",
    };

    public static string? Find(GitOpsNode root, string path)
    {
        GitOpsNode? node = root;
        foreach (string written in path.Split('.'))
        {
            // Files are read under the newest names; a case may have the oldest.
            string part = node?.Kind == GitOpsNodeKind.Mapping && node[written] is null ? NewNames.GetValueOrDefault(written, written) : written;
            node = node?.Kind == GitOpsNodeKind.Sequence ? node.Items.ElementAtOrDefault(int.Parse(part, CultureInfo.InvariantCulture)) : node?[part];
        }

        return node?.Kind == GitOpsNodeKind.Null ? "null" : node?.Text;
    }
}
