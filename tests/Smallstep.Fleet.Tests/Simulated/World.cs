using System.Security.Cryptography;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>A Fleet, a Smallstep and devices on loopback, and integrations between them.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Team = "Laptops";

    private bool _ownsSmallstep = true;

    private World(FleetSimulator fleet, SmallstepSimulator smallstep, FleetSimulatorOptions options)
    {
        FleetOptions = options;
        Fleet = fleet;
        Smallstep = smallstep;
        Connection = smallstep.Console.Connect(fleet.BaseAddress, fleet.CreateUser("smallstep", "observer"));
        TeamId = fleet.AddTeam(Team);
    }

    public FleetSimulator Fleet { get; }

    /// <summary>The simulator's options, some of which it reads at every request.</summary>
    public FleetSimulatorOptions FleetOptions { get; }

    /// <summary>The clock of all sides; the system's where no test moves it.</summary>
    public TimeProvider Time => FleetOptions.TimeProvider;

    public SmallstepSimulator Smallstep { get; }

    public ConsoleConnection Connection { get; }

    public long TeamId { get; }

    public List<VirtualDevice> Devices { get; } = [];

    public static async Task<World> StartAsync(Action<FleetSimulatorOptions>? configure = null, Action<SmallstepSimulatorOptions>? configureSmallstep = null)
    {
        var options = new FleetSimulatorOptions();
        configure?.Invoke(options);
        var smallstepOptions = new SmallstepSimulatorOptions { TimeProvider = options.TimeProvider };
        configureSmallstep?.Invoke(smallstepOptions);
        SmallstepSimulator smallstep = await SmallstepSimulator.StartAsync(smallstepOptions);
        return new World(await FleetSimulator.StartAsync(options), smallstep, options);
    }

    /// <summary>A fresh Fleet, one that takes the article's way for Windows too, beside a Smallstep that outlives it.</summary>
    public static async Task<World> StartAsync(SmallstepSimulator smallstep, string? version = null)
    {
        var options = new FleetSimulatorOptions { SmallstepVariablesOnWindows = true };
        options.Version = version ?? options.Version;
        return new World(await FleetSimulator.StartAsync(options), smallstep, options) { _ownsSmallstep = false };
    }

    /// <summary>Connects Fleet anew in the console, with new addresses and credentials.</summary>
    public ConsoleConnection Reconnect() => Smallstep.Console.Connect(Fleet.BaseAddress, Fleet.CreateUser("smallstep-" + Guid.NewGuid(), FleetRoles.Observer));

    public void AddDevices(params VirtualDevice[] devices)
    {
        foreach (VirtualDevice device in devices)
        {
            Fleet.AddHost(device, Team);
            Devices.Add(device);
        }
    }

    public IntegrationSpec Spec(params DevicePlatform[] platforms) => new()
    {
        Authority = new SmallstepAuthority
        {
            Scep = new SmallstepScep(Connection.ScepUrl, Connection.ChallengeUrl, Connection.ChallengeUsername, Connection.ChallengePassword),
            Team = Connection.TeamSlug,
            RootCertificate = Connection.Root.RawData,
            Ndes = new NdesBridge(Connection.NdesScepUrl, Connection.NdesAdminUrl, Connection.NdesUsername, Connection.NdesPassword),
        },
        Platforms = platforms.Length == 0 ? DevicePlatform.Supported : platforms,
        Targets = [Team],
        Packages = new AgentPackages { BaseAddress = Smallstep.PackageBaseAddress },
        AutoApprove = true,
    };

    public FleetIntegration Integrate(IntegrationSpec spec, Secret? token = null, Secret? observer = null, bool withApi = true, IReadOnlyList<string>? scopes = null) => new(
        Client(token ?? Fleet.AdminToken),
        withApi ? SmallstepApi([.. scopes ?? DocumentedRights.AllScopes]) : null,
        spec,
        Services(observer));

    public IntegrationServices Services(Secret? observer = null) => new() { Observer = observer is null ? null : Client(observer), Time = Time };

    /// <summary>Fills options as configuration would, for macOS unless changed.</summary>
    public void Fill(IntegrationOptions options, Secret token, Secret? observer = null, Secret? api = null)
    {
        options.FleetUrl = Fleet.BaseAddress.AbsoluteUri;
        options.FleetToken = token.Reveal();
        options.FleetObserverToken = observer?.Reveal();
        options.AllowHttp = true;
        options.SmallstepApiUrl = Smallstep.ApiBaseAddress.AbsoluteUri;
        options.SmallstepApiToken = (api ?? Smallstep.CreateApiToken(DocumentedRights.AllScopes)).Reveal();
        options.ScepUrl = Connection.ScepUrl.AbsoluteUri;
        options.ChallengeUrl = Connection.ChallengeUrl.AbsoluteUri;
        options.ChallengeUsername = Connection.ChallengeUsername;
        options.ChallengePassword = Connection.ChallengePassword.Reveal();
        options.NdesScepUrl = Connection.NdesScepUrl.AbsoluteUri;
        options.NdesAdminUrl = Connection.NdesAdminUrl.AbsoluteUri;
        options.NdesUsername = Connection.NdesUsername;
        options.NdesPassword = Connection.NdesPassword.Reveal();
        options.TeamSlug = Connection.TeamSlug.Value;
        options.RootCertificate = Connection.RootPem;
        options.Platforms = ["macos"];
        options.Targets = [Team];
        options.PackageBaseAddress = Smallstep.PackageBaseAddress.AbsoluteUri;
        options.AutoApprove = true;
    }

    /// <summary>As <see cref="Integrate"/>, with everything but the two APIs going through a handler.</summary>
    public FleetIntegration IntegrateOver(IntegrationSpec spec, HttpMessageHandler handler) =>
        new(Client(Fleet.AdminToken), SmallstepApi([.. DocumentedRights.AllScopes]), spec, Services() with { Http = new HttpClient(handler, disposeHandler: false) });

    public FleetClient Client(Secret token) => FleetClient.Create(new FleetClientOptions { Url = Fleet.BaseAddress.AbsoluteUri, Token = token.Reveal(), AllowHttp = true, MaxRetries = 0 });

    public SmallstepClient SmallstepApi(params string[] scopes) => SmallstepClient.Create(new SmallstepClientOptions
    {
        Url = Smallstep.ApiBaseAddress.AbsoluteUri,
        Token = Smallstep.CreateApiToken(scopes).Reveal(),
        AllowHttp = true,
        MaxRetries = 0,
    });

    /// <summary>Lets Fleet deliver, devices act and Smallstep sync, a few rounds long.</summary>
    public async Task DeliverAsync(int rounds = 4)
    {
        for (int i = 0; i < rounds; i++)
        {
            await Fleet.RunCronAsync();
            foreach (VirtualDevice device in Devices)
            {
                await device.CheckInAsync();
            }

            await Smallstep.SyncNowAsync();
            foreach (VirtualDevice device in Devices.Where(device => device.HasAgent))
            {
                await device.RunAgentAsync();
            }
        }
    }

    /// <summary>Everything that a run leaves on Fleet, contents included, in one text; ids and what the connection chose are left out.</summary>
    public async Task<string> FingerprintAsync(FleetIntegration integration)
    {
        FleetClient admin = Client(Fleet.AdminToken);
        FleetState state = await new FleetObserver(admin).ObserveAsync(integration.BuildDesiredState(Fleet.Version));
        IEnumerable<string> lines =
        [
            .. state.CertificateAuthorities!.Select(ca => $"ca {ca.Kind} {ca.Name}"),
            .. state.Labels!.Select(label => $"label {label.Name}: {label.Query}"),
            .. state.Reports!.Select(report => $"report {report.Name}: {report.Query} every {report.Interval}"),
            .. (await admin.Policies.ListAsync(TeamId)).Select(policy => $"policy {policy.Name}"),
            .. state.Teams.SelectMany(team => (team.Profiles ?? []).Select(profile => $"profile {team.Name} {profile.Name} {profile.Targets} {Digest(profile.Contents!.Value.Span)}")),
            .. state.Teams.SelectMany(team => (team.Software ?? []).Select(package => $"package {team.Name} {package.FileName} {package.Sha256} {package.Targets} {package.SelfService} {package.PostInstallScript}")),
            .. state.Teams.SelectMany(team => (team.Scripts ?? []).Select(script => $"script {team.Name} {script.Name} {script.Contents}")),
        ];
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static string Digest(ReadOnlySpan<byte> contents) => Convert.ToHexStringLower(SHA256.HashData(contents));

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        if (_ownsSmallstep)
        {
            await Smallstep.DisposeAsync();
        }
    }
}
