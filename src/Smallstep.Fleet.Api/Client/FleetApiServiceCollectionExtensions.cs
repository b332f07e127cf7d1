using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smallstep.Fleet;
using Smallstep.Fleet.Api;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Fleet's REST client.</summary>
public static class FleetApiServiceCollectionExtensions
{
    /// <summary>Registers the one <see cref="FleetClient"/> of an app.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets address, token and limits; checked at the start of the host.</param>
    /// <returns>The builder of the client's connections, for handlers of the caller's own; they come after the repeating one, so each attempt passes them.</returns>
    public static IHttpClientBuilder AddFleetApi(this IServiceCollection services, Action<FleetClientOptions> configure)
    {
        IHttpClientBuilder builder = services.AddFleetApi(Options.Options.DefaultName, configure);
        services.TryAddSingleton(provider => provider.GetRequiredService<IFleetClientFactory>().GetClient(Options.Options.DefaultName));
        return builder;
    }

    /// <summary>Registers one of several Fleets under a name; take it from <see cref="IFleetClientFactory"/> or as a keyed service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets address, token and limits; checked at the start of the host.</param>
    /// <remarks>A token may come from an <see cref="IFleetTokenProvider"/> registered under the name as key, or without one.</remarks>
    public static IHttpClientBuilder AddFleetApi(this IServiceCollection services, string name, Action<FleetClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<FleetClientOptions>(name).Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetClientOptions>, FleetClientOptionsValidator>());
        services.TryAddSingleton<IFleetClientFactory, FleetClientFactory>();
        string client = FleetRegistration.HttpClientName(name);
        if (services.Any(service => service.ImplementationInstance is FleetRegistration known && known.Name == name))
        {
            return services.AddHttpClient(client); // a second call only configures further: its handlers would repeat what the first ones repeat
        }

        services.AddSingleton(new FleetRegistration(name));
        services.TryAddKeyedSingleton(name, (provider, key) => provider.GetRequiredService<IFleetClientFactory>().GetClient((string)key!));
        return services.AddHttpClient(client, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => ApiConnection.CreateHandler(OptionsOf(provider, name).TrustedRootsPem, OptionsOf(provider, name).PinnedFingerprints))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(provider => new RetryHandler(OptionsOf(provider, name).Retry(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }

    private static FleetClientOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<FleetClientOptions>>().Get(name);
}
