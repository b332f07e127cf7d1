using System.Runtime.CompilerServices;

namespace Smallstep.Fleet.Api;

/// <summary>Goes through hosts page by page, in either way of <see cref="Paging"/>.</summary>
internal sealed class HostLister<T, TParser>(FleetTransport transport, FleetOperation operation, string path, QueryString query, QueryString filters, TParser parser, Paging paging, int pageSize, Func<CancellationToken, ValueTask> require, Func<CancellationToken, Task<int>> count)
    where T : class
    where TParser : struct, IHostParser<T>
{
    private readonly HostStringPool _pool = new();

    public async IAsyncEnumerable<T> StableAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await require(cancellationToken).ConfigureAwait(false);
        long last = -1;
        for (int received = pageSize; received >= pageSize;)
        {
            QueryString paged = Ordered().Add("after", last < 0 ? null : last);
            FleetResponse response = await transport.OpenAsync(FleetRequest.Get(operation, path, paged), cancellationToken).ConfigureAwait(false);
            using var page = new HostPage<T, TParser>(response, parser, _pool, transport.Options.MaxRecordBytes);
            received = 0;
            while (await page.FillAsync().ConfigureAwait(false))
            {
                for (int i = 0; i < page.Batch.Count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    T host = page.Batch[i];
                    last = TParser.IdOf(host) > last ? TParser.IdOf(host) : throw Disordered();
                    received++;
                    yield return host;
                }
            }
        }
    }

    public async IAsyncEnumerable<T> PrefetchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await require(cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Before the first page, not beside it: a host deleted between the two would otherwise go unnoticed.
        int counted = await count(stop.Token).ConfigureAwait(false);
        long newest = counted > pageSize ? await NewestAsync(stop.Token).ConfigureAwait(false) : long.MaxValue;
        Task<FleetResponse>? next = OpenAsync(0, stop.Token);
        var place = new Position(newest);
        try
        {
            for (int number = 0; next is not null; number++)
            {
                using var page = new HostPage<T, TParser>(await next.ConfigureAwait(false), parser, _pool, transport.Options.MaxRecordBytes);
                next = (number + 1L) * pageSize < counted ? OpenAsync(number + 1, stop.Token) : null;
                place.BeginPage();
                while (await page.FillAsync().ConfigureAwait(false))
                {
                    for (int i = 0; i < page.Batch.Count; i++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (place.Advance(TParser.IdOf(page.Batch[i])))
                        {
                            yield return page.Batch[i];
                        }
                    }
                }

                if (place.InPage < pageSize)
                {
                    break;
                }

                next ??= OpenAsync(number + 1, stop.Token);
            }

            await CompareAsync(counted, place, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await AbandonAsync(next, stop).ConfigureAwait(false);
        }
    }

    // Only hosts that were there at the beginning are compared: as many that came meanwhile would hide those that were missed.
    private async Task CompareAsync(int counted, Position place, CancellationToken cancellationToken)
    {
        if (place.ReceivedOld >= counted)
        {
            return;
        }

        var shortfall = new ListingShortfall(counted, await count(cancellationToken).ConfigureAwait(false), place.Received, counted - place.ReceivedOld);
        if (counted <= pageSize && shortfall.Received >= shortfall.CountedAfter)
        {
            return; // one page is one view: what it lacks was deleted before, and nothing moved
        }

        if (paging.Shortfall is not { } listener)
        {
            throw new FleetListingException(shortfall);
        }

        listener.Report(shortfall);
    }

    // Ids rise, so what has a higher one than the newest host has come since.
    private async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        QueryString last = filters.Copy().AddFlag("disable_issues", true).Add("per_page", 1).Add("order_key", "id").Add("order_direction", "desc");
        FleetResponse response = await transport.OpenAsync(FleetRequest.Get(operation, path, last), cancellationToken).ConfigureAwait(false);
        using var page = new HostPage<T, TParser>(response, parser, _pool, transport.Options.MaxRecordBytes);
        long newest = -1;
        while (await page.FillAsync().ConfigureAwait(false))
        {
            newest = Math.Max(newest, page.Batch.Max(TParser.IdOf));
        }

        return newest;
    }

    private QueryString Ordered() => query.Copy().Add("per_page", pageSize).Add("order_key", "id").Add("order_direction", "asc");

    private Task<FleetResponse> OpenAsync(int page, CancellationToken cancellationToken) =>
        transport.OpenAsync(FleetRequest.Get(operation, path, Ordered().Add("page", page)), cancellationToken);

    private static async Task AbandonAsync(Task<FleetResponse>? next, CancellationTokenSource stop)
    {
        if (next is null)
        {
            return;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (next.IsCompletedSuccessfully)
        {
            next.Result.Dispose();
        }
    }

    private FleetApiException Disordered() =>
        new(operation.Name, $"Cannot {operation.Name}: the server repeats hosts or does not order them by id, so the list would not end.") { Status = System.Net.HttpStatusCode.OK };

    // Ids rise through the whole list, so a repeat (a host pushed to the next page by one that came before it) is one that is not above the last.
    private sealed class Position(long newest)
    {
        private long _newest = newest;
        private long _last = -1;
        private long _lastInPage;

        public int InPage { get; private set; }

        public int Received { get; private set; }

        /// <summary>Of <see cref="Received"/> those that were there at the beginning.</summary>
        public int ReceivedOld { get; private set; }

        public void BeginPage() => (InPage, _lastInPage) = (0, -1);

        public bool Advance(long id)
        {
            InPage++;
            if (id <= _lastInPage)
            {
                throw new FleetApiException("list hosts", "Cannot list hosts: the server does not order them by id.") { Status = System.Net.HttpStatusCode.OK };
            }

            _lastInPage = id;
            if (id <= _last)
            {
                return false;
            }

            if (_last < 0 && id >= _newest)
            {
                _newest = long.MaxValue; // the first host is no newest one: the server does not turn the order round
            }

            _last = id;
            Received++;
            ReceivedOld += id <= _newest ? 1 : 0;
            return true;
        }
    }
}
