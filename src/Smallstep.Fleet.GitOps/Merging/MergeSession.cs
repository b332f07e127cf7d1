namespace Smallstep.Fleet.GitOps;

/// <summary>What the parts of one merge share: the repository and its state, what is to be inserted, and what is left alone.</summary>
internal sealed class MergeSession(FleetRepository repository, RepositoryWriteOptions options)
{
    public FleetRepository Repository => repository;

    public RepositoryWriteOptions Options => options;

    public FleetState Present { get; } = repository.ToState();

    public RepositoryDraft Draft { get; } = new(options, repository.Source);

    public SectionInserter Inserter { get; } = new(repository.Scope);

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

    /// <summary>The labels that are not there yet and that the target release can hold; the others are reported.</summary>
    public LabelState[] NewLabels(IReadOnlyList<LabelState>? added, IReadOnlyList<LabelState>? present)
    {
        LabelState[] labels = Draft.Exceptions.Labels ? [] : New(added, present, label => label.Name);
        foreach (LabelState label in labels.Where(label => !GlobalFileWriter.IsKnown(label, options.FleetVersion)))
        {
            Leave($"The label {label.Name} is not added: Fleet {options.FleetVersion} has no custom host vitals (4.90).");
        }

        return [.. labels.Where(label => GlobalFileWriter.IsKnown(label, options.FleetVersion))];
    }

    /// <summary>Reports settings, which have no names to add them by.</summary>
    public void LeaveSettings(string whose, string? path, params IReadOnlyList<SettingsState?> settings)
    {
        if (settings.Any(state => state is { IsEmpty: false }))
        {
            Leave($"The settings {whose} are not merged: a merge adds, and a setting would replace what is there.", path);
        }
    }
}
