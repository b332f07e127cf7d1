using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>The settings of a repository as the documents that Fleet takes.</summary>
internal static class RepositoryJson
{
    // These go through endpoints of their own, or are files whose contents are sent.
    private static readonly string[] NotConfiguration = ["secrets", "certificate_authorities", "microsoft_graph_credentials", "path", "yara_rules"];

    /// <summary><c>org_settings</c>, agent options and controls for <c>PATCH /config</c>, under the names that every release takes.</summary>
    /// <param name="file">The global file.</param>
    /// <param name="controls">The controls of hosts without a fleet.</param>
    /// <param name="state">What the repository declares, for its YARA rules and logos.</param>
    /// <param name="capabilities">What the server's release can do.</param>
    public static JsonObject Configuration(GitOpsFile file, SettingsState? controls, FleetState state, FleetCapabilities capabilities)
    {
        JsonObject configuration = Object(file.Settings, NotConfiguration);
        Files(configuration, state);
        SettingsState.UseOldestNames(SettingsScope.Organization, configuration);
        if (capabilities.KeepsLogos)
        {
            LogoAddresses.Complete(configuration, []);
        }

        AddAgentOptions(configuration, file);
        AddControls(configuration, controls);
        return configuration;
    }

    // A logo and the licence agreement are uploaded apart from the settings, and fleetctl sends no address beside a logo's path; rules go with their contents.
    private static void Files(JsonObject configuration, FleetState state)
    {
        if (configuration["org_info"] is JsonObject info)
        {
            foreach ((string path, string url, OrganizationFileState? logo) in ((string, string, OrganizationFileState?)[])
                [("org_logo_path_light_mode", "org_logo_url_light_mode", state.Files?.LightLogo), ("org_logo_path_dark_mode", "org_logo_url_dark_mode", state.Files?.DarkLogo)])
            {
                info.Remove(path);
                if (logo is not null)
                {
                    info.Remove(url);
                }
            }
        }

        (configuration["mdm"] as JsonObject)?.Remove("end_user_license_agreement");
        configuration["yara_rules"] = new JsonArray([.. (state.YaraRules ?? []).Select(rule => new JsonObject { ["name"] = rule.Name, ["contents"] = rule.Contents })]);
    }

    /// <summary>A fleet for <c>POST /spec/fleets</c>.</summary>
    /// <param name="file">The fleet's file.</param>
    /// <param name="controls">The fleet's controls.</param>
    public static JsonObject Team(GitOpsFile file, SettingsState? controls)
    {
        JsonObject team = Object(file.Settings, ["path"]);
        team["name"] = file.Name;
        AddAgentOptions(team, file);
        AddControls(team, controls);
        return team;
    }

    private static void AddAgentOptions(JsonObject document, GitOpsFile file)
    {
        if (file.AgentOptions is { Entries.Count: > 0 } options)
        {
            document["agent_options"] = Value(options);
        }
    }

    private static void AddControls(JsonObject document, SettingsState? controls)
    {
        if (controls is { IsEmpty: false })
        {
            JsonObject mdm = document["mdm"] as JsonObject ?? [];
            document["mdm"] = mdm;
            foreach ((string name, JsonNode? value) in controls.ToRequest())
            {
                mdm[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>The App Store apps of a fleet for <c>POST /software/app_store_apps/batch</c>.</summary>
    public static JsonArray Apps(GitOpsFile file) => new([.. (file.Root["software"]?["app_store_apps"]?.Items ?? []).Select(Value)]);

    private static JsonObject Object(GitOpsNode? node, string[] without)
    {
        var result = new JsonObject();
        foreach (GitOpsEntry entry in (node?.Entries ?? []).Where(entry => !without.Contains(entry.Key)))
        {
            result[entry.Key] = Value(entry.Value);
        }

        return result;
    }

    private static JsonNode? Value(GitOpsNode node) => node.Kind switch
    {
        GitOpsNodeKind.Mapping => Object(node, []),
        GitOpsNodeKind.Sequence => new JsonArray([.. node.Items.Select(Value)]),
        GitOpsNodeKind.Boolean => JsonValue.Create(node.Text == "true"),
        GitOpsNodeKind.Number => JsonNode.Parse(node.Text),
        GitOpsNodeKind.Null => null,
        _ => JsonValue.Create(node.Text),
    };
}
