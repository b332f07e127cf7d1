namespace Smallstep.Fleet.Testing;

/// <summary>How a <see cref="FleetSimulator"/> behaves.</summary>
public sealed class FleetSimulatorOptions
{
    /// <summary>The release to behave as.</summary>
    /// <value>The newest known, <c>4.95.0</c>.</value>
    public string Version { get; set; } = FleetVersion.NewestKnown.ToString();

    /// <summary>Whether the licence is Premium.</summary>
    public bool IsPremium { get; set; } = true;

    /// <summary>Whether MDM is on for Apple devices.</summary>
    public bool AppleMdm { get; set; } = true;

    /// <summary>Whether declarations may bring activations of their own (<c>mdm.allow_custom_activations</c>, from 4.91).</summary>
    /// <value><see langword="false"/>, as on a new server.</value>
    public bool AllowCustomActivations { get; set; }

    /// <summary>Whether MDM is on for Windows devices.</summary>
    public bool WindowsMdm { get; set; } = true;

    /// <summary>Whether <c>$FLEET_VAR_SMALLSTEP_SCEP_*</c> works in Windows profiles, which no released Fleet does.</summary>
    public bool SmallstepVariablesOnWindows { get; set; }

    /// <summary>Whether outbound requests to private and loopback addresses fail, as Fleet does by default from 4.89.</summary>
    /// <value><see langword="false"/>: simulators live on loopback.</value>
    public bool BlockPrivateNetworks { get; set; }

    /// <summary>Whether the server has a private key, without which no authority and no custom variable can be stored.</summary>
    public bool HasPrivateKey { get; set; } = true;

    /// <summary>Whether a change of profiles, labels or hosts is delivered without waiting for <see cref="FleetSimulator.RunCronAsync"/>: the time between runs.</summary>
    /// <value><see langword="null"/>: the test decides when.</value>
    public TimeSpan? CronInterval { get; set; }

    /// <summary>The address that Fleet believes it has (<c>server_settings.server_url</c>), used in proxy URLs.</summary>
    /// <value><see langword="null"/>: the simulator's own address.</value>
    public Uri? ServerUrl { get; set; }

    /// <summary>What Apple Business offers.</summary>
    /// <value>A few apps of macOS, iOS and iPadOS.</value>
    public IList<CatalogueApp> AppStore { get; } = [.. CatalogueApp.Defaults];

    /// <summary>Fleet's own catalogue; an app's place in it, from 1, is its id.</summary>
    /// <value>A few apps of macOS and Windows.</value>
    public IList<CatalogueMaintainedApp> MaintainedApps { get; } = [.. CatalogueMaintainedApp.Defaults];

    /// <summary>What Microsoft Graph says to a tenant, an app registration and its secret, which Fleet tries when it gets new ones.</summary>
    /// <value>It takes every one.</value>
    public Func<string, string, Secret, bool> MicrosoftGraph { get; set; } = static (_, _, _) => true;

    /// <summary>The organisation's name.</summary>
    public string OrganizationName { get; set; } = "Acme Rail";

    /// <summary>The first administrator's e-mail address.</summary>
    public string AdminEmail { get; set; } = "admin@example.org";

    /// <summary>The first administrator's password.</summary>
    public Secret AdminPassword { get; set; } = new("Correct-horse-9");

    /// <summary>The largest upload in bytes whose bytes are kept; of larger packages only hash and size are.</summary>
    /// <value>16 MiB.</value>
    public long KeepPackageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The handler for Fleet's own requests to authorities, challenge endpoints and package servers.</summary>
    /// <value><see langword="null"/>: the default one, without a proxy.</value>
    public HttpMessageHandler? OutboundHandler { get; set; }

    /// <summary>The clock of everything in Fleet: timestamps, challenge lifetime, rate limit.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
