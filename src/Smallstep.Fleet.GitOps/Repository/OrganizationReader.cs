using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>Reads what <c>org_settings</c> declares as files: licence agreement, logos, YARA rules. fleetctl sends their bytes as they are.</summary>
internal sealed class OrganizationReader(RunScope scope, ParsedFile file)
{
    /// <summary>The licence agreement and the logos. An agreement that is not declared goes; of logos, fleetctl touches those that have a key.</summary>
    public OrganizationFilesState Files()
    {
        GitOpsNode? info = file.Settings?[HostedLogos.Section];
        return new OrganizationFilesState
        {
            IsLicenseAgreementOpen = scope.Run.Server is not { IsPremium: true, IsAppleMdmEnabled: true },
            LicenseAgreement = scope.Run.Server is { IsPremium: true, IsAppleMdmEnabled: true } ? File(file.Settings?["mdm"]?["end_user_license_agreement"]) : null,
            LightLogo = File(info?[HostedLogos.Light.Path]),
            IsLightLogoOpen = IsOpen(info, HostedLogos.Light),
            DarkLogo = File(info?[HostedLogos.Dark.Path]),
            IsDarkLogoOpen = IsOpen(info, HostedLogos.Dark),
        };
    }

    /// <summary>The YARA rules; without the key, fleetctl clears them.</summary>
    public IReadOnlyList<YaraRuleState> YaraRules() =>
        [.. (file.Settings?["yara_rules"]?.Items ?? []).Select(rule => rule["path"]?.AsText()).OfType<string>().Select(path => new YaraRuleState(RepositoryPath.Base(path), Raw(Resolved(path))))];

    // A key without a value asks for no logo; an address takes the place of one, which is a matter of the settings.
    private static bool IsOpen(GitOpsNode? info, (string Path, string Url) keys) => info is null
        || (info[keys.Path]?.AsText() is not { Length: > 0 } && (info[keys.Url]?.AsText() is { Length: > 0 } || !(info.Has(keys.Path) || info.Has(keys.Url))));

    private OrganizationFileState? File(GitOpsNode? path) =>
        path?.AsText() is { Length: > 0 } name ? new OrganizationFileState(RepositoryPath.Base(name), scope.Bytes(Resolved(name))) : null;

    // With its byte order mark, if it has one: fleetctl sends what is there.
    private string? Raw(string path) => scope.Bytes(path) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private string Resolved(string path) => RepositoryPath.Resolve(file.SettingsFolder, path);
}
