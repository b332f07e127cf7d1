namespace Smallstep.Fleet.Profiles;

/// <summary>One item of a SyncML command.</summary>
/// <param name="LocUri">The node, such as <c>./Device/Vendor/MSFT/…</c>; <see langword="null"/> without a target.</param>
/// <param name="Format">The format: <c>node</c>, <c>chr</c>, <c>int</c>, <c>bool</c>, <c>b64</c>, …; <see langword="null"/> without one.</param>
/// <param name="Data">The value; <see langword="null"/> without one.</param>
public sealed record SyncMlItem(string? LocUri, string? Format = null, string? Data = null)
{
    /// <summary>The mime type in <c>Meta</c>; <see langword="null"/> without one.</summary>
    public string? Type { get; init; }

    /// <summary>The children that this type does not model, as XML text, kept as they were read.</summary>
    public string OtherXml { get; init; } = "";

    /// <summary>The children of <c>Target</c> that this type does not model, as XML text, kept as they were read.</summary>
    public string OtherTargetXml { get; init; } = "";

    /// <summary>The children of <c>Meta</c> that this type does not model, as XML text, kept as they were read.</summary>
    public string OtherMetaXml { get; init; } = "";

    /// <summary>The line of the item, counted from 1; 0 where it was not read from text.</summary>
    public int Line { get; init; }

    /// <summary>The column of the item, counted from 1; 0 where it was not read from text.</summary>
    public int Column { get; init; }
}
