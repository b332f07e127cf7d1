namespace Smallstep.Fleet.GitOps;

/// <summary>A configuration profile of a fleet.</summary>
/// <param name="Name">Fleet's name: the PayloadDisplayName of a .mobileconfig, else the file name without extension. Unique in a fleet across platforms.</param>
/// <param name="FileName">The file name with its extension, which decides the platform: <c>.mobileconfig</c>, <c>.json</c>, <c>.xml</c>.</param>
public sealed record ProfileState(string Name, string FileName)
{
    /// <summary>The bytes, or <see langword="null"/> where they could not be read.</summary>
    public ReadOnlyMemory<byte>? Contents { get; init; }

    /// <summary>The PayloadIdentifier of an Apple profile, the <c>Identifier</c> of a declaration; empty otherwise.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>The JSON of a declaration's own activation (4.91), or <see langword="null"/> where Fleet makes one.</summary>
    public ReadOnlyMemory<byte>? Activation { get; init; }

    /// <summary>The hosts that get it.</summary>
    public LabelTargets Targets { get; init; } = LabelTargets.All;

    /// <summary>The profile's UUID on the server, where observed.</summary>
    public string? Uuid { get; init; }

    /// <summary>Whether both have the same activation of their own, or neither has one.</summary>
    public bool HasSameActivation(ProfileState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Activation is { } mine ? other.Activation is { } theirs && mine.Span.SequenceEqual(theirs.Span) : other.Activation is null;
    }

    /// <summary>Whether the bytes are known on both sides and equal.</summary>
    public bool HasSameContents(ProfileState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Contents is { } mine && other.Contents is { } theirs && mine.Span.SequenceEqual(theirs.Span);
    }
}
