using System.Net;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Testing;
using static Smallstep.Fleet.Tests.Simulated.FaultCase;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Faults of agents, TPMs, Smallstep's inventory, and of what may be read.</summary>
internal static class InventoryFaults
{
    public static IReadOnlyDictionary<string, FaultCase> All { get; } = new Dictionary<string, FaultCase>
    {
        ["device-not-approved"] = new(Way.MacOS, HostState.PendingApproval)
        {
            Spec = static (_, spec) => spec with { AutoApprove = false },
            Says = "Approve it in the Smallstep console",
            Cure = Do(journey => journey.World.Smallstep.Approve(journey.DeviceId)),
        },
        ["tpm-device-not-approved"] = new(Way.Linux, HostState.PendingApproval)
        {
            Spec = static (_, spec) => spec with { AutoApprove = false },
            Cure = Do(journey => journey.World.Smallstep.Approve(journey.DeviceId)),
        },
        ["quarantined"] = new(Way.MacOS, HostState.Quarantined)
        {
            After = Do(journey => journey.World.Smallstep.Quarantine(journey.DeviceId)),
            Cure = Do(journey => journey.World.Smallstep.Activate(journey.DeviceId)),
        },
        ["deleted"] = new(Way.WindowsTpm, HostState.Deleted)
        {
            After = Do(journey => journey.World.Smallstep.Delete(journey.DeviceId)),
            Cure = Do(journey => journey.World.Smallstep.Activate(journey.DeviceId)),
        },
        ["unknown-to-smallstep"] = new(Way.IOS, HostState.NotSynced)
        {
            After = Do(journey => journey.World.Smallstep.Remove(journey.DeviceId)),
            Says = "run the inventory sync",
            Cure = async journey => (await journey.Integration.SyncAsync()).Counts[SyncOutcome.Created].Should().Be(1),
        },
        ["fleet-token-of-the-connector-revoked"] = new(Way.IOS, HostState.NotSynced)
        {
            Before = Do(journey => journey.World.Smallstep.Console.SetFleetToken(new Secret("gone"))),
            Says = "Smallstep's sync with Fleet",
            Cure = Do(journey => journey.World.Smallstep.Console.SetFleetToken(journey.World.Fleet.CreateUser("again", FleetRoles.Observer))),
        },
        ["agent-may-not-register"] = new(Way.Linux, HostState.NotSynced)
        {
            Smallstep = options => options.AgentsMayRegister = false,
            Before = Do(journey => journey.World.Smallstep.Console.SetFleetToken(new Secret("gone"))),
            Says = "run the inventory sync",
            Cure = Do(journey => journey.World.Smallstep.Console.SetFleetToken(journey.World.Fleet.CreateUser("again", FleetRoles.Observer))),
        },
        ["serial-numbers-differ"] = new(Way.IPadOS, HostState.Mismatch)
        {
            After = Do(journey => journey.World.Smallstep.Edit(journey.DeviceId, device => device with { Serial = "OTHER" })),
            Says = "Smallstep OTHER",
            Cure = Do(journey => journey.World.Smallstep.Edit(journey.DeviceId, device => device with { Serial = journey.Device.Serial })),
        },
        ["agent-not-installed"] = new(Way.MacOS, HostState.ApprovedNotEnrolled, "software-failed")
        {
            Before = Do(journey => journey.Device.Behaviour.CannotInstallSoftware = true),
            Says = "its installation failed",
        },
        ["agent-stopped"] = new(Way.WindowsTpm, HostState.ApprovedNotEnrolled)
        {
            Before = Do(journey => journey.Device.Behaviour.AgentIsStopped = true),
            Says = "step-agent doctor",
            Cure = Do(journey => journey.Device.Behaviour.AgentIsStopped = false),
        },
        ["agent-not-configured"] = new(Way.Linux, HostState.ApprovedNotEnrolled, "software-failed")
        {
            Before = Do(journey => journey.Device.Behaviour.ScriptsFail = true),
        },
        ["agent-cannot-reach-smallstep"] = new(Way.MacOS, HostState.ApprovedNotEnrolled)
        {
            Device = options => options.SmallstepAddress = null,
        },
        ["tpm-missing"] = new(Way.WindowsTpm, HostState.ApprovedNotEnrolled)
        {
            Before = Do(journey => journey.Device.Behaviour.HasTpm = false),
            Cure = Do(journey => journey.Device.Behaviour.HasTpm = true),
        },
        ["root-rotated-under-the-agent"] = new(Way.Linux, HostState.ApprovedNotEnrolled)
        {
            Before = Do(journey => journey.World.Smallstep.RotateRoot()),
        },
        ["no-package-for-the-processor"] = new(Way.Linux, HostState.ApprovedNotEnrolled)
        {
            Fleet = options => options.Version = "4.89.0",
            Device = options => options.CpuType = "aarch64",
        },
        ["authority-issues-nothing"] = new(Way.WindowsTpm, HostState.EnrolledNoCertificate)
        {
            Before = Do(journey => journey.World.Smallstep.IssuesCertificates = false),
            Cure = Do(journey => journey.World.Smallstep.IssuesCertificates = true),
        },
        ["certificate-revoked"] = new(Way.Linux, HostState.EnrolledNoCertificate)
        {
            After = async journey => await journey.World.SmallstepApi("revoke-certificate")
                .Certificates.RevokeAsync(journey.World.Smallstep.Certificates[^1].Certificate.SerialNumber, "lost", RevocationReason.KeyCompromise),
            Cure = Do(_ => { }),
        },
        ["bootstrap-certificate-revoked"] = new(Way.MacOS, HostState.Mismatch)
        {
            After = async journey => await journey.World.SmallstepApi("revoke-certificate")
                .Certificates.RevokeAsync(journey.World.Smallstep.Certificates.First(one => one.Certificate.Subject.Contains("step-agent-bootstrap", StringComparison.Ordinal)).Certificate.SerialNumber, "lost", RevocationReason.KeyCompromise),
            Says = "still holds it",
            Cure = async journey =>
            {
                journey.Device.DeleteCertificates();
                await journey.Admin.Hosts.ResendProfileAsync(journey.Host.HostId, (await journey.Admin.Profiles.ListAsync(journey.World.TeamId))[0].ProfileUuid);
            },
        },
        ["agent-silent"] = new(Way.MacOS, HostState.Stale)
        {
            After = Do(journey => journey.Clock.Advance(TimeSpan.FromDays(8))),
            Says = "last seen",
            Cure = Do(_ => { }),
        },
        ["tpm-agent-silent"] = new(Way.Linux, HostState.Stale)
        {
            After = Do(journey => journey.Clock.Advance(TimeSpan.FromDays(8))),
            Cure = Do(_ => { }),
        },
        ["tpm-certificate-ends-soon"] = new(Way.WindowsTpm, HostState.ExpiresSoon)
        {
            After = journey => SeenLaterAsync(journey, 85),
            Cure = Do(journey => journey.World.Smallstep.IssuesCertificates = true),
        },
        ["tpm-certificate-ended"] = new(Way.WindowsTpm, HostState.Expired)
        {
            After = journey => SeenLaterAsync(journey, 91),
            Cure = Do(journey => journey.World.Smallstep.IssuesCertificates = true),
        },
        ["host-detail-forbidden"] = new(Way.MacOS, HostState.Unknown)
        {
            After = Do(journey => journey.World.Fleet.Faults.Add(new Fault { Matches = (_, path) => path.EndsWith($"/hosts/{journey.Host.HostId}", StringComparison.Ordinal), Status = HttpStatusCode.Forbidden, Times = 9 })),
            Says = "role observer",
            Cure = Do(journey => journey.World.Fleet.Faults.Clear()),
        },
        ["host-gone-in-between"] = new(Way.MacOS, HostState.Unknown)
        {
            After = Do(journey => journey.World.Fleet.Faults.Add(new Fault { Matches = (_, path) => path.EndsWith($"/hosts/{journey.Host.HostId}", StringComparison.Ordinal), Status = HttpStatusCode.NotFound, Times = 9 })),
            Says = "gone from Fleet",
            Cure = Do(journey => journey.World.Fleet.Faults.Clear()),
        },
        ["host-connection-cut"] = new(Way.MacOS, HostState.Unknown)
        {
            After = Do(journey => journey.World.Fleet.Faults.Add(new Fault { Matches = (_, path) => path.EndsWith($"/hosts/{journey.Host.HostId}", StringComparison.Ordinal), AbortsConnection = true, Times = 9 })),
            Says = "Confirm again",
            Cure = Do(journey => journey.World.Fleet.Faults.Clear()),
        },
        ["device-certificates-failing"] = new(Way.Linux, HostState.Unknown)
        {
            After = Do(journey => journey.World.Smallstep.Faults.Add(Fault.Answer("GET", "/certificates", HttpStatusCode.BadGateway) with { Times = 9 })),
            Says = "Smallstep cannot show this device",
            Cure = Do(journey => journey.World.Smallstep.Faults.Clear()),
        },
        ["host-certificates-forbidden"] = new(Way.MacOS, HostState.Unknown)
        {
            After = Do(journey => journey.World.Fleet.Faults.Add(new Fault { Matches = (_, path) => path.EndsWith("/certificates", StringComparison.Ordinal), Status = HttpStatusCode.Forbidden, Times = 9 })),
            Says = "certificates cannot be read",
            Cure = Do(journey => journey.World.Fleet.Faults.Clear()),
        },
        ["no-smallstep-token"] = new(Way.Linux, HostState.Unknown)
        {
            After = Do(journey => journey.Integration = journey.World.Integrate(journey.Integration.Spec, withApi: false)),
            Says = "list-devices",
            Cure = Do(journey => journey.Integration = journey.World.Integrate(journey.Integration.Spec)),
        },
        ["no-scope-for-certificates"] = new(Way.WindowsTpm, HostState.Unknown)
        {
            After = Do(journey => journey.Integration = journey.World.Integrate(journey.Integration.Spec, scopes: ["list-devices"])),
            Says = "list-certificates",
            Cure = Do(journey => journey.Integration = journey.World.Integrate(journey.Integration.Spec)),
        },
    };

    /// <summary>Days pass without renewal, and the agent is still seen.</summary>
    private static async Task SeenLaterAsync(Journey journey, int days)
    {
        journey.World.Smallstep.IssuesCertificates = false;
        journey.Clock.Advance(TimeSpan.FromDays(days));
        await journey.Device.RunAgentAsync();
    }
}
