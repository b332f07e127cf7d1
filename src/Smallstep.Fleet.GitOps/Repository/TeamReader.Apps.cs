namespace Smallstep.Fleet.GitOps;

/// <summary>Reads the apps that a file declares.</summary>
internal sealed partial class TeamReader
{
    public IReadOnlyList<AppStoreAppState> AppStoreApps() => [.. file.AppStoreApps.Select(app => new AppStoreAppState(Text(app, "app_store_id"), Text(app, "platform") is { Length: > 0 } platform ? platform : "darwin")
    {
        SelfService = app["self_service"] is { IsTrue: true },
        Categories = app.Texts("categories"),
        DisplayName = Text(app, "display_name"),
        Targets = Targets(app.Texts),
        SetupExperience = InSetup(app, Flag(app, "setup_experience")),
        Configuration = Asset(Inline(app), "configuration"),
        AutoUpdateEnabled = Flag(app, "auto_update_enabled"),
        AutoUpdateWindowStart = Text(app, "auto_update_window_start"),
        AutoUpdateWindowEnd = Text(app, "auto_update_window_end"),
    })];

    public IReadOnlyList<MaintainedAppState> MaintainedApps() => [.. file.MaintainedApps.Select(app => new MaintainedAppState(Text(app, "slug"))
    {
        Version = Text(app, "version"),
        SelfService = app["self_service"] is { IsTrue: true },
        Categories = app.Texts("categories"),
        DisplayName = Text(app, "display_name"),
        Targets = Targets(app.Texts),
        SetupExperience = InSetup(_ => false, Flag(app, "setup_experience")),
        InstallScript = Asset(Inline(app), "install_script"),
        PostInstallScript = Asset(Inline(app), "post_install_script"),
        UninstallScript = Asset(Inline(app), "uninstall_script"),
        PreInstallQuery = Query(Inline(app)),
    })];

    private ParsedPackage Inline(GitOpsNode app) => new(app, app, RepositoryPath.Folder(RepositoryPath.Normalize(file.Path)), "");

    private static string Text(GitOpsNode node, string key) => node[key]?.AsText() ?? "";

    private static bool? Flag(GitOpsNode node, string key) => node[key] is { Kind: GitOpsNodeKind.Boolean } flag ? flag.IsTrue : null;

    /// <summary>Where a script is also installed while a device is set up: <c>darwin</c>, <c>darwin, linux</c>, or a list.</summary>
    private static IReadOnlyList<string>? Platforms(GitOpsNode? node) => node is null or { IsNull: true } ? null
        : [.. (node.Items.Count > 0 ? node.Items.Select(item => item.Text) : node.Text.Split(',')).Select(word => word.Trim().ToLowerInvariant()).Where(word => word.Length > 0).Distinct()];
}
