namespace Smallstep.Fleet;

/// <summary>What a Fleet release can do, as data: the one place where facts that move between releases are kept.</summary>
/// <remarks>Detecting the release is the API client's work (<c>GET /version</c>); this type is pure.</remarks>
public sealed class FleetCapabilities
{
    private FleetCapabilities(FleetVersion version) => Version = version;

    /// <summary>The release that the answers are about.</summary>
    public FleetVersion Version { get; }

    /// <summary>Certificate authorities of kind Smallstep (4.76).</summary>
    public bool SmallstepCertificateAuthorities => Since(76);

    /// <summary>Basic authentication is sent to the challenge webhook on the first request (4.81).</summary>
    public bool ProactiveChallengeAuthentication => Since(81);

    /// <summary>Fleets and reports, formerly teams and queries, in paths, members and GitOps keys (4.82).</summary>
    public bool FleetAndReportNames => Since(82);

    /// <summary>GitOps keys <c>apple_settings</c>, <c>configuration_profiles</c>, <c>setup_experience</c>, and unknown keys as errors (4.83).</summary>
    public bool AppleSettingsKeys => Since(83);

    /// <summary>Labels, secrets and software can be excepted from GitOps (4.84).</summary>
    public bool GitOpsExceptions => Since(84);

    /// <summary>Software packages take <c>labels_include_all</c> (4.84).</summary>
    public bool SoftwareLabelsIncludeAll => Since(84);

    /// <summary>Profiles removed from Fleet are removed from Windows hosts (4.84).</summary>
    public bool RemovesWindowsProfiles => Since(84);

    /// <summary><c>POST /users/api_only</c> and endpoint-scoped tokens (4.85).</summary>
    public bool ApiOnlyUserEndpoint => Since(85);

    /// <summary><c>$FLEET_VAR_CERTIFICATE_RENEWAL_ID</c> is accepted (4.86).</summary>
    public bool AcceptsCertificateRenewalId => Since(86);

    /// <summary>Fleet keeps logos of the organization itself, and names their addresses by the ground that they are for (4.86).</summary>
    public bool KeepsLogos => Since(86);

    /// <summary>An exclude label may stand beside include labels on a profile (4.87).</summary>
    public bool IncludeAndExcludeLabels => Since(87);

    /// <summary>Outbound requests to private and loopback addresses are blocked by default (4.89).</summary>
    public bool BlocksPrivateNetworks => Since(89);

    /// <summary><c>PATCH /configuration_profiles/:uuid</c>: a profile changes in place (4.90).</summary>
    public bool EditsProfilesInPlace => Since(90);

    /// <summary>Assets that declarations of Apple's refer to, and the declarations that need one (4.90).</summary>
    public bool DeclarationAssets => Since(90);

    /// <summary>Declarations with an activation of their own (4.91).</summary>
    public bool DeclarationActivations => Since(91);

    /// <summary>Up to ten packages of one software title in one fleet (4.90); before, one.</summary>
    public bool SeveralPackagesPerTitle => Since(90);

    /// <summary>Writers use <c>$FLEET_VAR_CERTIFICATE_RENEWAL_ID</c> (4.90); before, <c>$FLEET_VAR_SCEP_RENEWAL_ID</c>.</summary>
    public bool WritesCertificateRenewalId => Since(90);

    /// <summary>Custom host vitals, <c>$FLEET_HOST_VITAL_7</c>, and labels by them (4.90).</summary>
    public bool CustomHostVitals => Since(90);

    /// <summary>App registrations for Microsoft Graph (4.92).</summary>
    public bool MicrosoftGraphCredentials => Since(92);

    /// <summary>A Windows SCEP profile counts as verified only once its certificate was seen (4.90).</summary>
    public bool VerifiesWindowsScepByCertificate => Since(90);

    /// <summary><c>$FLEET_VAR_NDES_SCEP_*</c> in Windows profiles (4.82).</summary>
    public bool NdesVariablesOnWindows => Since(82);

    /// <summary><c>$FLEET_VAR_SMALLSTEP_SCEP_*</c> in Windows profiles: no release known has it.</summary>
    public bool SmallstepVariablesOnWindows => false;

    /// <summary>The renewal id in Windows profiles: 4.77 did not take it; the release is dated, not verified (4.80).</summary>
    public bool RenewalIdOnWindows => Since(80);

    /// <summary>Variables in Apple declarations (early 2026; the release is dated, not verified: 4.80).</summary>
    public bool DeclarationVariables => Since(80);

    /// <summary>Variables in scripts (July 2026; the release is dated, not verified: 4.89).</summary>
    public bool ScriptVariables => Since(89);

    /// <summary><c>$FLEET_HOST_SECRET_</c> is refused in user content (September 2026; dated, not verified: 4.93).</summary>
    public bool ReservesHostSecrets => Since(93);

    /// <summary>Windows Update policies may be uploaded while OS updates are not configured in Fleet (June 2026; dated, not verified: 4.88).</summary>
    public bool WindowsUpdatePolicies => Since(88);

    /// <summary>Signed Apple profiles are refused whatever they hold (4.77); before, only those with variables.</summary>
    public bool RefusesSignedProfiles => Since(77);

    /// <summary>An <c>&lt;Atomic&gt;</c> element may wrap a Windows profile (4.80).</summary>
    public bool WindowsAtomic => Since(80);

    /// <summary>Empty, absolute and <c>..</c> LocURIs are refused (4.87).</summary>
    public bool WindowsLocUriRules => Since(87);

    /// <summary>Values in a Windows SubjectName are quoted at delivery (4.93).</summary>
    public bool WindowsSubjectNameQuoting => Since(93);

    /// <summary><c>populate_end_users</c> on host lists (4.93).</summary>
    public bool PopulateEndUsers => Since(93);

    /// <summary>Attempts at delivering a Windows profile: 3 from 4.92, 1 before.</summary>
    public int WindowsProfileAttempts => Since(92) ? 3 : 1;

    /// <summary>The largest profile that Fleet takes, in bytes.</summary>
    public long MaxProfileBytes => 1024 * 1024;

    /// <summary>The largest installer that Fleet takes, in bytes: 10 GiB from 4.81, 3000 MiB before.</summary>
    public long MaxInstallerBytes => (Since(81) ? 10L * 1024 : 3000L) * 1024 * 1024;

    /// <summary>How long Fleet regards a Smallstep challenge as usable.</summary>
    /// <value>4 minutes.</value>
    public static TimeSpan SmallstepChallengeLifetime { get; } = TimeSpan.FromMinutes(4);

    /// <summary>The names of Fleet's built-in labels; <c>fleetctl gitops</c> refuses every one as a target.</summary>
    public static IReadOnlyList<string> BuiltInLabels { get; } =
    [
        "All Hosts", "macOS", "Ubuntu Linux", "CentOS Linux", "MS Windows", "Red Hat Linux", "All Linux", "chrome",
        "macOS 14+ (Sonoma+)", "iOS", "iPadOS", "Fedora Linux", "Android",
    ];

    /// <summary>The capabilities of a release.</summary>
    public static FleetCapabilities Of(FleetVersion version) => new(version);

    private bool Since(int minor) => Version >= new FleetVersion(4, minor);
}
