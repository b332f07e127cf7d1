using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>How the settings of a fleet change: a PATCH replaces what it names part by part, a declaration replaces what it cannot leave open.</summary>
internal sealed class TeamSettings(FleetDatabase data)
{
    private static readonly string[] Updates = ["macos_updates", "ios_updates", "ipados_updates", "windows_updates"];

    // A declaration cannot leave these open: absent means off.
    private static readonly string[] PlainSwitches = [Authentication, "require_all_software_macos", "require_all_software_windows"];

    private const string Authentication = "enable_end_user_authentication";
    private const string Lock = "lock_end_user_info";

    /// <summary>The settings after <c>PATCH /fleets/:id</c>, checked.</summary>
    public JsonObject Patched(JsonObject stored, JsonObject given)
    {
        var wanted = (JsonObject)stored.DeepClone();
        if (given["host_expiry_settings"] is JsonObject expiry)
        {
            wanted["host_expiry_settings"] = expiry.DeepClone();
        }

        if (given["webhook_settings"] is JsonObject webhooks)
        {
            wanted["webhook_settings"] = Webhooks(stored["webhook_settings"], webhooks);
        }

        if (given["integrations"] is JsonObject integrations)
        {
            Integrations((JsonObject)wanted["integrations"]!, integrations);
        }

        if (given["mdm"] is JsonObject controls)
        {
            PatchControls((JsonObject)wanted["mdm"]!, controls);
        }

        return Checked(wanted);
    }

    /// <summary>The settings after <c>POST /spec/fleets</c>, checked.</summary>
    public JsonObject Declared(JsonObject stored, JsonObject given)
    {
        var wanted = (JsonObject)stored.DeepClone();
        wanted["features"] = SettingsDefaults.OfFleet()["features"]!.DeepClone();
        SettingsMerge.Onto((JsonObject)wanted["features"]!, given["features"] as JsonObject ?? []);
        if (given["host_expiry_settings"] is JsonObject expiry)
        {
            wanted["host_expiry_settings"] = expiry.DeepClone();
        }

        if (given["webhook_settings"]?["host_status_webhook"] is JsonObject status)
        {
            wanted["webhook_settings"]!["host_status_webhook"] = status.DeepClone();
        }

        if (given["integrations"]?["google_calendar"] is JsonObject calendar)
        {
            wanted["integrations"]!["google_calendar"] = calendar.DeepClone();
        }

        if (given["integrations"]?["conditional_access_enabled"] is { } access)
        {
            wanted["integrations"]!["conditional_access_enabled"] = access.DeepClone();
        }

        DeclareControls((JsonObject)wanted["mdm"]!, given["mdm"] as JsonObject);
        return Checked(wanted);
    }

    private static void DeclareControls(JsonObject stored, JsonObject? given)
    {
        var setup = (JsonObject)stored["macos_setup"]!;
        foreach (string plain in PlainSwitches)
        {
            setup[plain] = false;
        }

        Merge(stored, given);
        if (given?["macos_setup"]?[Lock] is null)
        {
            setup[Lock] = IsOn(setup[Authentication]);
        }
    }

    // Of a set-up that is there, a PATCH takes four members and no more, and end-user authentication for off where it is absent.
    private void PatchControls(JsonObject stored, JsonObject given)
    {
        var rest = (JsonObject)given.DeepClone();
        rest.Remove("macos_setup");
        Merge(stored, rest);
        if (given["macos_setup"] is not JsonObject wanted || stored["macos_setup"] is not JsonObject setup)
        {
            return;
        }

        bool isOn = IsOn(wanted[Authentication]);
        bool follows = isOn != IsOn(setup[Authentication]) && (data.Options.AppleMdm || !isOn);
        setup[Authentication] = isOn;
        setup[Lock] = wanted[Lock]?.DeepClone() ?? (follows ? isOn : setup[Lock]?.DeepClone());
        foreach (string key in (string[])["enable_managed_local_account", "end_user_local_account_type"])
        {
            setup[key] = wanted[key]?.DeepClone() ?? setup[key]?.DeepClone();
        }
    }

    private static bool IsOn(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static JsonObject Webhooks(JsonNode? stored, JsonObject given)
    {
        var webhooks = (JsonObject)SettingsDefaults.OfFleet()["webhook_settings"]!.DeepClone();
        if (stored?["host_activities_webhook"] is { } kept)
        {
            webhooks["host_activities_webhook"] = kept.DeepClone();
        }

        SettingsMerge.Onto(webhooks, given);
        return webhooks;
    }

    private static void Integrations(JsonObject stored, JsonObject given)
    {
        if (given["jira"] is not null || given["zendesk"] is not null)
        {
            stored["jira"] = given["jira"]?.DeepClone();
            stored["zendesk"] = given["zendesk"]?.DeepClone();
        }

        foreach (string key in (string[])["google_calendar", "conditional_access_enabled"])
        {
            stored[key] = given[key]?.DeepClone() ?? stored[key]?.DeepClone();
        }
    }

    // The update settings of a platform are one value.
    private static void Merge(JsonObject stored, JsonObject? given)
    {
        foreach ((string key, JsonNode? value) in given ?? [])
        {
            if (Updates.Contains(key) && value is JsonObject { Count: > 0 } updates)
            {
                stored[key] = SettingsDefaults.OfFleet()["mdm"]![key]!.DeepClone();
                SettingsMerge.Onto((JsonObject)stored[key]!, updates);
            }
            else
            {
                SettingsMerge.Onto(stored, new JsonObject { [key] = value?.DeepClone() });
            }
        }
    }

    private JsonObject Checked(JsonObject wanted)
    {
        SettingsRules.CheckHostExpiry(wanted["host_expiry_settings"], "When enabling host expiry, host expiry window must be a positive number.");
        SettingsRules.CheckHostStatus(wanted["webhook_settings"]?["host_status_webhook"]);
        SettingsRules.CheckDeviceManagement(wanted["mdm"] as JsonObject, data.Settings.Current["mdm"]?["end_user_authentication"], data.Options.AppleMdm);
        return wanted;
    }
}
