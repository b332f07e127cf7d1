using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Smallstep.Fleet.Platform;

/// <summary>The Smallstep platform API. Immutable and safe for use by many threads; keep one for the life of the application.</summary>
/// <remarks>Behind a container use <c>AddSmallstepPlatform</c>; without one, <see cref="Create"/>, or the constructor with an <see cref="HttpClient"/> of your own.</remarks>
public sealed class SmallstepClient : IDisposable
{
    private static readonly SmallstepOperation Raw = new("make this call", "of the operation's name");

    private readonly SmallstepTransport _transport;
    private readonly HttpClient? _owned;

    /// <summary>Talks to the API through an <see cref="HttpClient"/> of the caller's, whose handler should not follow redirects.</summary>
    /// <param name="http">The client; stays the caller's. No call is repeated unless its handlers do so.</param>
    /// <param name="options">Address, token and limits; read once.</param>
    /// <param name="tokens">Gives the token, where the options do not.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message holds every reason.</exception>
    public SmallstepClient(HttpClient http, SmallstepClientOptions options, ISmallstepTokenProvider? tokens = null, TimeProvider? time = null, ILogger<SmallstepClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _transport = new SmallstepTransport(http, options, tokens ?? new FixedTokenProvider(options.Token), time ?? TimeProvider.System, logger ?? NullLogger<SmallstepClient>.Instance);
        Devices = new DevicesClient(_transport);
        EnrollmentPolicy = new EnrollmentPolicyClient(_transport);
        Authorities = new AuthoritiesClient(_transport);
        Certificates = new CertificatesClient(_transport);
    }

    private SmallstepClient(HttpClient http, SmallstepClientOptions options, ISmallstepTokenProvider? tokens, TimeProvider time, ILogger<SmallstepClient>? logger, bool isOwned)
        : this(http, options, tokens, time, logger) => _owned = isOwned ? http : null;

    /// <summary>Devices.</summary>
    public DevicesClient Devices { get; }

    /// <summary>Which devices may enrol, and which are approved at once.</summary>
    public EnrollmentPolicyClient EnrollmentPolicy { get; }

    /// <summary>Authorities and their provisioners.</summary>
    public AuthoritiesClient Authorities { get; }

    /// <summary>Issued certificates.</summary>
    public CertificatesClient Certificates { get; }

    /// <summary>A client with a connection pool of its own that repeats what is safe, follows no redirects and checks pins.</summary>
    /// <param name="options">Address, token and limits.</param>
    /// <param name="tokens">Gives the token, where the options do not.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="logger">The log.</param>
    public static SmallstepClient Create(SmallstepClientOptions options, ISmallstepTokenProvider? tokens = null, TimeProvider? time = null, ILogger<SmallstepClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        SmallstepClientOptionsValidator.Check(options);
        TimeProvider clock = time ?? TimeProvider.System;
        var handler = new RetryHandler(options.Retry(), clock) { InnerHandler = ApiConnection.CreateHandler(options.TrustedRootsPem, options.PinnedFingerprints) };
        return new SmallstepClient(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, options, tokens, clock, logger, isOwned: true);
    }

    /// <summary>Makes a call that this library does not model, such as to <c>credentials</c>.</summary>
    /// <param name="method">The verb. POST is never repeated.</param>
    /// <param name="path">Path and query under the API's address, already escaped, such as <c>credentials</c>.</param>
    /// <param name="type">How the answer is read, from a source-generated context.</param>
    /// <param name="content">The body.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SmallstepApiException">The server refused, or its answer is not of the type.</exception>
    /// <exception cref="ArgumentException">The path is not escaped, or leads out of the API.</exception>
    public Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, HttpContent? content = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _transport.SendAsync(new SmallstepRequest(Raw, method, RawPath.Check(path)) { Content = content }, type, cancellationToken);
    }

    /// <summary>Makes a call that this library does not model, and drops the answer.</summary>
    /// <inheritdoc cref="SendAsync{T}"/>
    public Task SendAsync(HttpMethod method, string path, HttpContent? content = null, CancellationToken cancellationToken = default)
    {
        return _transport.SendAsync(new SmallstepRequest(Raw, method, RawPath.Check(path)) { Content = content }, cancellationToken);
    }

    /// <summary>Closes the connections of a client made by <see cref="Create"/>; does nothing to a caller's own <see cref="HttpClient"/>.</summary>
    public void Dispose() => _owned?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => _transport.Options.ToString();
}
