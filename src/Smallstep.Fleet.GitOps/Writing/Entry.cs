namespace Smallstep.Fleet.GitOps;

/// <summary>An object of a list, as far as it decides whether and under which name a repository can hold it.</summary>
/// <param name="Kind">What it is, such as <c>profile</c>.</param>
/// <param name="Name">The name that Fleet knows it by.</param>
internal sealed record Entry(string Kind, string Name)
{
    /// <summary>What its file's name has after the object's name; <see langword="null"/> where the two names have nothing to do with each other.</summary>
    public string? Extension { get; init; }

    /// <summary>Whether all of it is known: its file's contents, or more of an app than its name.</summary>
    public bool IsReadable { get; init; } = true;

    public LabelTargets Targets { get; init; } = LabelTargets.All;

    /// <summary>The name of its file before it is cleaned.</summary>
    public string FileName => Name + Extension;

    /// <summary>The name that fleetctl knows it by once it is in a repository.</summary>
    public string NameFor(FleetVersion version) => Extension is null ? Name : FileNames.Closest(FileName, version)[..^Extension.Length];

    public static Entry Of(ProfileState profile) => new("profile", profile.Name)
    {
        Extension = profile.FileName.EndsWith(".mobileconfig", StringComparison.OrdinalIgnoreCase) ? null : Path.GetExtension(profile.FileName.TrimEnd(' ', '.')),
        IsReadable = profile.Contents is not null,
        Targets = profile.Targets,
    };

    public static Entry Of(AssetState asset) => new("asset", asset.Name) { Extension = ".json", IsReadable = asset.Contents is not null };

    public static Entry Of(ScriptState script) => new("script", script.Name) { Extension = "", IsReadable = script.Contents is not null };

    public static Entry Of(YaraRuleState rule) => new("YARA rule", rule.Name) { Extension = "", IsReadable = rule.Contents is not null };

    public static Entry Of(SoftwareState package) => new("package", package.FileName) { Targets = package.Targets };

    public static Entry Of(AppStoreAppState app) => new("app", $"{app.AppStoreId} ({app.Platform})") { IsReadable = !app.IsPartial, Targets = app.Targets };

    public static Entry Of(MaintainedAppState app) => new("app", app.Slug) { IsReadable = !app.IsPartial, Targets = app.Targets };

    public static Entry Of(PolicyState policy) => new("policy", policy.Name) { Targets = policy.Targets };

    public static Entry Of(ReportState report) => new("report", report.Name) { Targets = report.Targets };
}
