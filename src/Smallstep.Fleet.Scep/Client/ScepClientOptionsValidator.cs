using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Scep;

/// <summary>Checks a client's options; all that is wrong is said at once.</summary>
internal sealed class ScepClientOptionsValidator : IValidateOptions<ScepClientOptions>
{
    // Timers take no longer spans than about 49 days.
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(24);

    public ValidateOptionsResult Validate(string? name, ScepClientOptions options)
    {
        List<string> failures = [.. Failures(options)];
        if (!options.IsPinned && !options.AllowUnpinnedCa)
        {
            failures.Add(ScepClientOptions.NotPinned);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What no client can work with; a missing pin is found when the CA is asked for its certificates.</summary>
    public static IEnumerable<string> Failures(ScepClientOptions options)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            yield return "Url must be the CA's absolute http or https address.";
        }

        if (options.RootFingerprint is { Length: > 0 } root && !Sha256Fingerprint.TryParse(root, out _))
        {
            yield return "RootFingerprint must be 64 hex digits.";
        }

        if (options.RaFingerprint is { Length: > 0 } ra && !Sha256Fingerprint.TryParse(ra, out _))
        {
            yield return "RaFingerprint must be 64 hex digits.";
        }

        foreach ((string name, TimeSpan span) in new[]
        {
            (nameof(options.Timeout), options.Timeout),
            (nameof(options.PollInterval), options.PollInterval),
            (nameof(options.MaximumPollInterval), options.MaximumPollInterval),
        })
        {
            if (span <= TimeSpan.Zero || span > LongestSpan)
            {
                yield return $"{name} must be longer than zero and {LongestSpan.TotalDays} days at most.";
            }
        }
    }
}
