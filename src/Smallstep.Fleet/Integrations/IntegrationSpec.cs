using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>What an integration of one Fleet server with one Smallstep team should look like. Immutable; from it everything else follows.</summary>
public sealed record IntegrationSpec
{
    /// <summary>The values that the Smallstep console hands out.</summary>
    public required SmallstepAuthority Authority { get; init; }

    /// <summary>The name of the certificate authority in Fleet; profile variables end in it.</summary>
    /// <value>Default <c>SMALLSTEP_AGENT</c>, as in Smallstep's guide.</value>
    public CaName CaName { get; init; } = CaName.SmallstepAgent;

    /// <summary>The platforms to enrol.</summary>
    /// <value>Default all that Smallstep supports: macOS, iOS, iPadOS, Windows, Linux.</value>
    public IReadOnlyList<DevicePlatform> Platforms { get; init; } = DevicePlatform.Supported;

    /// <summary>The fleets (teams) that get profiles and packages, by name; <c>Unassigned</c> stands for hosts without a fleet.</summary>
    /// <value>Default hosts without a fleet.</value>
    public IReadOnlyList<string> Targets { get; init; } = [TeamState.Unassigned];

    /// <summary>The hosts within the fleets that get the profiles, by labels.</summary>
    /// <value>Default all hosts.</value>
    public LabelTargets Scope { get; init; } = LabelTargets.All;

    /// <summary>Which documents are deployed.</summary>
    /// <value>Default <see cref="ProfileEdition.Recommended"/>.</value>
    public ProfileEdition Edition { get; init; } = ProfileEdition.Recommended;

    /// <summary>How Windows devices come to a certificate.</summary>
    /// <value>Default <see cref="WindowsEnrollment.TpmAttestation"/>. The guide's edition means <see cref="WindowsEnrollment.SmallstepScep"/>.</value>
    public WindowsEnrollment Windows { get; init; } = WindowsEnrollment.TpmAttestation;

    /// <summary>Fleet answers for Smallstep variables in Windows profiles although no released version does; for servers with a patch and for simulators.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AssumeSmallstepVariablesOnWindows { get; init; }

    /// <summary>The agent packages, or <see langword="null"/> where the agent is deployed by other means.</summary>
    /// <value>Default the current names at Smallstep's address.</value>
    public AgentPackages? Packages { get; init; } = new();

    /// <summary>Whether Smallstep approves devices that its Fleet connection brings without an admin's click.</summary>
    /// <value>Default <see langword="false"/>: the enrolment policy is left alone. Needs a Smallstep token.</value>
    public bool AutoApprove { get; init; }

    /// <summary>Whether anything may be deleted on Fleet.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowDeletes { get; init; }

    /// <summary>Whether objects that Fleet cannot change in place may be deleted and created again.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowReplace { get; init; }

    /// <summary>Whether secrets that Fleet masks are sent again on the next apply, after a rotation in the console.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool SendSecretsAgain { get; init; }

    /// <summary>How a host is judged.</summary>
    public ConfirmationPolicy Confirmation { get; init; } = new();

    /// <summary>The way in for Windows that the edition implies.</summary>
    internal WindowsEnrollment EffectiveWindows => Edition == ProfileEdition.Guide ? WindowsEnrollment.SmallstepScep : Windows;

    /// <summary>Whether some platform enrols through Fleet's Smallstep authority.</summary>
    internal bool NeedsSmallstepAuthority =>
        Platforms.Any(platform => platform.IsApple) || (Covers(DevicePlatform.Windows) && EffectiveWindows == WindowsEnrollment.SmallstepScep);

    /// <summary>Whether Windows devices enrol through an NDES authority.</summary>
    internal bool NeedsNdes => Covers(DevicePlatform.Windows) && EffectiveWindows == WindowsEnrollment.NdesBridge;

    /// <summary>Whether Windows devices enrol through a custom SCEP authority.</summary>
    internal bool NeedsCustomScep => Covers(DevicePlatform.Windows) && EffectiveWindows == WindowsEnrollment.CustomScep;

    /// <summary>The SCEP servers that the spec's platforms enrol with, the one of Windows last.</summary>
    internal IReadOnlyList<Uri> ScepUrls =>
    [
        .. NeedsSmallstepAuthority && Authority.Scep is { } scep ? [scep.ScepUrl] : Array.Empty<Uri>(),
        .. NeedsNdes && Authority.Ndes is { } ndes ? [ndes.ScepUrl] : Array.Empty<Uri>(),
        .. NeedsCustomScep && Authority.CustomScep is { } custom ? [custom.ScepUrl] : Array.Empty<Uri>(),
    ];

    /// <summary>Whether some platform proves itself by its TPM.</summary>
    internal bool NeedsAttestation =>
        Edition == ProfileEdition.Recommended && (Covers(DevicePlatform.Linux) || (Covers(DevicePlatform.Windows) && EffectiveWindows == WindowsEnrollment.TpmAttestation));

    /// <summary>Whether the documents need the certificate that issues for SCEP on Windows.</summary>
    internal bool NeedsIntermediate => Covers(DevicePlatform.Windows) && EffectiveWindows != WindowsEnrollment.TpmAttestation && Edition == ProfileEdition.Recommended;

    /// <summary>The policy for plans.</summary>
    internal PlanPolicy PlanPolicy => new() { AllowDeletes = AllowDeletes, AllowReplace = AllowReplace, SendSecretsAgain = SendSecretsAgain };

    /// <summary>Whether a platform is in the spec.</summary>
    /// <param name="platform">The platform.</param>
    public bool Covers(DevicePlatform platform) => Platforms.Contains(platform);
}
