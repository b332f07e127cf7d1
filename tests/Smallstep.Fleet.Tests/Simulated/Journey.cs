using System.Text;
using Microsoft.Extensions.Time.Testing;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>One device on its way to a certificate, under a clock that the test moves.</summary>
internal sealed class Journey : IAsyncDisposable
{
    private Journey(World world, FakeTimeProvider clock, VirtualDevice device, FleetHost host, IntegrationSpec spec)
    {
        (World, Clock, Device, Host) = (world, clock, device, host);
        Integration = world.Integrate(spec);
    }

    public World World { get; }

    public FakeTimeProvider Clock { get; }

    public VirtualDevice Device { get; }

    public FleetHost Host { get; }

    public FleetIntegration Integration { get; set; }

    /// <summary>The device's id in Smallstep.</summary>
    public string DeviceId => World.Smallstep.Devices[0].Id.ToString();

    public FleetClient Admin => World.Client(World.Fleet.AdminToken);

    public static async Task<Journey> StartAsync(FaultCase fault)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        World world = await World.StartAsync(
            options =>
            {
                options.TimeProvider = clock;
                options.SmallstepVariablesOnWindows = fault.Way == Way.WindowsSmallstep;
                fault.Fleet?.Invoke(options);
            },
            fault.Smallstep);
        VirtualDevice device = Way.Device(world, fault.Way, "SN0001", fault.Device);
        FleetHost host = world.Fleet.AddHost(device, World.Team);
        world.Devices.Add(device);
        IntegrationSpec spec = Way.Spec(world, fault.Way);
        return new Journey(world, clock, device, host, fault.Spec?.Invoke(world, spec) ?? spec);
    }

    /// <summary>Plans and applies, and does what is left to the console.</summary>
    public async Task ApplyAsync()
    {
        (await Integration.ApplyAsync(await Integration.PlanAsync())).EnsureSucceeded();
        World.Smallstep.Console.SetEnrollmentQueryId((await Integration.ObserveAsync()).Reports?.FirstOrDefault()?.Id);
    }

    /// <summary>Applies another spec.</summary>
    public Task ApplyAsync(Func<IntegrationSpec, IntegrationSpec> change)
    {
        Integration = World.Integrate(change(Integration.Spec));
        return ApplyAsync();
    }

    /// <summary>Takes the values of a connection over, as somebody copies them from the console.</summary>
    public Task ConnectAsync(ConsoleConnection connection) => ApplyAsync(spec => spec with
    {
        SendSecretsAgain = true,
        Authority = spec.Authority with
        {
            Scep = new SmallstepScep(connection.ScepUrl, connection.ChallengeUrl, connection.ChallengeUsername, connection.ChallengePassword),
            Ndes = new NdesBridge(connection.NdesScepUrl, connection.NdesAdminUrl, connection.NdesUsername, connection.NdesPassword),
        },
    });

    public Task DeliverAsync(int rounds = 4) => World.DeliverAsync(rounds);

    public async Task<HostConfirmation> ConfirmAsync()
    {
        List<HostConfirmation> hosts = [];
        await foreach (HostConfirmation host in Integration.ConfirmAsync())
        {
            hosts.Add(host);
        }

        return hosts.Should().ContainSingle().Subject;
    }

    /// <summary>Somebody else edits the integration's profile in Fleet and writes a variable into it.</summary>
    public async Task TamperAsync(string variable)
    {
        ConfigurationProfile profile = (await Admin.Profiles.ListAsync(World.TeamId))[0];
        string text = Encoding.UTF8.GetString(await Admin.Profiles.DownloadAsync(profile.ProfileUuid));
        bool isWindows = profile.ProfileUuid[0] == 'w';
        string end = isWindows ? "</Replace>" : "</plist>";
        await Admin.Profiles.ReplaceAsync(profile.ProfileUuid, new ProfileReplacement
        {
            FileName = profile.Name + (isWindows ? ".xml" : ".mobileconfig"),
            Contents = Encoding.UTF8.GetBytes(text.Replace(end, $"<!-- {variable} -->{end}", StringComparison.Ordinal)),
        });
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
