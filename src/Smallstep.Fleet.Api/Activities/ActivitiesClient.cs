namespace Smallstep.Fleet.Api;

/// <summary>Activities: what happened on the server and on hosts.</summary>
public sealed class ActivitiesClient
{
    private static readonly FleetOperation List = new("list activities", Roles.Read);
    private static readonly FleetOperation OfHost = new("list the activities of a host", Roles.Read);
    private static readonly FleetOperation Cancel = new("cancel an activity of a host", Roles.HostWrite);

    private readonly FleetTransport _transport;

    internal ActivitiesClient(FleetTransport transport) => _transport = transport;

    /// <summary>Streams activities, the latest first. What happens meanwhile neither repeats nor hides one.</summary>
    public IAsyncEnumerable<Activity> ListAsync(ActivityQuery? query = null, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, List, "activities", (query ?? new()).ToQuery(), FleetJsonContext.Default.ListActivity, ["activities"], cancellationToken, static activity => activity.Id);

    /// <summary>Streams what happened on a host.</summary>
    public IAsyncEnumerable<Activity> ListForHostAsync(long hostId, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, OfHost, $"hosts/{hostId}/activities", new QueryString(), FleetJsonContext.Default.ListActivity, ["activities"], cancellationToken);

    /// <summary>Streams what a host has still to do.</summary>
    public IAsyncEnumerable<UpcomingActivity> ListUpcomingAsync(long hostId, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, OfHost, $"hosts/{hostId}/activities/upcoming", new QueryString(), FleetJsonContext.Default.ListUpcomingActivity, ["activities"], cancellationToken);

    /// <summary>Cancels what a host has still to do.</summary>
    public Task CancelUpcomingAsync(long hostId, string uuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Cancel, $"hosts/{hostId}/activities/upcoming/{FleetRequest.Segment(uuid)}"), cancellationToken);
}
