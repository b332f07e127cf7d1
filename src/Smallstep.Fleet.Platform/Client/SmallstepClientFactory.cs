using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Platform;

/// <summary>Makes each named client once.</summary>
internal sealed class SmallstepClientFactory(IHttpClientFactory http, IOptionsMonitor<SmallstepClientOptions> options, IServiceProvider services, IEnumerable<SmallstepRegistration> registrations) : ISmallstepClientFactory
{
    private readonly ConcurrentDictionary<string, Lazy<SmallstepClient>> _clients = new(StringComparer.Ordinal);

    public SmallstepClient GetClient(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return registrations.Any(registration => registration.Name == name)
            ? _clients.GetOrAdd(name, key => new Lazy<SmallstepClient>(() => Create(key))).Value
            : throw new ArgumentException($"No Smallstep team is registered under '{name}'. Call AddSmallstepPlatform(\"{name}\", …).", nameof(name));
    }

    private SmallstepClient Create(string name) => new(
        http.CreateClient(SmallstepRegistration.HttpClientName(name)),
        options.Get(name),
        services.GetKeyedService<ISmallstepTokenProvider>(name) ?? services.GetService<ISmallstepTokenProvider>() ?? new MonitoredTokenProvider(options, name),
        services.GetService<TimeProvider>(),
        services.GetService<ILogger<SmallstepClient>>());
}
