using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of settings, section by section. Where Fleet replaces a section as one, what it holds besides is sent along.</summary>
internal static class SettingsApplier
{
    public static async Task ApplyAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        var section = (SettingsSection)(change.Desired ?? change.Observed)!;
        long? team = context.TeamId(change);
        if (section.Settings.Scope == SettingsScope.AgentOptions)
        {
            await AgentOptionsAsync(change, section, context.Fleet, team, cancellationToken).ConfigureAwait(false);
            return;
        }

        JsonObject request = Request(section, change.Name);
        Task applied = section.Settings.Scope switch
        {
            SettingsScope.Organization => OrganizationAsync(request, context, cancellationToken),
            SettingsScope.GlobalControls => context.Fleet.Configuration.PatchAsync(new JsonObject { ["mdm"] = request }, cancellationToken: cancellationToken),
            SettingsScope.FleetControls => FleetDeclaration.ApplyAsync(new JsonObject { ["mdm"] = request }, change.Team!, context.Fleet, team!.Value, cancellationToken),
            _ when section.Name == "features" => FleetDeclaration.ApplyAsync(request, change.Team!, context.Fleet, team!.Value, cancellationToken),
            _ => TeamAsync(request, context.Fleet, team!.Value, cancellationToken),
        };
        await applied.ConfigureAwait(false);
    }

    /// <summary>Replaces the enroll secrets of a fleet, or of hosts without one.</summary>
    public static Task ApplySecretsAsync(PlannedChange change, ApplyContext context, CancellationToken cancellationToken)
    {
        Secret[] secrets = change.Kind == ChangeKind.Delete ? [] : [.. ((IReadOnlyList<SecretValue>)change.Desired!).Select(secret => secret.Value!)];
        return context.TeamId(change) is { } team
            ? context.Fleet.Teams.ReplaceSecretsAsync(team, secrets, cancellationToken)
            : context.Fleet.Spec.ApplyEnrollSecretsAsync(secrets, cancellationToken: cancellationToken);
    }

    // One section with its secrets, under the names that every release takes.
    private static JsonObject Request(SettingsSection section, string name)
    {
        var values = new JsonObject { [section.Name] = JsonNode.Parse(section.Settings.Values.GetProperty(section.Name).GetRawText()) };
        List<string> unknown = [];
        JsonObject request = (section.Settings with { Values = JsonElement.Parse(values.ToJsonString()) }).ToRequest(unknown);
        return unknown.Count == 0 ? request : throw new IntegrationException([WorkflowRules.OptionInvalid.At(
            $"{name} holds secrets whose values are not known: {string.Join(", ", unknown)}.", remedy: "Set their environment variables; Fleet never returns them.")]);
    }

    // Of Jira and Zendesk, Fleet forgets the one that is not sent with the other; what it masks comes back as it is.
    private static async Task OrganizationAsync(JsonObject request, ApplyContext context, CancellationToken cancellationToken)
    {
        FleetClient fleet = context.Fleet;
        if (request["org_info"] is not null && context.Version.Capabilities.KeepsLogos)
        {
            JsonElement shown = await fleet.Configuration.GetDocumentAsync(cancellationToken).ConfigureAwait(false);
            LogoAddresses.Complete(request, SettingsState.FromServer(SettingsScope.Organization, shown).Hosted);
        }

        if (request["integrations"] is JsonObject integrations && (integrations["jira"] is null) != (integrations["zendesk"] is null))
        {
            JsonElement stored = SettingsReader.Member(await fleet.Configuration.GetDocumentAsync(cancellationToken).ConfigureAwait(false), "integrations");
            string other = integrations["jira"] is null ? "jira" : "zendesk";
            integrations[other] = Node(SettingsReader.Member(stored, other));
        }

        await fleet.Configuration.PatchAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static async Task TeamAsync(JsonObject request, FleetClient fleet, long team, CancellationToken cancellationToken)
    {
        JsonElement document = await fleet.Teams.GetDocumentAsync(team, cancellationToken).ConfigureAwait(false);
        foreach ((string name, JsonNode? value) in request.ToList())
        {
            request[name] = Merged(Node(SettingsReader.Member(document, name)), value);
        }

        await fleet.Teams.PatchAsync(team, request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AgentOptionsAsync(PlannedChange change, SettingsSection section, FleetClient fleet, long? team, CancellationToken cancellationToken)
    {
        List<string> unknown = [];
        JsonObject? options = change.Kind == ChangeKind.Delete ? null : section.Settings.ToRequest(unknown);
        if (unknown.Count > 0)
        {
            throw new IntegrationException([WorkflowRules.OptionInvalid.At(
                $"{change.Name} holds values that are not known: {string.Join(", ", unknown)}.", remedy: "Set their environment variables.")]);
        }

        if (team is { } id)
        {
            await fleet.Teams.SetAgentOptionsAsync(id, options ?? [], cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await fleet.Configuration.PatchAsync(new JsonObject { ["agent_options"] = options }, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is given, on top of what is stored: objects member by member, everything else whole.</summary>
    public static JsonNode? Merged(JsonNode? stored, JsonNode? given)
    {
        if (stored is not JsonObject before || given is not JsonObject after)
        {
            return given?.DeepClone();
        }

        var merged = (JsonObject)before.DeepClone();
        foreach ((string name, JsonNode? value) in after)
        {
            merged[name] = Merged(merged[name], value);
        }

        return merged;
    }

    /// <summary>A value as a node; <see langword="null"/> where there is none.</summary>
    public static JsonNode? Node(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(value.GetRawText());
}
