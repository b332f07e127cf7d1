using Smallstep.Fleet;
using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Testing;

namespace Quickstart;

/// <summary>What the two fleets of the simulated run should look like.</summary>
internal static class Specs
{
    public static IntegrationSpec Workstations(ConsoleConnection connection, Uri packages, string fleet) => new()
    {
        Authority = Authority(connection),
        Targets = [fleet],
        Windows = WindowsEnrollment.TpmAttestation,
        Packages = new AgentPackages { BaseAddress = packages },
        AutoApprove = true,
    };

    public static IntegrationSpec Kiosks(ConsoleConnection connection, Uri packages, string fleet) => new()
    {
        Authority = Authority(connection),
        Targets = [fleet],
        Platforms = [DevicePlatform.Windows],
        Windows = WindowsEnrollment.NdesBridge,
        Packages = new AgentPackages { BaseAddress = packages },
        AutoApprove = true,
    };

    private static SmallstepAuthority Authority(ConsoleConnection connection) => new()
    {
        Team = connection.TeamSlug,
        RootCertificate = connection.Root.RawData,
        Scep = new SmallstepScep(connection.ScepUrl, connection.ChallengeUrl, connection.ChallengeUsername, connection.ChallengePassword),
        Ndes = new NdesBridge(connection.NdesScepUrl, connection.NdesAdminUrl, connection.NdesUsername, connection.NdesPassword),
    };
}
