using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Changes parts of a fleet by declaring it: features, the address of the bootstrap package and most switches of a set-up are taken in no other way.</summary>
internal static class FleetDeclaration
{
    /// <summary>Declares a fleet with what the request changes and with all that the declaration would reset where it is absent.</summary>
    public static async Task ApplyAsync(JsonObject request, string name, FleetClient fleet, long team, CancellationToken cancellationToken)
    {
        JsonElement document = await fleet.Teams.GetDocumentAsync(team, cancellationToken).ConfigureAwait(false);
        var spec = new JsonObject { ["name"] = name, ["mdm"] = Controls(request["mdm"] as JsonObject ?? [], document) };
        JsonNode? stored = SettingsApplier.Node(SettingsReader.Member(document, "features"));
        if ((request["features"] is { } given ? SettingsApplier.Merged(stored, given) : stored) is { } features)
        {
            spec["features"] = features;
        }

        // fleetctl knows a renamed fleet by its file.
        if (SettingsApplier.Node(SettingsReader.Member(document, "gitops_filename")) is { } file)
        {
            spec["gitops_filename"] = file;
        }

        await fleet.Spec.ApplyTeamsAsync(new JsonArray(spec), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    // A switch of the set-up that is absent counts as off, so all go along that this server shows; it refuses those that it does not know.
    private static JsonObject Controls(JsonObject given, JsonElement document)
    {
        JsonObject stored = SettingsState.FromServer(SettingsScope.FleetControls, SettingsReader.Member(document, "mdm")).ToRequest();
        var controls = new JsonObject();
        foreach ((string key, JsonNode? value) in given)
        {
            controls[key] = SettingsApplier.Merged(stored[key], value);
        }

        if (!controls.ContainsKey("macos_setup") && stored["macos_setup"] is { } setup)
        {
            controls["macos_setup"] = setup.DeepClone();
        }

        return controls;
    }
}
