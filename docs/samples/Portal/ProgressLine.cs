namespace Portal;

/// <summary>One line of the live progress.</summary>
internal sealed record ProgressLine(string Text, int Position, int Total, string Stage)
{
    public bool IsLast { get; init; }

    /// <summary>What to do, where something failed.</summary>
    public string Remedy { get; init; } = "";
}
