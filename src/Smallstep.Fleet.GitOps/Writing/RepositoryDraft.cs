namespace Smallstep.Fleet.GitOps;

/// <summary>One repository in the making.</summary>
internal sealed class RepositoryDraft
{
    private readonly List<RequiredVariable> _variables = [];
    private readonly List<Finding> _omissions = [];

    public RepositoryDraft(RepositoryWriteOptions options, IRepositoryFiles? existing = null)
    {
        Options = options;
        Names = new RepositoryNames(options.FleetVersion);
        Exceptions = options.Exceptions ?? GitOpsExceptions.DefaultOf(options.FleetVersion);
        Library = new LibraryFiles(existing);
    }

    public RepositoryDraft(FleetState state, RepositoryWriteOptions options)
        : this(options)
    {
        var files = new List<RepositoryFile> { new("default.yml", new GlobalFileWriter(this).Write(state)) };
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int fleets = state.Teams.Count(team => !team.IsUnassigned);
        foreach (TeamState team in state.Teams)
        {
            string name = team.IsUnassigned ? Names.UnassignedFile : FileNames.Free(Names.FleetFile(team.Name, fleets), taken.Contains);
            taken.Add(name);
            string path = $"{Names.FleetFolder}/{name}";
            files.Add(new RepositoryFile(path, new FleetFileWriter(this, team, path).Write()));
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

    /// <summary>Adds a file whose name Fleet knows the object by, and returns its path from the repository's root.</summary>
    /// <param name="kind">What it is, such as <c>profile</c>.</param>
    /// <param name="fileName">The name.</param>
    /// <param name="contents">The contents.</param>
    /// <param name="slug">The fleet's slug.</param>
    public string AddNamed(string kind, string fileName, byte[] contents, string slug)
    {
        string closest = FileNames.Closest(fileName, Options.FleetVersion);
        string path = Library.Add(closest, _ => contents, slug);
        if (closest != fileName && !_omissions.Exists(known => known.File == path))
        {
            Omit(GitOpsRules.FileReference.At(
                $"The {kind} '{fileName}' is written as '{closest}', because a file cannot have its name; fleetctl would take it for another and remove the one on the server.", path, severity: FindingSeverity.Warning));
        }

        return path;
    }

    /// <summary>Remembers what is left out.</summary>
    public void Omit(Finding finding) => _omissions.Add(finding);
}
