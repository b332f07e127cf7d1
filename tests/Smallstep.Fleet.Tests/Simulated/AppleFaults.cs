using System.Net;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Testing;
using static Smallstep.Fleet.Tests.Simulated.FaultCase;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Faults between Fleet, Apple devices and Smallstep's SCEP server and challenge endpoint.</summary>
internal static class AppleFaults
{
    public static IReadOnlyDictionary<string, FaultCase> All { get; } = new Dictionary<string, FaultCase>
    {
        ["device-offline"] = new(Way.MacOS, HostState.AwaitingProfile)
        {
            Before = Do(journey => journey.Device.Behaviour.IsOffline = true),
            Says = "is pending",
            Cure = Do(journey => journey.Device.Behaviour.IsOffline = false),
        },
        ["mdm-off"] = new(Way.MacOS, HostState.NotManaged)
        {
            Device = options => options.MdmEnrollmentStatus = "Off",
            Says = "status: Off",
            Cure = Do(journey => journey.Host.Facts = journey.Host.Facts with { MdmEnrollmentStatus = "On (manual)" }),
        },
        ["mdm-pending"] = new(Way.IOS, HostState.NotManaged)
        {
            Device = options => options.MdmEnrollmentStatus = "Pending",
            Says = "status: Pending",
            Cure = Do(journey => journey.Host.Facts = journey.Host.Facts with { MdmEnrollmentStatus = "On (automatic)" }),
        },
        ["profile-refused"] = new(Way.IPadOS, HostState.ProfileFailed, "device-refused")
        {
            Before = Do(journey => journey.Device.Behaviour.RefusesProfiles = "The profile could not be installed (MCInstallationErrorDomain:4001)."),
            Says = "MCInstallationErrorDomain",
            Cure = Do(journey => journey.Device.Behaviour.RefusesProfiles = null),
        },
        ["profile-refused-in-unknown-words"] = new(Way.MacOS, HostState.ProfileFailed)
        {
            Before = Do(journey => journey.Device.Behaviour.RefusesProfiles = "Not today."),
            Says = "Not today.",
        },
        ["results-lost"] = new(Way.MacOS, HostState.AwaitingProfile)
        {
            Before = Do(journey => journey.Device.Behaviour.KeepsResultsToItself = true),
            Rounds = 1,
            Cure = Do(journey => journey.Device.Behaviour.KeepsResultsToItself = false),
        },
        ["device-clock-ahead"] = new(Way.MacOS, HostState.ProfileFailed, "apple-scep")
        {
            Before = Do(journey => journey.Device.Behaviour.ClockSkew = TimeSpan.FromDays(200)),
            Says = "not valid at this device's time",
            Cure = Do(journey => journey.Device.Behaviour.ClockSkew = TimeSpan.Zero),
        },
        ["proxy-unreachable"] = new(Way.MacOS, HostState.ProfileFailed, "apple-scep")
        {
            Before = Do(journey => journey.Device.Behaviour.CannotReachScepProxy = true),
            Cure = Do(journey => journey.Device.Behaviour.CannotReachScepProxy = false),
        },
        ["challenge-password-expired"] = new(Way.MacOS, HostState.ProfileFailed, "challenge-401")
        {
            Before = Do(journey => journey.World.Smallstep.Console.ExpireCredentials()),
            Says = "SendSecretsAgain",
            Cure = journey => journey.ConnectAsync(journey.World.Smallstep.Console.RollChallengePassword(journey.World.Connection)),
        },
        ["connection-deleted"] = new(Way.MacOS, HostState.ProfileFailed, "challenge-404")
        {
            Before = Do(journey => journey.World.Smallstep.Console.Disconnect(journey.World.Connection)),
            Says = "deleted in Smallstep",
            Cure = journey => journey.ConnectAsync(journey.World.Reconnect()),
        },
        ["challenge-forbidden"] = Challenge("challenge-401", HttpStatusCode.Forbidden),
        ["challenge-rate-limited"] = Challenge("challenge-429", HttpStatusCode.TooManyRequests),
        ["challenge-server-failing"] = Challenge("challenge-5xx", HttpStatusCode.ServiceUnavailable),
        ["challenge-connection-cut"] = new(Way.MacOS, HostState.ProfileFailed, "challenge-transport")
        {
            Before = Do(journey => journey.World.Smallstep.Faults.Add(Fault.Abort("POST", "/challenge") with { Times = 99 })),
            Cure = Do(journey => journey.World.Smallstep.Faults.Clear()),
        },
        ["challenge-outlived-by-slow-device"] = new(Way.MacOS, HostState.AwaitingProfile)
        {
            Before = async journey =>
            {
                await journey.World.Fleet.RunCronAsync();
                journey.Clock.Advance(TimeSpan.FromMinutes(5));
                await journey.Device.CheckInAsync();
            },
            Rounds = 0,
            Logged = "challenge-expired",
            Cure = Do(_ => { }),
        },
        ["scep-server-failing"] = new(Way.MacOS, HostState.ProfileFailed, "apple-scep")
        {
            Before = Do(journey => journey.World.Smallstep.Faults.Add(Fault.Answer("POST", "/p/agents/", HttpStatusCode.InternalServerError) with { Times = 99 })),
            Cure = Do(journey => journey.World.Smallstep.Faults.Clear()),
        },
        ["scep-connection-cut"] = new(Way.IOS, HostState.ProfileFailed, "apple-scep")
        {
            Before = Do(journey => journey.World.Smallstep.Faults.Add(Fault.Abort("POST", "/p/agents/") with { Times = 99 })),
            Cure = Do(journey => journey.World.Smallstep.Faults.Clear()),
        },
        ["scep-server-refuses"] = new(Way.IPadOS, HostState.ProfileFailed, "apple-scep")
        {
            Before = Do(journey => journey.World.Smallstep.IssuesCertificates = false),
            Cure = Do(journey => journey.World.Smallstep.IssuesCertificates = true),
        },
        ["authority-deleted-in-fleet"] = new(Way.MacOS, HostState.ProfileFailed, "ca-missing")
        {
            Before = DeleteAuthorityAsync,
            Says = "Plan and apply",
            Cure = journey => journey.ApplyAsync(),
        },
        ["licence-ended"] = new(Way.MacOS, HostState.ProfileFailed, "premium")
        {
            Before = Do(journey => journey.World.FleetOptions.IsPremium = false),
            After = Do(journey => journey.World.FleetOptions.IsPremium = true),
            Says = "Renew the licence",
        },
        ["idp-email-missing"] = Tampered("idp-email", "$FLEET_VAR_HOST_END_USER_EMAIL_IDP"),
        ["idp-username-missing"] = Tampered("idp-username", "$FLEET_VAR_HOST_END_USER_IDP_USERNAME"),
        ["idp-groups-missing"] = Tampered("idp-groups", "$FLEET_VAR_HOST_END_USER_IDP_GROUPS"),
        ["idp-department-missing"] = Tampered("idp-department", "$FLEET_VAR_HOST_END_USER_IDP_DEPARTMENT"),
        ["idp-full-name-missing"] = Tampered("idp-full-name", "$FLEET_VAR_HOST_END_USER_IDP_FULL_NAME"),
        ["two-hosts-with-one-uuid"] = Tampered("duplicate-uuid", "$FLEET_VAR_HOST_HARDWARE_SERIAL") with
        {
            Before = journey =>
            {
                journey.World.Fleet.AddHost(journey.Host.Facts);
                return journey.TamperAsync("$FLEET_VAR_HOST_HARDWARE_SERIAL");
            },
        },
        ["certificate-deleted-by-user"] = new(Way.MacOS, HostState.AwaitingCertificate)
        {
            After = journey =>
            {
                journey.Device.DeleteCertificates();
                return journey.Device.CheckInAsync();
            },
            Says = "no certificate was found",
        },
        ["certificate-of-another-authority"] = new(Way.MacOS, HostState.Mismatch)
        {
            After = journey =>
            {
                journey.Device.DeleteCertificates();
                journey.Device.AddCertificate(Certificates.SelfSigned("step-agent-bootstrap", journey.Clock.GetUtcNow()));
                return journey.Device.CheckInAsync();
            },
            Says = "was issued by 'step-agent-bootstrap'",
        },
        ["certificate-ends-soon"] = new(Way.IOS, HostState.ExpiresSoon)
        {
            After = Do(journey => journey.Clock.Advance(TimeSpan.FromDays(80))),
            Says = "was not renewed",
            Cure = async journey => await journey.Admin.Hosts.ResendProfileAsync(journey.Host.HostId, (await journey.Admin.Profiles.ListAsync(journey.World.TeamId))[0].ProfileUuid),
        },
        ["certificate-ended"] = new(Way.IOS, HostState.Expired)
        {
            After = Do(journey => journey.Clock.Advance(TimeSpan.FromDays(91))),
            Says = "Send the profile again",
            Cure = Do(_ => { }),
        },
    };

    private static FaultCase Challenge(string failure, HttpStatusCode status) => new(Way.MacOS, HostState.ProfileFailed, failure)
    {
        Before = Do(journey => journey.World.Smallstep.Faults.Add(Fault.Answer("POST", "/challenge", status) with { Times = 99 })),
        Cure = Do(journey => journey.World.Smallstep.Faults.Clear()),
    };

    /// <summary>What the identity provider does not tell of a host fails a profile that asks for it; planning and applying takes the foreign edit back.</summary>
    private static FaultCase Tampered(string failure, string variable) => new(Way.MacOS, HostState.ProfileFailed, failure)
    {
        Before = journey => journey.TamperAsync(variable),
        Cure = journey => journey.ApplyAsync(),
    };

    private static async Task DeleteAuthorityAsync(Journey journey)
    {
        foreach (CertificateAuthority authority in await journey.Admin.CertificateAuthorities.ListAsync())
        {
            await journey.Admin.CertificateAuthorities.DeleteAsync(authority.Id);
        }
    }
}
