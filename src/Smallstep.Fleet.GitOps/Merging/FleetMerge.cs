namespace Smallstep.Fleet.GitOps;

/// <summary>Adds to the fleets of a repository; a fleet without a file gets one.</summary>
internal sealed class FleetMerge(MergeSession session)
{
    private readonly RepositoryDraft _draft = session.Draft;
    private readonly RepositoryNames _names = session.Draft.Names;

    public void Add(TeamState team)
    {
        IReadOnlyList<ParsedFile> files = session.Repository.Parsed;
        ParsedFile? file = files.FirstOrDefault(candidate => team.IsUnassigned ? candidate.IsNoTeam : !candidate.IsNoTeam && candidate.Name == team.Name);
        TeamState present = session.Present.Teams.FirstOrDefault(known => known.IsUnassigned ? team.IsUnassigned : known.Name == team.Name) ?? new TeamState(team.Name);
        if (file is not null)
        {
            Merge(team, present, file);
        }
        else if (team.IsUnassigned && files.FirstOrDefault(candidate => candidate.Name is null && candidate.ControlsSet) is { } global)
        {
            UnassignedInGlobal(team, present, global);
        }
        else
        {
            string folder = _names.FleetFolder;
            string name = team.IsUnassigned ? _names.UnassignedFile : FileNames.Free(FileNames.Slug(team.Name) + ".yml", taken => session.Repository.Scope.Exists($"{folder}/{taken}"));
            session.NewFiles.Add(_draft.FleetFile(team, $"{folder}/{name}"));
        }
    }

    private void Merge(TeamState team, TeamState present, ParsedFile file)
    {
        string main = RepositoryPath.Normalize(file.Path);
        string slug = FileNames.Slug(team.Name);
        TeamState added = Added(team with { Software = _draft.Exceptions.Software ? null : [.. (team.Software ?? []).Where(package => IsNew(package, present))] }, present, file);
        Controls(added, file, main);
        AddToControls(file, [("scripts", "scripts")], added.Scripts!, new FleetFileWriter(_draft, added, main).Script);
        Software(added, file, main, slug);
        var policies = new PolicyWriter(_draft, added, slug, main) { ScriptFile = name => file.Scripts.Find(script => IsOne(RepositoryPath.Base(script.Path), name))?.Path };
        session.Add(file.Root, file.Path, [("policies", "policies")], added.Policies!, policies.Policy);
        session.Add(file.Root, file.Path, [("reports", _names.Reports)], added.Reports!, GlobalFileWriter.Report);
        session.Add(file.Root, file.Path, [("labels", "labels")], session.NewLabels(team.Labels, present.Labels, file.Path), GlobalFileWriter.Label);
        session.LeaveSettings($"of {team.Name}", file.Path, team.Settings, team.Controls, team.AgentOptions);
    }

    // What of a fleet is new; what differs or cannot be merged is reported.
    private TeamState Added(TeamState team, TeamState present, ParsedFile file)
    {
        session.LeaveOthers(
            team.Profiles, present.Profiles, Entry.Of, (one, other) => one.HasSameContents(other) && one.HasSameActivation(other), file.Path, "other contents or another activation");
        bool hasAssets = session.Options.FleetVersion.Capabilities.DeclarationAssets;
        if (hasAssets)
        {
            session.LeaveOthers(team.Assets, present.Assets, Entry.Of, (one, other) => one.HasSameContents(other), file.Path);
        }
        else if (team.Assets is { Count: > 0 } assets)
        {
            session.Leave($"Fleet {session.Options.FleetVersion} has no assets (4.90); none of the {assets.Count} of {team.Name} is added.", file.Path);
        }

        if (team.SetupFiles is { } setup && setup != new SetupFilesState() && setup != present.SetupFiles)
        {
            session.Leave($"The files of the set-up experience of {team.Name} are not merged: a fleet has one of each, and it would replace what is there.", file.Path);
        }

        TeamState added = new WritableTeam(_draft, file.Path, present).Of(hasAssets ? team : team with { Assets = null });
        return added with { CertificateTemplates = MergeSession.New(team.CertificateTemplates, present.CertificateTemplates, template => template.Name) };
    }

    private bool IsOne(string fileName, string name) => FileNames.Closest(fileName, session.Options.FleetVersion) == FileNames.Closest(name, session.Options.FleetVersion);

    private void Software(TeamState added, ParsedFile file, string main, string slug)
    {
        session.Add(file.Root, file.Path, [("software", "software"), ("packages", "packages")], new SoftwareWriter(_draft, added, slug, main).Items(), (item, write) => write(item));
        var apps = new AppWriter(_draft, added, slug, main);
        session.Add(file.Root, file.Path, [("software", "software"), ("app_store_apps", "app_store_apps")], added.AppStoreApps!, apps.Store);
        session.Add(file.Root, file.Path, [("software", "software"), ("fleet_maintained_apps", "fleet_maintained_apps")], added.MaintainedApps!, apps.Maintained);
    }

    // controls may be filled in only one of the two files, and here it is the global one.
    private void UnassignedInGlobal(TeamState team, TeamState present, ParsedFile global)
    {
        var controls = new TeamState(team.Name) { Profiles = team.Profiles, Assets = team.Assets, CertificateTemplates = team.CertificateTemplates, SetupFiles = team.SetupFiles };
        Controls(Added(controls, present, global), global, RepositoryPath.Normalize(global.Path));
        if (team is { Software.Count: > 0 } or { Scripts.Count: > 0 } or { Policies.Count: > 0 } or { AppStoreApps.Count: > 0 } or { MaintainedApps.Count: > 0 })
        {
            session.Leave("Software, scripts and policies of hosts without a fleet need unassigned.yml, and controls would have to move there from the global file.", global.Path);
        }
    }

    private void Controls(TeamState added, ParsedFile file, string main)
    {
        var writer = new FleetFileWriter(_draft, added, main);
        foreach (IGrouping<string, ProfileState> platform in added.Profiles!.GroupBy(Section))
        {
            (string, string) settings = (platform.Key, platform.Key == "apple_settings" ? _names.AppleSettings : platform.Key);
            AddToControls(file, [settings, ("configuration_profiles", _names.Profiles)], platform, writer.Profile);
        }

        AddToControls(file, [("apple_settings", _names.AppleSettings), ("assets", "assets")], added.Assets!, writer.Asset);
        AddToControls(file, [("android_settings", "android_settings"), ("certificates", "certificates")], added.CertificateTemplates!, FleetFileWriter.Template);
    }

    private static string Section(ProfileState profile) =>
        FleetFileWriter.IsWindows(profile) ? "windows_settings" : FleetFileWriter.IsAndroid(profile) ? "android_settings" : "apple_settings";

    private bool IsNew(SoftwareState package, TeamState present)
    {
        bool there = (present.Software ?? []).Any(known => (known.Url is not null && known.Url == package.Url) || (known.Sha256 is not null && known.Sha256 == package.Sha256));
        if (!there && !_names.PackageLists && (present.Software ?? []).FirstOrDefault(known => SoftwareTitles.KeyOf(known) == SoftwareTitles.KeyOf(package)) is { } sameTitle)
        {
            _draft.Omit(GitOpsRules.OnePackagePerTitle.At($"{package.FileName} is left out of {present.Name}: {sameTitle.FileName} of the same title is there."));
            return false;
        }

        return !there;
    }

    // Paths in a file that controls points to mean the main file's folder, so what is added there is right as well.
    private void AddToControls<T>(ParsedFile file, (string, string)[] keys, IEnumerable<T> items, Action<YamlText, T> write)
    {
        bool inOwnFile = file.Controls is { } controls && controls.File != file.Root.File;
        session.Add(inOwnFile ? file.Controls! : file.Root, file.Path, inOwnFile ? keys : [("controls", "controls"), .. keys], items, write);
    }
}
