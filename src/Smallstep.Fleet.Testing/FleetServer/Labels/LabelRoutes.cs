using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Labels.</summary>
internal sealed class LabelRoutes(FleetDatabase data, HostRoutes hosts)
{
    private static readonly string[] Keys = ["name", "id", "created_at"];

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/labels", List);
        router.Add("GET", "/labels/summary", Summary);
        router.Add("POST", "/labels", Create);
        router.Add("GET", "/labels/{id}", call => Show(Readable(call)));
        router.Add("PATCH", "/labels/{id}", Patch);
        router.Add("DELETE", "/labels/{name}", call => Delete(call, data.Label(call.Route("name"))));
        router.Add("DELETE", "/labels/id/{id}", call => Delete(call, data.Labels.FirstOrDefault(label => label.Id == call.Id())));
        router.Add("GET", "/labels/{id}/hosts", call => hosts.List(call, Readable(call)));
        router.Add("POST", "/spec/labels", Spec);
        router.Add("GET", "/spec/labels/{name}", call =>
        {
            call.RequireSomewhere(Permission.ReadLabels);
            LabelRecord label = data.Label(call.Route("name")) ?? throw ApiError.NotFound("Label was not found in the datastore");
            return ApiResult.Object(writer =>
            {
                writer.WritePropertyName("specs");
                Write(writer, label);
            });
        });
        router.Add("GET", "/spec/labels", call =>
        {
            call.RequireSomewhere(Permission.ReadLabels);
            return ApiResult.Object(writer => writer.WriteArray("specs", data.Labels, label => Write(writer, label)));
        });
    }

    private ApiResult List(FleetCall call)
    {
        call.RequireSomewhere(Permission.ReadLabels);
        Paging paging = Paging.Read(call, Keys);
        (IReadOnlyList<LabelRecord> page, _) = paging.Cut(data.Labels, (label, key) => key == "id" ? label.Id : key == "created_at" ? label.CreatedAt : label.Name, label => label.Id);
        return ApiResult.Object(writer => writer.WriteArray("labels", page, label => Write(writer, label)));
    }

    private ApiResult Summary(FleetCall call)
    {
        call.RequireSomewhere(Permission.ReadLabels);
        return ApiResult.Object(writer => writer.WriteArray("labels", data.Labels, label =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", label.Id);
            writer.WriteString("name", label.Name);
            writer.WriteString("description", label.Description);
            writer.WriteString("label_type", label.IsBuiltIn ? "builtin" : "regular");
            writer.WriteOptional("team_id", label.TeamId);
            writer.WriteEndObject();
        }));
    }

    private ApiResult Create(FleetCall call)
    {
        long? team = call.Body.Number("team_id") is > 0 and { } id ? data.Team(id).Id : null;
        call.Require(Permission.WriteLabels, team);
        LabelRecord label = Add(call.Body, call.User, team);
        return Show(label);
    }

    private LabelRecord Add(RequestBody body, UserRecord author, long? team)
    {
        string name = body.Text("name") is { Length: > 0 } n ? n : throw ApiError.Invalid("name", "Label name is required");
        RefuseBuiltInName(name);
        if (data.Labels.Any(label => string.Equals(label.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiError.Exists($"Label \"{name}\" already exists");
        }

        string query = body.Text("query") ?? "";
        RequestBody? criteria = body.Object("criteria");
        int kinds = (query.Length > 0 ? 1 : 0) + (body.Has("hosts") ? 1 : 0) + (body.Has("host_ids") ? 1 : 0) + (criteria is null ? 0 : 1);
        if (kinds > 1)
        {
            throw ApiError.Invalid("query", "Only one of either \"query\", \"hosts/host_ids\" or \"criteria\" can be included in the request.");
        }

        var label = new LabelRecord
        {
            Id = data.NextId(),
            Name = name,
            CreatedAt = data.Now,
            UpdatedAt = data.Now,
            AuthorId = author.Id,
            TeamId = team,
            Description = body.Text("description") ?? "",
            Query = query,
            Platform = body.Text("platform") ?? "",
            MembershipType = query.Length > 0 ? "dynamic" : criteria is not null ? "host_vitals" : "manual",
            Criteria = criteria is { } c ? (Vital(c), c.Text("value") ?? "") : null,
            CustomHostVitalId = criteria?.Number("custom_host_vital_id"),
        };
        SetMembers(label, Members(body));
        data.Labels.Add(label);
        return label;
    }

    private string Vital(RequestBody criteria)
    {
        string vital = criteria.Text("vital") ?? "";
        bool known = vital is "end_user_idp_group" or "end_user_idp_department" || (vital == "custom_host_vital" && data.Version >= new FleetVersion(4, 90));
        if (!known)
        {
            throw ApiError.Invalid("criteria", $"invalid vital: {vital}");
        }

        long? custom = criteria.Number("custom_host_vital_id");
        bool isCustom = vital == "custom_host_vital";
        return isCustom == custom is not null && (!isCustom || data.CustomHostVitals.Any(one => one.Id == custom))
            ? vital
            : throw ApiError.Invalid("criteria", isCustom ? $"invalid custom_host_vital_id: {custom}" : "custom_host_vital_id is for the vital custom_host_vital only");
    }

    private void RefuseBuiltInName(string name)
    {
        StringComparer comparer = data.Version >= new FleetVersion(4, 92) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        if (FleetCapabilities.BuiltInLabels.Contains(name, comparer))
        {
            throw ApiError.Invalid("name", $"cannot add label '{name}' because it conflicts with the name of a built-in label");
        }
    }

    private List<HostRecord>? Members(RequestBody body) =>
        body.Numbers("host_ids") is { } ids ? [.. ids.Select(data.Host)]
        : body.Strings("hosts") is { } names ? [.. names.Select(name => HostFinder.Find(data, name) ?? throw ApiError.Bad($"host {name} not found"))]
        : null;

    private static void SetMembers(LabelRecord label, List<HostRecord>? members)
    {
        if (members is not null)
        {
            label.Members.Clear();
            label.Members.UnionWith(members.Select(host => host.Id));
        }
    }

    private ApiResult Patch(FleetCall call)
    {
        LabelRecord label = Writable(call, data.Labels.FirstOrDefault(l => l.Id == call.Id()));
        string name = call.Body.Text("name") is { Length: > 0 } given ? given : label.Name;
        if (name != label.Name)
        {
            RefuseBuiltInName(name);
            _ = data.Label(name) is null ? name : throw ApiError.Exists($"Label \"{name}\" already exists");
        }

        string description = call.Body.Text("description") ?? label.Description;
        SetMembers(label, Members(call.Body));
        (label.Name, label.Description) = (name, description);
        label.UpdatedAt = call.Now;
        return Show(label);
    }

    private ApiResult Delete(FleetCall call, LabelRecord? found)
    {
        LabelRecord label = Writable(call, found);
        if (data.Version >= new FleetVersion(4, 87) && data.Profiles.Any(profile => profile.Labels.Names.Contains(label.Name)))
        {
            throw ApiError.Conflict($"Couldn't delete. Label \"{label.Name}\" is used by a configuration profile.");
        }

        data.Labels.Remove(label);
        return ApiResult.Empty();
    }

    private LabelRecord Writable(FleetCall call, LabelRecord? label)
    {
        call.RequireSomewhere(Permission.WriteLabels);
        LabelRecord found = label ?? throw ApiError.NotFound("Label was not found in the datastore");
        call.Require(Permission.WriteLabels, found.TeamId);
        return found.IsBuiltIn ? throw ApiError.Invalid("name", $"cannot modify or delete built-in label '{found.Name}'") : found;
    }

    private LabelRecord Readable(FleetCall call)
    {
        call.RequireSomewhere(Permission.ReadLabels);
        long id = call.Id();
        return data.Labels.FirstOrDefault(label => label.Id == id) ?? throw ApiError.NotFound($"Label {id} was not found in the datastore");
    }

    /// <summary>Creates or updates by name; what differs in query or platform is refused, as these never change.</summary>
    private ApiResult Spec(FleetCall call)
    {
        call.Require(Permission.WriteLabels);
        foreach (RequestBody spec in call.Body.Objects("specs") ?? [])
        {
            if (data.Label(spec.Text("name") ?? "") is not { } existing)
            {
                Add(spec, call.User, null);
                continue;
            }

            (string query, string platform, List<HostRecord>? members) = (spec.Text("query") ?? "", spec.Text("platform") ?? "", Members(spec));
            existing.Description = spec.Text("description") ?? existing.Description;
            if (query != existing.Query || platform != existing.Platform)
            {
                (existing.Query, existing.Platform) = (query, platform);
                existing.Members.Clear();
            }

            SetMembers(existing, members);
        }

        return ApiResult.Empty();
    }

    private ApiResult Show(LabelRecord label) => ApiResult.Object(writer =>
    {
        writer.WritePropertyName("label");
        Write(writer, label);
    });

    internal static void Write(Utf8JsonWriter writer, LabelRecord label)
    {
        writer.WriteStartObject();
        writer.WriteTime("created_at", label.CreatedAt);
        writer.WriteTime("updated_at", label.UpdatedAt);
        writer.WriteNumber("id", label.Id);
        writer.WriteOptional("author_id", label.AuthorId);
        writer.WriteString("name", label.Name);
        writer.WriteString("description", label.Description);
        writer.WriteString("query", label.Query);
        if (label.Criteria is { } criteria)
        {
            writer.WriteObject("criteria", () =>
            {
                writer.WriteString("vital", criteria.Vital);
                writer.WriteString("value", criteria.Value);
                if (label.CustomHostVitalId is { } custom)
                {
                    writer.WriteNumber("custom_host_vital_id", custom);
                }
            });
        }

        writer.WriteString("platform", label.Platform);
        writer.WriteString("label_type", label.IsBuiltIn ? "builtin" : "regular");
        writer.WriteString("label_membership_type", label.MembershipType);
        writer.WriteNumber("host_count", label.Members.Count);
        writer.WriteOptional("team_id", label.TeamId);
        writer.WriteString("display_text", label.Name);
        writer.WriteNumber("count", label.Members.Count);
        writer.WriteNull("host_ids");
        writer.WriteEndObject();
    }
}
