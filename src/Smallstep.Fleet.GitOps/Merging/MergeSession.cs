namespace Smallstep.Fleet.GitOps;

/// <summary>What the parts of one merge share: the repository and its state, what is to be inserted, and what is left alone.</summary>
internal sealed class MergeSession
{
    public MergeSession(FleetRepository repository, FleetState addition, RepositoryWriteOptions options)
    {
        Repository = repository;
        Options = options;
        Present = Listed(repository, options);
        Draft = new RepositoryDraft(addition, options, repository, Present);
        Inserter = new SectionInserter(repository.Scope);
    }

    public FleetRepository Repository { get; }

    public RepositoryWriteOptions Options { get; }

    public FleetState Present { get; }

    public RepositoryDraft Draft { get; }

    public SectionInserter Inserter { get; }

    public List<RepositoryFile> NewFiles { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>Reports what is left alone.</summary>
    public void Leave(string words, string? path = null) => Findings.Add(GitOpsRules.NotMerged.At(words, path));

    /// <summary>Adds items to a list; a key on the way that is absent is made.</summary>
    /// <param name="mapping">Where the keys start.</param>
    /// <param name="path">The main file.</param>
    /// <param name="keys">The keys: the name to look for, and the name to write.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">What writes one.</param>
    public void Add<T>(GitOpsNode mapping, string path, IReadOnlyList<(string, string)> keys, IEnumerable<T> items, Action<YamlText, T> write)
    {
        Action<YamlText>[] writers = [.. items.Select(item => (Action<YamlText>)(yaml => write(yaml, item)))];
        if (writers.Length > 0)
        {
            Inserter.To(mapping, path).At(keys).Add(writers);
        }
    }

    /// <summary>What is not there yet, by name.</summary>
    public static T[] New<T>(IReadOnlyList<T>? added, IReadOnlyList<T>? present, Func<T, object> name)
    {
        HashSet<object> known = [.. (present ?? []).Select(name)];
        return [.. (added ?? []).Where(item => !known.Contains(name(item)))];
    }

    /// <summary>The labels that are not there yet and that the target release can hold.</summary>
    public LabelState[] NewLabels(IReadOnlyList<LabelState>? added, IReadOnlyList<LabelState>? present, string? path = null) =>
        Draft.Exceptions.Labels ? [] : Draft.Labels(New(added, present, label => label.Name), path);

    /// <summary>Reports objects of a name that is there with something else.</summary>
    public void LeaveOthers<T>(IReadOnlyList<T>? added, IReadOnlyList<T>? present, Func<T, Entry> describe, Func<T, T, bool> isSame, string? path, string what = "other contents")
    {
        string NameOf(T item) => describe(item).NameFor(Options.FleetVersion);
        foreach (T differs in (added ?? []).Where(item => describe(item).IsReadable && (present ?? []).Any(known => NameOf(known) == NameOf(item) && !isSame(known, item))))
        {
            Leave($"The {describe(differs).Kind} {describe(differs).Name} is there with {what} and stays as it is.", path);
        }
    }

    /// <summary>Reports settings, which have no names to add them by.</summary>
    public void LeaveSettings(string whose, string? path, params IReadOnlyList<SettingsState?> settings)
    {
        if (settings.Any(state => state is { IsEmpty: false }))
        {
            Leave($"The settings {whose} are not merged: a merge adds, and a setting would replace what is there.", path);
        }
    }

    // Everything that stands in the files, also what a server without Apple's MDM or an older release passes over.
    private static FleetState Listed(FleetRepository repository, RepositoryWriteOptions options) => FleetRepository.Load(repository.Source, repository.Run with
    {
        FleetVersion = repository.Run.FleetVersion >= options.FleetVersion ? repository.Run.FleetVersion : options.FleetVersion,
        Server = repository.Run.Server with { IsPremium = true, IsAppleMdmEnabled = true },
    }).ToState();
}
