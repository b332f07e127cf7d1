using System.Globalization;
using System.Security.Cryptography;

namespace Smallstep.Fleet.Testing;

/// <summary>Users, API-only ones included, and the catalogue of endpoints.</summary>
internal sealed class UserRoutes(FleetDatabase data, ApiRouter router)
{
    private static readonly FleetVersion ApiOnlySince = new(4, 85);

    public void Register()
    {
        router.Add("GET", "/users", List);
        router.Add("POST", "/users/admin", Create);
        router.Add("POST", "/users/api_only", CreateApiOnly, route => route with { Since = ApiOnlySince });
        router.Add("PATCH", "/users/api_only/{id}", Patch, route => route with { Since = ApiOnlySince });
        router.Add("GET", "/users/{id}", call => Show(call, Find(call)));
        router.Add("PATCH", "/users/{id}", Patch);
        router.Add("DELETE", "/users/{id}", Delete);
        router.Add("GET", "/rest_api", Catalogue, route => route with { Since = ApiOnlySince });
    }

    private ApiResult List(FleetCall call)
    {
        call.Require(Permission.ManageUsers);
        Paging paging = Paging.Read(call, ["name", "email", "id", "created_at"]);
        long? team = call.Number("team_id");
        string search = call.Raw("query") ?? "";
        IEnumerable<UserRecord> users = data.Users
            .Where(user => team is null || user.TeamRoles.ContainsKey(team.Value))
            .Where(user => user.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || user.Email.Contains(search, StringComparison.OrdinalIgnoreCase));
        (IReadOnlyList<UserRecord> page, _) = paging.Cut(users, (user, key) => key switch { "name" => user.Name, "email" => user.Email, "created_at" => user.CreatedAt, _ => user.Id }, user => user.Id);
        return ApiResult.Object(writer => writer.WriteArray("users", page, user => writer.Write(user, data)));
    }

    private ApiResult Create(FleetCall call)
    {
        RequestBody body = call.Body;
        string name = body.Text("name") is { Length: > 0 } n ? n : throw ApiError.Invalid("name", "Full name missing required argument");
        string email = body.Text("email") is { Length: > 0 } e ? e : throw ApiError.Invalid("email", "Email missing required argument");
        string password = body.Text("password") is { Length: > 0 } p ? p : throw ApiError.Invalid("password", "Password missing required argument");
        if (data.Users.Any(user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiError.Exists($"User '{email}' already exists");
        }

        (string? global, Dictionary<long, string> teams) = Roles(call);
        bool apiOnly = body.Flag("api_only") ?? false;
        UserRecord created = Add(name, email, new Secret(password), global, teams, apiOnly);
        created.UsesSso = body.Flag("sso_enabled") ?? false;
        created.UsesMfa = body.Flag("mfa_enabled") ?? false;
        created.MustResetPassword = body.Flag("admin_forced_password_reset") ?? true;
        return Created(created, apiOnly ? data.Sessions.Create(created) : null);
    }

    private ApiResult CreateApiOnly(FleetCall call)
    {
        string name = call.Body.Text("name") is { Length: > 0 } n ? n : throw ApiError.Invalid("name", "Full name missing required argument");
        (string? global, Dictionary<long, string> teams) = Roles(call);
        List<(string, string)>? endpoints = Endpoints(call);
        string email = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) + "@api.invalid";
        UserRecord created = Add(name, email, new Secret(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))), global, teams, apiOnly: true);
        created.Endpoints = endpoints;
        return Created(created, data.Sessions.Create(created));
    }

    private ApiResult Created(UserRecord user, Secret? token) => ApiResult.Object(writer =>
    {
        writer.WritePropertyName("user");
        writer.Write(user, data);
        if (token is not null)
        {
            writer.WriteString("token", token.Reveal());
        }
    });

    private UserRecord Add(string name, string email, Secret password, string? global, Dictionary<long, string> teams, bool apiOnly)
    {
        var user = new UserRecord { Id = data.NextId(), Name = name, Email = email, Password = password, CreatedAt = data.Now, GlobalRole = global, TeamRoles = teams, IsApiOnly = apiOnly };
        data.Users.Add(user);
        return user;
    }

    private (string? Global, Dictionary<long, string> Teams) Roles(FleetCall call)
    {
        string? global = call.Body.Text("global_role");
        Dictionary<long, string> teams = (call.Body.Objects("teams") ?? []).ToDictionary(
            team => data.Team(team.Number("id") ?? 0).Id,
            team => team.Text("role") ?? "");
        if (global is not null && teams.Count > 0)
        {
            throw ApiError.Invalid("role", "Cannot specify both Global Role and Team Roles");
        }

        foreach (string role in teams.Values.Append(global).OfType<string>())
        {
            if (!FleetRoles.All.Contains(role) || (role == FleetRoles.Technician && !data.Capabilities.FleetAndReportNames))
            {
                throw ApiError.Invalid("global_role", $"invalid role: {role}");
            }

            if (role is FleetRoles.ObserverPlus or FleetRoles.GitOps or FleetRoles.Technician)
            {
                call.RequirePremium();
            }
        }

        bool teamAdmin = teams.Count > 0 && teams.Keys.All(id => call.User.May(Permission.ManageUsers, id, data.Capabilities));
        if (!teamAdmin)
        {
            call.Require(Permission.ManageUsers);
        }

        return (global ?? (teams.Count == 0 ? FleetRoles.Observer : null), teams);
    }

    private List<(string Method, string Path)>? Endpoints(FleetCall call)
    {
        if (call.Body.Objects("api_endpoints") is not { Count: > 0 } objects)
        {
            return null;
        }

        call.RequirePremium();
        List<(string Method, string Path)> endpoints = [.. objects.Select(o => ((o.Text("method") ?? "").ToUpperInvariant(), o.Text("path") ?? ""))];
        foreach ((string method, string path) in endpoints)
        {
            if (!router.Routes.Any(route => route.Method == method && SessionStore.Path(route) == path))
            {
                throw ApiError.Invalid("api_endpoints", $"endpoint {method} {path} not found in catalog");
            }
        }

        return endpoints;
    }

    private UserRecord Find(FleetCall call)
    {
        call.Require(Permission.ManageUsers);
        long id = call.Id();
        return data.Users.FirstOrDefault(user => user.Id == id) ?? throw ApiError.NotFound($"User {id} was not found in the datastore");
    }

    private ApiResult Show(FleetCall call, UserRecord user) => ApiResult.Object(writer =>
    {
        writer.WritePropertyName("user");
        writer.Write(user, data);
        writer.WriteAvailableTeams(call.User, data);
    });

    private ApiResult Patch(FleetCall call)
    {
        UserRecord user = Find(call);
        (string? global, Dictionary<long, string> teams) = call.Body.Has("global_role") || call.Body.Has("teams") ? Roles(call) : (user.GlobalRole, user.TeamRoles);
        List<(string, string)>? endpoints = call.Body.Has("api_endpoints") ? Endpoints(call) : user.Endpoints;

        // All is read before anything changes.
        (user.Name, user.Email, user.UsesSso, user.UsesMfa, user.Password, user.GlobalRole, user.TeamRoles, user.Endpoints) = (
            call.Body.Text("name") ?? user.Name,
            call.Body.Text("email") ?? user.Email,
            call.Body.Flag("sso_enabled") ?? user.UsesSso,
            call.Body.Flag("mfa_enabled") ?? user.UsesMfa,
            call.Body.Text("password") is { Length: > 0 } password ? new Secret(password) : user.Password,
            global,
            teams,
            endpoints);
        return Show(call, user);
    }

    private ApiResult Delete(FleetCall call)
    {
        UserRecord user = Find(call);
        data.Users.Remove(user);
        data.Sessions.DeleteAll(user);
        return ApiResult.Empty();
    }

    private ApiResult Catalogue(FleetCall call)
    {
        call.Require(Permission.ManageUsers);
        call.RequirePremium();
        string search = call.Raw("query") ?? "";
        List<ApiRoute> routes = [.. router.Routes.Where(route => SessionStore.Path(route).Contains(search, StringComparison.OrdinalIgnoreCase))];
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("api_endpoints", routes, route =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", (route.Method + SessionStore.Path(route)).GetHashCode(StringComparison.Ordinal).ToString("x", CultureInfo.InvariantCulture));
                writer.WriteString("display_name", $"{route.Method} {route.Pattern}");
                writer.WriteString("method", route.Method);
                writer.WriteString("path", SessionStore.Path(route));
                writer.WriteBoolean("deprecated", false);
                writer.WriteEndObject();
            });
            writer.WriteMeta(false, false);
            writer.WriteNumber("count", routes.Count);
        });
    }
}
