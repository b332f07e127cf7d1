using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smallstep.Fleet;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers integrations of Fleet and Smallstep.</summary>
public static class SmallstepFleetServiceCollectionExtensions
{
    /// <summary>Registers the one integration of an app; inject <see cref="FleetIntegration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Fills the options, which are validated at start.</param>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public static SmallstepFleetBuilder AddSmallstepFleet(this IServiceCollection services, Action<IntegrationOptions> configure) =>
        services.AddSmallstepFleet(Options.Options.DefaultName, configure);

    /// <summary>Registers the one integration of an app from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section with the members of <see cref="IntegrationOptions"/>.</param>
    public static SmallstepFleetBuilder AddSmallstepFleet(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSmallstepFleet(Options.Options.DefaultName, configuration);

    /// <summary>Registers a named integration from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, unique among the integrations.</param>
    /// <param name="configuration">The section with the members of <see cref="IntegrationOptions"/>.</param>
    public static SmallstepFleetBuilder AddSmallstepFleet(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        SmallstepFleetBuilder builder = services.AddSmallstepFleet(name, options => configuration.Bind(options));
        services.AddSingleton<IOptionsChangeTokenSource<IntegrationOptions>>(new ConfigurationChangeTokenSource<IntegrationOptions>(name, configuration));
        return builder;
    }

    /// <summary>Registers a named integration; ask <see cref="IFleetIntegrationFactory"/> for it, or inject it with the name as key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, unique among the integrations.</param>
    /// <param name="configure">Fills the options, which are validated at start.</param>
    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    public static SmallstepFleetBuilder AddSmallstepFleet(this IServiceCollection services, string name, Action<IntegrationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        var registration = new IntegrationRegistration(name);
        if (services.Any(service => !service.IsKeyedService && registration.Equals(service.ImplementationInstance)))
        {
            throw new InvalidOperationException(name.Length == 0
                ? "An integration without a name is registered already; give a second one a name, or configure IntegrationOptions to change the first."
                : $"An integration is registered under the name '{name}' already; give the second one another name, or configure IntegrationOptions to change the first.");
        }

        services.AddLogging();
        services.AddOptionsWithValidateOnStart<IntegrationOptions>(name).Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IntegrationOptions>, IntegrationOptionsValidator>());
        services.AddSingleton(registration);
        services.TryAddSingleton<IFleetIntegrationFactory, FleetIntegrationFactory>();
        services.AddHttpClient(registration.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => IntegrationServices.Configure(handler))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        AddClients(services, registration);
        services.AddKeyedSingleton(name, (provider, key) => provider.GetRequiredService<IFleetIntegrationFactory>().GetIntegration((string)key!));
        if (name.Length == 0)
        {
            services.TryAddSingleton(provider => provider.GetRequiredService<IFleetIntegrationFactory>().GetIntegration(""));
        }

        return new SmallstepFleetBuilder(services, name);
    }

    private static void AddClients(IServiceCollection services, IntegrationRegistration registration)
    {
        // Filled from the integration's options, so that whatever configures those reaches the clients too.
        services.AddFleetApi(registration.ApplyClientName, _ => { });
        AddChanges<FleetClientOptions>(services, registration, registration.ApplyClientName);
        services.AddOptions<FleetClientOptions>(registration.ApplyClientName)
            .Configure<IOptionsMonitor<IntegrationOptions>>((client, options) => Fill(options, registration, values => ConnectionOptions.FillApply(client, values)));
        services.AddFleetApi(registration.ObserverClientName, _ => { });
        AddChanges<FleetClientOptions>(services, registration, registration.ObserverClientName);
        services.AddOptions<FleetClientOptions>(registration.ObserverClientName)
            .Configure<IOptionsMonitor<IntegrationOptions>>((client, options) => Fill(options, registration, values => ConnectionOptions.FillObserve(client, values)));
        services.AddSmallstepPlatform(registration.ApplyClientName, _ => { });
        AddChanges<SmallstepClientOptions>(services, registration, registration.ApplyClientName);
        services.AddOptions<SmallstepClientOptions>(registration.ApplyClientName)
            .Configure<IOptionsMonitor<IntegrationOptions>>((client, options) => Fill(options, registration, values => ConnectionOptions.Fill(client, values)));
    }

    private static void AddChanges<TOptions>(IServiceCollection services, IntegrationRegistration registration, string client) =>
        services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(provider =>
            new IntegrationOptionsChanges<TOptions>(provider.GetRequiredService<IOptionsMonitor<IntegrationOptions>>(), registration.Name, client));

    /// <summary>Wrong options are named by their own validation, once; the clients then only have to keep quiet.</summary>
    private static void Fill(IOptionsMonitor<IntegrationOptions> options, IntegrationRegistration registration, Action<IntegrationOptions> fill)
    {
        try
        {
            fill(options.Get(registration.Name));
        }
        catch (OptionsValidationException)
        {
            fill(new IntegrationOptions { FleetUrl = "https://options.invalid", FleetToken = "none" });
        }
    }
}
