using System.Diagnostics;

namespace Smallstep.Fleet.Api;

/// <summary>Where a Fleet server is and how to talk to it.</summary>
[DebuggerDisplay("{Url}")]
public sealed class FleetClientOptions
{
    /// <summary>The server's address, such as <c>https://fleet.example.org</c>; a path prefix is kept.</summary>
    public string? Url { get; set; }

    /// <summary>The API token; leave it out where an <see cref="IFleetTokenProvider"/> gives it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Token { get; set; }

    /// <summary>Whether <c>http://</c> addresses are taken, which send the token in the clear.</summary>
    /// <value><see langword="false"/>.</value>
    public bool AllowHttp { get; set; }

    /// <summary>The version part of paths: <c>latest</c>, <c>v1</c> or <c>2022-04</c>.</summary>
    /// <value><c>latest</c>, under which every route is registered.</value>
    public string ApiVersion { get; set; } = "latest";

    /// <summary>The server's release, to save the question; left out, <c>GET /version</c> is asked once an hour when it matters.</summary>
    public string? ServerVersion { get; set; }

    /// <summary>How long one attempt may take until the answer's headers are there.</summary>
    /// <value>100 seconds: large host lists take up to a minute.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a call may take with its attempts and the whole answer; for lists, a page.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upload or download of a package may take.</summary>
    /// <value>2 hours.</value>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long the server may send nothing in the middle of an answer.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call that is safe to repeat is repeated after the first attempt.</summary>
    /// <value>3.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The delay before the first repetition; it doubles each time up to 30 seconds and gets a jitter of up to a half.</summary>
    /// <value>500 ms.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one ends the call.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read into memory, in bytes. Streamed lists and downloads are not bound by it.</summary>
    /// <value>32 MiB.</value>
    public long MaxResponseBytes { get; set; } = 32L * 1024 * 1024;

    /// <summary>The largest single host (or run of white space) in a streamed list, in bytes.</summary>
    /// <value>16 MiB.</value>
    public int MaxRecordBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>A PEM with the roots to trust instead of the system's, for a Fleet with a private certificate.</summary>
    public string? TrustedRootsPem { get; set; }

    /// <summary>SHA-256 fingerprints of which the server's chain must hold one; empty for no pin.</summary>
    public IList<string> PinnedFingerprints { get; } = [];

    internal RetrySettings Retry() => new(MaxRetries, RetryDelay, MaxRetryAfter, AttemptTimeout);

    /// <inheritdoc/>
    public override string ToString() => $"Fleet at {Url}";
}
