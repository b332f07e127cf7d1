using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smallstep.Fleet.Scep;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers SCEP clients.</summary>
public static class ScepServiceCollectionExtensions
{
    /// <summary>Registers the one <see cref="ScepClient"/> of an app, over an HTTP client from the factory.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the CA's address and its pin; checked at the start of the host.</param>
    /// <returns>The HTTP client's builder.</returns>
    public static IHttpClientBuilder AddScepClient(this IServiceCollection services, Action<ScepClientOptions> configure)
    {
        IHttpClientBuilder builder = services.AddScepClient(Options.Options.DefaultName, configure);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ScepClient>(Options.Options.DefaultName));
        return builder;
    }

    /// <summary>Registers the client of one of several CAs under a name, as a keyed service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets the CA's address and its pin; checked at the start of the host.</param>
    /// <returns>The HTTP client's builder.</returns>
    public static IHttpClientBuilder AddScepClient(this IServiceCollection services, string name, Action<ScepClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptionsWithValidateOnStart<ScepClientOptions>(name).Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScepClientOptions>, ScepClientOptionsValidator>());
        string httpName = HttpName(nameof(ScepClient), name);
        services.TryAddKeyedSingleton(name, (provider, _) => new ScepClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(httpName),
            provider.GetRequiredService<IOptionsMonitor<ScepClientOptions>>().Get(name),
            provider.GetService<TimeProvider>()));

        // One client keeps what GetCACert answered, so its handler lives as long; connections are renewed for the sake of DNS.
        return services.AddHttpClient(httpName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
    }

    /// <summary>Registers a <see cref="ScepChallengeClient"/> as the one <see cref="IScepChallengeSource"/> of an app.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the webhook's address and credentials.</param>
    /// <returns>The HTTP client's builder; redirects are not followed, since the request carries credentials.</returns>
    public static IHttpClientBuilder AddScepChallengeClient(this IServiceCollection services, Action<ScepChallengeClientOptions> configure)
    {
        IHttpClientBuilder builder = services.AddScepChallengeClient(Options.Options.DefaultName, configure);
        services.TryAddTransient(provider => provider.GetRequiredKeyedService<IScepChallengeSource>(Options.Options.DefaultName));
        return builder;
    }

    /// <summary>Registers one of several challenge sources under a name, as a keyed service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configure">Sets the webhook's address and credentials.</param>
    /// <returns>The HTTP client's builder; redirects are not followed, since the request carries credentials.</returns>
    public static IHttpClientBuilder AddScepChallengeClient(this IServiceCollection services, string name, Action<ScepChallengeClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(name, configure);
        string httpName = HttpName(nameof(ScepChallengeClient), name);
        services.TryAddKeyedTransient<IScepChallengeSource>(name, (provider, _) => new ScepChallengeClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(httpName),
            provider.GetRequiredService<IOptionsMonitor<ScepChallengeClientOptions>>().Get(name),
            provider.GetService<TimeProvider>()));
        return services.AddHttpClient(httpName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
    }

    private static string HttpName(string client, string name) => name.Length == 0 ? client : client + ":" + name;
}
