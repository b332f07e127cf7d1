namespace Smallstep.Fleet.GitOps;

/// <summary>An asset that declarations of Apple's refer to (4.90).</summary>
/// <param name="Name">The file's name without extension, unique in a fleet.</param>
/// <param name="Identifier">The declaration's <c>Identifier</c>, unique in a fleet.</param>
public sealed record AssetState(string Name, string Identifier)
{
    /// <summary>The JSON, or <see langword="null"/> where it could not be read.</summary>
    public ReadOnlyMemory<byte>? Contents { get; init; }

    /// <summary>The UUID on the server, where observed.</summary>
    public string? Uuid { get; init; }

    /// <summary>Whether the bytes are known on both sides and equal.</summary>
    public bool HasSameContents(AssetState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Contents is { } mine && other.Contents is { } theirs && mine.Span.SequenceEqual(theirs.Span);
    }
}
