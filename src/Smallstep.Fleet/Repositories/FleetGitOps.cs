using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>
/// A repository against a server: what the server says for linting, the server as a repository, a plan, its application, and a dry run.
/// Goes through the same planner and applier as <see cref="FleetIntegration"/>.
/// </summary>
public sealed class FleetGitOps
{
    private readonly IntegrationServices _services;
    private readonly ReadableClients _fleet;

    /// <summary>Takes a server.</summary>
    /// <param name="fleet">The client whose token writes (roles gitops, maintainer, admin).</param>
    /// <param name="services">Observer token, HTTP client for packages, clock, logger.</param>
    public FleetGitOps(FleetClient fleet, IntegrationServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        _services = services ?? new IntegrationServices();
        _fleet = new ReadableClients(fleet, _services.Observer);
    }

    /// <summary>Completes a run with the server's release, licence, labels and exceptions, so that a repository is judged as fleetctl would here.</summary>
    /// <param name="run">Arguments and environment.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<GitOpsRun> CompleteAsync(GitOpsRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run with
        {
            FleetVersion = await _fleet.Writer.GetVersionAsync(cancellationToken).ConfigureAwait(false),
            Server = await ServerFactsReader.ReadAsync(_fleet, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Writes the server as a repository. Planned against the same server, it changes nothing.</summary>
    /// <param name="options">How it is written; release and exceptions are the server's where they are not set.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<ImportedRepository> ImportAsync(RepositoryWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        new RepositoryImport(_fleet, this).RunAsync(options, cancellationToken);

    /// <summary>Plans what a repository would change. Writes nothing.</summary>
    /// <param name="repository">The repository, read for this server (<see cref="CompleteAsync"/>).</param>
    /// <param name="policy">What the plan may do.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    /// <exception cref="IntegrationException">fleetctl refuses the repository, whose state is then not all that its author means.</exception>
    public async Task<IntegrationPlan> PlanAsync(FleetRepository repository, PlanPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        LintResult lint = new GitOpsLinter().Lint(repository);
        if (!lint.Verdict.IsAccepted)
        {
            throw new IntegrationException([WorkflowRules.RepositoryRefused.At($"fleetctl refuses the repository at {lint.Verdict.Stage}: {lint.Verdict.Message.Trim()}"), .. lint.Findings]);
        }

        IntegrationPlan plan = await new PlanRunner(_fleet, _services).PlanAsync(WithUnassigned(repository), policy, cancellationToken).ConfigureAwait(false);
        return plan with { Findings = [.. plan.Findings, .. UnplannedSections.Of(repository)] };
    }

    // With the global file and none for hosts without a fleet, fleetctl takes the software and the policies of those away.
    private static FleetState WithUnassigned(FleetRepository repository)
    {
        FleetState state = repository.ToState();
        if (!repository.Run.Server.IsPremium || !repository.Files.Any(file => file.Kind == GitOpsFileKind.Global) || repository.Files.Any(file => file.Kind == GitOpsFileKind.Unassigned))
        {
            return state;
        }

        bool managesSoftware = !repository.Run.Server.Exceptions.Software;
        TeamState unassigned = state.Teams.FirstOrDefault(team => team.IsUnassigned) ?? new TeamState(TeamState.Unassigned);
        return state with
        {
            Teams = [.. state.Teams.Where(team => !team.IsUnassigned), unassigned with
            {
                Software = managesSoftware ? [] : null,
                AppStoreApps = managesSoftware ? [] : null,
                MaintainedApps = managesSoftware ? [] : null,
                Policies = [],
            }],
        };
    }

    /// <summary>Carries out a plan: the planned changes alone, one call for one object, deletions last. Stops at the first failure; running it again completes it.</summary>
    /// <param name="plan">The plan, as shown.</param>
    /// <param name="progress">Takes progress.</param>
    /// <param name="cancellationToken">Stops between changes.</param>
    public Task<ApplyResult> ApplyAsync(IntegrationPlan plan, IProgress<ApplyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new PlanRunner(_fleet, _services).ApplyAsync(plan, null, automaticInstall: false, progress, cancellationToken);
    }

    /// <summary>
    /// Asks the server for its verdict on every file, with the calls that <c>fleetctl gitops --dry-run</c> makes, and has our own linter beside it.
    /// Writes nothing, and is not free: <see cref="DryRunReport.Consumed"/>.
    /// </summary>
    /// <param name="repository">The repository, read for this server (<see cref="CompleteAsync"/>).</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    public Task<DryRunReport> DryRunAsync(FleetRepository repository, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return new RepositoryDryRun(_fleet, repository).RunAsync(cancellationToken);
    }
}
