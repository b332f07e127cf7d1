using System.ComponentModel.DataAnnotations;

namespace Smallstep.Fleet;

/// <summary>An integration in plain strings and numbers, for binding from configuration. <see cref="IntegrationSpecFactory"/> turns it into the spec.</summary>
public sealed class IntegrationOptions
{
    /// <summary>Fleet's address, such as <c>https://fleet.example.org</c>.</summary>
    public string? FleetUrl { get; set; }

    /// <summary>The Fleet API token for everything that writes (role gitops, maintainer or admin).</summary>
    public string? FleetToken { get; set; }

    /// <summary>The Fleet API token for reading hosts (role observer), where the other token has the role gitops, which may not.</summary>
    /// <value>Default: <see cref="FleetToken"/>.</value>
    public string? FleetObserverToken { get; set; }

    /// <summary>Whether Fleet and Smallstep may be spoken to without TLS, for tests on loopback.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The Smallstep API's address.</summary>
    /// <value>Default Smallstep's own.</value>
    public string? SmallstepApiUrl { get; set; }

    /// <summary>The Smallstep API token, or empty to go without.</summary>
    public string? SmallstepApiToken { get; set; }

    /// <summary>The SCEP URL from the console.</summary>
    public string? ScepUrl { get; set; }

    /// <summary>The SCEP challenge URL from the console.</summary>
    public string? ChallengeUrl { get; set; }

    /// <summary>The challenge user name from the console.</summary>
    public string? ChallengeUsername { get; set; }

    /// <summary>The challenge password from the console.</summary>
    public string? ChallengePassword { get; set; }

    /// <summary>The team slug: what follows <c>/app/</c> in the console's address.</summary>
    public string? TeamSlug { get; set; }

    /// <summary>The root certificate as PEM text.</summary>
    /// <value>Either this or <see cref="RootCertificatePath"/>.</value>
    public string? RootCertificate { get; set; }

    /// <summary>The path of the root certificate's PEM or DER file.</summary>
    public string? RootCertificatePath { get; set; }

    /// <summary>The certificate authority's name in Fleet: letters, digits, underscores.</summary>
    public string CaName { get; set; } = "SMALLSTEP_AGENT";

    /// <summary>The platforms: <c>macos</c>, <c>ios</c>, <c>ipados</c>, <c>windows</c>, <c>linux</c>.</summary>
    /// <value>Default (empty): all of them.</value>
    public IList<string> Platforms { get; set; } = [];

    /// <summary>The names of fleets, or <c>Unassigned</c>.</summary>
    /// <value>Default (empty): <c>Unassigned</c>.</value>
    public IList<string> Targets { get; set; } = [];

    /// <summary>Labels of which a host needs at least one.</summary>
    public IList<string> IncludeAnyLabels { get; set; } = [];

    /// <summary>Labels of which a host needs every one.</summary>
    public IList<string> IncludeAllLabels { get; set; } = [];

    /// <summary>Labels of which a host may have none.</summary>
    public IList<string> ExcludeAnyLabels { get; set; } = [];

    /// <summary>The documents: <c>Recommended</c> or <c>Guide</c>.</summary>
    public string Edition { get; set; } = "Recommended";

    /// <summary>The way in for Windows: <c>TpmAttestation</c>, <c>NdesBridge</c>, <c>CustomScep</c> or <c>SmallstepScep</c>.</summary>
    public string Windows { get; set; } = "TpmAttestation";

    /// <summary>The NDES connection's SCEP URL, for <c>NdesBridge</c>.</summary>
    public string? NdesScepUrl { get; set; }

    /// <summary>The NDES connection's admin URL, for <c>NdesBridge</c>.</summary>
    public string? NdesAdminUrl { get; set; }

    /// <summary>The NDES connection's user name, for <c>NdesBridge</c>.</summary>
    public string? NdesUsername { get; set; }

    /// <summary>The NDES connection's password, for <c>NdesBridge</c>.</summary>
    public string? NdesPassword { get; set; }

    /// <summary>The SCEP URL of a provisioner with a static challenge, for <c>CustomScep</c>.</summary>
    public string? CustomScepUrl { get; set; }

    /// <summary>The static challenge, for <c>CustomScep</c>.</summary>
    public string? CustomScepChallenge { get; set; }

    /// <summary>The custom SCEP authority's name in Fleet, for <c>CustomScep</c>.</summary>
    public string CustomScepName { get; set; } = "SMALLSTEP_SCEP";

    /// <summary>Whether the agent's packages are added to Fleet.</summary>
    public bool DeployPackages { get; set; } = true;

    /// <summary>The address of the packages.</summary>
    /// <value>Default Smallstep's stable channel.</value>
    public string? PackageBaseAddress { get; set; }

    /// <summary>The generation of package names: <c>StepAgent</c> or <c>StepAgentPlugin</c>.</summary>
    public string PackageNaming { get; set; } = "StepAgent";

    /// <summary>Pinned SHA-256 hashes by package file name; a package without one is taken as the address serves it.</summary>
    public IDictionary<string, string> PinnedHashes { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether unpinned packages are downloaded for each plan and compared by hash.</summary>
    public bool CheckForNewerPackages { get; set; }

    /// <summary>Whether Fleet installs the agent on every host in scope by itself.</summary>
    public bool AutomaticInstall { get; set; } = true;

    /// <summary>Whether users may install the agent themselves.</summary>
    public bool SelfService { get; set; }

    /// <summary>Whether Smallstep approves devices of its Fleet connection by itself.</summary>
    public bool AutoApprove { get; set; }

    /// <summary>Whether anything may be deleted.</summary>
    public bool AllowDeletes { get; set; }

    /// <summary>Whether objects may be deleted and created again.</summary>
    public bool AllowReplace { get; set; }

    /// <summary>Whether secrets that Fleet masks are sent again on the next apply, after a rotation in the console.</summary>
    public bool SendSecretsAgain { get; set; }

    /// <summary>How many days before its end a certificate counts as ending soon.</summary>
    [Range(0.0, 3650.0)]
    public double ExpiresSoonDays { get; set; } = 14;

    /// <summary>After how many hours without a sign of life an agent counts as stale.</summary>
    [Range(0.1, 87600.0)]
    public double StaleHours { get; set; } = 168;

    /// <summary>The minutes between two inventory syncs of the hosted service.</summary>
    [Range(1.0, 100000.0)]
    public double SyncIntervalMinutes { get; set; } = 240;

    /// <summary>The minutes between two confirmations of the hosted service.</summary>
    [Range(1.0, 100000.0)]
    public double WatchIntervalMinutes { get; set; } = 60;
}
