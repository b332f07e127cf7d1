using System.Diagnostics;

namespace Smallstep.Fleet.Platform;

/// <summary>Where the Smallstep API is and how to talk to it.</summary>
[DebuggerDisplay("{Url}")]
public sealed class SmallstepClientOptions
{
    /// <summary>The release of the API that has enrolment policy, certificate filters and revocation.</summary>
    public const string CurrentApiVersion = "2026-05-01";

    /// <summary>The API's address.</summary>
    /// <value><c>https://gateway.smallstep.com/api</c>; self-hosted ones differ.</value>
    public string Url { get; set; } = "https://gateway.smallstep.com/api";

    /// <summary>The token from the console (Settings → API → Tokens); leave it out where an <see cref="ISmallstepTokenProvider"/> gives it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Token { get; set; }

    /// <summary>Whether <c>http://</c> addresses are taken, which send the token in the clear.</summary>
    /// <value><see langword="false"/>.</value>
    public bool AllowHttp { get; set; }

    /// <summary>The release of the API, sent as <c>X-Smallstep-Api-Version</c>.</summary>
    /// <value><see cref="CurrentApiVersion"/>.</value>
    public string ApiVersion { get; set; } = CurrentApiVersion;

    /// <summary>How filters with several values are written.</summary>
    public FilterArrayStyle FilterArrays { get; set; }

    /// <summary>Records a page, 1 to 1000.</summary>
    /// <value>100.</value>
    public int PageSize { get; set; } = 100;

    /// <summary>How long one attempt may take until the answer's headers are there.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take with its attempts and the whole answer; for lists, a page.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the server may send nothing in the middle of an answer.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call that is safe to repeat is repeated after the first attempt.</summary>
    /// <value>3.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The delay before the first repetition; it doubles each time up to 30 seconds and gets a jitter of up to a half.</summary>
    /// <value>500 ms.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest <c>Retry-After</c> that is waited for.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read, in bytes.</summary>
    /// <value>32 MiB.</value>
    public long MaxResponseBytes { get; set; } = 32L * 1024 * 1024;

    /// <summary>A PEM with the roots to trust instead of the system's.</summary>
    public string? TrustedRootsPem { get; set; }

    /// <summary>SHA-256 fingerprints of which the server's chain must hold one; empty for no pin.</summary>
    public IList<string> PinnedFingerprints { get; } = [];

    internal RetrySettings Retry() => new(MaxRetries, RetryDelay, MaxRetryAfter, AttemptTimeout);

    /// <inheritdoc/>
    public override string ToString() => $"Smallstep at {Url}";
}
