using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Smallstep.Fleet.Testing;

/// <summary>One request to the API, read and authenticated.</summary>
internal sealed class FleetCall(HttpContext http, FleetDatabase data, IReadOnlyDictionary<string, string> route, UserRecord? user)
{
    public HttpContext Http => http;

    public FleetDatabase Data => data;

    public FleetCapabilities Capabilities => data.Capabilities;

    public DateTimeOffset Now => data.Now;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>Who calls; only routes that need no token may run without.</summary>
    public UserRecord User => user ?? throw ApiError.Unauthorized("Authentication required");

    public JsonElement Json { get; set; }

    public RequestBody Body => new(Json, data.Capabilities);

    public MultipartForm Form { get; set; } = null!;

    public string Route(string name) => route[name];

    public long Id(string name = "id") => long.TryParse(route[name], NumberStyles.None, CultureInfo.InvariantCulture, out long id)
        ? id
        : throw ApiError.Bad($"invalid {name}");

    /// <summary>A query parameter by its old name; the new one counts from the release that has it.</summary>
    public string? Query(string name)
    {
        string? oldValue = Raw(name);
        string? newValue = RenamedMembers.NewName(name, data.Capabilities) is { } newName ? Raw(newName) : null;
        return oldValue is not null && newValue is not null
            ? throw ApiError.Bad($"Specify only one of \"{name}\" or \"{RenamedMembers.NewName(name, data.Capabilities)}\"")
            : oldValue ?? newValue;
    }

    /// <summary>A query parameter that is no renamed member, such as the text to search for in <c>query</c>.</summary>
    public string? Raw(string name) => http.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) && values.Count > 0 ? values[0] : null;

    public bool Flag(string name) => Raw(name) is "true" or "1" or "t" or "T" or "TRUE" or "True";

    public long? Number(string name) => Query(name) is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : throw ApiError.Bad($"Invalid {name}: {text}");

    /// <summary>The team of a query: absent, none (0) or one that exists.</summary>
    public TeamFilter Team()
    {
        long? id = Number("team_id");
        if (id is > 0)
        {
            RequirePremium();
            _ = data.Team(id.Value);
        }

        return new TeamFilter(id is not null, id is > 0 ? id : null);
    }

    /// <summary>The team of a form: the handlers read <c>fleet_id</c>, into which <c>team_id</c> of the form or the query is copied first.</summary>
    public TeamFilter FormTeam()
    {
        string? text = Form.Text("team_id") ?? Raw("team_id") ?? (data.Capabilities.FleetAndReportNames ? Form.Text("fleet_id") : null);
        if (string.IsNullOrEmpty(text))
        {
            return new TeamFilter(false, null);
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            throw ApiError.Bad($"failed to decode team_id in multipart form: {text}");
        }

        if (id > 0)
        {
            RequirePremium();
            _ = data.Team(id);
        }

        return new TeamFilter(true, id > 0 ? id : null);
    }

    /// <summary>The team of a body or of a query by id or by name.</summary>
    public long? TeamByIdOrName()
    {
        if (Query("team_name") is { Length: > 0 } name)
        {
            RequirePremium();
            return name is "No team" or "Unassigned" ? null : data.Teams.FirstOrDefault(team => team.Name == name)?.Id ?? throw ApiError.NotFound($"Team was not found in the datastore: {name}");
        }

        return Team().Id;
    }

    public void Require(Permission permission, long? teamId = null)
    {
        if (!User.May(permission, teamId, data.Capabilities))
        {
            throw ApiError.Forbidden();
        }
    }

    public void RequireSomewhere(Permission permission)
    {
        if (!User.MaySomewhere(permission, data.Capabilities))
        {
            throw ApiError.Forbidden();
        }
    }

    public void RequirePremium()
    {
        if (!data.Options.IsPremium)
        {
            throw ApiError.Premium();
        }
    }

    public void Log(string type, params (string Name, object? Value)[] details) => data.AddActivity(User, type, details);
}

/// <summary>A team as a filter: whether one was named, and which (<see langword="null"/> for hosts without a team).</summary>
internal readonly record struct TeamFilter(bool IsGiven, long? Id);
