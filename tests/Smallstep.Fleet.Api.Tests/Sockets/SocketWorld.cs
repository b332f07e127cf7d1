using System.Text;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>A simulated Fleet on a socket, a client of it, and a Mac and a Windows computer in one of its fleets.</summary>
public sealed class SocketWorld : IAsyncLifetime
{
    public const string Password = "Correct-horse-9";

    internal FleetSimulator Fleet { get; private set; } = null!;

    internal SmallstepSimulator Smallstep { get; private set; } = null!;

    internal ConsoleConnection Connection { get; private set; } = null!;

    internal FleetClient Client { get; private set; } = null!;

    internal VirtualDevice Mac { get; } = VirtualDevice.MacOS("KX9TEST0001");

    internal FleetHost MacHost { get; private set; } = null!;

    internal FleetHost WindowsHost { get; private set; } = null!;

    internal long TeamId { get; private set; }

    public async Task InitializeAsync()
    {
        Smallstep = await SmallstepSimulator.StartAsync();
        Fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { AllowCustomActivations = true, AdminPassword = new Secret(Password) });
        Connection = Smallstep.Console.Connect(Fleet.BaseAddress, Fleet.AdminToken);
        Client = ClientOf(Fleet.AdminToken);
        TeamId = Fleet.AddTeam("Laptops EU");
        MacHost = Fleet.AddHost(Mac, "Laptops EU");
        WindowsHost = Fleet.AddHost(VirtualDevice.Windows("WINTEST0002"), "Laptops EU");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Fleet.DisposeAsync();
        await Smallstep.DisposeAsync();
    }

    internal FleetClient ClientOf(Secret token) => FleetClient.Create(new FleetClientOptions { Url = Fleet.BaseAddress.AbsoluteUri, Token = token.Reveal(), AllowHttp = true, MaxRetries = 0 });

    /// <summary>Renders what is due, and lets the Mac do it.</summary>
    internal async Task CheckInAsync()
    {
        await Fleet.RunCronAsync();
        await Mac.CheckInAsync();
    }

    internal static byte[] Package(string version) => new StandInPackage("step-agent", version, "universal").ToBytes();

    internal static ProfileUpload Mobileconfig(string name, long? teamId = null) => new()
    {
        FileName = name + ".mobileconfig",
        TeamId = teamId,
        Contents = Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0"><dict>
            <key>PayloadDisplayName</key><string>{name}</string><key>PayloadIdentifier</key><string>com.example.{name}</string>
            <key>PayloadType</key><string>Configuration</string><key>PayloadUUID</key><string>{Guid.NewGuid()}</string><key>PayloadVersion</key><integer>1</integer>
            <key>PayloadContent</key><array><dict>
            <key>PayloadType</key><string>com.apple.servicemanagement</string><key>PayloadIdentifier</key><string>com.example.{name}.1</string>
            <key>PayloadUUID</key><string>{Guid.NewGuid()}</string><key>PayloadVersion</key><integer>1</integer>
            <key>Rules</key><array><dict><key>RuleType</key><string>BundleIdentifier</string><key>RuleValue</key><string>com.smallstep.Agent</string></dict></array>
            </dict></array></dict></plist>
            """),
    };
}
