namespace Smallstep.Fleet.Api;

/// <summary>How a list of hosts is gone through.</summary>
public sealed record Paging
{
    /// <summary>By page number with the next page already on its way: the fast way, and the default.</summary>
    /// <remarks>
    /// Repeats are dropped. Exactly once holds for hosts that are there throughout, as long as none is deleted meanwhile; where fewer
    /// of those that were there at the beginning were received than the server counted then, <see cref="Shortfall"/> is told, or
    /// <see cref="FleetListingException"/> thrown at the end.
    /// </remarks>
    public static Paging Prefetch { get; } = new();

    /// <summary>From the last id on, one page after the other: exactly once for all hosts that are there throughout, whatever happens meanwhile.</summary>
    public static Paging Stable { get; } = new() { IsStable = true };

    /// <summary>Whether pages start after the last id instead of being numbered.</summary>
    public bool IsStable { get; init; }

    /// <summary>Hosts a page.</summary>
    /// <value><see langword="null"/>: 1000, or 50 where the query has the server add software, policies or users to each host.</value>
    public int? PageSize { get; init; }

    /// <summary>Told at the end when hosts may have been missed, instead of an exception.</summary>
    public IProgress<ListingShortfall>? Shortfall { get; init; }
}
