namespace Smallstep.Fleet.Api;

/// <summary>A listing that may have missed hosts.</summary>
/// <param name="CountedBefore">The server's count at the beginning.</param>
/// <param name="CountedAfter">The server's count at the end.</param>
/// <param name="Received">The number of hosts handed out, those that came meanwhile among them.</param>
/// <param name="NotReceived">Of those counted at the beginning, how many were not handed out: deleted or missed.</param>
public sealed record ListingShortfall(int CountedBefore, int CountedAfter, int Received, int NotReceived);
