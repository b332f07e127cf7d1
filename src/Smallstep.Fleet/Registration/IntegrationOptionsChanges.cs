using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Smallstep.Fleet;

/// <summary>Tells a client's options that the integration's, which they are filled from, have changed.</summary>
internal sealed class IntegrationOptionsChanges<TOptions> : IOptionsChangeTokenSource<TOptions>
{
    private CancellationTokenSource _next = new();

    public IntegrationOptionsChanges(IOptionsMonitor<IntegrationOptions> options, string integration, string client)
    {
        Name = client;
        options.OnChange((_, changed) =>
        {
            if (changed == integration)
            {
                Interlocked.Exchange(ref _next, new CancellationTokenSource()).Cancel();
            }
        });
    }

    public string? Name { get; }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _next).Token);
}
