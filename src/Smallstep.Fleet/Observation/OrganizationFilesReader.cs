using System.Net;
using System.Text.Json;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads what the server keeps as files for the whole organization: licence agreement, logos, YARA rules.</summary>
internal static class OrganizationFilesReader
{
    public static async Task<OrganizationFilesState?> ReadAsync(ReadableClients fleet, JsonElement? configuration, ObservationSelection selection, CancellationToken cancellationToken)
    {
        if (!selection.WantsFiles || configuration is not { } shown)
        {
            return null;
        }

        // Without Apple MDM the server does not say whether there is an agreement.
        bool hasMdm = SettingsReader.Member(SettingsReader.Member(shown, "mdm"), "enabled_and_configured").ValueKind == JsonValueKind.True;
        Agreement? agreement = hasMdm ? await fleet.TryReadAsync(client => AgreementAsync(client, cancellationToken)).ConfigureAwait(false) : null;
        IReadOnlyList<string> hosted = SettingsState.FromServer(SettingsScope.Organization, shown).Hosted;
        return new OrganizationFilesState
        {
            LicenseAgreement = agreement?.File,
            IsLicenseAgreementOpen = agreement is null,
            LightLogo = await LogoAsync(fleet, LogoMode.Light, hosted, selection.WantsLightLogo, cancellationToken).ConfigureAwait(false),
            DarkLogo = await LogoAsync(fleet, LogoMode.Dark, hosted, selection.WantsDarkLogo, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>
    /// The YARA rules; <see langword="null"/> where the tokens may not ask for them, or where the server would not accept a change of nothing either,
    /// because what it has stored contradicts its licence or its own rules.
    /// </summary>
    public static async Task<IReadOnlyList<YaraRuleState>?> ReadRulesAsync(ReadableClients fleet, bool isWanted, CancellationToken cancellationToken)
    {
        if (!isWanted)
        {
            return null;
        }

        try
        {
            IReadOnlyList<YaraRule>? rules = await fleet.TryReadAsync(client => client.Configuration.ListYaraRulesAsync(cancellationToken)).ConfigureAwait(false);
            return rules is null ? null : [.. rules.Select(rule => new YaraRuleState(rule.Name, rule.Contents))];
        }
        catch (FleetApiException refused) when (refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.UnprocessableEntity)
        {
            return null;
        }
    }

    private static async Task<Agreement> AgreementAsync(FleetClient client, CancellationToken cancellationToken)
    {
        try
        {
            EndUserLicenseAgreement? found = await client.SetupExperience.GetLicenseAgreementAsync(cancellationToken).ConfigureAwait(false);
            return new Agreement(found is null ? null : new OrganizationFileState(found.Name, await client.SetupExperience.DownloadLicenseAgreementAsync(found.DownloadId, cancellationToken).ConfigureAwait(false)));
        }
        catch (FleetApiException free) when (free.Status == HttpStatusCode.PaymentRequired)
        {
            return new Agreement(null);
        }
    }

    // Fleet keeps no name of a logo. One that could not be read is there, with unknown contents.
    private static async Task<OrganizationFileState?> LogoAsync(ReadableClients fleet, LogoMode mode, IReadOnlyList<string> hosted, bool isWanted, CancellationToken cancellationToken)
    {
        if (!isWanted || !hosted.Contains(LogoAddresses.PathOf(mode)))
        {
            return null;
        }

        try
        {
            return await fleet.Writer.Configuration.DownloadLogoAsync(mode, cancellationToken).ConfigureAwait(false) is { } image ? new OrganizationFileState(LogoAddresses.NameOf(mode), image) : null;
        }
        catch (FleetApiException unreadable) when (unreadable.Status is not null)
        {
            return new OrganizationFileState(LogoAddresses.NameOf(mode), null);
        }
    }

    private sealed record Agreement(OrganizationFileState? File);
}
