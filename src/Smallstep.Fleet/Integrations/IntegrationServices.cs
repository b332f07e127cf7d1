using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet;

/// <summary>What an integration works with besides its clients; everything has a default.</summary>
public sealed record IntegrationServices
{
    private static readonly HttpClient SharedHttp = CreateHttp();

    /// <summary>A client whose token may read hosts where the writing one may not (role observer).</summary>
    /// <value>Default: the writing client alone.</value>
    public FleetClient? Observer { get; init; }

    /// <summary>For packages, SCEP and reachability. No credential of Fleet or Smallstep goes through it.</summary>
    /// <value>Default a shared client without a time-out, because packages are large.</value>
    public HttpClient Http { get; init; } = SharedHttp;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The logger.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal PackageDownloader Downloads => new(Http);

    /// <summary>The client outlives changes of DNS, and nobody waits minutes for an address that does not answer.</summary>
    internal static void Configure(SocketsHttpHandler handler)
    {
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(15);
        handler.ConnectTimeout = TimeSpan.FromSeconds(15);
    }

    private static HttpClient CreateHttp()
    {
        var handler = new SocketsHttpHandler();
        Configure(handler);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
