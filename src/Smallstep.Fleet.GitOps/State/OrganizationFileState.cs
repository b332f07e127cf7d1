namespace Smallstep.Fleet.GitOps;

/// <summary>A file that the server keeps for the whole organization: its licence agreement, or a logo.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Contents">The bytes, or <see langword="null"/> where they could not be read.</param>
public sealed record OrganizationFileState(string Name, ReadOnlyMemory<byte>? Contents)
{
    /// <summary>Whether the bytes are known on both sides and equal.</summary>
    public bool HasSameContents(OrganizationFileState? other) =>
        Contents is { } mine && other?.Contents is { } theirs && mine.Span.SequenceEqual(theirs.Span);
}
