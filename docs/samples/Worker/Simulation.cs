using Smallstep.Fleet;
using Smallstep.Fleet.Testing;

namespace Worker;

/// <summary>A Fleet with a Mac and a Linux machine, and a Smallstep that knows neither yet.</summary>
internal sealed class Simulation(FleetSimulator fleet, SmallstepSimulator smallstep) : IAsyncDisposable
{
    private readonly ConsoleConnection _connection = smallstep.Console.Connect(fleet.BaseAddress, fleet.CreateUser("Smallstep", FleetRoles.Observer));

    public static async Task<Simulation> StartAsync()
    {
        FleetSimulator fleet = await FleetSimulator.StartAsync();
        SmallstepSimulator smallstep = await SmallstepSimulator.StartAsync();
        fleet.AddHost(VirtualDevice.MacOS("C02TEST0001", smallstep));
        fleet.AddHost(VirtualDevice.Linux("LNX-TEST-01", smallstep));
        return new Simulation(fleet, smallstep);
    }

    /// <summary>Everything that a person would have copied from the two consoles.</summary>
    public void Fill(IntegrationOptions options)
    {
        options.AllowHttp = true;
        options.FleetUrl = fleet.BaseAddress.AbsoluteUri;
        options.FleetToken = fleet.CreateUser("Worker", FleetRoles.GitOps).Reveal();
        options.FleetObserverToken = fleet.CreateUser("Worker observer", FleetRoles.Observer).Reveal();
        options.ScepUrl = _connection.ScepUrl.AbsoluteUri;
        options.ChallengeUrl = _connection.ChallengeUrl.AbsoluteUri;
        options.ChallengeUsername = _connection.ChallengeUsername;
        options.ChallengePassword = _connection.ChallengePassword.Reveal();
        options.TeamSlug = _connection.TeamSlug.Value;
        options.RootCertificate = _connection.RootPem;
        options.SmallstepApiToken = smallstep.CreateApiToken().Reveal();
        options.SmallstepApiUrl = smallstep.ApiBaseAddress.AbsoluteUri;
        options.PackageBaseAddress = smallstep.PackageBaseAddress.AbsoluteUri;
    }

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync();
        await smallstep.DisposeAsync();
    }
}
