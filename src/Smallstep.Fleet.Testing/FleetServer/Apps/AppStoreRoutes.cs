namespace Smallstep.Fleet.Testing;

/// <summary>Apps of the stores: what Apple Business offers, what teams have, and a team's apps as a whole.</summary>
internal sealed class AppStoreRoutes(FleetDatabase data)
{
    private readonly TitleJson _json = new(data);

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/software/app_store_apps", List);
        router.Add("POST", "/software/app_store_apps", Add);
        router.Add("POST", "/software/app_store_apps/batch", Batch);
        router.Add("PATCH", "/software/titles/{id}/app_store_app", Edit);
    }

    private ApiResult List(FleetCall call)
    {
        call.RequirePremium();
        TeamFilter team = call.Team();
        call.Require(Permission.ReadPackages, team.Id);
        IEnumerable<CatalogueApp> offered = data.Options.AppStore.Where(app => data.Titles.SelectMany(title => title.Apps).All(added => added.TeamId != team.Id || added.App != app));
        return ApiResult.Object(writer => writer.WriteArray("app_store_apps", offered, app =>
        {
            writer.WriteStartObject();
            writer.WriteString("app_store_id", app.AppStoreId);
            writer.WriteString("platform", app.Platform);
            writer.WriteString("name", app.Name);
            writer.WriteString("latest_version", app.LatestVersion);
            writer.WriteString("icon_url", "");
            writer.WriteString("bundle_identifier", app.BundleIdentifier);
            writer.WriteEndObject();
        }));
    }

    private ApiResult Add(FleetCall call)
    {
        call.RequirePremium();
        long? team = BodyTeam(call);
        call.Require(Permission.WritePackages, team);
        CatalogueApp app = Find(call.Body);
        if (data.Titles.SelectMany(title => title.Apps).Any(added => added.TeamId == team && added.App == app))
        {
            throw ApiError.Conflict($"Couldn't add software. {app.Name} already has a package or app available for install on the {data.TeamName(team)} team.");
        }

        AppRecord record = Read(call, call.Body, app, team);
        TitleRecord title = Title(app);
        title.Apps.Add(record);
        call.Log("added_app_store_app", ("software_title", title.Name), ("app_store_id", app.AppStoreId), ("team_name", team is null ? null : data.TeamName(team)));
        return ApiResult.Object(writer => writer.WriteNumber("software_title_id", title.Id));
    }

    private ApiResult Edit(FleetCall call)
    {
        call.RequirePremium();
        long? team = BodyTeam(call);
        call.Require(Permission.WritePackages, team);
        long id = call.Id();
        TitleRecord title = data.Titles.FirstOrDefault(t => t.Id == id) ?? throw ApiError.NotFound("Software title was not found in the datastore");
        AppRecord app = title.Apps.FirstOrDefault(a => a.TeamId == team) ?? throw ApiError.NotFound("VPPApp was not found in the datastore");
        RequestBody body = call.Body;
        string[] labels = ["labels_include_all", "labels_include_any", "labels_exclude_any"];
        int lists = labels.Count(body.Has);
        LabelScope scope = lists > 1 ? throw ApiError.Invalid("labels", "Only one of \"labels_include_all\", \"labels_include_any\" or \"labels_exclude_any\" can be included.")
            : lists == 1 ? LabelScopeReader.ReadForSoftware(call, body.Strings) : app.Labels;
        CheckWindow(body);
        string? displayName = body.Text("display_name");

        // All is read before anything changes.
        (app.Labels, app.SelfService, app.Categories, app.Configuration, app.AutoUpdateEnabled, app.AutoUpdateWindowStart, app.AutoUpdateWindowEnd) = (
            scope,
            body.Flag("self_service") ?? app.SelfService,
            body.Strings("categories") ?? app.Categories,
            body.Has("configuration") ? body.Element.GetProperty("configuration").Clone() : app.Configuration,
            body.Flag("auto_update_enabled") ?? app.AutoUpdateEnabled,
            body.Text("auto_update_window_start") ?? app.AutoUpdateWindowStart,
            body.Text("auto_update_window_end") ?? app.AutoUpdateWindowEnd);
        title.SetDisplayName(team, displayName);
        call.Log("edited_app_store_app", ("software_title", title.Name), ("app_store_id", app.App.AppStoreId));
        return ApiResult.Object(writer => writer.WriteObject("app_store_app", () => _json.WriteApp(writer, title, app)));
    }

    private ApiResult Batch(FleetCall call)
    {
        call.RequirePremium();
        long? team = call.TeamByIdOrName();
        call.Require(Permission.WritePackages, team);
        List<(RequestBody Body, AppRecord App)> listed = [.. (call.Body.Objects("app_store_apps") ?? []).Select(body => (body, Read(call, body, Find(body), team)))];
        if (!call.Flag("dry_run"))
        {
            data.Titles.ForEach(title => title.Apps.RemoveAll(app => app.TeamId == team));
            foreach ((RequestBody body, AppRecord app) in listed)
            {
                TitleRecord title = Title(app.App);
                title.Apps.Add(app);
                title.SetDisplayName(team, body.Text("display_name") ?? "");
            }
        }

        return ApiResult.Object(writer => writer.WriteArray("app_store_apps", listed, item =>
        {
            writer.WriteStartObject();
            writer.WriteOptional("team_id", team);
            writer.WriteString("app_store_id", item.App.App.AppStoreId);
            writer.WriteEndObject();
        }));
    }

    private CatalogueApp Find(RequestBody body)
    {
        string id = body.Text("app_store_id") is { Length: > 0 } given ? given : throw ApiError.Invalid("app_store_id", "app_store_id is required");
        string platform = body.Text("platform") is { Length: > 0 } named ? named : "darwin";
        return data.Options.AppStore.FirstOrDefault(app => app.AppStoreId == id && app.Platform == platform)
            ?? throw ApiError.Invalid("app_store_id", $"Couldn't add software. {id} isn't available in Apple Business. Please purchase license and try again.");
    }

    private AppRecord Read(FleetCall call, RequestBody body, CatalogueApp app, long? team)
    {
        CheckWindow(body);
        return new AppRecord
        {
            App = app,
            TeamId = team,
            CreatedAt = data.Now,
            SelfService = body.Flag("self_service") ?? false,
            Categories = body.Strings("categories") ?? [],
            Labels = LabelScopeReader.ReadForSoftware(call, body.Strings),
            Configuration = body.Has("configuration") ? body.Element.GetProperty("configuration").Clone() : null,
            IsInSetup = body.Flag("setup_experience") ?? body.Flag("install_during_setup") ?? false,
            AutoUpdateEnabled = body.Flag("auto_update_enabled"),
            AutoUpdateWindowStart = body.Text("auto_update_window_start"),
            AutoUpdateWindowEnd = body.Text("auto_update_window_end"),
        };
    }

    private static void CheckWindow(RequestBody body)
    {
        if (body.Flag("auto_update_enabled") == true && (body.Text("auto_update_window_start") is not { Length: > 0 } || body.Text("auto_update_window_end") is not { Length: > 0 }))
        {
            throw ApiError.Invalid("auto_update_window_start", "Start and end time must both be set");
        }
    }

    private TitleRecord Title(CatalogueApp app)
    {
        string source = app.Platform switch { "ios" => "ios_apps", "ipados" => "ipados_apps", "android" => "android_apps", _ => "apps" };
        TitleRecord? title = data.Titles.FirstOrDefault(t => t.Name == app.Name && t.Source == source);
        if (title is null)
        {
            title = new TitleRecord { Id = data.NextId(), Name = app.Name, Source = source, BundleIdentifier = app.BundleIdentifier };
            data.Titles.Add(title);
        }

        return title;
    }

    private long? BodyTeam(FleetCall call)
    {
        long id = call.Body.Number("team_id") ?? throw ApiError.Bad("team_id is required");
        return id > 0 ? data.Team(id).Id : null;
    }
}
