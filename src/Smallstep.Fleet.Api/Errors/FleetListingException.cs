namespace Smallstep.Fleet.Api;

/// <summary>A listing by pages ended with fewer hosts than the server counts, because hosts were deleted meanwhile; some may have been missed.</summary>
/// <remarks>All hosts that were received have been handed out. List again, or use <see cref="Paging.Stable"/>, which misses none.</remarks>
public sealed class FleetListingException : SmallstepFleetException
{
    internal FleetListingException(ListingShortfall shortfall)
        : base($"Of the {shortfall.CountedBefore} hosts counted at the beginning the listing did not yield {shortfall.NotReceived} ({shortfall.Received} in all, {shortfall.CountedAfter} counted at the end): hosts were deleted meanwhile and others may have been missed. List again, or use Paging.Stable.") =>
        Shortfall = shortfall;

    /// <summary>The numbers.</summary>
    public ListingShortfall Shortfall { get; }
}
