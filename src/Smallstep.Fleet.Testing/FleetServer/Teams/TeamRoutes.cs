using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>Teams, called fleets since 4.82.</summary>
internal sealed class TeamRoutes(FleetDatabase data)
{
    private static readonly string[] Keys = ["name", "id", "created_at"];
    private const int MaxSecrets = 50;

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/teams", List);
        router.Add("POST", "/teams", Create);
        router.Add("GET", "/teams/{id}", Get);
        router.Add("PATCH", "/teams/{id}", Patch);
        router.Add("DELETE", "/teams/{id}", Delete);
        router.Add("GET", "/teams/{id}/secrets", Secrets);
        router.Add("PATCH", "/teams/{id}/secrets", PatchSecrets);
        router.Add("POST", "/teams/{id}/agent_options", ChangeAgentOptions);
    }

    private ApiResult List(FleetCall call)
    {
        call.RequirePremium();
        call.RequireSomewhere(Permission.ReadTeams);
        Paging paging = Paging.Read(call, Keys);
        string search = call.Raw("query") ?? "";
        IEnumerable<TeamRecord> teams = data.Teams
            .Where(team => call.User.May(Permission.ReadTeams, team.Id, data.Capabilities))
            .Where(team => team.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
        (IReadOnlyList<TeamRecord> page, _) = paging.Cut(teams, (team, key) => key == "id" ? team.Id : key == "created_at" ? team.CreatedAt : team.Name, team => team.Name);
        return ApiResult.Object(writer => writer.WriteArray("teams", page, team => Write(writer, team)));
    }

    private ApiResult Create(FleetCall call)
    {
        call.RequirePremium();
        call.Require(Permission.WriteTeams);
        TeamRecord team = Add(call.Body.Text("name"), Secrets(call.Body));
        call.Log("created_team", ("team_id", team.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("team_name", team.Name));
        return Show(team);
    }

    /// <summary>Adds a team, refusing the names that Fleet refuses.</summary>
    public TeamRecord Add(string? name, List<string>? secrets = null)
    {
        string clean = CheckName(name, null);
        var team = new TeamRecord { Id = data.NextId(), Name = clean, CreatedAt = data.Now, Secrets = secrets ?? [Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))] };
        team.AgentOptions = data.Settings.Current["agent_options"]?.DeepClone();
        team.Settings["features"] = data.Settings.Current["features"]!.DeepClone();
        data.Teams.Add(team);
        return team;
    }

    private string CheckName(string? name, TeamRecord? self)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw ApiError.Invalid("name", "name may not be empty");
        }

        bool caseless = data.Capabilities.ApiOnlyUserEndpoint;
        string clean = name.Trim();
        StringComparison comparison = caseless ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        string[] reserved = data.Capabilities.FleetAndReportNames ? ["All teams", "No team", "All fleets", "Unassigned"] : ["All teams", "No team"];
        if (reserved.FirstOrDefault(r => string.Equals(r, clean, StringComparison.OrdinalIgnoreCase)) is { } match)
        {
            throw ApiError.Invalid("name", $"\"{match}\" is a reserved team name");
        }

        return data.Teams.Any(team => team != self && string.Equals(team.Name, clean, comparison))
            ? throw ApiError.Exists(caseless
                ? $"A fleet named \"{clean}\" already exists. Fleet names must differ by more than letter case."
                : $"Team {clean} already exists")
            : clean;
    }

    private ApiResult Get(FleetCall call)
    {
        call.RequirePremium();
        long id = call.Id();
        call.Require(Permission.ReadTeams, id);
        if (id > 0)
        {
            return Show(data.Team(id));
        }

        return ShowUnassigned();
    }

    private ApiResult ShowUnassigned() => ApiResult.Object(writer => writer.WriteObject("team", () =>
    {
        writer.WriteNumber("id", 0);
        writer.WriteString("name", data.TeamName(null));
        foreach (string section in (string[])["webhook_settings", "integrations"])
        {
            writer.WritePropertyName(section);
            data.UnassignedSettings[section]!.WriteTo(writer);
        }
    }));

    private ApiResult Patch(FleetCall call)
    {
        call.RequirePremium();
        JsonObject given = JsonObject.Create(RenamedMembers.Canonical(call.Json, data.Capabilities))!;
        if (call.Id() == 0)
        {
            call.Require(Permission.WriteTeams);
            data.UnassignedSettings = new TeamSettings(data).Patched(data.UnassignedSettings, given);
            return ShowUnassigned();
        }

        TeamRecord team = Writable(call);
        JsonObject settings = new TeamSettings(data).Patched(team.Settings, given);
        string name = call.Body.Has("name") ? CheckName(call.Body.Text("name"), team) : team.Name;
        string description = call.Body.Text("description") ?? team.Description;
        (team.Name, team.Description, team.Settings) = (name, description, settings);
        call.Log("edited_team", ("team_name", team.Name));
        return Show(team);
    }

    private ApiResult ChangeAgentOptions(FleetCall call)
    {
        TeamRecord team = Writable(call);
        JsonObject? options = call.Json.ValueKind == JsonValueKind.Object ? JsonObject.Create(call.Json) : null;
        SettingsRules.CheckAgentOptions(options, call.Flag("force"));
        if (!call.Flag("dry_run"))
        {
            team.AgentOptions = options;
            call.Log("edited_agent_options", ("global", "false"), ("team_name", team.Name));
        }

        return Show(team);
    }

    private ApiResult Delete(FleetCall call)
    {
        TeamRecord team = Writable(call);
        data.Teams.Remove(team);
        data.Users.ForEach(user => user.TeamRoles.Remove(team.Id));
        data.Labels.RemoveAll(label => label.TeamId == team.Id);
        data.Profiles.RemoveAll(profile => profile.TeamId == team.Id);
        data.Assets.RemoveAll(asset => asset.TeamId == team.Id);
        data.Scripts.RemoveAll(script => script.TeamId == team.Id);
        data.Queries.RemoveAll(query => query.TeamId == team.Id);
        data.Policies.RemoveAll(policy => policy.TeamId == team.Id);
        data.Titles.ForEach(title => title.Packages.RemoveAll(package => package.TeamId == team.Id));
        data.CertificateTemplates.RemoveAll(template => template.TeamId == team.Id);
        data.SetupFiles.Keys.Where(file => file.TeamId == team.Id).ToList().ForEach(file => data.SetupFiles.Remove(file));
        data.Titles.ForEach(title => title.Apps.RemoveAll(app => app.TeamId == team.Id));
        foreach (HostRecord host in data.Hosts.Values.Where(host => host.TeamId == team.Id))
        {
            host.TeamId = null;
        }

        ProfileAssignment.Reconcile(data);
        call.Log("deleted_team", ("team_name", team.Name));
        return ApiResult.Empty();
    }

    private TeamRecord Writable(FleetCall call)
    {
        call.RequirePremium();
        TeamRecord team = data.Team(call.Id());
        call.Require(Permission.WriteTeams, team.Id);
        return team;
    }

    private ApiResult Secrets(FleetCall call) => ShowSecrets(Owner(call, Permission.ReadSecrets), isMasked: false);

    private ApiResult PatchSecrets(FleetCall call)
    {
        TeamRecord team = Owner(call, Permission.WriteSecrets);
        team.Secrets = Secrets(call.Body) ?? throw ApiError.Invalid("secrets", "missing required argument");
        return ShowSecrets(team, isMasked: !call.User.May(Permission.ReadSecrets, team.Id, data.Capabilities));
    }

    private static List<string>? Secrets(RequestBody body)
    {
        List<string>? secrets = body.Objects("secrets")?
            .Select(secret => secret.Text("secret") is { Length: > 0 } text ? text : throw ApiError.Invalid("secrets", "enroll secret must not be empty")).ToList();
        return secrets is not { Count: > MaxSecrets } ? secrets : throw ApiError.Invalid("secrets", "too many secrets");
    }

    private TeamRecord Owner(FleetCall call, Permission permission)
    {
        call.RequirePremium();
        TeamRecord team = data.Team(call.Id());
        call.Require(permission, team.Id);
        return team;
    }

    private static ApiResult ShowSecrets(TeamRecord team, bool isMasked) => ApiResult.Object(writer => writer.WriteArray("secrets", team.Secrets, secret =>
    {
        writer.WriteStartObject();
        writer.WriteString("secret", isMasked ? MaskedSettings.Mask : secret);
        writer.WriteTime("created_at", team.CreatedAt);
        writer.WriteNumber("team_id", team.Id);
        writer.WriteEndObject();
    }));

    private ApiResult Show(TeamRecord team) => ApiResult.Object(writer =>
    {
        writer.WritePropertyName("team");
        Write(writer, team);
    });

    private void Write(Utf8JsonWriter writer, TeamRecord team)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", team.Id);
        writer.WriteTime("created_at", team.CreatedAt);
        writer.WriteString("name", team.Name);
        writer.WriteString("description", team.Description);
        writer.WritePropertyName("agent_options");
        if (team.AgentOptions is { } options)
        {
            options.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        if (team.FileName is { } file)
        {
            writer.WriteString("gitops_filename", file);
        }

        writer.WriteNumber("user_count", data.Users.Count(user => user.TeamRoles.ContainsKey(team.Id)));
        writer.WriteNumber("host_count", data.Hosts.Values.Count(host => host.TeamId == team.Id));
        foreach ((string name, JsonNode? value) in team.Settings)
        {
            writer.WritePropertyName(name);
            value!.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
