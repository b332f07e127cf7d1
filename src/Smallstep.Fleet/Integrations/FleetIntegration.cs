using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>
/// One Fleet server connected with one Smallstep team: checks it, plans, applies, confirms and synchronises.
/// Every operation can be cancelled and run again; a second run of anything changes nothing.
/// </summary>
public sealed class FleetIntegration : IDisposable
{
    private readonly IntegrationServices _services;
    private readonly ReadableClients _fleet;
    private readonly List<IDisposable> _owned = [];
    private IntegrationSpec _spec;

    /// <summary>Creates an integration without a container.</summary>
    /// <param name="fleet">The client whose token writes (roles gitops, maintainer, admin).</param>
    /// <param name="smallstep">The client of Smallstep's API, or <see langword="null"/> to go without.</param>
    /// <param name="spec">What the integration should look like.</param>
    /// <param name="services">Observer token, HTTP client for packages and SCEP, clock, logger.</param>
    public FleetIntegration(FleetClient fleet, SmallstepClient? smallstep, IntegrationSpec spec, IntegrationServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(spec);
        _services = services ?? new IntegrationServices();
        _fleet = new ReadableClients(fleet, _services.Observer);
        _spec = spec;
        Smallstep = smallstep;
    }

    /// <summary>Creates an integration from plain options without a container; its clients are its own and end with it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="services">HTTP client for packages and SCEP, clock, logger; an observer given here wins over the options' token.</param>
    /// <exception cref="IntegrationException">Options are missing or malformed; all of them are named.</exception>
    public static FleetIntegration Create(IntegrationOptions options, IntegrationServices? services = null)
    {
        if (IntegrationSpecFactory.Check(options) is { Count: > 0 } findings)
        {
            throw new IntegrationException(findings);
        }

        IntegrationServices given = services ?? new IntegrationServices();
        FleetClient fleet = Client(options, given.Time, ConnectionOptions.FillApply);
        FleetClient? observer = given.Observer is null && ConnectionOptions.HasObserver(options) ? Client(options, given.Time, ConnectionOptions.FillObserve) : null;
        SmallstepClient? smallstep = null;
        if (ConnectionOptions.HasSmallstep(options))
        {
            var client = new SmallstepClientOptions();
            ConnectionOptions.Fill(client, options);
            smallstep = SmallstepClient.Create(client, time: given.Time);
        }

        var integration = new FleetIntegration(fleet, smallstep, IntegrationSpecFactory.Create(options), observer is null ? given : given with { Observer = observer });
        integration._owned.AddRange(new IDisposable?[] { fleet, observer, smallstep }.OfType<IDisposable>());
        return integration;
    }

    /// <summary>What the integration should look like; intermediates are filled in once they were read.</summary>
    public IntegrationSpec Spec => _spec;

    /// <summary>The Fleet client that writes.</summary>
    public FleetClient Fleet => _fleet.Writer;

    /// <summary>The Smallstep client, or <see langword="null"/>.</summary>
    public SmallstepClient? Smallstep { get; }

    /// <summary>Checks every link of the chain and reports all findings at once.</summary>
    /// <param name="options">What is checked beyond the default.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public Task<PreflightReport> PreflightAsync(PreflightOptions? options = null, CancellationToken cancellationToken = default) =>
        Telemetry.RunAsync("preflight", _services.Time, () => new PreflightRunner(_fleet, Smallstep, _spec, _services).RunAsync(options ?? new PreflightOptions(), cancellationToken));

    /// <summary>
    /// Lists what only a person at the consoles can do, with the values to paste, and reads back what is done as far as an API can tell.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ConnectGuide> ReadBackAsync(CancellationToken cancellationToken = default)
    {
        PreflightReport report = await PreflightAsync(new PreflightOptions { CheckPackages = false, CheckDomains = false }, cancellationToken).ConfigureAwait(false);
        return await new ConnectReadBack(_fleet, Smallstep).ReadAsync(ConnectGuide.For(_spec, Fleet.Address), report, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the issuing certificates from the SCEP URL where the spec lacks them and a profile needs them.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The completed spec, which the integration uses from now on.</returns>
    /// <exception cref="IntegrationException">The SCEP URL gives no certificate that chains to the root.</exception>
    public async Task<IntegrationSpec> CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_spec.NeedsIntermediate && _spec.Authority.Intermediates.Count == 0)
        {
            IReadOnlyList<ReadOnlyMemory<byte>> intermediates = await ScepCertificates.ReadAsync(_services.Http, _spec, cancellationToken).ConfigureAwait(false);
            _spec = _spec with { Authority = _spec.Authority with { Intermediates = intermediates } };
        }

        return _spec;
    }

    /// <summary>Builds the profiles and scripts for a Fleet version. Pure.</summary>
    /// <param name="version">The version; default the newest known.</param>
    /// <exception cref="IntegrationException">The spec lacks what its Windows way needs; <see cref="CompleteAsync"/> reads it.</exception>
    public IReadOnlyList<ProfileArtifact> BuildArtifacts(FleetVersion? version = null) =>
        IntegrationArtifacts.Build(_spec, version ?? FleetVersion.NewestKnown);

    /// <summary>Builds what the spec wants on Fleet, for writing as a repository or for planning. Pure.</summary>
    /// <param name="version">The version; default the newest known.</param>
    public FleetState BuildDesiredState(FleetVersion? version = null) =>
        DesiredState.Build(_spec, BuildArtifacts(version), (version ?? FleetVersion.NewestKnown).Capabilities);

    /// <summary>Reads what the server holds of what the spec wants.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<FleetState> ObserveAsync(CancellationToken cancellationToken = default)
    {
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        FleetVersion version = await Fleet.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        return await Observer.ObserveAsync(BuildDesiredState(version), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Plans what has to change so that Fleet holds what the spec wants. Writes nothing.</summary>
    /// <param name="cancellationToken">Stops the planning.</param>
    /// <exception cref="IntegrationException">The spec cannot work on this server; every reason is given with its remedy.</exception>
    public async Task<IntegrationPlan> PlanAsync(CancellationToken cancellationToken = default)
    {
        await new PlanGate(_fleet, _spec).EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        FleetVersion version = await Fleet.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        FleetState desired = await PackageHashes.FillAsync(_spec, BuildDesiredState(version), _services.Downloads, version, cancellationToken).ConfigureAwait(false);
        IntegrationPlan plan = await PlanAsync(desired, _spec.PlanPolicy, cancellationToken).ConfigureAwait(false);
        if (await EnrollmentPolicyPlanner.PlanAsync(_spec, Smallstep, cancellationToken).ConfigureAwait(false) is { } policy)
        {
            plan = plan with { Changes = [.. plan.Changes, policy] };
        }

        return plan with
        {
            Findings =
            [
                .. IntegrationArtifacts.Check(_spec, version).Where(finding => finding.Severity != FindingSeverity.Error),
                .. EnrollmentPolicyPlanner.Check(_spec, Smallstep),
                .. plan.Findings,
            ],
        };
    }

    /// <summary>Plans what has to change so that Fleet holds a given state, such as a repository's. Writes nothing.</summary>
    /// <param name="desired">The desired state.</param>
    /// <param name="policy">What the plan may do.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    public Task<IntegrationPlan> PlanAsync(FleetState desired, PlanPolicy? policy = null, CancellationToken cancellationToken = default) =>
        Runner.PlanAsync(desired, policy, cancellationToken);

    /// <summary>
    /// Carries out a plan: the planned changes alone, in order, and of those only what the server still lacks.
    /// Stops at the first failure; running it again completes it.
    /// </summary>
    /// <param name="plan">The plan, as shown.</param>
    /// <param name="progress">Takes progress.</param>
    /// <param name="cancellationToken">Stops between changes.</param>
    public Task<ApplyResult> ApplyAsync(IntegrationPlan plan, IProgress<ApplyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Runner.ApplyAsync(plan, Smallstep, _spec.Packages?.AutomaticInstall ?? false, progress, cancellationToken);
    }

    /// <summary>
    /// Judges every host of the targets. Hosts stream: none is held once it was handed out. Smallstep's API cannot be asked for a device
    /// by a host's identity, so with a Smallstep token the whole inventory is read first and a little of each device is held
    /// (about half a kilobyte; some fifty megabytes for a hundred thousand).
    /// </summary>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <exception cref="IntegrationException">A target fleet does not exist, or the tokens may not list hosts.</exception>
    public async IAsyncEnumerable<HostConfirmation> ConfirmAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using Telemetry.OperationScope _ = Telemetry.Start("confirm", _services.Time);
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
        FleetVersion version = await Fleet.GetVersionAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<long> teams = await TargetTeams.ResolveAsync(_fleet, _spec, cancellationToken).ConfigureAwait(false);
        var confirmer = new DeploymentConfirmer(_fleet, Smallstep, _spec.Confirmation, _services.Time);
        var summary = new ConfirmationSummary();
        IReadOnlyDictionary<Uri, IReadOnlyList<string>> issuers = await IssuerNames.ReadAsync(_services.Http, _spec, cancellationToken).ConfigureAwait(false);
        await foreach (HostConfirmation host in confirmer.ConfirmAsync(HostExpectations.Of(_spec, BuildArtifacts(version), issuers), teams, EnrollmentReport.Name, cancellationToken).ConfigureAwait(false))
        {
            summary.Add(host);
            yield return host;
        }

        Log.Confirmed(_services.Logger, summary.ToString());
    }

    /// <summary>Sends profiles of a host again: those that failed for a reason that goes away, and the one whose certificate has ended.</summary>
    /// <param name="host">The confirmation.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether there was anything to send; what is already on its way counts.</returns>
    public async Task<bool> ResendAsync(HostConfirmation host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        foreach (string profile in host.ResendableProfiles)
        {
            try
            {
                await Fleet.Hosts.ResendProfileAsync(host.HostId, profile, cancellationToken).ConfigureAwait(false);
            }
            catch (FleetApiException refused) when (refused.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            {
                // Fleet refuses what is already on its way, as after an apply that changed the profile, or gone, as after one that replaced it.
            }
        }

        return host.CanHeal;
    }

    /// <summary>Brings Fleet's hosts into Smallstep's inventory. Never deletes.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Takes each device's outcome.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="InvalidOperationException">The integration has no Smallstep client.</exception>
    /// <exception cref="IntegrationException">A target fleet does not exist, or a token may not do what the sync needs.</exception>
    public Task<SyncResult> SyncAsync(SyncOptions? options = null, IProgress<SyncedDevice>? progress = null, CancellationToken cancellationToken = default)
    {
        SmallstepClient smallstep = Smallstep ?? throw new InvalidOperationException("The inventory sync needs a Smallstep API token with the scopes list-devices, post-devices and patch-device.");
        return Telemetry.RunAsync("sync", _services.Time, () => SyncAsync(new InventorySync(_fleet, smallstep, _spec, options ?? new SyncOptions()), progress, cancellationToken));
    }

    /// <summary>Confirms all hosts and compares the certificates that are deployed, served and published.</summary>
    /// <param name="cancellationToken">Stops the watch.</param>
    public Task<WatchReport> WatchAsync(CancellationToken cancellationToken = default) =>
        Telemetry.RunAsync("watch", _services.Time, () => new DeploymentWatch(this, _services).RunAsync(cancellationToken));

    /// <summary>Closes the clients that <see cref="Create"/> made; does nothing to clients that were given.</summary>
    public void Dispose() => _owned.ForEach(client => client.Dispose());

    private async Task<SyncResult> SyncAsync(InventorySync sync, IProgress<SyncedDevice>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<long> teams = await TargetTeams.ResolveAsync(_fleet, _spec, cancellationToken).ConfigureAwait(false);
        try
        {
            SyncResult result = await sync.RunAsync(teams, progress, cancellationToken).ConfigureAwait(false);
            Log.Synchronised(_services.Logger, result.ToString());
            return result;
        }
        catch (Exception refused) when (refused is SmallstepApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
        {
            throw new IntegrationException([SmallstepErrors.Explain(refused, "Cannot synchronise the inventory")], refused);
        }
        catch (FleetApiException refused) when (FleetErrors.IsForbidden(refused))
        {
            throw new IntegrationException([FleetErrors.HostsForbidden(refused)], refused);
        }
    }

    private static FleetClient Client(IntegrationOptions options, TimeProvider time, Action<FleetClientOptions, IntegrationOptions> fill)
    {
        var client = new FleetClientOptions();
        fill(client, options);
        return FleetClient.Create(client, time: time);
    }

    private PlanRunner Runner => new(_fleet, _services);

    private FleetObserver Observer => new(_fleet.Writer, _services.Observer);
}
