namespace Smallstep.Fleet.GitOps;

/// <summary>Walks through the application of each file of a run, in fleetctl's order.</summary>
/// <param name="scope">The run.</param>
/// <param name="judgement">Where refusals go.</param>
/// <param name="unassigned">The file of hosts without a fleet, whose controls the global file takes where it has none.</param>
/// <param name="declared">The certificate authorities of the run.</param>
internal sealed class FileApplication(RunScope scope, RunJudgement judgement, ParsedFile? unassigned, GitOpsNode? declared)
{
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Walks through the application of one file.</summary>
    public void Apply(ParsedFile file)
    {
        if (scope.CommandLine.IsDryRun)
        {
            EnrollSecrets(file);
        }

        Exceptions(file);
        var authorities = new AuthorityJudge(scope, file, judgement);
        var graph = new MicrosoftGraphJudge(scope, file, judgement);
        if (file.Name is null)
        {
            authorities.CheckShape();
            graph.CheckShape();
        }

        new LabelApplication(scope, file, judgement).Check();
        var settings = new SettingsApplication(scope, file, judgement);
        settings.Check();
        CustomHostVitals(file);
        ParsedFile controls = file.Name is null && !file.ControlsSet && unassigned is not null ? unassigned : file;
        var application = new ControlsApplication(scope, file, judgement);
        application.CheckEncryption(controls.Controls);
        graph.CheckValues();
        authorities.CheckValues();
        Action assistant = () => application.CheckAssistant(controls.Controls, RepositoryPath.Folder(RepositoryPath.Normalize(controls.Path)));
        Action assets = new AssetApplication(scope, file, judgement).Check;
        Action profiles = new ProfileApplication(scope, file, judgement).Check;

        // A fleet's files are all read before the fleet is sent; those of the other hosts when their turn comes.
        foreach (Action check in (Action[])(file.IsFleet ? [profiles, assets, assistant] : [assistant, settings.CheckRules, assets, profiles]))
        {
            check();
        }

        if (file.Name is not null)
        {
            new SetupSoftware(file, judgement).Check();
        }

        Installers(file);
        new AndroidCertificates(file, declared, judgement).Check();
    }

    private void EnrollSecrets(ParsedFile file)
    {
        foreach ((string value, GitOpsNode node) in file.EnrollSecrets)
        {
            if (!_secrets.Add(value))
            {
                judgement.Refuse(
                    GitOpsStage.CrossCheck, new GitOpsProblem(GitOpsRules.EnrollSecrets, $"duplicate enroll secret found in {file.Path}", file.Path, node.Line, node.Column));
            }
        }
    }

    private void Exceptions(ParsedFile file)
    {
        GitOpsExceptions exceptions = scope.Run.Server.Exceptions;
        if (!scope.Run.Server.IsPremium || !scope.Capabilities.GitOpsExceptions)
        {
            return;
        }

        (string Key, bool IsExcepted, bool IsPresent)[] kinds =
        [
            ("labels", exceptions.Labels, file.LabelsPresent),
            ("secrets", exceptions.Secrets, file.SecretsPresent),
            ("software", exceptions.Software, file.SoftwarePresent && !file.IsGlobal),
        ];
        foreach ((string key, _, _) in kinds.Where(kind => kind.IsExcepted && kind.IsPresent))
        {
            string words = scope.Run.FleetVersion is { Major: 4, Minor: 84 } ? $"Starting in 4.84, {key} management in GitOps is turned off by default." : $"\"{key}\" is excepted from GitOps management.";
            GitOpsEntry? at = (key == "secrets" ? file.Settings : file.Root)?.Entries.LastOrDefault(entry => entry.Key == key);
            judgement.Refuse(GitOpsStage.CrossCheck, new GitOpsProblem(
                GitOpsRules.Excepted, $"{words} Remove the \"{key}:\" key from your GitOps file or disable the exception in Fleet settings.", file.Path, at?.Line ?? 1, at?.Column ?? 1));
        }
    }

    // The server refuses in a dry run as well: equal names first, then what its database takes for equal.
    private void CustomHostVitals(ParsedFile file)
    {
        var exact = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (GitOpsNode vital in file.Name is null && scope.Capabilities.CustomHostVitals ? file.Root["custom_host_vitals"]?.Items ?? [] : [])
        {
            string name = vital["name"]?.AsText() ?? "";
            (bool isNew, bool isOther) = (exact.Add(name), seen.Add(name));
            if (!isOther)
            {
                string words = isNew ? "duplicate custom host vital names" : $"duplicate custom host vital name: {GoText.Quote(name)}";
                judgement.Refuse(GitOpsStage.Server, new GitOpsProblem(GitOpsRules.OrgSettings, words, vital.File, vital.Line, vital.Column));
            }
        }
    }

    private void Installers(ParsedFile file)
    {
        foreach (IGrouping<string, ParsedPackage> same in file.Packages.Where(package => package.Hash.Length > 0).GroupBy(package => package.Hash).Where(group => group.Count() > 1))
        {
            ParsedPackage second = same.ElementAt(1);
            judgement.Refuse(
                GitOpsStage.Server,
                new GitOpsProblem(GitOpsRules.Software, $"applying software installers for fleet \"{file.Name}\": cannot have multiple installers with the same hash", second.Node.File, second.Node.Line, second.Node.Column));
        }
    }
}
