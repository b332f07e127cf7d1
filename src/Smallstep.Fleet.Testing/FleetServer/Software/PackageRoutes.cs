namespace Smallstep.Fleet.Testing;

/// <summary>Software packages: upload, edit, download, delete.</summary>
internal sealed class PackageRoutes(FleetDatabase data)
{
    private readonly PackageCatalog _store = new(data);
    private readonly TitleJson _json = new(data);

    public void Register(ApiRouter router)
    {
        router.Add("POST", "/software/package", Upload, route => route with { ReadsForm = true, MaxBytes = capabilities => capabilities.MaxInstallerBytes });
        router.Add("PATCH", "/software/titles/{id}/package", Edit, route => route with { ReadsForm = true, MaxBytes = capabilities => capabilities.MaxInstallerBytes });
        router.Add("DELETE", "/software/titles/{id}/available_for_install", Delete);
        router.Add("GET", "/software/titles/{id}/package", Download);
    }

    private ApiResult Upload(FleetCall call)
    {
        call.RequirePremium();
        TeamFilter team = call.FormTeam();
        call.Require(Permission.WritePackages, team.Id);
        UploadedFile file = call.Form.File("software") ?? throw ApiError.Bad("software multipart field is required");
        PackageFacts facts = PackageReader.Read(file, data.Version)
            ?? throw ApiError.Bad("Couldn't add. File type not supported. The file should be .pkg, .msi, .exe, .deb, .rpm, .tar.gz, .ipa, .sh or .ps1.");
        LabelScope labels = LabelScopeReader.ReadForSoftware(call, call.Form.Texts);
        bool isBase64 = call.Http.Request.Headers["X-Fleet-Scripts-Encoded"] == "base64";
        string install = PackageReader.Script(call.Form.Text("install_script"), isBase64);
        string uninstall = PackageReader.Script(call.Form.Text("uninstall_script"), isBase64);
        if (file.Extension is ".exe" or ".tar.gz" && (install.Length == 0 || uninstall.Length == 0))
        {
            throw ApiError.Bad($"Couldn't add. {(install.Length == 0 ? "Install" : "Uninstall")} script is required for {file.Extension} packages.");
        }

        var package = new PackageRecord
        {
            InstallerId = data.NextId(),
            TeamId = team.Id,
            FileName = file.FileName,
            Version = facts.Version,
            Platform = facts.Platform,
            Sha256 = file.Sha256,
            Contents = file.IsComplete ? file.Contents : ReadOnlyMemory<byte>.Empty,
            UploadedAt = data.Now,
            InstallScript = install.Length > 0 ? install : PackageReader.DefaultInstallScript(file.Extension),
            UninstallScript = uninstall.Length > 0 ? uninstall : PackageReader.DefaultUninstallScript(file.Extension, facts.Name),
            PostInstallScript = PackageReader.Script(call.Form.Text("post_install_script"), isBase64),
            PreInstallQuery = call.Form.Text("pre_install_query") ?? "",
            SelfService = call.Form.Text("self_service") == "true",
            AutomaticInstall = call.Form.Text("automatic_install") == "true",
            Categories = call.Form.Texts("categories") ?? [],
            Labels = labels,
        };
        SecretReferences.Check(data, package.InstallScript, package.PostInstallScript, package.UninstallScript);
        TitleRecord title = _store.Add(facts, package);
        call.Log("added_software", ("software_title", title.Name), ("software_package", package.FileName), ("team_name", team.Id is null ? null : data.TeamName(team.Id)));
        return ApiResult.Object(writer => writer.WriteObject("software_package", () => _json.WritePackage(writer, title, package, withStatus: false)));
    }

    private ApiResult Edit(FleetCall call)
    {
        call.RequirePremium();
        TeamFilter team = call.FormTeam();
        if (!team.IsGiven)
        {
            throw ApiError.Bad(data.Capabilities.FleetAndReportNames ? "fleet_id is required; enter 0 for unassigned" : "team_id is required; enter 0 for no team");
        }

        call.Require(Permission.WritePackages, team.Id);
        long? installer = long.TryParse(call.Form.Text("installer_id"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long id) ? id : null;
        (TitleRecord title, PackageRecord package) = _store.Find(call.Id(), team.Id, installer);

        // All is checked before anything changes.
        UploadedFile? file = call.Form.File("software");
        PackageFacts? facts = file is null ? null : Facts(title, file);
        string? pinned = call.Form.Has("version") ? Pin(call, package) : package.PinnedVersion;
        EditFields(call, title, package);
        package.PinnedVersion = pinned;
        if (file is not null)
        {
            Replace(package, file, facts!);
        }

        call.Log("edited_software", ("software_title", title.Name), ("software_package", package.FileName));
        return ApiResult.Object(writer => writer.WriteObject("software_installer", () => _json.WritePackage(writer, title, package, withStatus: false)));
    }

    private PackageFacts Facts(TitleRecord title, UploadedFile file) =>
        PackageReader.Read(file, data.Version) is { } facts && facts.Name == title.Name && facts.Source == title.Source
            ? facts
            : throw ApiError.Bad("The selected package is for different software.");

    private void Replace(PackageRecord package, UploadedFile file, PackageFacts facts)
    {
        package.FileName = file.FileName;
        package.Version = facts.Version;
        package.Sha256 = file.Sha256;
        package.Contents = file.IsComplete ? file.Contents : ReadOnlyMemory<byte>.Empty;
        package.UploadedAt = data.Now;
    }

    private static string? Pin(FleetCall call, PackageRecord package)
    {
        string[] others = ["install_script", "uninstall_script", "post_install_script", "pre_install_query", "self_service", "display_name", "categories", "labels_include_all", "labels_include_any", "labels_exclude_any"];
        if (call.Form.File("software") is not null || others.Any(call.Form.Has))
        {
            throw ApiError.Bad("Couldn't update. \"version\" can't be changed at the same time as other fields.");
        }

        return package.MaintainedAppId is null ? throw ApiError.Bad("Couldn't update. \"version\" can only be changed for Fleet-maintained apps.")
            : call.Form.Text("version") is { Length: > 0 } version ? version
            : null;
    }

    private void EditFields(FleetCall call, TitleRecord title, PackageRecord package)
    {
        bool isBase64 = call.Http.Request.Headers["X-Fleet-Scripts-Encoded"] == "base64";
        string? Script(string name) => call.Form.Has(name) ? PackageReader.Script(call.Form.Text(name), isBase64) : null;
        (string install, string uninstall, string postInstall) = (
            Script("install_script") ?? package.InstallScript, Script("uninstall_script") ?? package.UninstallScript, Script("post_install_script") ?? package.PostInstallScript);
        LabelScope labels = EditedLabels(call) ?? package.Labels;
        SecretReferences.Check(data, install, postInstall, uninstall);
        (package.InstallScript, package.UninstallScript, package.PostInstallScript, package.Labels) = (install, uninstall, postInstall, labels);
        package.PreInstallQuery = call.Form.Text("pre_install_query") ?? package.PreInstallQuery;
        package.SelfService = call.Form.Has("self_service") ? call.Form.Text("self_service") == "true" : package.SelfService;
        package.Categories = call.Form.Texts("categories") ?? package.Categories;
        title.SetDisplayName(package.TeamId, call.Form.Text("display_name"));
    }

    private static LabelScope? EditedLabels(FleetCall call) => new[] { "labels_include_any", "labels_exclude_any", "labels_include_all" }.Count(call.Form.Has) switch
    {
        0 => null,
        1 => LabelScopeReader.ReadForSoftware(call, call.Form.Texts),
        _ => throw ApiError.Bad("Only one of \"labels_include_all\", \"labels_include_any\" or \"labels_exclude_any\" can be included."),
    };

    private ApiResult Delete(FleetCall call)
    {
        call.RequirePremium();
        TeamFilter team = call.Team();
        if (!team.IsGiven)
        {
            throw ApiError.Bad("team_id is required");
        }

        call.Require(Permission.WritePackages, team.Id);
        if (data.Titles.FirstOrDefault(one => one.Id == call.Id())?.Apps.FirstOrDefault(one => one.TeamId == team.Id) is { } app)
        {
            return DeleteApp(call, app);
        }

        (TitleRecord title, PackageRecord package) = _store.Find(call.Id(), team.Id, call.Number("installer_id"));
        if (data.Policies.Any(policy => policy.TitleId == title.Id && (policy.TeamId ?? 0) == (team.Id ?? 0)))
        {
            throw ApiError.Conflict("Couldn't delete. Policy automation uses this software. Please disable policy automation for this software and try again.");
        }

        if (package.SetupPlatforms.Count > 0)
        {
            throw ApiError.Conflict("Couldn't delete. This software is installed when new hosts boot. Please remove software in Controls > Setup experience and try again.");
        }

        _store.Remove(title, package);
        call.Log("deleted_software", ("software_title", title.Name), ("software_package", package.FileName));
        return ApiResult.NoContent();
    }

    private ApiResult DeleteApp(FleetCall call, AppRecord app)
    {
        if (app.IsInSetup)
        {
            throw ApiError.Conflict("Couldn't delete. This software is installed when new hosts boot. Please remove software in Controls > Setup experience and try again.");
        }

        data.Titles.ForEach(title => title.Apps.Remove(app));
        call.Log("deleted_app_store_app", ("software_title", app.App.Name), ("app_store_id", app.App.AppStoreId));
        return ApiResult.NoContent();
    }

    private ApiResult Download(FleetCall call)
    {
        call.RequirePremium();
        TeamFilter team = call.Team();
        call.Require(Permission.ReadPackages, team.Id);
        (TitleRecord title, PackageRecord package) = _store.Find(call.Id(), team.Id, call.Number("installer_id"));
        return call.Raw("alt") == "media"
            ? ApiResult.File(package.Contents, package.FileName)
            : ApiResult.Object(writer => writer.WriteObject("software_installer", () => _json.WritePackage(writer, title, package, withStatus: false)));
    }
}
