using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>The settings of the server, under the names of the oldest release.</summary>
internal sealed class SettingsStore(FleetDatabase data)
{
    private JsonObject? _settings;

    /// <summary>The settings; the address is known once the server runs.</summary>
    public JsonObject Current => _settings ??= Initial();

    /// <summary>The settings as a user sees them.</summary>
    public JsonObject Show(UserRecord user)
    {
        JsonObject shown = Show(Current);
        shown.Remove("yara_rules");
        bool isAdmin = user.GlobalRole == FleetRoles.Admin;
        if (!isAdmin)
        {
            shown.Remove("agent_options");
        }

        if (!isAdmin && !user.TeamRoles.ContainsValue(FleetRoles.Admin))
        {
            shown.Remove("smtp_settings");
            shown.Remove("sso_settings");
        }

        return shown;
    }

    /// <summary>Changes settings.</summary>
    /// <returns>The settings afterwards, YARA rules among them, which only this answer shows; after a dry run, those that there are.</returns>
    public JsonObject Patch(UserRecord user, JsonObject given, bool overwrite, bool force, bool dryRun)
    {
        if ((SettingsShape.UnknownMember(given) is { } unknown ? $"json: unknown field \"{unknown}\"" : SettingsShape.WrongType(given)) is { } problem)
        {
            throw ApiError.Bad(problem);
        }

        KnowLogos(given);
        var wanted = (JsonObject)Current.DeepClone();
        if (overwrite)
        {
            JsonObject defaults = SettingsDefaults.OfServer();
            wanted["features"] = defaults["features"]!.DeepClone();
            wanted["sso_settings"] = defaults["sso_settings"]!.DeepClone();
            wanted["mdm"]!["end_user_authentication"] = defaults["mdm"]!["end_user_authentication"]!.DeepClone();
        }

        SettingsMerge.Onto(wanted, given);
        Integrations(wanted, given["integrations"] as JsonObject);
        MaskedSettings.Keep(wanted, Current);
        Fixed(wanted, given);
        AgreeOnLogos(wanted);
        bool hasRules = Rules(wanted, given["yara_rules"] as JsonArray);
        SettingsRules.CheckAgentOptions(given["agent_options"], force);
        SettingsRules.CheckServer(wanted, data);
        if (dryRun)
        {
            return Show(Current);
        }

        data.Options.WindowsMdm = given["mdm"]?["windows_enabled_and_configured"]?.GetValue<bool>() ?? data.Options.WindowsMdm;
        _settings = wanted;
        data.Logos.DropOrphans(user);
        return hasRules ? Show(wanted) : throw ApiError.Exists("save yara rules for app config: duplicate name");
    }

    /// <summary>The rules have a table of their own, written after all else was saved: a list takes the place of all of them, unless it names one twice.</summary>
    /// <returns>Whether the table takes them; where it does not, those that there are stay.</returns>
    private bool Rules(JsonObject wanted, JsonArray? given)
    {
        JsonNode[]? rules = given?.Select(rule => (JsonNode)new JsonObject { ["name"] = rule?["name"]?.ToString() ?? "", ["contents"] = rule?["contents"]?.ToString() ?? "" }).ToArray();
        bool areTaken = rules is null || rules.DistinctBy(rule => rule["name"]!.ToString(), StringComparer.OrdinalIgnoreCase).Count() == rules.Length;
        wanted["yara_rules"] = rules is not null && areTaken ? new JsonArray(rules) : Current["yara_rules"]?.DeepClone();
        return areTaken;
    }

    /// <summary>Of Jira and Zendesk, the one that is not sent with the other is gone; a calendar that is not sent stays.</summary>
    private void Integrations(JsonObject wanted, JsonObject? given)
    {
        var integrations = (JsonObject)wanted["integrations"]!;
        if (given?["jira"] is not null || given?["zendesk"] is not null)
        {
            integrations["jira"] = given["jira"]?.DeepClone() ?? new JsonArray();
            integrations["zendesk"] = given["zendesk"]?.DeepClone() ?? new JsonArray();
        }

        foreach (string calendar in (string[])["google_calendar", "google_workspace"])
        {
            integrations[calendar] ??= Current["integrations"]?[calendar]?.DeepClone();
        }
    }

    // Both names of a logo's address are refused where they contradict each other, in what is sent as in what comes of it.
    private void KnowLogos(JsonObject given)
    {
        if (!data.Capabilities.KeepsLogos)
        {
            if ((given["org_info"] as JsonObject)?.FirstOrDefault(member => member.Key.EndsWith("_mode", StringComparison.Ordinal)).Key is { } unknown)
            {
                throw ApiError.Bad($"json: unknown field \"{unknown}\"");
            }

            return;
        }

        OrganizationLogos.Agree((JsonObject)given.DeepClone());
    }

    private void AgreeOnLogos(JsonObject wanted)
    {
        if (data.Capabilities.KeepsLogos)
        {
            OrganizationLogos.Agree(wanted);
        }
    }

    /// <summary>What only the server sets, and what it puts in the place of nothing.</summary>
    private void Fixed(JsonObject wanted, JsonObject given)
    {
        foreach (string key in (string[])["apple_bm_terms_expired", "apple_bm_enabled_and_configured", "enabled_and_configured", "android_enabled_and_configured"])
        {
            wanted["mdm"]![key] = Current["mdm"]![key]!.DeepClone();
        }

        JsonObject defaults = SettingsDefaults.OfServer();
        foreach ((string section, string key) in ((string, string)[])[("org_info", "contact_url"), ("fleet_desktop", "transparency_url")])
        {
            if (wanted[section]![key]?.ToString() is not { Length: > 0 })
            {
                wanted[section]![key] = defaults[section]![key]!.DeepClone();
            }
        }

        if (given["smtp_settings"] is not null)
        {
            wanted["smtp_settings"]!["configured"] = wanted["smtp_settings"]!["enable_smtp"]!.DeepClone();
        }

        if (data.Options.IsPremium)
        {
            wanted["server_settings"]!["enable_analytics"] = true;
        }
    }

    private JsonObject Show(JsonObject settings)
    {
        JsonObject shown = MaskedSettings.Cover(settings);
        shown["mdm"]!["enabled_and_configured"] = data.Options.AppleMdm;
        shown["mdm"]!["windows_enabled_and_configured"] = data.Options.WindowsMdm;
        data.Logos.Complete(shown);
        if (shown["yara_rules"] is not JsonArray { Count: > 0 })
        {
            shown.Remove("yara_rules");
        }

        if (shown["agent_options"] is null)
        {
            shown.Remove("agent_options");
        }

        shown["license"] = License();
        return shown;
    }

    private JsonObject License() => data.Options.IsPremium
        ? new JsonObject
        {
            ["tier"] = "premium",
            ["organization"] = data.Options.OrganizationName,
            ["device_count"] = 500,
            ["expiration"] = data.Now.AddYears(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["note"] = "",
            ["allow_disable_telemetry"] = false,
            ["managed_cloud"] = false,
        }
        : new JsonObject { ["tier"] = "free" };

    private JsonObject Initial()
    {
        JsonObject settings = SettingsDefaults.OfServer();
        settings["org_info"]!["org_name"] = data.Options.OrganizationName;
        settings["server_settings"]!["server_url"] = data.ServerUrl;
        AgreeOnLogos(settings);
        return settings;
    }
}
