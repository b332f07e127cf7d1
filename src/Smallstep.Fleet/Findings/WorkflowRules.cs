namespace Smallstep.Fleet;

/// <summary>The problems that the workflow reports, SSF4xxx. Ids are never reused.</summary>
public static class WorkflowRules
{
    /// <summary>Fleet cannot be reached.</summary>
    public static FindingRule FleetUnreachable { get; } = Error("SSF4001", "Fleet cannot be reached", "Check the address and the network between here and Fleet.");

    /// <summary>Fleet refuses the token.</summary>
    public static FindingRule FleetTokenRefused { get; } = Error("SSF4002", "Fleet refuses the API token", "Create an API-only user in Fleet and use its token (fleetctl user create --api-only).");

    /// <summary>The token's role is too weak for what is asked.</summary>
    public static FindingRule FleetRoleTooWeak { get; } = Error("SSF4003", "The token's role is too weak", "Give the user the role that the message names, or use another token.");

    /// <summary>Fleet has no Premium licence.</summary>
    public static FindingRule PremiumMissing { get; } = Error("SSF4004", "Fleet has no Premium licence", "Certificate authorities, fleets and software packages need Fleet Premium; add the licence key to the server.");

    /// <summary>Apple MDM is off.</summary>
    public static FindingRule AppleMdmOff { get; } = Error("SSF4005", "Apple MDM is off in Fleet", "Turn on Apple MDM under Settings → Integrations → MDM, or leave the Apple platforms out of the spec.");

    /// <summary>Windows MDM is off.</summary>
    public static FindingRule WindowsMdmOff { get; } = Error("SSF4006", "Windows MDM is off in Fleet", "Turn on Windows MDM under Settings → Integrations → MDM, or leave Windows out of the spec.");

    /// <summary>A target fleet does not exist.</summary>
    public static FindingRule UnknownFleet { get; } = Error("SSF4007", "A target fleet does not exist", "Correct the name in the spec, or create the fleet in Fleet first. Hosts without a fleet are named Unassigned.");

    /// <summary>Fleet is too old.</summary>
    public static FindingRule FleetTooOld { get; } = Error("SSF4008", "Fleet is too old", "Update Fleet to 4.76 or newer.");

    /// <summary>Fleet's own address is not set as devices need it.</summary>
    public static FindingRule ServerUrlDiffers { get; } = Warning("SSF4009", "Fleet's server URL differs from the address in use", "Devices use the server URL of Fleet's settings; correct it under Settings → Organization settings if it is wrong.");

    /// <summary>The SCEP URL does not look like Smallstep's.</summary>
    public static FindingRule ScepUrlForm { get; } = Warning("SSF4010", "The SCEP URL has an unexpected form", "Copy the SCEP URL from the Smallstep console: https://TEAM.scep.smallstep.com/p/agents/integration-fleet-….");

    /// <summary>The SCEP server does not answer GetCACert.</summary>
    public static FindingRule ScepUnreachable { get; } = Error("SSF4011", "The SCEP URL gives no CA certificate", "Compare the SCEP URL with the Smallstep console; Fleet must reach it too.");

    /// <summary>The SCEP server's certificates do not end at the root.</summary>
    public static FindingRule ScepChainBroken { get; } = Error("SSF4012", "The SCEP server's certificates do not chain to the root certificate", "Download the root certificate of the Agents authority again, or correct the SCEP URL.");

    /// <summary>The SCEP server's capabilities are weak.</summary>
    public static FindingRule ScepWeak { get; } = Warning("SSF4013", "The SCEP server offers weak cryptography only", "Ask for AES and SHA-256 on the SCEP server.");

    /// <summary>The challenge endpoint refuses the credentials.</summary>
    public static FindingRule ChallengeRefused { get; } = Error("SSF4014", "The challenge URL or its credentials are refused", "Copy challenge URL, user and password from the Smallstep console again; credentials can expire and be rotated there.");

    /// <summary>Smallstep refuses the token.</summary>
    public static FindingRule SmallstepTokenRefused { get; } = Error("SSF4015", "Smallstep refuses the API token", "Create a token in the Smallstep console under Settings → API → Tokens.");

    /// <summary>Smallstep's token lacks a scope.</summary>
    public static FindingRule SmallstepScopeMissing { get; } = Warning("SSF4016", "The Smallstep token lacks a scope", "Create a token with the scopes that docs/workflow.md names.");

    /// <summary>The Agents authority was not found.</summary>
    public static FindingRule AuthorityNotFound { get; } = Error("SSF4017", "The Agents authority was not found", "Check the team slug (the part after /app/ in the console's address).");

    /// <summary>The configured root certificate is not the authority's.</summary>
    public static FindingRule RootDiffers { get; } = Error("SSF4018", "The root certificate is not the authority's", "Download the root certificate under Certificate Manager → Authorities → Agents and use that file.");

    /// <summary>The SCEP URL's provisioner is missing.</summary>
    public static FindingRule ProvisionerMissing { get; } = Error("SSF4019", "The provisioner of the SCEP URL does not exist", "Copy the SCEP URL from the Fleet connection in the Smallstep console again.");

    /// <summary>Fleet's record of the authority differs from the spec.</summary>
    public static FindingRule AuthorityRecordDiffers { get; } = Info("SSF4020", "Fleet's certificate authority differs from the spec", "Plan and apply; the plan shows the fields.");

    /// <summary>The clocks differ.</summary>
    public static FindingRule ClockSkew { get; } = Warning("SSF4021", "The clocks differ", "Set the clocks by NTP; challenges live for minutes only.");

    /// <summary>A package cannot be downloaded.</summary>
    public static FindingRule PackageUnreachable { get; } = Error("SSF4022", "An agent package cannot be downloaded", "Check the package base address, the naming and the network, or turn packages off and deploy the agent by other means.");

    /// <summary>Fleet blocks private addresses.</summary>
    public static FindingRule PrivateAddress { get; } = Warning("SSF4023", "Fleet blocks requests to private addresses", "Start Fleet with server.allow_private_network_integrations, or use a public address.");

    /// <summary>A domain that devices need cannot be reached.</summary>
    public static FindingRule DomainUnreachable { get; } = Warning("SSF4024", "A domain that devices need cannot be reached from here", "Allow it in firewalls and proxies, without TLS interception.");

    /// <summary>The chosen Windows way does not work on this Fleet.</summary>
    public static FindingRule WindowsWayUnsupported { get; } = Error("SSF4025", "Fleet does not replace Smallstep variables in Windows profiles", "Choose the Windows way TpmAttestation (default), NdesBridge or CustomScep.");

    /// <summary>An option is missing or malformed.</summary>
    public static FindingRule OptionInvalid { get; } = Error("SSF4026", "An option is missing or malformed", "Correct the option that the message names.");

    /// <summary>A certificate cannot be read.</summary>
    public static FindingRule CertificateUnreadable { get; } = Error("SSF4027", "The root certificate cannot be read", "Give the PEM file that the Smallstep console offers under Authority Certificates (it begins with -----BEGIN CERTIFICATE-----).");

    /// <summary>GitOps mode is on.</summary>
    public static FindingRule GitOpsMode { get; } = Warning("SSF4028", "Fleet is in GitOps mode", "The next fleetctl run removes what the repository does not declare; merge the written repository instead of applying.");

    /// <summary>Devices need approval by hand.</summary>
    public static FindingRule ManualApproval { get; } = Warning("SSF4029", "Smallstep asks an admin to approve devices of this source", "Let the enrolment policy approve the source Fleet, or approve devices in the console.");

    /// <summary>An older Fleet takes one package of a title only.</summary>
    public static FindingRule OnePackagePerTitle { get; } = Warning("SSF4030", "This Fleet takes one package of a title in a fleet", "Update Fleet to 4.90, or put hosts of the other architecture into another fleet.");

    /// <summary>Scope labels cannot be combined with package labels.</summary>
    public static FindingRule PackageScope { get; } = Warning("SSF4031", "Packages cannot be restricted to the labels in scope", "Use one label to include, or a fleet of its own; Fleet takes one label mode for a package.");

    /// <summary>Reports are off.</summary>
    public static FindingRule ReportsOff { get; } = Warning("SSF4032", "Fleet stores no reports", "Turn query reports on: Smallstep reads TPM identities of Windows and Linux devices from a report.");

    /// <summary>Scripts are off.</summary>
    public static FindingRule ScriptsOff { get; } = Warning("SSF4033", "Scripts are off in Fleet", "Turn scripts on under Settings, because the agent is configured by a script after its installation.");

    /// <summary>A request was refused for another reason.</summary>
    public static FindingRule RequestRefused { get; } = Error("SSF4034", "A request was refused", "Read the server's reason in the message; after the cause is gone, run it again.");

    /// <summary>A root or intermediate certificate was rotated.</summary>
    public static FindingRule CertificateRotated { get; } = Warning("SSF4035", "An authority's certificate was rotated", "Plan and apply again, so that devices trust the new certificate before the old one ends.");

    /// <summary>Hosts do not come to a certificate.</summary>
    public static FindingRule HostsStuck { get; } = Warning("SSF4036", "Hosts do not come to a certificate", "Read each host's reason in the confirmation.");

    /// <summary>Certificates end soon.</summary>
    public static FindingRule CertificatesExpire { get; } = Warning("SSF4037", "Certificates end soon", "Resend the profile for hosts that do not renew.");

    /// <summary>A package's hash is not the pinned one.</summary>
    public static FindingRule PackageHashDiffers { get; } = Error("SSF4038", "A package's hash is not the pinned one", "Pin the hash of the version that the address serves, and use an address that carries the version.");

    /// <summary>fleetctl refuses a repository.</summary>
    public static FindingRule RepositoryRefused { get; } = Error("SSF4039", "The repository is refused", "Correct what the findings name; what cannot be read is not planned, because its absence would delete.");

    /// <summary>The server holds something that an import leaves out.</summary>
    public static FindingRule NotImported { get; } = Warning("SSF4040", "Left out of an import", "Add the section by hand before fleetctl runs on the files, or merge Smallstep's part into the repository that manages it.");

    /// <summary>A repository declares something that is not planned.</summary>
    public static FindingRule NotPlanned { get; } = Info("SSF4041", "Section that a plan leaves alone", "Nothing to do: plans of this library neither show nor change it; fleetctl gitops applies what its release knows.");

    /// <summary>Smallstep's API cannot be reached.</summary>
    public static FindingRule SmallstepUnreachable { get; } = Error("SSF4042", "Smallstep's API cannot be reached", "Check SmallstepApiUrl and the network between here and Smallstep; look at status.smallstep.com.");

    /// <summary>A label in scope does not exist.</summary>
    public static FindingRule UnknownLabel { get; } = Error("SSF4043", "A label in scope does not exist", "Correct the name in the spec (letter case counts), or create the label in Fleet first.");

    /// <summary>Every rule, ordered by id.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
    [
        FleetUnreachable, FleetTokenRefused, FleetRoleTooWeak, PremiumMissing, AppleMdmOff, WindowsMdmOff, UnknownFleet, FleetTooOld,
        ServerUrlDiffers, ScepUrlForm, ScepUnreachable, ScepChainBroken, ScepWeak, ChallengeRefused, SmallstepTokenRefused,
        SmallstepScopeMissing, AuthorityNotFound, RootDiffers, ProvisionerMissing, AuthorityRecordDiffers, ClockSkew, PackageUnreachable,
        PrivateAddress, DomainUnreachable, WindowsWayUnsupported, OptionInvalid, CertificateUnreadable, GitOpsMode, ManualApproval,
        OnePackagePerTitle, PackageScope, ReportsOff, ScriptsOff, RequestRefused, CertificateRotated, HostsStuck, CertificatesExpire,
        PackageHashDiffers, RepositoryRefused, NotImported, NotPlanned, SmallstepUnreachable, UnknownLabel,
    ];

    private static FindingRule Error(string id, string title, string remedy) => new(id, title, FindingSeverity.Error, remedy);

    private static FindingRule Warning(string id, string title, string remedy) => new(id, title, FindingSeverity.Warning, remedy);

    private static FindingRule Info(string id, string title, string remedy) => new(id, title, FindingSeverity.Info, remedy);
}
