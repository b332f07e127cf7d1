using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>The names of settings through the releases.</summary>
internal static class SettingsNames
{
    /// <summary>Gives old members their newest names. Of a member that is there under both, which servers send, the old one goes.</summary>
    public static void ToNewest(JsonObject settings, SettingsScope scope)
    {
        foreach ((string oldPath, string newPath) in Pairs(scope))
        {
            Rename(settings, oldPath.Split('.'), newPath.Split('.')[^1], 1);
        }
    }

    /// <summary>Gives every member the name that all releases understand.</summary>
    public static void ToOldest(JsonObject settings, SettingsScope scope) => ToOlder(settings, scope, _ => false);

    /// <summary>Gives every member the name that a release's repositories have.</summary>
    public static void For(JsonObject settings, SettingsScope scope, FleetVersion version) => ToOlder(settings, scope, path => IsKnown(path, version.Capabilities));

    private static void ToOlder(JsonObject settings, SettingsScope scope, Func<string, bool> isKnown)
    {
        foreach ((string oldPath, string newPath) in Pairs(scope).Reverse().Where(pair => !isKnown(pair.New)))
        {
            Rename(settings, newPath.Split('.'), oldPath.Split('.')[^1], 1);
        }
    }

    private static IEnumerable<(string Old, string New)> Pairs(SettingsScope scope)
    {
        string prefix = scope switch
        {
            SettingsScope.Organization => "org_settings.",
            SettingsScope.GlobalControls or SettingsScope.FleetControls => "controls.",
            _ => ":",
        };
        return RenamedKeys.All.Where(pair => pair.New.StartsWith(prefix, StringComparison.Ordinal));
    }

    // Of Apple Business' new names no release is on record; those and the logos' (4.86) keep their old ones, which all take.
    private static bool IsKnown(string path, FleetCapabilities capabilities) =>
        path.StartsWith("controls.", StringComparison.Ordinal) ? capabilities.AppleSettingsKeys
        : capabilities.FleetAndReportNames && (path.StartsWith("org_settings.server_settings.", StringComparison.Ordinal) || path.Contains("[].", StringComparison.Ordinal));

    private static void Rename(JsonNode? node, string[] path, string name, int depth)
    {
        if (node is not JsonObject settings)
        {
            return;
        }

        bool isList = path[depth].EndsWith("[]", StringComparison.Ordinal);
        string key = isList ? path[depth][..^2] : path[depth];
        if (depth < path.Length - 1)
        {
            List<JsonNode?> inside = isList ? [.. settings[key] as JsonArray ?? []] : [settings[key]];
            inside.ForEach(inner => Rename(inner, path, name, depth + 1));
        }
        else if (settings.TryGetPropertyValue(key, out JsonNode? value))
        {
            settings.Remove(key);
            if (!settings.ContainsKey(name))
            {
                settings[name] = value;
            }
        }
    }
}
