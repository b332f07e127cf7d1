using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Reports, called queries before 4.82.</summary>
internal sealed class QueryRoutes(FleetDatabase data)
{
    private static readonly string[] Keys = ["name", "id", "updated_at", "created_at"];

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/queries", List);
        router.Add("POST", "/queries", Create);
        router.Add("POST", "/queries/delete", DeleteMany);
        router.Add("GET", "/queries/{id}", call => Show(Find(call, Permission.ReadQueries)));
        router.Add("PATCH", "/queries/{id}", Patch);
        router.Add("DELETE", "/queries/id/{id}", call => Delete(call, [Find(call, Permission.WriteQueries)]));
        router.Add("DELETE", "/queries/{name}", call => Delete(call, [.. data.Queries.Where(query => query.TeamId is null && query.Name == call.Route("name"))]));
        router.Add("POST", "/spec/queries", Spec);
    }

    private ApiResult List(FleetCall call)
    {
        TeamFilter team = call.Team();
        call.Require(Permission.ReadQueries, team.Id);
        Paging paging = Paging.Read(call, Keys);
        string search = call.Raw("query") ?? "";
        bool inherited = call.Flag("merge_inherited");
        List<QueryRecord> found = [.. data.Queries.Where(query => (query.TeamId == team.Id || (inherited && query.TeamId is null)) && query.Name.Contains(search, StringComparison.OrdinalIgnoreCase))];
        (IReadOnlyList<QueryRecord> page, bool hasNext) = paging.Cut(found, (query, key) => key == "id" ? query.Id : key == "name" ? query.Name : query.UpdatedAt, query => query.Name);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("queries", page, query => Write(writer, query));
            writer.WriteNumber("count", found.Count);
            writer.WriteNumber("inherited_query_count", team.Id is null ? 0 : data.Queries.Count(query => query.TeamId is null));
            writer.WriteMeta(hasNext, paging.Page > 0);
        });
    }

    private ApiResult Create(FleetCall call)
    {
        long? team = call.Body.Number("team_id") is > 0 and { } id ? data.Team(id).Id : null;
        call.Require(Permission.WriteQueries, team);
        QueryRecord query = Add(call, call.Body, team);
        call.Log("created_saved_query", ("query_name", query.Name));
        return Show(query);
    }

    private QueryRecord Add(FleetCall call, RequestBody body, long? team)
    {
        string name = body.Text("name") is { Length: > 0 } n ? n : throw ApiError.Invalid("name", "name cannot be empty");
        if (body.Text("query") is null or "")
        {
            throw ApiError.Invalid("query", "query's SQL query cannot be empty");
        }

        if (data.Queries.Any(query => query.TeamId == team && query.Name == name))
        {
            throw ApiError.Exists($"Query \"{name}\" already exists");
        }

        var added = new QueryRecord { Id = data.NextId(), TeamId = team, Name = name, CreatedAt = data.Now, UpdatedAt = data.Now, Author = call.User };
        Fill(call, added, body);
        data.Queries.Add(added);
        return added;
    }

    private static void Fill(FleetCall call, QueryRecord query, RequestBody body)
    {
        string logging = body.Text("logging") is { Length: > 0 } given ? given : query.Logging;
        if (logging is not ("snapshot" or "differential" or "differential_ignore_removals"))
        {
            throw ApiError.Invalid("logging", "invalid value for query's logging type");
        }

        (string, string, string, bool) before = (query.Sql, query.Platform, query.MinOsqueryVersion, query.DiscardData);

        // All is read before anything changes.
        (query.Logging, query.Labels, query.Description, query.Sql, query.Interval, query.Platform, query.MinOsqueryVersion, query.ObserverCanRun, query.AutomationsEnabled, query.DiscardData, query.UpdatedAt) = (
            logging,
            Labels(call, body) ?? query.Labels,
            body.Text("description") ?? query.Description,
            body.Text("query") ?? query.Sql,
            body.Number("interval") ?? query.Interval,
            body.Text("platform") ?? query.Platform,
            body.Text("min_osquery_version") ?? query.MinOsqueryVersion,
            body.Flag("observer_can_run") ?? query.ObserverCanRun,
            body.Flag("automations_enabled") ?? query.AutomationsEnabled,
            body.Flag("discard_data") ?? query.DiscardData,
            call.Now);
        if (before != (query.Sql, query.Platform, query.MinOsqueryVersion, query.DiscardData))
        {
            query.Results.Clear();
        }
    }

    private static LabelScope? Labels(FleetCall call, RequestBody body)
    {
        if (!body.Has("labels_include_any") && !body.Has("labels_include_all"))
        {
            return null;
        }

        call.RequirePremium();
        var labels = new LabelScope(body.Strings("labels_include_all") ?? [], body.Strings("labels_include_any") ?? [], []);
        return labels.Names.All(name => call.Data.Label(name) is not null) ? labels : throw ApiError.Bad("some or all the labels provided don't exist");
    }

    private QueryRecord Find(FleetCall call, Permission permission)
    {
        call.RequireSomewhere(permission);
        long id = call.Id();
        QueryRecord query = data.Queries.FirstOrDefault(q => q.Id == id) ?? throw ApiError.NotFound($"Query {id} was not found in the datastore");
        call.Require(permission, query.TeamId);
        return query;
    }

    private ApiResult Patch(FleetCall call)
    {
        QueryRecord query = Find(call, Permission.WriteQueries);
        string name = call.Body.Text("name") is { Length: > 0 } given ? given : query.Name;
        if (data.Queries.Any(other => other != query && other.TeamId == query.TeamId && other.Name == name))
        {
            throw ApiError.Exists($"Query \"{name}\" already exists");
        }

        Fill(call, query, call.Body);
        query.Name = name;
        call.Log("edited_saved_query", ("query_name", query.Name));
        return Show(query);
    }

    private ApiResult DeleteMany(FleetCall call)
    {
        List<QueryRecord> queries = [.. (call.Body.Numbers("ids") ?? []).Select(id => data.Queries.FirstOrDefault(query => query.Id == id) ?? throw ApiError.NotFound($"Query {id} was not found in the datastore"))];
        Delete(call, queries);
        return ApiResult.Object(writer => writer.WriteNumber("deleted", queries.Count));
    }

    private ApiResult Delete(FleetCall call, List<QueryRecord> queries)
    {
        if (queries.Count == 0)
        {
            throw ApiError.NotFound("Query was not found in the datastore");
        }

        queries.ForEach(query => call.Require(Permission.WriteQueries, query.TeamId));
        queries.ForEach(query => data.Queries.Remove(query));
        call.Log("deleted_saved_query", ("query_name", queries[0].Name));
        return ApiResult.Empty();
    }

    private ApiResult Spec(FleetCall call)
    {
        foreach (RequestBody spec in call.Body.Objects("specs") ?? [])
        {
            string? teamName = spec.Text("team");
            long? team = string.IsNullOrEmpty(teamName) ? null : data.Teams.FirstOrDefault(t => t.Name == teamName)?.Id ?? throw ApiError.NotFound("Team was not found in the datastore");
            call.Require(Permission.WriteQueries, team);
            if (data.Queries.FirstOrDefault(query => query.TeamId == team && query.Name == spec.Text("name")) is { } stored)
            {
                Fill(call, stored, spec);
            }
            else
            {
                Add(call, spec, team);
            }
        }

        return ApiResult.Empty();
    }

    private ApiResult Show(QueryRecord query) => ApiResult.Object(writer =>
    {
        writer.WritePropertyName("query");
        Write(writer, query);
    });

    private void Write(Utf8JsonWriter writer, QueryRecord query)
    {
        writer.WriteStartObject();
        writer.WriteTime("created_at", query.CreatedAt);
        writer.WriteTime("updated_at", query.UpdatedAt);
        writer.WriteNumber("id", query.Id);
        writer.WriteOptional("team_id", query.TeamId);
        writer.WriteNumber("interval", query.Interval);
        writer.WriteString("platform", query.Platform);
        writer.WriteString("min_osquery_version", query.MinOsqueryVersion);
        writer.WriteBoolean("automations_enabled", query.AutomationsEnabled);
        writer.WriteString("logging", query.Logging);
        writer.WriteString("name", query.Name);
        writer.WriteString("description", query.Description);
        writer.WriteString("query", query.Sql);
        writer.WriteBoolean("saved", true);
        writer.WriteBoolean("observer_can_run", query.ObserverCanRun);
        writer.WriteOptional("author_id", query.Author?.Id);
        writer.WriteString("author_name", query.Author?.Name ?? "");
        writer.WriteString("author_email", query.Author?.Email ?? "");
        writer.WriteStrings("packs", []);
        writer.WriteObject("stats", () => writer.WriteNull("total_executions"));
        writer.WriteBoolean("discard_data", query.DiscardData);
        query.Labels.Write(writer, data, nullWhereEmpty: false);
        writer.WriteEndObject();
    }
}
