namespace Smallstep.Fleet.GitOps;

/// <summary>One repository in the making.</summary>
internal sealed class RepositoryDraft
{
    private readonly List<RequiredVariable> _variables = [];
    private readonly List<Finding> _omissions = [];
    private readonly HashSet<object> _leftOut = new(ReferenceEqualityComparer.Instance);
    private readonly HeldLabels? _labels;

    /// <summary>Begins a repository, or what is added to one.</summary>
    /// <param name="state">What is to be written.</param>
    /// <param name="options">The target release.</param>
    /// <param name="existing">The repository that is added to.</param>
    /// <param name="present">What it holds.</param>
    public RepositoryDraft(FleetState state, RepositoryWriteOptions options, FleetRepository? existing, FleetState? present)
    {
        Options = options;
        Names = new RepositoryNames(options.FleetVersion);
        Exceptions = options.Exceptions ?? GitOpsExceptions.DefaultOf(options.FleetVersion);
        Library = new LibraryFiles(existing);
        _labels = Exceptions.Labels ? null : new HeldLabels(options.FleetVersion, state, present);
    }

    public RepositoryDraft(FleetState state, RepositoryWriteOptions options)
        : this(state, options, null, null)
    {
        var files = new List<RepositoryFile> { new("default.yml", new GlobalFileWriter(this).Write(state)) };
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int fleets = state.Teams.Count(team => !team.IsUnassigned);
        foreach (TeamState team in state.Teams)
        {
            string name = team.IsUnassigned ? Names.UnassignedFile : FileNames.Free(Names.FleetFile(team.Name, fleets), taken.Contains);
            taken.Add(name);
            files.Add(FleetFile(team, $"{Names.FleetFolder}/{name}"));
        }

        Files = [.. files.Concat(Library.Files).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    public RepositoryWriteOptions Options { get; }

    public RepositoryNames Names { get; }

    public GitOpsExceptions Exceptions { get; }

    public LibraryFiles Library { get; }

    public IReadOnlyList<RepositoryFile> Files { get; } = [];

    public IReadOnlyList<RequiredVariable> Variables => _variables;

    public IReadOnlyList<Finding> Omissions => _omissions;

    /// <summary>The file of a fleet that has none yet.</summary>
    public RepositoryFile FleetFile(TeamState team, string path) => new(path, new FleetFileWriter(this, new WritableTeam(this, path).Of(team), path).Write());

    /// <summary>Writes a placeholder and remembers its variable.</summary>
    public void Placeholder(YamlText yaml, string key, string variable, string purpose)
    {
        yaml.Placeholder(key, Remember(variable, purpose));
    }

    /// <summary>Remembers a variable.</summary>
    /// <returns>Its name.</returns>
    public string Remember(string variable, string purpose)
    {
        if (!_variables.Exists(known => known.Name == variable))
        {
            _variables.Add(new RequiredVariable(variable, purpose));
        }

        return variable;
    }

    /// <summary>Those of a list that are not there yet and that a repository can hold; what it cannot is reported.</summary>
    /// <param name="items">The list.</param>
    /// <param name="describe">What an item is.</param>
    /// <param name="path">The file of the list.</param>
    /// <param name="present">What is there already.</param>
    public T[] Writable<T>(IReadOnlyList<T>? items, Func<T, Entry> describe, string? path, IReadOnlyList<T>? present = null)
        where T : class
    {
        string NameOf(T item) => describe(item).NameFor(Options.FleetVersion);
        HashSet<string> there = [.. (present ?? []).Select(NameOf)];
        HashSet<string> files = [];
        var written = new List<T>();
        foreach (T item in (items ?? []).Where(item => !there.Contains(NameOf(item))))
        {
            Entry entry = describe(item);
            if (Problem(entry, files) is { } problem)
            {
                _leftOut.Add(item);
                Omit(problem.Rule.At($"The {entry.Kind} {entry.Name} is left out: {problem.Why}", path, severity: FindingSeverity.Warning));
            }
            else
            {
                _leftOut.Remove(item); // another fleet may hold the same object
                written.Add(item);
            }
        }

        return [.. written];
    }

    /// <summary>Whether <see cref="Writable"/> left an object out.</summary>
    public bool IsLeftOut(object item) => _leftOut.Contains(item);

    /// <summary>Those labels that the target release can hold; the others are reported.</summary>
    public LabelState[] Labels(IReadOnlyList<LabelState>? labels, string? path)
    {
        foreach (LabelState label in labels ?? [])
        {
            if (WhyNot(label.Name) is { } reason)
            {
                Omit(GitOpsRules.Label.At($"The label {label.Name} is left out: {reason}.", path));
            }
        }

        return [.. (labels ?? []).Where(label => WhyNot(label.Name) is null)];
    }

    /// <summary>Adds a file whose name Fleet knows the object by, and returns its path from the repository's root.</summary>
    /// <param name="kind">What it is, such as <c>profile</c>.</param>
    /// <param name="fileName">The name.</param>
    /// <param name="contents">The contents.</param>
    /// <param name="slug">The fleet's slug.</param>
    /// <param name="isOnly">Whether Fleet holds one of the kind, whatever its name.</param>
    public string AddNamed(string kind, string fileName, byte[] contents, string slug, bool isOnly = false)
    {
        string closest = FileNames.Closest(fileName, Options.FleetVersion);
        string path = Library.Add(closest, _ => contents, slug);
        if (closest != fileName)
        {
            string consequence = isOnly ? "Fleet holds one, whatever its name" : "fleetctl would take it for another and remove the one on the server";
            Omit(GitOpsRules.FileReference.At($"The {kind} '{fileName}' is written as '{closest}', because a file cannot have its name; {consequence}.", path, severity: FindingSeverity.Warning));
        }

        return path;
    }

    /// <summary>Remembers what is left out, once.</summary>
    public void Omit(Finding finding)
    {
        if (!_omissions.Contains(finding))
        {
            _omissions.Add(finding);
        }
    }

    private (FindingRule Rule, string Why)? Problem(Entry entry, HashSet<string> files) =>
        entry.Targets.Names.FirstOrDefault(name => WhyNot(name) is not null) is { } label
            ? (GitOpsRules.MissingLabel, $"its hosts are told by the label {label}, and {WhyNot(label)}; without the label it would reach others.")
        : !entry.IsReadable ? (GitOpsRules.FileReference, $"{(entry.Kind == "app" ? "its settings" : "its contents")} are not known. Add it, or fleetctl removes the one on the server.")
        : entry.Extension is not null && !files.Add(entry.NameFor(Options.FleetVersion))
            ? (GitOpsRules.FileReference, $"its file would have the name of another one, '{FileNames.Closest(entry.FileName, Options.FleetVersion)}'.")
        : null;

    // Labels that are excepted from GitOps are the server's.
    private string? WhyNot(string label) => _labels?.WhyNot(label);
}
