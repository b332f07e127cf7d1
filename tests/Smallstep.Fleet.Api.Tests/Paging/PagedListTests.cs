namespace Smallstep.Fleet.Api.Tests;

public sealed class PagedListTests
{
    private static string Page(int from, int count, string meta = "") =>
        "{\"teams\":[" + string.Join(",", Enumerable.Range(from, count).Select(id => $"{{\"id\":{id}}}")) + "]" + meta + "}";

    [Fact]
    public async Task List_FullPageWithoutMeta_AsksForTheNext()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "teams?page=0&per_page=100", Page(0, 100)).On("GET", "teams?page=1&per_page=100", Page(100, 1));

        (await fleet.Client.Teams.ListAsync()).Should().HaveCount(101);
    }

    [Fact]
    public async Task List_MetaSaysEnd_Ends()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "teams?page=0&per_page=100", Page(0, 100, ",\"meta\":{\"has_next_results\":false}"));

        (await fleet.Client.Teams.ListAsync()).Should().HaveCount(100);
    }

    [Fact]
    public async Task List_ServerThatDoesNotPage_IsAskedOnce()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "teams?page=0&per_page=100", Page(0, 250));

        (await fleet.Client.Teams.ListAsync()).Should().HaveCount(250);
    }

    [Fact]
    public async Task Find_Name_PrefersTheExactOne()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "teams?page=0&per_page=100", """{"teams":[{"id":1,"name":"LAPTOPS"},{"id":2,"name":"Laptops"}]}""").On("GET", "teams?page=0&per_page=100", """{"teams":[{"id":1,"name":"LAPTOPS"}]}""").On("GET", "teams?page=0&per_page=100", """{"teams":[]}""");

        (await fleet.Client.Teams.FindAsync("Laptops"))!.Id.Should().Be(2);
        (await fleet.Client.Teams.FindAsync("Laptops"))!.Id.Should().Be(1);
        (await fleet.Client.Teams.FindAsync("Laptops")).Should().BeNull();
    }

    [Fact]
    public async Task List_ServerThatDoesNotPageWithJustAPage_IsReadOnce()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "teams?page=0&per_page=100", Page(0, 100)).On("GET", "teams?page=1&per_page=100", Page(0, 100));

        (await fleet.Client.Teams.ListAsync()).Should().HaveCount(100);
    }

    [Fact]
    public async Task ReportRows_ThatAreAllTheSame_AreAllRead()
    {
        static string Rows(int count) => "{\"results\":[" + string.Join(",", Enumerable.Repeat("{\"host_id\":1,\"columns\":{\"a\":\"b\"}}", count)) + "]}";
        using var fleet = new FleetFixture();
        fleet.On("GET", "queries/31/report?page=0&per_page=100", Rows(100)).On("GET", "queries/31/report?page=1&per_page=100", Rows(100)).On("GET", "queries/31/report?page=2&per_page=100", Rows(1));

        (await fleet.Client.Reports.ListRowsAsync(31).ToListAsync()).Should().HaveCount(201);
    }

    [Fact]
    public async Task Activities_MoreHappenMeanwhile_EachComesOnce()
    {
        static string Activities(int from, int count) => "{\"activities\":[" + string.Join(",", Enumerable.Range(0, count).Select(i => $"{{\"id\":{from - i}}}")) + "],\"meta\":{\"has_next_results\":" + (count == 100 ? "true" : "false") + "}}";
        using var fleet = new FleetFixture();
        fleet.On("GET", "activities?order_key=id&order_direction=desc&per_page=100", Activities(500, 100))
            .On("GET", "activities?order_key=id&order_direction=desc&after=401&per_page=100", Activities(400, 3));

        List<Activity> all = await fleet.Client.Activities.ListAsync().ToListAsync();

        all.Select(activity => activity.Id).Should().Equal(Enumerable.Range(0, 103).Select(i => 500L - i));
    }
}
