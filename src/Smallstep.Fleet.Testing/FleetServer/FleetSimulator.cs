using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Smallstep.Fleet.Testing;

/// <summary>
/// A Fleet server on loopback with its state in memory: the REST API, the SCEP proxy and the delivery of profiles, scripts and software.
/// It answers, refuses and words things as Fleet does, for the release and licence that its options name.
/// </summary>
public sealed class FleetSimulator : IAsyncDisposable
{
    private const string ProxyPath = "/mdm/scep/proxy";

    private readonly WebApplication _app;
    private readonly FleetDatabase _data;
    private readonly OutboundClient _outbound;
    private readonly DeliveryCron _cron;
    private readonly CancellationTokenSource _stop = new();
    private readonly UserRecord _admin;
    private Task _timer = Task.CompletedTask;

    private FleetSimulator(FleetSimulatorOptions options)
    {
        _data = new FleetDatabase(options);
        _outbound = new OutboundClient(_data);
        _cron = new DeliveryCron(_data, _outbound);
        _admin = new UserRecord
        {
            Id = _data.NextId(),
            Name = "Administrator",
            Email = options.AdminEmail,
            Password = options.AdminPassword,
            CreatedAt = _data.Now,
            GlobalRole = FleetRoles.Admin,
        };
        _data.Users.Add(_admin);
        AdminToken = _data.Sessions.Create(_admin);
        var router = new ApiRouter(_data);
        FleetRoutes.Register(router, _data, _outbound);
        _app = Build(new ApiServer(_data, router, Faults, Requests));
    }

    /// <summary>The address, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>A token of the first administrator.</summary>
    public Secret AdminToken { get; }

    /// <summary>The release that is simulated.</summary>
    public FleetVersion Version => _data.Version;

    /// <summary>Every request that was answered.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Faults to inject into requests, the SCEP proxy's included.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>The hosts, in the order of their ids.</summary>
    public IReadOnlyList<FleetHost> Hosts => _data.Locked(() => _data.Hosts.Values.Select(host => new FleetHost(_data, host)).ToList());

    /// <summary>Starts a server on a free port of 127.0.0.1.</summary>
    public static async Task<FleetSimulator> StartAsync(FleetSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var simulator = new FleetSimulator(options ?? new FleetSimulatorOptions());
        await simulator._app.StartAsync(cancellationToken).ConfigureAwait(false);
        IServerAddressesFeature addresses = simulator._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        simulator.BaseAddress = new Uri(addresses.Addresses.First());
        simulator._data.ServerUrl = (simulator._data.Options.ServerUrl ?? simulator.BaseAddress).AbsoluteUri.TrimEnd('/');
        simulator._timer = simulator._data.Options.CronInterval is { } interval ? simulator.RunOnTimerAsync(interval) : Task.CompletedTask;
        return simulator;
    }

    /// <summary>Creates an API-only user and returns its token.</summary>
    /// <param name="name">The user's name, which appears in <see cref="Requests"/>.</param>
    /// <param name="role">One of <see cref="FleetRoles"/>.</param>
    /// <param name="team">The team in which the role holds; <see langword="null"/>: globally.</param>
    public Secret CreateUser(string name, string role, string? team = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return FleetRoles.All.Contains(role)
            ? _data.Locked(() =>
            {
                var user = new UserRecord { Id = _data.NextId(), Name = name, Email = $"{name}@users.invalid", CreatedAt = _data.Now, IsApiOnly = true, GlobalRole = team is null ? role : null };
                if (team is not null)
                {
                    user.TeamRoles[FindTeam(team).Id] = role;
                }

                _data.Users.Add(user);
                return _data.Sessions.Create(user);
            })
            : throw new ArgumentException($"Fleet has no role '{role}'; see FleetRoles.", nameof(role));
    }

    /// <summary>Adds a team (fleet) and returns its id.</summary>
    public long AddTeam(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _data.Locked(() => new TeamRoutes(_data).Add(name).Id);
    }

    /// <summary>Makes a version of a software vulnerable, wherever it is installed.</summary>
    /// <param name="cve">The id, such as <c>CVE-2026-0001</c>.</param>
    /// <param name="software">The software's name as hosts report it.</param>
    /// <param name="version">The version.</param>
    /// <param name="cvssScore">The score, 0 to 10.</param>
    /// <param name="isExploited">Whether it is known to be exploited.</param>
    public void AddVulnerability(string cve, string software, string version, double cvssScore = 5, bool isExploited = false) =>
        _data.Locked(() => _data.Vulnerabilities.Add(new VulnerabilityRecord(cve, software, version, cvssScore, isExploited)));

    /// <summary>Enrols a host that has no device behind it.</summary>
    /// <param name="facts">What the host tells of itself.</param>
    /// <param name="team">The team to enrol in; <see langword="null"/>: none.</param>
    public FleetHost AddHost(HostFacts facts, string? team = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return _data.Locked(() =>
        {
            var host = new HostRecord
            {
                Id = _data.NextId(),
                Facts = facts,
                CreatedAt = _data.Now,
                UpdatedAt = _data.Now,
                SeenAt = _data.Now,
                TeamId = team is null ? null : FindTeam(team).Id,
            };
            _data.Hosts.Add(host.Id, host);
            LabelMembership.Evaluate(_data, host);
            return new FleetHost(_data, host);
        });
    }

    /// <summary>Enrols a device: it is handed its channel and appears as a host.</summary>
    /// <param name="device">The device.</param>
    /// <param name="team">The team to enrol in; <see langword="null"/>: none.</param>
    public FleetHost AddHost(IFleetDevice device, string? team = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        FleetHost host = AddHost(device.Facts, team);
        device.Connect(host);
        return host;
    }

    /// <summary>
    /// Runs Fleet's periodic work once: evaluates labels, decides which profiles each host should have, fetches challenges and renders
    /// what is due, queues automatic installations, and gives up on what waited too long.
    /// </summary>
    public Task RunCronAsync(CancellationToken cancellationToken = default) => _cron.RunAsync(cancellationToken);

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _timer.ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _outbound.Dispose();
        _stop.Dispose();
    }

    private TeamRecord FindTeam(string name) =>
        _data.Teams.FirstOrDefault(team => team.Name == name) ?? throw new ArgumentException($"There is no team '{name}'; add it with AddTeam first.", nameof(name));

    private WebApplication Build(ApiServer server)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.UTF8; // Content-Disposition holds a profile's name
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });
        WebApplication app = builder.Build();
        app.Map("/healthz", static (HttpContext context) =>
        {
            context.Response.StatusCode = 200;
            return Task.CompletedTask;
        });
        app.Map("/api/{**path}", server.HandleAsync);
        app.Use((context, next) => context.Request.Path.StartsWithSegments(ProxyPath) ? server.HandleOtherAsync(context, next) : next(context));
        app.MapFleetScepProxy(ProxyPath, new ScepProxyBackend(_data), _outbound.Http);
        return app;
    }

    private async Task RunOnTimerAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _data.Options.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await _cron.RunAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The simulator stops.
        }
    }
}
