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
            session.NewFiles.Add(new RepositoryFile($"{folder}/{name}", new FleetFileWriter(_draft, team, $"{folder}/{name}").Write()));
        }
    }

    private void Merge(TeamState team, TeamState present, ParsedFile file)
    {
        string main = RepositoryPath.Normalize(file.Path);
        string slug = FileNames.Slug(team.Name);
        Profiles(team, present, file, main);
        AddToControls(file, [("scripts", "scripts")], MergeSession.New(team.Scripts, present.Scripts, script => script.Name), new FleetFileWriter(_draft, team, main).Script);
        if (!_draft.Exceptions.Software)
        {
            Software(team, present, file, main, slug);
        }

        var policies = new PolicyWriter(_draft, team, slug, main) { ScriptFile = name => file.Scripts.Find(script => RepositoryPath.Base(script.Path) == name)?.Path };
        session.Add(file.Root, file.Path, [("policies", "policies")], MergeSession.New(team.Policies, present.Policies, policy => policy.Name), policies.Policy);
        session.Add(file.Root, file.Path, [("reports", _names.Reports)], MergeSession.New(team.Reports, present.Reports, report => report.Name), GlobalFileWriter.Report);
        session.Add(file.Root, file.Path, [("labels", "labels")], session.NewLabels(team.Labels, present.Labels), GlobalFileWriter.Label);
        session.LeaveSettings($"of {team.Name}", file.Path, team.Settings, team.Controls, team.AgentOptions);
    }

    private void Software(TeamState team, TeamState present, ParsedFile file, string main, string slug)
    {
        var software = new SoftwareWriter(_draft, team with { Software = [.. (team.Software ?? []).Where(package => IsNew(package, present))] }, slug, main);
        session.Add(file.Root, file.Path, [("software", "software"), ("packages", "packages")], software.Items(), (item, write) => write(item));
        var apps = new AppWriter(_draft, team, slug, main);
        session.Add(
            file.Root, file.Path, [("software", "software"), ("app_store_apps", "app_store_apps")],
            MergeSession.New(team.AppStoreApps, present.AppStoreApps, app => (app.AppStoreId, app.Platform)), apps.Store);
        session.Add(
            file.Root, file.Path, [("software", "software"), ("fleet_maintained_apps", "fleet_maintained_apps")],
            MergeSession.New(team.MaintainedApps, present.MaintainedApps, app => app.Slug), apps.Maintained);
    }

    // controls may be filled in only one of the two files, and here it is the global one.
    private void UnassignedInGlobal(TeamState team, TeamState present, ParsedFile global)
    {
        Profiles(team, present, global, RepositoryPath.Normalize(global.Path));
        if (team is { Software.Count: > 0 } or { Scripts.Count: > 0 } or { Policies.Count: > 0 } or { AppStoreApps.Count: > 0 } or { MaintainedApps.Count: > 0 })
        {
            session.Leave("Software, scripts and policies of hosts without a fleet need unassigned.yml, and controls would have to move there from the global file.", global.Path);
        }
    }

    private void Profiles(TeamState team, TeamState present, ParsedFile file, string main)
    {
        var writer = new FleetFileWriter(_draft, team, main);
        foreach (ProfileState differs in (team.Profiles ?? []).Where(profile => (present.Profiles ?? []).Any(known => known.Name == profile.Name && !(known.HasSameContents(profile) && known.HasSameActivation(profile)))))
        {
            session.Leave($"The profile {differs.Name} is there with other contents or another activation and stays as it is.", file.Path);
        }

        foreach (IGrouping<string, ProfileState> platform in MergeSession.New(team.Profiles, present.Profiles, profile => profile.Name).GroupBy(Section))
        {
            (string, string) settings = (platform.Key, platform.Key == "apple_settings" ? _names.AppleSettings : platform.Key);
            AddToControls(file, [settings, ("configuration_profiles", _names.Profiles)], platform, writer.Profile);
        }

        Assets(team, present, file, writer);
        CertificateTemplateState[] templates = MergeSession.New(team.CertificateTemplates, present.CertificateTemplates, template => template.Name);
        AddToControls(file, [("android_settings", "android_settings"), ("certificates", "certificates")], templates, FleetFileWriter.Template);
        if (team.SetupFiles is { } setup && setup != new SetupFilesState() && setup != present.SetupFiles)
        {
            session.Leave($"The files of the set-up experience of {team.Name} are not merged: a fleet has one of each, and it would replace what is there.", file.Path);
        }
    }

    private void Assets(TeamState team, TeamState present, ParsedFile file, FleetFileWriter writer)
    {
        if (!session.Options.FleetVersion.Capabilities.DeclarationAssets)
        {
            return;
        }

        foreach (AssetState differs in (team.Assets ?? []).Where(asset => (present.Assets ?? []).Any(known => known.Name == asset.Name && !known.HasSameContents(asset))))
        {
            session.Leave($"The asset {differs.Name} is there with other contents and stays as it is.", file.Path);
        }

        AddToControls(file, [("apple_settings", _names.AppleSettings), ("assets", "assets")], MergeSession.New(team.Assets, present.Assets, asset => asset.Name), writer.Asset);
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
