using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Smallstep.Fleet.Api;

/// <summary>A Fleet server. Immutable and safe for use by many threads; keep one for the life of the application.</summary>
/// <remarks>Behind a container use <c>AddFleetApi</c>; without one, <see cref="Create"/>, or the constructor with an <see cref="HttpClient"/> of your own.</remarks>
public sealed class FleetClient : IDisposable
{
    private static readonly FleetOperation Raw = new("make a call of the caller's own", "see Fleet's documentation");

    private readonly FleetTransport _transport;
    private readonly HttpClient? _owned;

    /// <summary>Talks to a server through an <see cref="HttpClient"/> of the caller's, whose handler should not follow redirects.</summary>
    /// <param name="http">The client; stays the caller's. Its own <see cref="HttpClient.Timeout"/> applies too. No call is repeated unless its handlers do so.</param>
    /// <param name="options">Address, token and limits; read once.</param>
    /// <param name="tokens">Gives the token, where the options do not.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message holds every reason.</exception>
    public FleetClient(HttpClient http, FleetClientOptions options, IFleetTokenProvider? tokens = null, TimeProvider? time = null, ILogger<FleetClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _transport = new FleetTransport(http, options, tokens ?? new FixedTokenProvider(options.Token), time ?? TimeProvider.System, logger ?? NullLogger<FleetClient>.Instance);
        Sessions = new SessionsClient(_transport);
        Users = new UsersClient(_transport);
        Configuration = new ConfigurationClient(_transport);
        Hosts = new HostsClient(_transport);
        Teams = new TeamsClient(_transport);
        Labels = new LabelsClient(_transport);
        CertificateAuthorities = new CertificateAuthoritiesClient(_transport);
        CertificateTemplates = new CertificateTemplatesClient(_transport);
        Profiles = new ProfilesClient(_transport);
        Assets = new AssetsClient(_transport);
        Software = new SoftwareClient(_transport);
        Apps = new AppsClient(_transport);
        SetupExperience = new SetupExperienceClient(_transport);
        Scripts = new ScriptsClient(_transport);
        Variables = new CustomVariablesClient(_transport);
        CustomHostVitals = new CustomHostVitalsClient(_transport);
        MicrosoftGraph = new MicrosoftGraphClient(_transport);
        Commands = new CommandsClient(_transport);
        Reports = new ReportsClient(_transport);
        Policies = new PoliciesClient(_transport);
        Activities = new ActivitiesClient(_transport);
        Spec = new SpecClient(_transport);
    }

    private FleetClient(HttpClient http, FleetClientOptions options, IFleetTokenProvider? tokens, TimeProvider time, ILogger<FleetClient>? logger, bool isOwned)
        : this(http, options, tokens, time, logger) => _owned = isOwned ? http : null;

    /// <summary>Signing in, and whose token it is.</summary>
    public SessionsClient Sessions { get; }

    /// <summary>Users, above all those for programs.</summary>
    public UsersClient Users { get; }

    /// <summary>The server's configuration.</summary>
    public ConfigurationClient Configuration { get; }

    /// <summary>Hosts.</summary>
    public HostsClient Hosts { get; }

    /// <summary>Groups of hosts: fleets since 4.82, teams before.</summary>
    public TeamsClient Teams { get; }

    /// <summary>Labels.</summary>
    public LabelsClient Labels { get; }

    /// <summary>Certificate authorities.</summary>
    public CertificateAuthoritiesClient CertificateAuthorities { get; }

    /// <summary>Templates from which Android devices get certificates.</summary>
    public CertificateTemplatesClient CertificateTemplates { get; }

    /// <summary>Configuration profiles.</summary>
    public ProfilesClient Profiles { get; }

    /// <summary>Assets that declarations of Apple's refer to.</summary>
    public AssetsClient Assets { get; }

    /// <summary>Software titles and packages.</summary>
    public SoftwareClient Software { get; }

    /// <summary>Apps of the stores and of Fleet's own catalogue.</summary>
    public AppsClient Apps { get; }

    /// <summary>What happens while a device is set up.</summary>
    public SetupExperienceClient SetupExperience { get; }

    /// <summary>Scripts.</summary>
    public ScriptsClient Scripts { get; }

    /// <summary>Custom variables (<c>$FLEET_SECRET_…</c>).</summary>
    public CustomVariablesClient Variables { get; }

    /// <summary>Custom host vitals (<c>$FLEET_HOST_VITAL_…</c>).</summary>
    public CustomHostVitalsClient CustomHostVitals { get; }

    /// <summary>The app registrations with which Fleet reads Entra tenants.</summary>
    public MicrosoftGraphClient MicrosoftGraph { get; }

    /// <summary>MDM commands.</summary>
    public CommandsClient Commands { get; }

    /// <summary>Reports, called queries before 4.82.</summary>
    public ReportsClient Reports { get; }

    /// <summary>Policies, global and of fleets.</summary>
    public PoliciesClient Policies { get; }

    /// <summary>Activities.</summary>
    public ActivitiesClient Activities { get; }

    /// <summary>The declarative endpoints that GitOps uses.</summary>
    public SpecClient Spec { get; }

    /// <summary>The server's address.</summary>
    public Uri Address => new(_transport.Options.Url!);

    /// <summary>A client with a connection pool of its own that repeats what is safe, follows no redirects and checks pins.</summary>
    /// <param name="options">Address, token and limits.</param>
    /// <param name="tokens">Gives the token, where the options do not.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="logger">The log.</param>
    public static FleetClient Create(FleetClientOptions options, IFleetTokenProvider? tokens = null, TimeProvider? time = null, ILogger<FleetClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        FleetClientOptionsValidator.Check(options);
        TimeProvider clock = time ?? TimeProvider.System;
        var handler = new RetryHandler(options.Retry(), clock) { InnerHandler = ApiConnection.CreateHandler(options.TrustedRootsPem, options.PinnedFingerprints) };
        return new FleetClient(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, options, tokens, clock, logger, isOwned: true);
    }

    /// <summary>The server's release, asked for once an hour at most.</summary>
    public ValueTask<FleetVersion> GetVersionAsync(CancellationToken cancellationToken = default) => _transport.GetVersionAsync(cancellationToken);

    /// <summary>Makes a call that this library does not model.</summary>
    /// <typeparam name="T">What the answer is read as.</typeparam>
    /// <param name="method">The verb.</param>
    /// <param name="path">The path under <c>/api/VERSION/fleet/</c> with its query, escaped, without a leading slash: <c>hosts/7/health</c>.</param>
    /// <param name="type">How the answer is read, from the caller's own source-generated context.</param>
    /// <param name="content">The body.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The path is not escaped, or leads out of the API.</exception>
    public Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, HttpContent? content = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _transport.SendAsync(new FleetRequest(Raw, method, RawPath.Check(path)) { Content = content }, type, cancellationToken);
    }

    /// <summary>Makes a call that this library does not model, and drops the answer.</summary>
    /// <inheritdoc cref="SendAsync{T}"/>
    public Task SendAsync(HttpMethod method, string path, HttpContent? content = null, CancellationToken cancellationToken = default)
    {
        return _transport.SendAsync(new FleetRequest(Raw, method, RawPath.Check(path)) { Content = content }, cancellationToken);
    }

    /// <summary>Closes the connections of a client made by <see cref="Create"/>; does nothing to a caller's own <see cref="HttpClient"/>.</summary>
    public void Dispose() => _owned?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => _transport.Options.ToString();
}
