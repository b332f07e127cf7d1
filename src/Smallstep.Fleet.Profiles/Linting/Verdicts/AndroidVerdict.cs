using System.Text.Json;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>
/// Fleet's checks of an uploaded Android profile, as far as they are known: which settings exist is left to the server, and its words
/// for variables that it does not take there were never read.
/// </summary>
internal sealed class AndroidVerdict(string text, string name, ProfileLintContext context)
{
    private const string Software = "Software management is coming soon.";
    private const string Personal = "Currently, only personal hosts are supported.";

    /// <summary>Settings that Fleet keeps to itself, and why.</summary>
    private static readonly Dictionary<string, string> Forbidden = new(StringComparer.Ordinal)
    {
        ["statusReportingSettings"] = "To get host vitals, use Get host endpoint: https://fleetdm.com/docs/rest-api/rest-api#get-host",
        ["applications"] = Software,
        ["appFunctions"] = Software,
        ["playStoreMode"] = Software,
        ["installAppsDisabled"] = Software,
        ["uninstallAppsDisabled"] = Software,
        ["blockApplicationsEnabled"] = Software,
        ["appAutoUpdatePolicy"] = Software,
        ["kioskCustomLauncherEnabled"] = Personal,
        ["kioskCustomization"] = Personal,
        ["persistentPreferredActivities"] = Personal,
        ["setupActions"] = "Currently, setup experience customization isn't supported.",
        ["encryptionPolicy"] = "Currently, disk encryption isn't supported.",
    };

    public Refusal? Judge() =>
        (FleetWords.ReservedNames.Contains(name) ? new Refusal($"Profile name \"{name}\" is not allowed.") : null)
        ?? Settings()
        ?? SecretCheck.Missing(text, context) ?? SecretCheck.Vitals(text, context) ?? SecretCheck.Reserved(text, context)
        ?? License();

    private Refusal? Settings()
    {
        foreach (JsonProperty setting in JsonText.Read(text).EnumerateObject())
        {
            if (Forbidden.TryGetValue(setting.Name, out string? reason))
            {
                return At(setting.Name, $"Android configuration profile can't include \"{setting.Name}\" setting. {reason}");
            }

            if (setting.Name == "systemUpdate" && !context.IsPremium)
            {
                return At(setting.Name, "Android OS updates (\"systemUpdate\") is Fleet Premium only.");
            }
        }

        return null;
    }

    private Refusal? License() =>
        VariableFinder.Find(text) is { Count: > 0 } names && !context.IsPremium ? new VariablePlaces(text).At(names, FleetWords.License) : null;

    private Refusal At(string setting, string message) => Refusal.At(text, text.IndexOf($"\"{setting}\"", StringComparison.Ordinal), message);
}
