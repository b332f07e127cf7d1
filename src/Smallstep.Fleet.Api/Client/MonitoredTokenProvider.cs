using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Api;

/// <summary>
/// The token of the options as they are now. The former one stays where the options no longer hold or name none, and where their address is
/// another: the client keeps its address, and the new server's token is none of the old one's business.
/// </summary>
internal sealed class MonitoredTokenProvider : IFleetTokenProvider
{
    private volatile FixedTokenProvider _current;

    public MonitoredTokenProvider(IOptionsMonitor<FleetClientOptions> options, string name)
    {
        FleetClientOptions first = options.Get(name);
        _current = new FixedTokenProvider(first.Token);
        string? address = first.Url;
        options.OnChange((changed, which) =>
        {
            if (which == name && changed.Url == address && !string.IsNullOrWhiteSpace(changed.Token))
            {
                _current = new FixedTokenProvider(changed.Token);
            }
        });
    }

    public ValueTask<Secret> GetTokenAsync(Secret? rejected, CancellationToken cancellationToken) => _current.GetTokenAsync(rejected, cancellationToken);
}
