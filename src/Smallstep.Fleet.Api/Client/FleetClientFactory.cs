using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Api;

/// <summary>Makes each named client once.</summary>
internal sealed class FleetClientFactory(IHttpClientFactory http, IOptionsMonitor<FleetClientOptions> options, IServiceProvider services, IEnumerable<FleetRegistration> registrations) : IFleetClientFactory
{
    private readonly ConcurrentDictionary<string, Lazy<FleetClient>> _clients = new(StringComparer.Ordinal);

    public FleetClient GetClient(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return registrations.Any(registration => registration.Name == name)
            ? _clients.GetOrAdd(name, key => new Lazy<FleetClient>(() => Create(key))).Value
            : throw new ArgumentException($"No Fleet is registered under '{name}'. Call AddFleetApi(\"{name}\", …).", nameof(name));
    }

    private FleetClient Create(string name) => new(
        http.CreateClient(FleetRegistration.HttpClientName(name)),
        options.Get(name),
        services.GetKeyedService<IFleetTokenProvider>(name) ?? services.GetService<IFleetTokenProvider>() ?? new MonitoredTokenProvider(options, name),
        services.GetService<TimeProvider>(),
        services.GetService<ILogger<FleetClient>>());
}
