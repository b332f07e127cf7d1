using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>Teams as GitOps applies them; unknown keys are refused.</summary>
internal sealed class TeamSpecRoutes(FleetDatabase data)
{
    private static readonly string[] KnownKeys =
    [
        "name", "filename", "description", "agent_options", "features", "mdm", "scripts", "software", "secrets", "webhook_settings", "integrations",
        "host_expiry_settings", "gitops_filename", "settings",
    ];

    public void Register(ApiRouter router) => router.Add("POST", "/spec/teams", Apply, route => route with { MaxBytes = _ => 5 * 1024 * 1024 });

    private ApiResult Apply(FleetCall call)
    {
        call.RequirePremium();
        call.Require(Permission.WriteTeams);
        IReadOnlyList<RequestBody> specs = call.Body.Objects("specs") ?? [];
        foreach (JsonProperty property in specs.SelectMany(spec => spec.Element.EnumerateObject()))
        {
            if (!KnownKeys.Contains(property.Name))
            {
                throw ApiError.Bad($"unsupported key provided: \"{property.Name}\"");
            }
        }

        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (RequestBody spec in specs)
        {
            string name = spec.Text("name") is { Length: > 0 } n ? n : throw ApiError.Invalid("name", "name may not be empty");
            ids[name] = Apply(spec, name, call.Flag("dry_run"));
        }

        return ApiResult.Object(writer => writer.WriteObject("team_ids_by_name", () =>
        {
            foreach ((string name, long id) in ids)
            {
                writer.WriteNumber(name, id);
            }
        }));
    }

    private long Apply(RequestBody spec, string name, bool dryRun)
    {
        TeamRecord? team = data.Teams.FirstOrDefault(t => t.Name == name);
        JsonObject given = JsonObject.Create(RenamedMembers.Canonical(spec.Element, data.Capabilities))!;
        foreach (string section in (string[])["mdm", "features", "webhook_settings", "integrations", "host_expiry_settings"])
        {
            if (given[section] is JsonObject members && SettingsShape.UnknownMember(new JsonObject { [section] = members.DeepClone() }) is { } unknown)
            {
                throw ApiError.Bad($"unsupported key provided: \"{unknown}\"");
            }
        }

        string? description = spec.Text("description");
        string? file = spec.Text("gitops_filename");
        List<string>? secrets = spec.Objects("secrets")?.Select(secret => secret.Text("secret") ?? "").ToList();
        JsonObject settings = new TeamSettings(data).Declared(team?.Settings ?? SettingsDefaults.OfFleet(), given);
        SettingsRules.CheckAgentOptions(given["agent_options"], force: false);
        if (dryRun)
        {
            return team?.Id ?? 0;
        }

        team ??= new TeamRoutes(data).Add(name);
        team.Description = description ?? team.Description;
        team.FileName = file;
        team.Settings = settings;
        team.AgentOptions = spec.Mentions("agent_options") ? given["agent_options"]?.DeepClone() : team.AgentOptions;
        team.Secrets = secrets ?? team.Secrets;
        return team.Id;
    }
}
