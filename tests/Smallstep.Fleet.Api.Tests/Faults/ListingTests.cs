namespace Smallstep.Fleet.Api.Tests;

public sealed class ListingTests
{
    private static async Task<List<long>> IdsAsync(ListingServer server, Paging paging)
    {
        using FleetClient client = server.Client;
        return await client.Hosts.ListSummariesAsync(null, paging with { PageSize = 10 }).Select(host => host.Id).ToListAsync();
    }

    private static IEnumerable<long> Range(long from, int count) => Enumerable.Range(0, count).Select(i => from + i);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_Quiet_YieldsAllOnce(bool stable)
    {
        await using var server = new ListingServer(Range(1, 30));

        (await IdsAsync(server, stable ? Paging.Stable : Paging.Prefetch)).Should().Equal(Range(1, 30));
    }

    [Fact]
    public async Task Stable_HostsComeAndGo_YieldsEachThatStaysOnce()
    {
        await using var server = new ListingServer(Range(100, 60), (hosts, page) =>
        {
            hosts.Remove(100 + page);
            hosts.Remove(155 - page);
            hosts.Add(50 + page);
            hosts.Add(1000 + page);
        });

        List<long> ids = await IdsAsync(server, Paging.Stable);

        ids.Should().OnlyHaveUniqueItems();
        ids.Should().Contain(Range(110, 35));
        server.Requests.Should().OnlyContain(head => !head.Contains("page=0", StringComparison.Ordinal) && !head.Contains("/count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prefetch_HostsComeBefore_RepeatsAreDropped()
    {
        await using var server = new ListingServer(Range(100, 40), (hosts, page) => hosts.Add(10 + page));

        (await IdsAsync(server, Paging.Prefetch)).Should().OnlyHaveUniqueItems().And.Contain(Range(100, 40));
    }

    [Fact]
    public async Task Prefetch_HostDeletedMeanwhile_ThrowsAtTheEnd()
    {
        await using var server = new ListingServer(Range(1, 40), (hosts, page) => hosts.Remove(page == 0 ? 1 : 0));
        using FleetClient client = server.Client;
        var seen = new List<long>();
        Func<Task> act = async () =>
        {
            await foreach (HostSummary host in client.Hosts.ListSummariesAsync(null, Paging.Prefetch with { PageSize = 10 }))
            {
                seen.Add(host.Id);
            }
        };

        FleetListingException exception = (await act.Should().ThrowAsync<FleetListingException>()).Which;

        exception.Shortfall.Received.Should().Be(seen.Count);
        exception.Shortfall.NotReceived.Should().Be(exception.Shortfall.CountedBefore - seen.Count);
        seen.Should().HaveCountLessThan(40);
    }

    [Fact]
    public async Task Prefetch_HostDeletedWithAListener_TellsIt()
    {
        await using var server = new ListingServer(Range(1, 40), (hosts, page) => hosts.Remove(page == 0 ? 1 : 0));
        var listener = new Listener();

        List<long> ids = await IdsAsync(server, Paging.Prefetch with { Shortfall = listener });

        listener.Told!.Received.Should().Be(ids.Count);
    }

    [Fact]
    public async Task Prefetch_AsManyComeAsAreDeleted_TellsIt()
    {
        await using var server = new ListingServer(Range(1, 40), (hosts, page) =>
        {
            hosts.Remove(page == 0 ? 1 : 0);
            hosts.Add(page == 0 ? 99 : 40);
        });
        var listener = new Listener();

        List<long> ids = await IdsAsync(server, Paging.Prefetch with { Shortfall = listener });

        ids.Should().HaveCountGreaterThanOrEqualTo(39).And.NotContain(11, "the page boundary moved over it");
        listener.Told.Should().NotBeNull("the newcomer must not hide the host that was missed");
        listener.Told!.NotReceived.Should().BePositive();
    }

    [Fact]
    public async Task Prefetch_HostDeletedBetweenCountAndTheOnlyPage_IsNoShortfall()
    {
        var hosts = new List<long> { 1, 2, 3 };
        await using var server = new FaultServer(exchange =>
        {
            if (!exchange.Path.Contains("/count", StringComparison.Ordinal))
            {
                return exchange.AnswerAsync("{\"hosts\":[" + string.Join(",", hosts.Select(id => $"{{\"id\":{id}}}")) + "]}");
            }

            int count = hosts.Count;
            hosts.Remove(2);
            return exchange.AnswerAsync($"{{\"count\":{count}}}");
        });
        using FleetClient client = server.Client();

        (await client.Hosts.ListSummariesAsync().Select(host => host.Id).ToListAsync()).Should().Equal([1, 3], "one page is one view, so that nothing can have been missed");
    }

    [Fact]
    public async Task Prefetch_ServerThatKnowsNoDescendingOrder_IsNoShortfall()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(
            exchange.Path.Contains("/count", StringComparison.Ordinal) ? "{\"count\":3}"
            : exchange.Path.Contains("per_page=1&", StringComparison.Ordinal) ? "{\"hosts\":[{\"id\":1}]}"
            : exchange.Path.EndsWith("page=0", StringComparison.Ordinal) ? "{\"hosts\":[{\"id\":1},{\"id\":2}]}" : "{\"hosts\":[{\"id\":3}]}"));
        using FleetClient client = server.Client();

        (await client.Hosts.ListSummariesAsync(null, Paging.Prefetch with { PageSize = 2 }).CountAsync()).Should().Be(3);
    }

    [Fact]
    public async Task Prefetch_ShortPage_AsksForNoFurtherOne()
    {
        await using var server = new ListingServer(Range(1, 9));

        await IdsAsync(server, Paging.Prefetch);

        server.Requests.Should().HaveCount(2, "one page and the count");
    }

    [Fact]
    public async Task Prefetch_Abandoned_EndsTheRequestOnItsWay()
    {
        await using var server = new ListingServer(Range(1, 1000));
        using FleetClient client = server.Client;

        (await client.Hosts.ListSummariesAsync(null, Paging.Prefetch with { PageSize = 10 }).FirstAsync()).Id.Should().Be(1);
    }

    [Theory]
    [InlineData("{\"hosts\":[{\"id\":3}],\"error\":\"context deadline exceeded\"}")]
    [InlineData("{\"hosts\":[{\"id\":3},")]
    public async Task Prefetch_LaterPageFailsOrIsCut_ThrowsAfterTheHostsBefore(string second)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(
            exchange.Path.Contains("/count", StringComparison.Ordinal) ? "{\"count\":4}" : exchange.Path.Contains("order_direction=desc", StringComparison.Ordinal) ? "{\"hosts\":[{\"id\":4}]}" : exchange.Path.EndsWith("page=0", StringComparison.Ordinal) ? "{\"hosts\":[{\"id\":1},{\"id\":2}]}" : second));
        using FleetClient client = server.Client();
        var seen = new List<long>();
        Func<Task> act = async () =>
        {
            await foreach (HostSummary host in client.Hosts.ListSummariesAsync(null, Paging.Prefetch with { PageSize = 2 }))
            {
                seen.Add(host.Id);
            }
        };

        await act.Should().ThrowAsync<FleetApiException>();
        seen.Should().StartWith([1, 2]);
    }

    [Fact]
    public async Task Prefetch_Cancelled_ClosesThePageAndTheNextOne()
    {
        using var closed = new SemaphoreSlim(0);
        using var waiting = new SemaphoreSlim(0);
        await using var server = new FaultServer(async exchange =>
        {
            if (exchange.Path.Contains("/count", StringComparison.Ordinal))
            {
                await exchange.AnswerAsync("{\"count\":4}");
                return;
            }

            if (exchange.Path.Contains("order_direction=desc", StringComparison.Ordinal))
            {
                await exchange.AnswerAsync("{\"hosts\":[{\"id\":4}]}");
                return;
            }

            if (exchange.Path.EndsWith("page=0", StringComparison.Ordinal))
            {
                await exchange.BeginAsync();
                await exchange.SendAsync("{\"hosts\":[{\"id\":1},");
            }

            waiting.Release();
            _ = await exchange.Socket.ReceiveAsync(new byte[1], exchange.Stop);
            closed.Release();
        });
        using FleetClient client = server.Client();
        using var stop = new CancellationTokenSource();
        Func<Task> act = async () =>
        {
            await foreach (HostSummary _ in client.Hosts.ListSummariesAsync(null, Paging.Prefetch with { PageSize = 2 }, stop.Token))
            {
                await waiting.WaitAsync(TimeSpan.FromSeconds(10));
                await waiting.WaitAsync(TimeSpan.FromSeconds(10));
                await stop.CancelAsync();
            }
        };

        await act.Should().ThrowAsync<OperationCanceledException>();
        (await closed.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue();
        (await closed.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeTrue("the next page was on its way");
    }

    [Fact]
    public async Task Stable_ServerIgnoresAfter_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"hosts\":[{\"id\":1},{\"id\":2}]}"));
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Hosts.ListSummariesAsync(null, Paging.Stable with { PageSize = 2 }).ToListAsync().AsTask();

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("would not end");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(10_001, false)]
    [InlineData(101, true)]
    public async Task List_PageSizeThatExhaustsServers_Throws(int size, bool software)
    {
        using var fleet = new FleetFixture();
        Func<Task> act = () => fleet.Client.Hosts.ListSummariesAsync(new() { PopulateSoftware = software }, Paging.Stable with { PageSize = size }).ToListAsync().AsTask();

        await act.Should().ThrowAsync<ArgumentException>();
    }

    private sealed class Listener : IProgress<ListingShortfall>
    {
        public ListingShortfall? Told { get; private set; }

        public void Report(ListingShortfall value) => Told = value;
    }
}
