using System.Net;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Carries out changes of the licence agreement, the logos and the YARA rules.</summary>
internal static class OrganizationFilesApplier
{
    public static async Task ApplyAsync(PlannedChange change, FleetClient fleet, CancellationToken cancellationToken)
    {
        var wanted = change.Desired as OrganizationFileState;
        if (change.Name == OrganizationFilesPlanner.Agreement)
        {
            await AgreementAsync(wanted, fleet.SetupExperience, cancellationToken).ConfigureAwait(false);
            return;
        }

        LogoMode mode = change.Name == LogoAddresses.NameOf(LogoMode.Light) ? LogoMode.Light : LogoMode.Dark;
        Task applied = wanted is null
            ? fleet.Configuration.DeleteLogoAsync(mode, cancellationToken)
            : fleet.Configuration.UploadLogoAsync(mode, wanted.Name, wanted.Contents!.Value, cancellationToken);
        await applied.ConfigureAwait(false);
    }

    /// <summary>Changes one file of rules. Fleet takes all files at once, so those that are there now are sent along.</summary>
    public static async Task ApplyRuleAsync(PlannedChange change, ConfigurationClient configuration, CancellationToken cancellationToken)
    {
        List<YaraRule> rules = [.. await configuration.ListYaraRulesAsync(cancellationToken).ConfigureAwait(false)];
        int at = rules.FindIndex(rule => string.Equals(rule.Name, change.Name, StringComparison.OrdinalIgnoreCase));
        if (change.Desired is YaraRuleState wanted)
        {
            var rule = new YaraRule(wanted.Name, wanted.Contents ?? "");
            rules = at < 0 ? [.. rules, rule] : [.. rules[..at], rule, .. rules[(at + 1)..]];
        }
        else if (at >= 0)
        {
            rules.RemoveAt(at);
        }

        await configuration.ReplaceYaraRulesAsync(rules, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Uploads an agreement, in place of the one that is there now. The former bytes are at hand until the new ones are accepted: a server that
    /// refuses those gets the former back.
    /// </summary>
    private static async Task AgreementAsync(OrganizationFileState? wanted, SetupExperienceClient setup, CancellationToken cancellationToken)
    {
        EndUserLicenseAgreement? there = await setup.GetLicenseAgreementAsync(cancellationToken).ConfigureAwait(false);
        byte[]? former = null;
        if (there is not null)
        {
            former = wanted is null ? null : await setup.DownloadLicenseAgreementAsync(there.DownloadId, cancellationToken).ConfigureAwait(false);
            await setup.DeleteLicenseAgreementAsync(there.DownloadId, cancellationToken).ConfigureAwait(false);
        }

        if (wanted is null)
        {
            return;
        }

        try
        {
            await setup.UploadLicenseAgreementAsync(wanted.Name, wanted.Contents!.Value, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException refused) when (refused.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError && former is not null)
        {
            await setup.UploadLicenseAgreementAsync(there!.Name, former, cancellationToken: cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
