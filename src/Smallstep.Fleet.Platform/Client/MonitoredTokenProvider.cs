using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Platform;

/// <summary>The token of the options as they are now. Options that do not hold after a change leave the former token in place.</summary>
internal sealed class MonitoredTokenProvider : ISmallstepTokenProvider
{
    private volatile FixedTokenProvider _current;

    public MonitoredTokenProvider(IOptionsMonitor<SmallstepClientOptions> options, string name)
    {
        _current = new FixedTokenProvider(options.Get(name).Token);
        options.OnChange((changed, which) =>
        {
            if (which == name)
            {
                _current = new FixedTokenProvider(changed.Token);
            }
        });
    }

    public ValueTask<Secret> GetTokenAsync(Secret? rejected, CancellationToken cancellationToken) => _current.GetTokenAsync(rejected, cancellationToken);
}
