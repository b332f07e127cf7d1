namespace Smallstep.Fleet.Variables;

/// <summary>The table of Fleet's variables.</summary>
public static class VariableCatalog
{
    private const VariableTargets Everywhere =
        VariableTargets.AppleProfile | VariableTargets.Declaration | VariableTargets.WindowsProfile | VariableTargets.Script | VariableTargets.Android;

    private const VariableTargets BothProfiles = VariableTargets.AppleProfile | VariableTargets.WindowsProfile;

    private const string HostCount = "Unexpected number of hosts (<count>) for UUID <uuid>.";

    private const string NoAuthority = "Fleet couldn't populate ${0} because {1} certificate authority doesn't exist.";

    /// <summary>Every variable, in the order of the reference.</summary>
    public static IReadOnlyList<FleetVariable> All { get; } =
    [
        Plain("HOST_UUID", Everywhere, "the host's UUID in Fleet (the enrolment id of a user-enrolled iOS device)", ""),
        Plain("HOST_HARDWARE_SERIAL", Everywhere, "the serial number in the inventory", "There is no serial number for this host. Fleet couldn't populate $FLEET_VAR_HOST_HARDWARE_SERIAL.",
            note: "Apple hosts without a serial number get an empty text.") with
        {
            OtherFailures =
            [
                new("Windows, several hosts with the UUID", "Found <count> hosts with UUID <uuid>. Profile variable substitution for $FLEET_VAR_HOST_HARDWARE_SERIAL requires exactly one host"),
                new("Apple, several hosts with the UUID", HostCount),
            ],
        },
        Plain("HOST_PLATFORM", Everywhere, "`macos`, `ios`, `ipados`, `windows` or `android`", "") with { OtherFailures = [new("Apple, several hosts with the UUID", HostCount)] },
        Idp("HOST_END_USER_IDP_USERNAME", "the first IdP user's name", "is no IdP username"),
        Idp("HOST_END_USER_IDP_USERNAME_LOCAL_PART", "that name up to its first `@`", "is no IdP username"),
        Idp("HOST_END_USER_IDP_GROUPS", "the IdP user's groups, joined by `,`", "are no IdP groups"),
        Idp("HOST_END_USER_IDP_DEPARTMENT", "the IdP user's department", "is no IdP department"),
        Idp("HOST_END_USER_IDP_FULL_NAME", "the IdP user's full name, blanks trimmed", "is no IdP full name"),
        Plain("HOST_END_USER_EMAIL_IDP", VariableTargets.AppleProfile | VariableTargets.Android, "the host's first IdP e-mail address",
            "There is no IdP email for this host. Fleet couldn't populate $FLEET_VAR_HOST_END_USER_EMAIL_IDP. [Learn more](https://fleetdm.com/learn-more-about/idp-email)",
            note: "Legacy; use HOST_END_USER_IDP_USERNAME."),
        Plain("NDES_SCEP_CHALLENGE", BothProfiles, "a one-time challenge from the NDES admin page",
            "NDES is not configured. Fleet couldn't populate $FLEET_VAR_NDES_SCEP_CHALLENGE.", AuthorityKind.Ndes, note: "On Windows from 4.82.") with
        {
            OtherFailures = [.. AppleNdes, NotFetched("NDES_SCEP_CHALLENGE")],
        },
        Plain("NDES_SCEP_PROXY_URL", BothProfiles, "the URL of Fleet's SCEP proxy", "", AuthorityKind.Ndes, note: "On Windows from 4.82.") with { OtherFailures = AppleNdes },
        Family("CUSTOM_SCEP_CHALLENGE_", AuthorityKind.CustomScep, BothProfiles, "the authority's static challenge"),
        Family("CUSTOM_SCEP_PROXY_URL_", AuthorityKind.CustomScep, BothProfiles, "the URL of Fleet's SCEP proxy with a one-time challenge of Fleet's own"),
        Family("SMALLSTEP_SCEP_CHALLENGE_", AuthorityKind.Smallstep, VariableTargets.AppleProfile, "a challenge fetched from the authority's challenge URL, usable for 4 minutes",
            new FleetVersion(4, 76), NotFetched("SMALLSTEP_SCEP_CHALLENGE_")),
        Family("SMALLSTEP_SCEP_PROXY_URL_", AuthorityKind.Smallstep, VariableTargets.AppleProfile, "the URL of Fleet's SCEP proxy", new FleetVersion(4, 76)),
        Family("DIGICERT_DATA_", AuthorityKind.DigiCert, VariableTargets.AppleProfile, "the base64 of a PKCS#12 issued at delivery; the one variable that may stand inside `<data>`",
            failure: new("the certificate cannot be fetched", "Couldn't get certificate from DigiCert for {0}. <error>")),
        Family("DIGICERT_PASSWORD_", AuthorityKind.DigiCert, VariableTargets.AppleProfile, "the password of that PKCS#12"),
        Plain("CERTIFICATE_RENEWAL_ID", BothProfiles, "`fleet-` and the profile's UUID", "", since: new FleetVersion(4, 86)),
        Plain("SCEP_RENEWAL_ID", BothProfiles, "`fleet-` and the profile's UUID", "", note: "The older name of CERTIFICATE_RENEWAL_ID; a profile holds one of them, once."),
        Plain("SCEP_WINDOWS_CERTIFICATE_ID", VariableTargets.WindowsProfile, "the profile's UUID (`w` and a UUID)", "", note: "May repeat freely."),
        Plain("PSSO_DEVICE_REGISTRATION_TOKEN", VariableTargets.AppleProfile, "a token signed by Fleet for Platform SSO", "", since: new FleetVersion(4, 89),
            note: "Only as the RegistrationToken of Fleet's own Platform SSO payload."),
    ];

    /// <summary>The variable that a name means: exactly, or as a member of a family.</summary>
    public static FleetVariable? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(variable => variable.Matches(name));
    }

    /// <summary>Whether a document of a kind takes a name at upload in a Fleet release.</summary>
    /// <param name="name">The name without <c>FLEET_VAR_</c>.</param>
    /// <param name="target">One kind of document.</param>
    /// <param name="version">The release.</param>
    /// <param name="smallstepOnWindows">Overrides whether the release takes the Smallstep variables in Windows profiles.</param>
    public static bool IsSupported(string name, VariableTargets target, FleetVersion version, bool? smallstepOnWindows = null)
    {
        if (Find(name) is not { } variable || !variable.IsKnownTo(version))
        {
            return false;
        }

        FleetCapabilities capabilities = version.Capabilities;
        bool windows = target == VariableTargets.WindowsProfile;
        return variable switch
        {
            { Authority: AuthorityKind.Smallstep } when windows => smallstepOnWindows ?? capabilities.SmallstepVariablesOnWindows,
            { Authority: AuthorityKind.Ndes } when windows => capabilities.NdesVariablesOnWindows,
            { Name: "SCEP_RENEWAL_ID" } when windows => capabilities.RenewalIdOnWindows,
            _ when target == VariableTargets.Declaration => capabilities.DeclarationVariables && variable.Targets.HasFlag(target),
            _ when target == VariableTargets.Script => capabilities.ScriptVariables && variable.Targets.HasFlag(target),
            _ => variable.Targets.HasFlag(target),
        };
    }

    private static FleetVariable Plain(
        string name, VariableTargets targets, string source, string failure, AuthorityKind? authority = null, FleetVersion? since = null, string note = "") =>
        new(name, false, authority, targets, source, VariableEscaping.Document, failure, since, note);

    private static FleetVariable Idp(string name, string source, string failure) =>
        Plain(name, Everywhere, source, $"There {failure} for this host. Fleet couldn't populate $FLEET_VAR_{name}.") with
        {
            OtherFailures = [new("several hosts with the UUID", HostCount)],
        };

    private static IReadOnlyList<VariableFailure> AppleNdes =>
        [new("Apple, NDES not configured", AppleDeliveryCheck.NdesNotConfigured), FreeLicense("Apple, ", AuthorityKind.Ndes)];

    private static VariableFailure FreeLicense(string where, AuthorityKind kind) => new(where + "free licence", AppleDeliveryCheck.NeedsPremium(kind));

    private static VariableFailure NotFetched(string prefix) => new("the challenge cannot be fetched", $"Fleet couldn't populate $FLEET_VAR_{prefix}. <error>");

    private static FleetVariable Family(string name, AuthorityKind kind, VariableTargets targets, string source, FleetVersion? since = null, VariableFailure? failure = null) =>
        new(name, true, kind, targets, source, VariableEscaping.WholeElement, NoAuthority.Replace("{0}", name + "{0}", StringComparison.Ordinal).Replace("{1}", "{0}", StringComparison.Ordinal), since)
        {
            OtherFailures = failure is null ? [FreeLicense("", kind)] : [FreeLicense("", kind), failure],
        };
}
