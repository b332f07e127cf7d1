using System.Net;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet;

/// <summary>The tokens of a connection: one that writes and, where its role may not read hosts, one that observes.</summary>
internal sealed class ReadableClients(FleetClient writer, FleetClient? observer)
{
    /// <summary>
    /// How hosts are listed where each takes requests of its own: such a run lasts long enough for hosts to be deleted under it, which
    /// shifts numbered pages; and a page must be read before the server gives its connection up.
    /// </summary>
    public static Paging WhileHostsComeAndGo { get; } = Paging.Stable with { PageSize = 200 };

    public FleetClient Writer { get; } = writer;

    public FleetClient Observer { get; } = observer ?? writer;

    /// <summary>Reads with the one token, and with the other where the role forbids it; <see langword="null"/> when both may not.</summary>
    public Task<T?> TryReadAsync<T>(Func<FleetClient, Task<T>> read)
        where T : class => TryAsync(Writer, Observer, read);

    /// <summary>The same the other way round, for what the writing token seldom may: asking it first would double the calls for each host.</summary>
    public Task<T?> TryObserveAsync<T>(Func<FleetClient, Task<T>> read)
        where T : class => TryAsync(Observer, Writer, read);

    /// <summary>Reads what a server that is too old for it, or that has no licence for it, has none of.</summary>
    public static async Task<T> OrNoneAsync<T>(Func<Task<T>> read, T none)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (FleetVersionException)
        {
            return none;
        }
        catch (FleetApiException absent) when (absent.Status is HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound)
        {
            return none;
        }
    }

    private static async Task<T?> TryAsync<T>(FleetClient first, FleetClient second, Func<FleetClient, Task<T>> read)
        where T : class
    {
        try
        {
            return await read(first).ConfigureAwait(false);
        }
        catch (FleetApiException failure) when (FleetErrors.IsForbidden(failure))
        {
            if (ReferenceEquals(first, second))
            {
                return null;
            }
        }

        try
        {
            return await read(second).ConfigureAwait(false);
        }
        catch (FleetApiException failure) when (FleetErrors.IsForbidden(failure))
        {
            return null;
        }
    }
}
