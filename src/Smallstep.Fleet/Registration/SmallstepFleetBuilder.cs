using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Smallstep.Fleet;

/// <summary>Adds running parts to a registered integration.</summary>
public sealed class SmallstepFleetBuilder
{
    internal SmallstepFleetBuilder(IServiceCollection services, string name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>The services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The integration's name; empty for the default one.</summary>
    public string Name { get; }

    /// <summary>Runs the inventory sync on a schedule (<c>SyncIntervalMinutes</c>, about every four hours by default).</summary>
    public SmallstepFleetBuilder AddInventorySync()
    {
        Services.AddOptions<IntegrationOptions>(Name).Validate(
            ConnectionOptions.HasSmallstep, "SSF4026: AddInventorySync needs SmallstepApiToken (scopes list-devices, post-devices, get-device and patch-device).");
        Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<InventorySyncService>(provider, new IntegrationRegistration(Name)));
        return this;
    }

    /// <summary>Confirms all hosts on a schedule (<c>WatchIntervalMinutes</c>), looks for rotated certificates, and feeds metrics and the health check.</summary>
    public SmallstepFleetBuilder AddWatch()
    {
        Services.AddKeyedSingleton<WatchState>(Name);
        Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<WatchService>(provider, new IntegrationRegistration(Name), provider.GetRequiredKeyedService<WatchState>(Name)));
        return this;
    }

    /// <summary>Adds health checks: the chain (preflight without side effects, once a minute at most) and, after <see cref="AddWatch"/>, the hosts.</summary>
    public SmallstepFleetBuilder AddHealthChecks()
    {
        Services.TryAddKeyedSingleton(Name, (provider, _) => new ChainHealthCheck(provider.GetRequiredService<IFleetIntegrationFactory>(), Name, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        string suffix = Name.Length == 0 ? "" : "-" + Name;
        Services.AddHealthChecks()
            .Add(new HealthCheckRegistration("smallstep-fleet-chain" + suffix, provider => provider.GetRequiredKeyedService<ChainHealthCheck>(Name), null, null))
            .Add(new HealthCheckRegistration("smallstep-fleet-hosts" + suffix, provider => new HostsHealthCheck(provider.GetKeyedService<WatchState>(Name)), null, null));
        return this;
    }
}
