namespace Smallstep.Fleet.GitOps;

/// <summary>What a file's sections do that one does not see: deletions, labels, packages of one title, ignored and renamed keys.</summary>
internal sealed class SectionFindings(RunScope scope, ParsedFile file, bool hasUnassigned)
{
    private static readonly string[] OldestRenames = ["team_settings", "queries"];

    public IEnumerable<Finding> Find() =>
        file.Root.Kind != GitOpsNodeKind.Mapping ? [] : [.. Absent(), .. OldKeys(), .. Packages(), .. Labels(), .. Paths(), .. Licence(), .. YaraRules()];

    private IEnumerable<Finding> Absent()
    {
        GitOpsExceptions exceptions = scope.Run.Server.Exceptions;
        bool isGlobal = file.Root.Has("org_settings");
        (string Key, bool IsAbsent, string What)[] sections =
        [
            ("org_settings.certificate_authorities", isGlobal && file.Settings is { } settings && !settings.Has("certificate_authorities"), "every certificate authority"),
            ("labels", !exceptions.Labels && !file.LabelsPresent && !file.IsNoTeam && (isGlobal || scope.Capabilities.FleetAndReportNames), "every label of this scope"),
            ("software", !exceptions.Software && !isGlobal && !file.SoftwarePresent && scope.Run.Server.IsPremium, "all software"),
            ("secrets", !exceptions.Secrets && !file.SecretsPresent && !file.IsNoTeam, "every enroll secret"),
            ("controls", !isGlobal && !file.Root.Has("controls"), "every profile and script"),
            ("reports", !file.IsNoTeam && !file.Root.Has("reports"), "every report"),
            ("policies", !file.Root.Has("policies"), "every policy"),
            ("custom_host_vitals", isGlobal && scope.Capabilities.CustomHostVitals && !file.Root.Has("custom_host_vitals"), "every custom host vital"),
        ];
        IEnumerable<Finding> absent = sections.Where(section => section.IsAbsent)
            .Select(section => GitOpsRules.AbsentSection.At($"{section.Key} is absent: the run deletes {section.What} that the server has here.", file.Path, 1, 1));
        return isGlobal && !hasUnassigned && scope.Run.Server.IsPremium
            ? absent.Append(GitOpsRules.AbsentSection.At(
                "No file for hosts without a fleet is in the run: it clears their software, policies, webhook and set-up script.", file.Path, 1, 1,
                remedy: "Add fleets/unassigned.yml where hosts without a fleet have any of them.", severity: FindingSeverity.Info))
            : absent;
    }

    private IEnumerable<Finding> OldKeys() => file.OldKeys
        .Where(key => OldestRenames.Contains(key.Old) ? scope.Capabilities.FleetAndReportNames : scope.Capabilities.AppleSettingsKeys)
        .Select(key => GitOpsRules.OldKey.At($"{key.Old} is now {key.New}.", file.Path, key.Entry.Line, key.Entry.Column));

    private IEnumerable<Finding> Packages()
    {
        foreach (IGrouping<string, ParsedPackage> title in file.Packages.GroupBy(Title).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            ParsedPackage second = title.ElementAt(1);
            bool isList = title.All(package => package.File.Length > 0 && package.File == second.File);
            if (!scope.Capabilities.SeveralPackagesPerTitle)
            {
                yield return GitOpsRules.OnePackagePerTitle.At($"{FileName(second)} and {FileName(title.First())} are of one title; before Fleet 4.90 a fleet holds one of them.", second.Node.File, second.Node.Line, second.Node.Column);
            }
            else if (!isList)
            {
                yield return GitOpsRules.OnePackagePerTitle.At(
                    $"{FileName(second)} and {FileName(title.First())} are of one title; what Fleet makes of separate entries is not known.",
                    second.Node.File, second.Node.Line, second.Node.Column, severity: FindingSeverity.Warning);
            }
        }

        foreach (ParsedPackage package in file.Packages.Where(package => package.Hash.Length > 0 && package.Url.Contains("latest", StringComparison.OrdinalIgnoreCase)))
        {
            yield return GitOpsRules.PinnedLatest.At($"{package.Url} changes, and the hash does not.", package.Node.File, package.Node.Line, package.Node.Column);
        }
    }

    private IEnumerable<Finding> Labels()
    {
        foreach (GitOpsNode entry in (file.Root["policies"]?.Items ?? []).Where(entry => (entry.Has("path") || entry.Has("paths")) && ParsedPackage.HasLabels(entry)))
        {
            yield return GitOpsRules.IgnoredPolicyLabels.At("The labels beside path are ignored.", entry.File, entry.Line, entry.Column);
        }
    }

    private IEnumerable<Finding> Paths()
    {
        foreach ((string pattern, GitOpsNode node) in file.EmptyGlobs)
        {
            yield return GitOpsRules.EmptyGlob.At($"{pattern} matches no file.", node.File, node.Line, node.Column);
        }

        if (file.ControlsPath is { } controls)
        {
            yield return GitOpsRules.ControlsPath.At($"Paths in {controls.Path} are relative to the folder of {file.Path}.", file.Path, controls.Node.Line, controls.Node.Column);
        }
    }

    private IEnumerable<Finding> Licence() => file.Name is not null && !scope.Run.Server.IsPremium
        ? [GitOpsRules.FreeSkipsFleets.At($"{file.Path} is left out: fleets need Fleet Premium.", file.Path, 1, 1)]
        : [];

    private IEnumerable<Finding> YaraRules()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (GitOpsNode path in (file.Name is null ? file.Settings?["yara_rules"]?.Items ?? [] : []).Select(rule => rule["path"]).OfType<GitOpsNode>())
        {
            if (path.AsText() is { } name && !seen.Add(RepositoryPath.Base(name)))
            {
                yield return GitOpsRules.SameYaraRule.At($"{RepositoryPath.Base(name)} is the name of another rule as well.", path.File, path.Line, path.Column);
            }
        }
    }

    private static string FileName(ParsedPackage package) => package.Url.Length > 0 ? RepositoryPath.Base(package.Url.Split('?', '#')[0]) : package.Hash;

    // Only the packages themselves tell their title; the agent's names are known, and so is a list in one file.
    private static string Title(ParsedPackage package)
    {
        string name = FileName(package);
        return SoftwareTitles.IsAgent(new SoftwareState(name)) ? "agent" + RepositoryPath.Extension(name) : "";
    }
}
