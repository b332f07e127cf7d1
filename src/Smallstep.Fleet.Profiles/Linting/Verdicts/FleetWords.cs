namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's sentences that stand in more than one check, and its reserved names.</summary>
internal static class FleetWords
{
    public const string Stage = "server";
    public const string CouldNotAdd = "Couldn't add. ";
    public const string License = "Requires Fleet Premium license";
    public const string Signed = "Couldn't add. Configuration profiles can't be signed. Fleet will sign the profile for you. Learn more: https://fleetdm.com/learn-more-about/unsigning-configuration-profiles";
    public const string FileVault = "Couldn't add. The configuration profile can't include FileVault settings. To control these settings use disk encryption endpoint.";
    public const string BitLocker = "Couldn't add. The configuration profile can't include BitLocker settings.";
    public const string DiskEncryptionEndpoint = " To control these settings use disk encryption endpoint.";
    public const string OsUpdates = "Couldn't add profile. OS updates are already configured. Remove the OS updates settings first.";
    public const string FileKind = "Couldn't add profile. The file should be a .mobileconfig, XML, or JSON file.";

    public static IReadOnlyList<string> ReservedIdentifiers { get; } =
        ["com.fleetdm.fleet.mdm.filevault", "com.fleetdm.fleetd.config", "com.fleetdm.caroot"];

    public static IReadOnlyList<string> ReservedNames { get; } =
    [
        "Fleetd configuration", "Fleet root certificate authority (CA)", "Disk encryption", "Windows OS Updates",
        "Fleet macOS OS Updates", "Fleet iOS OS Updates", "Fleet iPadOS OS Updates",
    ];

    /// <summary>Both names of the renewal id.</summary>
    public static IReadOnlyList<string> RenewalIds { get; } = ["CERTIFICATE_RENEWAL_ID", "SCEP_RENEWAL_ID"];

    /// <summary>The renewal id as Fleet's messages of a release spell it.</summary>
    public static string RenewalId(FleetVersion version) =>
        version.Capabilities.AcceptsCertificateRenewalId ? "$FLEET_VAR_CERTIFICATE_RENEWAL_ID" : "$FLEET_VAR_SCEP_RENEWAL_ID";

    public static string MustBeInOu(FleetVersion version) => $"Variable {RenewalId(version)} must be in the SCEP certificate's organizational unit (OU).";
}
