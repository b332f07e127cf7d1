using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Testing;

/// <summary>What uses a custom host vital, which Fleet then does not delete.</summary>
internal static class CustomHostVitalUses
{
    public static void RefuseDeletion(FleetDatabase data, CustomHostVitalRecord vital)
    {
        if (Find(data, vital.Id) is { } use)
        {
            string variable = string.Create(CultureInfo.InvariantCulture, $"$FLEET_HOST_VITAL_{vital.Id}");
            throw ApiError.Conflict($"Couldn't delete. Custom host vital \"{vital.Name}\" (used as {variable}) is used by {use}");
        }
    }

    public static bool Uses(string text, long id) => HostVitalVariables.Find(text).Contains((int)id);

    private static string? Find(FleetDatabase data, long id)
    {
        IEnumerable<(string Noun, string Name, long? Team, string Contents)> documents =
        [
            .. data.Scripts.Select(script => ("script", script.Name, script.TeamId, script.Contents)),
            .. data.Profiles.Select(profile => ("configuration profile", profile.Name, profile.TeamId, profile.Text)),
            .. data.Assets.Select(asset => ("asset", asset.Name, asset.TeamId, asset.Text)),
            .. data.Titles.SelectMany(title => title.Packages.Select(package => ("software", title.Name, package.TeamId, $"{package.InstallScript}\n{package.PostInstallScript}\n{package.UninstallScript}"))),
            .. data.SetupFiles.Where(file => file.Key.Kind == "script").Select(file => ("setup experience script", file.Value.Name, file.Key.TeamId, Encoding.UTF8.GetString(file.Value.Contents.Span))),
        ];
        foreach ((string noun, string name, long? team, string contents) in documents)
        {
            if (Uses(contents, id))
            {
                string action = noun == "configuration profile" ? "delete" : "edit or delete";
                return $"the \"{name}\" {noun} in the \"{data.TeamName(team)}\" fleet. Please {action} the {noun} and try again.";
            }
        }

        IEnumerable<(long? Team, JsonNode? Template)> templates = [(null, data.Settings.Current["mdm"]?["name_template"]), .. data.Teams.Select(team => ((long?)team.Id, team.Settings["mdm"]?["name_template"]))];
        if (templates.Where(one => Uses(one.Template?.ToString() ?? "", id)).Select(one => data.TeamName(one.Team)).FirstOrDefault() is { } fleet)
        {
            return $"the host name template in the \"{fleet}\" fleet. Please edit or clear the host name template and try again.";
        }

        return data.Labels.FirstOrDefault(label => label.CustomHostVitalId == id) is { } label
            ? $"the \"{label.Name}\" label in the \"{data.TeamName(label.TeamId)}\" fleet. Please edit or delete the label and try again."
            : null;
    }
}
