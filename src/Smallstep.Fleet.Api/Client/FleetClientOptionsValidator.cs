using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Api;

/// <summary>Says everything that is wrong with the options at once.</summary>
internal sealed class FleetClientOptionsValidator : IValidateOptions<FleetClientOptions>
{
    public ValidateOptionsResult Validate(string? name, FleetClientOptions options)
    {
        IReadOnlyList<string> problems = Problems(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static IReadOnlyList<string> Problems(FleetClientOptions options)
    {
        var problems = new List<string>(ApiOptionRules.Address(options.Url, options.AllowHttp, "the server's, such as https://fleet.example.org"));
        if (options.ApiVersion is not ("latest" or "v1" or "2022-04"))
        {
            problems.Add("ApiVersion must be latest, v1 or 2022-04.");
        }

        if (options.ServerVersion is not null && !FleetVersion.TryParse(options.ServerVersion, out _))
        {
            problems.Add("ServerVersion is no version; give one such as 4.91.2, or leave it out.");
        }

        return
        [
            .. problems,
            .. ApiOptionRules.TimeOuts(
                (nameof(options.AttemptTimeout), options.AttemptTimeout), (nameof(options.TotalTimeout), options.TotalTimeout),
                (nameof(options.TransferTimeout), options.TransferTimeout), (nameof(options.IdleTimeout), options.IdleTimeout)),
            .. ApiOptionRules.Retries(options.Retry()),
            .. ApiOptionRules.Sizes((nameof(options.MaxResponseBytes), options.MaxResponseBytes), (nameof(options.MaxRecordBytes), options.MaxRecordBytes)),
            .. ApiOptionRules.Trust(options.TrustedRootsPem, options.PinnedFingerprints),
        ];
    }

    public static void Check(FleetClientOptions options)
    {
        IReadOnlyList<string> problems = Problems(options);
        if (problems.Count > 0)
        {
            throw new ArgumentException("The Fleet client's options are wrong: " + string.Join(" ", problems), nameof(options));
        }
    }
}
