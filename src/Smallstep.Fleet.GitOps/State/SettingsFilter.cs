using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>Which settings a repository can declare as values: the keys that fleetctl knows, without what goes other ways.</summary>
internal static class SettingsFilter
{
    // Lists with endpoints of their own, what only the server sets, and what points to files.
    private static readonly HashSet<string> NotOrganization =
    [
        "secrets", "certificate_authorities", "microsoft_graph_credentials", "path", "agent_options", "host_settings", "scripts", "smtp_test", "ui_settings", "android_enabled_and_configured",
        "sandbox_enabled", "yara_rules", "smtp_settings.configured", "gitops.exceptions", "org_info.org_logo_path_dark_mode", "org_info.org_logo_path_light_mode",
        "conditional_access.microsoft_entra_connection_configured", "conditional_access.microsoft_entra_tenant_id", "webhook_settings.failing_policies_webhook.policy_ids",
        "mdm.apple_bm_enabled_and_configured", "mdm.apple_bm_terms_expired", "mdm.enabled_and_configured", "mdm.microsoft_graph_credential_invalid", "mdm.end_user_license_agreement",
        .. FleetSchema.Controls.Fields.Keys.Select(key => "mdm." + key),
    ];

    private static readonly HashSet<string> NotControls =
    [
        "path", "paths", "scripts", "android_enabled_and_configured",
        .. ((string[])["apple_settings", "windows_settings", "android_settings"]).SelectMany(platform => new[] { platform + ".custom_settings", platform + ".configuration_profiles", platform + ".assets", platform + ".certificates" }),
        .. ((string[])["macos_bootstrap_package", "apple_setup_assistant", "macos_script", "software"]).Select(key => "setup_experience." + key),
    ];

    private static readonly HashSet<string> OfFleetControls =
    [
        "macos_updates", "ios_updates", "ipados_updates", "tvos_updates", "windows_updates", "apple_settings", "windows_settings", "linux_settings", "android_settings", "setup_experience",
        "enable_disk_encryption", "enable_recovery_lock_password", "windows_require_bitlocker_pin", "name_template",
    ];

    private static readonly HashSet<string> OfFleet = ["webhook_settings", "integrations", "features", "host_expiry_settings"];

    /// <summary>Removes, from settings under their newest names, what is not declared as a value.</summary>
    public static void Apply(JsonObject settings, SettingsScope scope)
    {
        switch (scope)
        {
            case SettingsScope.Organization:
                Keep(settings, SettingsSchema.OrgSettings, "", NotOrganization);
                break;
            case SettingsScope.Fleet:
                Keep(settings, SettingsSchema.FleetSettings, "", NotOrganization);
                Only(settings, OfFleet);
                break;
            case SettingsScope.GlobalControls:
                Keep(settings, FleetSchema.Controls, "", NotControls);
                break;
            case SettingsScope.FleetControls:
                Keep(settings, FleetSchema.Controls, "", NotControls);
                Only(settings, OfFleetControls);
                break;
            default:
                break;
        }
    }

    private static void Only(JsonObject settings, HashSet<string> keys) =>
        settings.Select(member => member.Key).Where(key => !keys.Contains(key)).ToList().ForEach(key => settings.Remove(key));

    private static void Keep(JsonObject settings, GoStruct type, string path, HashSet<string> without)
    {
        foreach ((string key, JsonNode? value) in settings.ToList())
        {
            if (!type.Fields.TryGetValue(key, out GoType? known) || without.Contains(path + key))
            {
                settings.Remove(key);
            }
            else if (value is JsonObject inner && known is GoStruct fields)
            {
                Keep(inner, fields, path + key + ".", without);
            }
        }
    }
}
