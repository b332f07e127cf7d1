using System.Web;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Hosts that come and go while they are listed.</summary>
internal sealed class ListingServer : IAsyncDisposable
{
    private readonly SortedSet<long> _hosts;
    private readonly Action<ListingServer, int>? _afterPage;
    private readonly FaultServer _server;
    private int _pages;

    public ListingServer(IEnumerable<long> hosts, Action<ListingServer, int>? afterPage = null)
    {
        _hosts = [.. hosts];
        _afterPage = afterPage;
        _server = new FaultServer(AnswerAsync);
    }

    public FleetClient Client => _server.Client();

    public IReadOnlyList<string> Requests => _server.Requests;

    public void Add(long id) => _hosts.Add(id);

    public void Remove(long id) => _hosts.Remove(id);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(FaultExchange exchange)
    {
        string body;
        lock (_hosts)
        {
            var query = HttpUtility.ParseQueryString(exchange.Path.Contains('?', StringComparison.Ordinal) ? exchange.Path.Split('?')[1] : "");
            if (exchange.Path.Contains("/count", StringComparison.Ordinal))
            {
                body = $"{{\"count\":{_hosts.Count}}}";
            }
            else
            {
                int size = int.Parse(query["per_page"]!, System.Globalization.CultureInfo.InvariantCulture);
                int page = int.Parse(query["page"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
                long after = long.Parse(query["after"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
                bool last = query["order_direction"] == "desc";
                long[] hosts = [.. (last ? _hosts.Reverse() : _hosts.Where(id => id > after)).Skip(page * size).Take(size)];
                body = "{\"hosts\": [" + string.Join(",", hosts.Select(id => $"{{\"id\":{id}}}")) + "]}";
                if (!last)
                {
                    _afterPage?.Invoke(this, _pages++);
                }
            }
        }

        await exchange.AnswerAsync(body);
    }
}
