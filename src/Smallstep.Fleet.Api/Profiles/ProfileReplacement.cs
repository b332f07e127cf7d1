namespace Smallstep.Fleet.Api;

/// <summary>What to replace in a profile; <see langword="null"/> leaves a part as it is.</summary>
/// <remarks>Any list of labels takes the place of all that there are; empty lists alone take them away, so that all hosts of the fleet get the profile.</remarks>
public sealed record ProfileReplacement
{
    /// <summary>The new file's name; needed with <see cref="Contents"/>.</summary>
    public string? FileName { get; init; }

    /// <summary>The new bytes. An Apple profile must keep its PayloadIdentifier.</summary>
    public ReadOnlyMemory<byte>? Contents { get; init; }

    /// <summary>The labels that hosts must all have.</summary>
    public IReadOnlyList<string>? LabelsIncludeAll { get; init; }

    /// <summary>The labels of which hosts must have one.</summary>
    public IReadOnlyList<string>? LabelsIncludeAny { get; init; }

    /// <summary>The labels that hosts must not have.</summary>
    public IReadOnlyList<string>? LabelsExcludeAny { get; init; }

    /// <summary>The activation of an Apple declaration (4.91); empty to have Fleet make one again.</summary>
    public ReadOnlyMemory<byte>? Activation { get; init; }

    /// <summary>Whether lists are given, and none holds a label.</summary>
    internal bool ClearsLabels =>
        (LabelsIncludeAll ?? LabelsIncludeAny ?? LabelsExcludeAny) is not null
        && (LabelsIncludeAll?.Count ?? 0) + (LabelsIncludeAny?.Count ?? 0) + (LabelsExcludeAny?.Count ?? 0) == 0;
}
