namespace Smallstep.Fleet.GitOps;

/// <summary>Which hosts of a fleet get something, by label names. No label: all hosts.</summary>
public sealed record LabelTargets
{
    /// <summary>All hosts.</summary>
    public static LabelTargets All { get; } = new();

    /// <summary>Hosts with every one of these labels.</summary>
    public IReadOnlyList<string> IncludeAll { get; init; } = [];

    /// <summary>Hosts with at least one of these labels.</summary>
    public IReadOnlyList<string> IncludeAny { get; init; } = [];

    /// <summary>Not hosts with any of these labels.</summary>
    public IReadOnlyList<string> ExcludeAny { get; init; } = [];

    /// <summary>Not hosts with every one of these labels; policies only.</summary>
    public IReadOnlyList<string> ExcludeAll { get; init; } = [];

    /// <summary>Whether no label restricts the hosts.</summary>
    public bool IsAll => IncludeAll.Count + IncludeAny.Count + ExcludeAny.Count + ExcludeAll.Count == 0;

    /// <summary>Every label that is named.</summary>
    internal IEnumerable<string> Names => IncludeAll.Concat(IncludeAny).Concat(ExcludeAny).Concat(ExcludeAll);

    /// <summary>Compares the label names as sets.</summary>
    public bool Equals(LabelTargets? other) =>
        other is not null && Same(IncludeAll, other.IncludeAll) && Same(IncludeAny, other.IncludeAny) && Same(ExcludeAny, other.ExcludeAny)
        && Same(ExcludeAll, other.ExcludeAll);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IncludeAll.Count, IncludeAny.Count, ExcludeAny.Count, ExcludeAll.Count);

    /// <summary>The targets in words, such as <c>include_any: a, b</c>.</summary>
    public override string ToString()
    {
        if (IsAll)
        {
            return "all hosts";
        }

        (string Mode, IReadOnlyList<string> Labels)[] modes = [("include_all", IncludeAll), ("include_any", IncludeAny), ("exclude_any", ExcludeAny), ("exclude_all", ExcludeAll)];
        return string.Join("; ", modes.Where(mode => mode.Labels.Count > 0).Select(mode => $"{mode.Mode}: {string.Join(", ", mode.Labels)}"));
    }

    private static bool Same(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
