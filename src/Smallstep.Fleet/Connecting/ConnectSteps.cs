using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>The words of the steps: the one place where the consoles' names of pages and fields are kept.</summary>
internal static class ConnectSteps
{
    public const string QueryIdStep = "query-id";
    public const string QueryIdField = "Enrollment Query ID";

    private const string Connector = "Smallstep console: Settings → Device Management → Available Providers → Fleet";

    public static IEnumerable<ConnectStep> All(ConnectNeeds needs)
    {
        yield return Users();
        yield return Connect(needs);
        if (needs.SmallstepAuthority)
        {
            yield return Values();
        }

        yield return Root();
        yield return Team();
        if (needs.Ndes)
        {
            yield return Ndes();
        }

        if (needs.CustomScep)
        {
            yield return CustomScep();
        }

        yield return Token(needs);
        if (needs.Attestation)
        {
            yield return QueryId();
        }

        if (!needs.AutoApprove)
        {
            yield return Approval();
        }
    }

    private static ConnectStep Users() => new("users", "Create two API-only users in Fleet", "Fleet: Settings → Users → Create user, or fleetctl user create --api-only")
    {
        Actions =
        [
            "Create a user with the global role gitops: it writes. Copy its token.",
            "Create a user with the global role observer: Smallstep and the confirmation read hosts with it. Copy its token.",
        ],
        Copy =
        [
            new("token of the gitops user", "shown once", nameof(IntegrationOptions.FleetToken)),
            new("token of the observer user", "shown once", nameof(IntegrationOptions.FleetObserverToken)),
        ],
        ReadBack = "Fleet says whose tokens they are and which roles they carry",
        Checks = [CheckNames.ApplyToken, CheckNames.ObserveToken],
    };

    private static ConnectStep Connect(ConnectNeeds needs) => new("connect", "Connect Fleet to Smallstep", $"{Connector} → Connect")
    {
        Actions = ["Fill in the fields.", "Click Connect MDM."],
        Paste =
        [
            new("API Base URL", needs.FleetUrl),
            new("API Token", "the token of the observer user"),
            new("Name/Alias", Uri.TryCreate(needs.FleetUrl, UriKind.Absolute, out Uri? url) ? url.Host : "Fleet"),
        ],
        ReadBack = needs.SmallstepAuthority
            ? "with a Smallstep token: the provisioner that the SCEP URL names exists"
            : "no API shows the connection; devices of the source Fleet appear in Smallstep within minutes",
        Checks = needs.SmallstepAuthority ? [CheckNames.Provisioner] : [],
    };

    private static ConnectStep Values() => new("values", "Copy the connection's values", $"{Connector}, on the page that follows Connect MDM")
    {
        Actions = ["Copy the four values. They can be looked up again later on the connection's page; the password can be rolled there."],
        Copy =
        [
            new("SCEP URL", "https://TEAM.scep.smallstep.com/p/agents/integration-fleet-…", nameof(IntegrationOptions.ScepUrl)),
            new("SCEP Challenge URL", "https://TEAM.scep.smallstep.com/webhook/…/challenge", nameof(IntegrationOptions.ChallengeUrl)),
            new("Challenge Username", "", nameof(IntegrationOptions.ChallengeUsername)),
            new("Challenge Password", "", nameof(IntegrationOptions.ChallengePassword)),
        ],
        ReadBack = "the SCEP URL answers GetCACert; the credentials are tried by Fleet when it creates the authority, and before that by TryChallenge",
        Checks = [CheckNames.Scep, CheckNames.Challenge, CheckNames.Addresses],
        Rules = [WorkflowRules.ScepUnreachable.Id, WorkflowRules.ScepUrlForm.Id, WorkflowRules.ChallengeRefused.Id],
    };

    private static ConnectStep Root() => new("root", "Download the root certificate", $"{Connector}, under Authority Certificates; or Certificate Manager → Authorities → Agents")
    {
        Actions = ["Download the root CA certificate of the Agents authority (PEM)."],
        Copy = [new("Root CA certificate", "-----BEGIN CERTIFICATE-----…", $"{nameof(IntegrationOptions.RootCertificatePath)} or {nameof(IntegrationOptions.RootCertificate)}")],
        ReadBack = "the SCEP server's certificates end at it; with a Smallstep token: it has the authority's fingerprint",
        Checks = [CheckNames.Scep, CheckNames.Authority],
        Rules = [WorkflowRules.ScepChainBroken.Id, WorkflowRules.RootDiffers.Id],
    };

    private static ConnectStep Team() => new("team", "Note the team slug", "Smallstep console: Settings → Team; also what follows /app/ in the console's address")
    {
        Actions = ["Copy the slug."],
        Copy = [new("Team slug", "acme", nameof(IntegrationOptions.TeamSlug))],
        ReadBack = "with a Smallstep token: the team has an Agents authority",
        Checks = [CheckNames.Authority],
        Rules = [WorkflowRules.AuthorityNotFound.Id],
    };

    private static ConnectStep Ndes() => new("ndes", "Create the NDES-compatible connection for Windows", "Smallstep console: Settings → Device Management → Available Providers → Workspace ONE → Connect")
    {
        Actions = ["Enter placeholders for the OAuth values; only the connection's NDES endpoints are used, and no inventory is read.", "Copy the four values."],
        Copy =
        [
            new("SCEP URL", "https://TEAM.scep.smallstep.com/p/agents/integration-ws1-…", nameof(IntegrationOptions.NdesScepUrl)),
            new("SCEP Challenge URL", "https://TEAM.scep.smallstep.com/ndes/…", nameof(IntegrationOptions.NdesAdminUrl)),
            new("Challenge Username", "", nameof(IntegrationOptions.NdesUsername)),
            new("Challenge Password", "", nameof(IntegrationOptions.NdesPassword)),
        ],
        ReadBack = "the SCEP URL answers GetCACert; the page is tried by Fleet when it creates the authority, and before that by TryChallenge",
        Checks = [CheckNames.Scep, CheckNames.Challenge],
        Rules = [WorkflowRules.ScepUnreachable.Id, WorkflowRules.ScepChainBroken.Id, WorkflowRules.ChallengeRefused.Id],
    };

    private static ConnectStep CustomScep() => new("custom-scep", "Create a SCEP provisioner with a static challenge for Windows", "Smallstep console: Certificate Manager → Authorities → Agents → Provisioners → Add")
    {
        Actions = ["Choose SCEP, and set a long random challenge of letters and digits: Windows takes a PrintableString only."],
        Copy =
        [
            new("SCEP URL", "https://TEAM.scep.smallstep.com/p/agents/NAME", nameof(IntegrationOptions.CustomScepUrl)),
            new("Challenge", "", nameof(IntegrationOptions.CustomScepChallenge)),
        ],
        ReadBack = "the SCEP URL answers GetCACert; the challenge is tried by the first device",
        Checks = [CheckNames.Scep],
        Rules = [WorkflowRules.ScepUnreachable.Id, WorkflowRules.ScepChainBroken.Id],
    };

    private static ConnectStep Token(ConnectNeeds needs) => new("api-token", "Create a Smallstep API token (optional)", "Smallstep console: Settings → API → Tokens → Add")
    {
        Actions = ["Choose a validity and the scopes. Without a token the workflow goes without Smallstep's side: devices are confirmed by Fleet alone."],
        Paste =
        [
            new("Scopes", "get-authority, get-authorities, list-authority-provisioners, get-device-enrollment-policy, list-devices, list-certificates"),
            .. needs.AutoApprove ? [new ConnectValue("Scopes for AutoApprove", "put-device-enrollment-policy")] : Array.Empty<ConnectValue>(),
            new("Scopes for the inventory sync", "post-devices, get-device, patch-device"),
        ],
        Copy = [new("Token", "shown once", nameof(IntegrationOptions.SmallstepApiToken))],
        ReadBack = "each scope for reading is tried by a call",
        Checks = [CheckNames.Authority, CheckNames.Provisioner, CheckNames.Policy, CheckNames.Inventory],
        Rules = [WorkflowRules.SmallstepTokenRefused.Id, WorkflowRules.SmallstepScopeMissing.Id],
    };

    private static ConnectStep QueryId() => new(QueryIdStep, $"Enter the {QueryIdField}", $"{Connector} → the connection → Edit")
    {
        Actions = [$"Enter the id of the report \"{EnrollmentReport.Name}\" as {QueryIdField}. The report exists after the first apply.", "Save."],
        Paste = [new(QueryIdField, "the report's id, after the first apply")],
        ReadBack = "Fleet gives the report's id; the field itself no API shows, but a device of Smallstep with a TPM identity of Fleet's report, whose agent has not called in yet, proves it",
    };

    private static ConnectStep Approval() => new("approval", "Approve devices", "Smallstep console: Devices")
    {
        Actions = ["Approve each new device, or set AutoApprove in the options: no page of the console offers automatic approval for Fleet."],
        ReadBack = "with a Smallstep token: the enrolment policy says whether devices of the source Fleet are approved by themselves",
        Checks = [CheckNames.Policy],
        Rules = [WorkflowRules.ManualApproval.Id],
    };
}
