using System.Globalization;
using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Platform;

/// <summary>Says everything that is wrong with the options at once.</summary>
internal sealed class SmallstepClientOptionsValidator : IValidateOptions<SmallstepClientOptions>
{
    public ValidateOptionsResult Validate(string? name, SmallstepClientOptions options)
    {
        IReadOnlyList<string> problems = Problems(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static void Check(SmallstepClientOptions options)
    {
        IReadOnlyList<string> problems = Problems(options);
        if (problems.Count > 0)
        {
            throw new ArgumentException("The Smallstep client's options are wrong: " + string.Join(" ", problems), nameof(options));
        }
    }

    private static List<string> Problems(SmallstepClientOptions options)
    {
        var problems = new List<string>(ApiOptionRules.Address(options.Url, options.AllowHttp, "the API's, such as https://gateway.smallstep.com/api"));
        if (!DateOnly.TryParseExact(options.ApiVersion, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            problems.Add("ApiVersion must be a date such as 2026-05-01.");
        }

        if (options.PageSize is < 1 or > 1000)
        {
            problems.Add("PageSize must be from 1 to 1000.");
        }

        return
        [
            .. problems,
            .. ApiOptionRules.TimeOuts((nameof(options.AttemptTimeout), options.AttemptTimeout), (nameof(options.TotalTimeout), options.TotalTimeout), (nameof(options.IdleTimeout), options.IdleTimeout)),
            .. ApiOptionRules.Retries(options.Retry()),
            .. ApiOptionRules.Sizes((nameof(options.MaxResponseBytes), options.MaxResponseBytes)),
            .. ApiOptionRules.Trust(options.TrustedRootsPem, options.PinnedFingerprints),
        ];
    }
}
