using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet;

/// <summary>What the options of both clients must keep to; says everything that is wrong at once.</summary>
internal static class ApiOptionRules
{
    // Timers take no longer spans than about 49 days.
    private static readonly TimeSpan MaxSpan = TimeSpan.FromDays(24);

    // Buffers double, and an array holds less than 2 GiB.
    private const long MaxBytes = 1_000_000_000;

    public static IEnumerable<string> Address(string? address, bool allowHttp, string example)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"Url is no http(s) address; give {example}.";
        }
        else if (url.Scheme == "http" && !allowHttp)
        {
            yield return "Url is not https, so the token would travel in the clear; use https, or set AllowHttp where that is meant.";
        }
        else if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return "Url holds a query, a fragment or credentials; give scheme, host, port and path only.";
        }
    }

    public static IEnumerable<string> TimeOuts(params (string Name, TimeSpan Value)[] spans) =>
        spans.Where(span => span.Value <= TimeSpan.Zero || span.Value > MaxSpan).Select(span => $"{span.Name} must be longer than zero and {MaxSpan.TotalDays} days at most.");

    public static IEnumerable<string> Sizes(params (string Name, long Value)[] sizes) =>
        sizes.Where(size => size.Value is < 1024 or > MaxBytes).Select(size => $"{size.Name} must be from 1024 to {MaxBytes} bytes.");

    public static IEnumerable<string> Retries(RetrySettings settings)
    {
        if (settings.MaxRetries is < 0 or > 10)
        {
            yield return "MaxRetries must be from 0 to 10.";
        }

        if (settings.Delay < TimeSpan.Zero || settings.Delay > MaxSpan || settings.MaxRetryAfter < TimeSpan.Zero || settings.MaxRetryAfter > MaxSpan)
        {
            yield return $"RetryDelay and MaxRetryAfter must be from zero to {MaxSpan.TotalDays} days.";
        }
    }

    public static IEnumerable<string> Trust(string? rootsPem, IEnumerable<string> pins)
    {
        if (rootsPem is not null && !HoldsCertificates(rootsPem))
        {
            yield return "TrustedRootsPem holds no PEM certificate.";
        }

        foreach (string pin in pins)
        {
            if (!Sha256Fingerprint.TryParse(pin, out _))
            {
                yield return "PinnedFingerprints holds a text that is no SHA-256 fingerprint.";
            }
        }
    }

    private static bool HoldsCertificates(string pem)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(pem);
            return roots.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            foreach (X509Certificate2 root in roots)
            {
                root.Dispose();
            }
        }
    }
}
