namespace Smallstep.Fleet.Api;

/// <summary>A profile to upload.</summary>
public sealed record ProfileUpload
{
    /// <summary>The file's name; its extension decides the kind: <c>.mobileconfig</c>, <c>.json</c>, <c>.xml</c>.</summary>
    public required string FileName { get; init; }

    /// <summary>The bytes, unsigned, 1 MiB at most.</summary>
    public required ReadOnlyMemory<byte> Contents { get; init; }

    /// <summary>The fleet; <see langword="null"/> for hosts without one.</summary>
    public long? TeamId { get; init; }

    /// <summary>Names of labels that hosts must all have (Premium).</summary>
    public IReadOnlyList<string> LabelsIncludeAll { get; init; } = [];

    /// <summary>Names of labels of which hosts must have one (Premium).</summary>
    public IReadOnlyList<string> LabelsIncludeAny { get; init; } = [];

    /// <summary>Names of labels that hosts must not have (Premium). Beside include labels from 4.87.</summary>
    public IReadOnlyList<string> LabelsExcludeAny { get; init; } = [];

    /// <summary>
    /// The activation of an Apple declaration in place of the one that Fleet makes (4.91, Premium, and only where the server allows it):
    /// JSON of a type <c>com.apple.activation.…</c> whose <c>StandardConfigurations</c> names the declaration alone. <see langword="null"/> for Fleet's own.
    /// </summary>
    public ReadOnlyMemory<byte>? Activation { get; init; }
}
