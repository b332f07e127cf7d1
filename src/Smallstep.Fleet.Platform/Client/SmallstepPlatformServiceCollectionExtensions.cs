using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smallstep.Fleet;
using Smallstep.Fleet.Platform;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the Smallstep API client.</summary>
public static class SmallstepPlatformServiceCollectionExtensions
{
    /// <summary>Registers the one <see cref="SmallstepClient"/> of an app.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets address, token and limits; checked at the start of the host.</param>
    /// <returns>The builder of the client's connections, for handlers of the caller's own.</returns>
    public static IHttpClientBuilder AddSmallstepPlatform(this IServiceCollection services, Action<SmallstepClientOptions> configure)
    {
        IHttpClientBuilder builder = services.AddSmallstepPlatform(Options.Options.DefaultName, configure);
        services.TryAddSingleton(provider => provider.GetRequiredService<ISmallstepClientFactory>().GetClient(Options.Options.DefaultName));
        return builder;
    }

    /// <summary>Registers one of several teams under a name; take it from <see cref="ISmallstepClientFactory"/> or as a keyed service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets address, token and limits; checked at the start of the host.</param>
    public static IHttpClientBuilder AddSmallstepPlatform(this IServiceCollection services, string name, Action<SmallstepClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<SmallstepClientOptions>(name).Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmallstepClientOptions>, SmallstepClientOptionsValidator>());
        services.TryAddSingleton<ISmallstepClientFactory, SmallstepClientFactory>();
        string client = SmallstepRegistration.HttpClientName(name);
        if (services.Any(service => service.ImplementationInstance is SmallstepRegistration known && known.Name == name))
        {
            return services.AddHttpClient(client); // a second call only configures further: its handlers would repeat what the first ones repeat
        }

        services.AddSingleton(new SmallstepRegistration(name));
        services.TryAddKeyedSingleton(name, (provider, key) => provider.GetRequiredService<ISmallstepClientFactory>().GetClient((string)key!));
        return services.AddHttpClient(client, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => ApiConnection.CreateHandler(OptionsOf(provider, name).TrustedRootsPem, OptionsOf(provider, name).PinnedFingerprints))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(provider => new RetryHandler(OptionsOf(provider, name).Retry(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }

    private static SmallstepClientOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<SmallstepClientOptions>>().Get(name);
}
