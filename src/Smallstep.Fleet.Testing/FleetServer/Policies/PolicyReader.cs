namespace Smallstep.Fleet.Testing;

/// <summary>Reads policies out of requests and refuses what Fleet refuses.</summary>
internal sealed class PolicyReader(FleetDatabase data)
{
    private static readonly string[] Platforms = ["windows", "linux", "darwin", "chrome"];
    private static readonly string[] TeamOnly = ["calendar_events_enabled", "conditional_access_enabled", "continuous_automations_enabled", "software_title_id", "script_id", "profile_uuid"];

    /// <summary>Adds a policy.</summary>
    public PolicyRecord Add(FleetCall call, RequestBody body, long? team, long? patchTitle = null)
    {
        bool isPatch = patchTitle is not null || body.Text("type") == "patch";
        string name = Name(body.Text("name"), team, null);
        if (isPatch && (body.Text("query") is { Length: > 0 } || body.Text("platform") is { Length: > 0 }))
        {
            throw ApiError.Bad($"policy payload verification: If the \"type\" is \"patch\", the \"{(body.Text("query") is { Length: > 0 } ? "query" : "platform")}\" field is not supported.");
        }

        if (isPatch)
        {
            patchTitle ??= body.Number("patch_software_title_id") ?? throw ApiError.Bad("policy payload verification: If the \"type\" is \"patch\", the \"patch_software_title_id\" field is required.");
            _ = team is null ? throw ApiError.Bad("policy payload verification: If the \"type\" is \"patch\", the \"team\" field is required.") : Title(patchTitle.Value, team.Value);
        }

        var policy = new PolicyRecord { Id = data.NextId(), TeamId = team, Name = name, CreatedAt = data.Now, Author = call.User, PatchTitleId = patchTitle };
        if (isPatch)
        {
            policy.Sql = $"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM programs WHERE name = '{data.Titles.First(title => title.Id == patchTitle).Name}');";
        }
        else if (string.IsNullOrWhiteSpace(body.Text("query")))
        {
            throw ApiError.Bad("policy payload verification: policy query cannot be empty");
        }

        Fill(call, policy, body);
        data.Policies.Add(policy);
        return policy;
    }

    /// <summary>Changes what the body names.</summary>
    public void Fill(FleetCall call, PolicyRecord policy, RequestBody body)
    {
        CheckPlace(policy, body);
        string sql = policy.IsPatch ? policy.Sql : body.Text("query") ?? policy.Sql;
        string platform = policy.IsPatch ? "" : body.Text("platform") ?? policy.Platform;
        bool conditional = body.Flag("conditional_access_enabled") ?? policy.ConditionalAccess;
        Check(sql, platform, conditional);
        (LabelScope labels, IReadOnlyList<string> excludeAll) = Labels(call, policy, body);
        (long? title, long? installer) = Software(policy, body);
        long? script = body.Mentions("script_id") ? Script(body.Number("script_id"), policy.TeamId) : policy.ScriptId;
        string? profile = body.Mentions("profile_uuid") ? Profile(body.Text("profile_uuid"), policy.TeamId) : policy.ProfileUuid;
        bool closed = body.Flag("patch_when_closed") ?? policy.PatchWhenClosed;
        bool continuous = body.Flag("continuous_automations_enabled") ?? policy.ContinuousAutomations;

        // All is read before anything changes.
        (policy.Name, policy.Description, policy.Resolution, policy.IsCritical, policy.CalendarEvents, policy.ConditionalAccessBypass) = (
            body.Text("name") is { } name ? Name(name, policy.TeamId, policy) : policy.Name,
            body.Text("description") ?? policy.Description,
            body.Text("resolution") ?? policy.Resolution,
            Premium(call, body.Flag("critical")) ?? policy.IsCritical,
            body.Flag("calendar_events_enabled") ?? policy.CalendarEvents,
            body.Flag("conditional_access_bypass_enabled") ?? policy.ConditionalAccessBypass);
        (policy.ScriptId, policy.ProfileUuid) = (script, profile);
        (policy.TitleId, policy.InstallerId) = (title, installer);
        (policy.Labels, policy.ExcludeAll) = (labels, excludeAll);
        (policy.Sql, policy.Platform, policy.ConditionalAccess) = (sql, platform, conditional);
        (policy.PatchWhenClosed, policy.ContinuousAutomations) = (closed, closed || continuous);
        policy.UpdatedAt = data.Now;
    }

    /// <summary>Makes a stored policy what a spec says: what the spec does not name is cleared.</summary>
    public void Replace(FleetCall call, PolicyRecord policy, RequestBody spec)
    {
        (policy.Description, policy.Resolution, policy.Platform) = ("", "", "");
        (policy.IsCritical, policy.CalendarEvents, policy.ConditionalAccess, policy.ContinuousAutomations) = (false, false, false, false);
        (policy.TitleId, policy.InstallerId, policy.ScriptId, policy.ProfileUuid) = (null, null, null, null);
        (policy.Labels, policy.ExcludeAll) = (LabelScope.All, []);
        Fill(call, policy, spec);
    }

    private static void CheckPlace(PolicyRecord policy, RequestBody body)
    {
        if (policy.IsPatch && policy.UpdatedAt != default && (body.Has("query") || body.Has("platform")))
        {
            throw ApiError.Bad($"policy payload verification: \"{(body.Has("query") ? "query" : "platform")}\" can't be updated");
        }

        if (policy.TeamId is null && Array.Find(TeamOnly, name => body.Has(name) && body.Element.GetProperty(name).ToString() is not ("False" or "0" or "")) is { } member)
        {
            throw ApiError.Bad($"{member} can only be set on team policies");
        }
    }

    private static void Check(string sql, string platform, bool conditional)
    {
        string? problem = string.IsNullOrWhiteSpace(sql) ? "policy query cannot be empty"
            : platform.Length > 0 && platform.Split(',').Any(name => !Platforms.Contains(name.Trim())) ? "invalid policy platform"
            : conditional && !platform.Contains("darwin", StringComparison.Ordinal) && !platform.Contains("windows", StringComparison.Ordinal) ? "\"conditional_access_enabled\" is only valid on \"darwin\" and \"windows\" policies"
            : null;
        if (problem is not null)
        {
            throw ApiError.Bad("policy payload verification: " + problem);
        }
    }

    private string Name(string? name, long? team, PolicyRecord? self) =>
        string.IsNullOrWhiteSpace(name) ? throw ApiError.Bad("policy payload verification: policy name cannot be empty")
        : data.Policies.Any(policy => policy != self && policy.TeamId == team && policy.Name == name) ? throw ApiError.Exists($"Policy \"{name}\" already exists")
        : name;

    private static (LabelScope Labels, IReadOnlyList<string> ExcludeAll) Labels(FleetCall call, PolicyRecord policy, RequestBody body)
    {
        var labels = new LabelScope(
            body.Strings("labels_include_all") ?? policy.Labels.IncludeAll, body.Strings("labels_include_any") ?? policy.Labels.IncludeAny, body.Strings("labels_exclude_any") ?? policy.Labels.ExcludeAny);
        IReadOnlyList<string> excludeAll = body.Strings("labels_exclude_all") ?? policy.ExcludeAll;
        string? problem = labels.IncludeAll.Count > 0 && labels.IncludeAny.Count > 0 ? "policy can include at most one of labels_include_any or labels_include_all"
            : labels.ExcludeAny.Count > 0 && excludeAll.Count > 0 ? "policy can include at most one of labels_exclude_any or labels_exclude_all"
            : labels.IncludeAll.Concat(labels.IncludeAny).FirstOrDefault(name => labels.ExcludeAny.Contains(name) || excludeAll.Contains(name)) is { } both
                ? $"label \"{both}\" cannot appear in both an include and an exclude list"
            : labels.Names.Concat(excludeAll).Any(name => call.Data.Label(name) is null) ? "some or all the labels provided don't exist"
            : null;
        if (problem is not null)
        {
            throw ApiError.Bad(problem);
        }

        if (!labels.IsAll || excludeAll.Count > 0)
        {
            call.RequirePremium();
        }

        return (labels, excludeAll);
    }

    private (long? Title, long? Installer) Software(PolicyRecord policy, RequestBody body)
    {
        if (!body.Mentions("software_title_id"))
        {
            return (policy.TitleId, policy.InstallerId);
        }

        long wanted = body.Number("software_title_id") ?? 0;
        if (wanted == 0)
        {
            return (null, null);
        }

        TitleRecord title = Title(wanted, policy.TeamId!.Value);
        long? installer = body.Number("software_installer_id");
        return installer is not null && title.Packages.All(package => package.InstallerId != installer)
            ? throw ApiError.Bad($"software_installer_id {installer} is no package of software_title_id {title.Id}")
            : (title.Id, installer);
    }

    private TitleRecord Title(long id, long team) =>
        data.Titles.FirstOrDefault(title => title.Id == id && (title.Packages.Any(package => (package.TeamId ?? 0) == team) || title.Apps.Any(app => (app.TeamId ?? 0) == team)))
        ?? throw ApiError.Bad($"software_title_id {id} on team_id {team} does not have associated package or app");

    private long? Script(long? id, long? team) => id is not > 0 ? null
        : data.Scripts.FirstOrDefault(script => script.Id == id && (script.TeamId ?? 0) == team)?.Id
            ?? throw ApiError.Bad($"script with id {id} does not exist on team_id {team}");

    private string? Profile(string? uuid, long? team) => string.IsNullOrEmpty(uuid) ? null
        : data.Profiles.FirstOrDefault(profile => profile.Uuid == uuid && (profile.TeamId ?? 0) == team)?.Uuid
            ?? throw ApiError.Bad($"profile {uuid} does not exist on team_id {team}");

    private static bool? Premium(FleetCall call, bool? flag)
    {
        if (flag == true)
        {
            call.RequirePremium();
        }

        return flag;
    }
}
