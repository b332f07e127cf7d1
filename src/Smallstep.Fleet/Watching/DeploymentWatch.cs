using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>One look at everything: hosts, certificates, rotation.</summary>
internal sealed class DeploymentWatch(FleetIntegration integration, IntegrationServices services)
{
    private const int KeptHosts = 100;
    private static readonly HostState[] Stuck = [HostState.ProfileFailed, HostState.AwaitingCertificate, HostState.EnrolledNoCertificate, HostState.Expired, HostState.Mismatch];

    private readonly ConfirmationSummary _summary = new();
    private readonly List<HostConfirmation> _stuck = [];
    private readonly List<Finding> _findings = [];
    private int _stuckHosts;

    public async Task<WatchReport> RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync(() => ConfirmAsync(cancellationToken)).ConfigureAwait(false);
        AddHosts();
        await CompareAsync(cancellationToken).ConfigureAwait(false);
        return new WatchReport(services.Time.GetUtcNow(), _summary, [.. _findings.DistinctBy(finding => (finding.Id, finding.Message))]) { StuckHosts = _stuck };
    }

    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        await foreach (HostConfirmation host in integration.ConfirmAsync(cancellationToken).ConfigureAwait(false))
        {
            _summary.Add(host);
            if (IsStuck(host) && ++_stuckHosts <= KeptHosts)
            {
                _stuck.Add(host);
            }
        }
    }

    /// <summary>An agent that has not called in may still do so, unless its installation failed.</summary>
    private static bool IsStuck(HostConfirmation host) =>
        Stuck.Contains(host.State) || (host is { State: HostState.ApprovedNotEnrolled or HostState.NotSynced, Failure: not null });

    private void AddHosts()
    {
        if (_stuckHosts > 0)
        {
            string failures = _summary.Failures.Count > 0 ? $" Known failures: {string.Join(", ", _summary.Failures.Select(pair => $"{pair.Key} ({pair.Value})"))}." : "";
            _findings.Add(WorkflowRules.HostsStuck.At($"{_stuckHosts} of {_summary.Total} hosts are stuck ({_summary}).{failures}"));
        }

        if (_summary.States.GetValueOrDefault(HostState.ExpiresSoon) is > 0 and var soon)
        {
            _findings.Add(WorkflowRules.CertificatesExpire.At($"The certificates of {soon} hosts end soon; the first {_summary.FirstExpiry:u}."));
        }
    }

    /// <summary>Each part tells what it can: a SCEP server that changed its root must not hide what the API says of it.</summary>
    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        IntegrationSpec spec = integration.Spec;
        IReadOnlyList<ReadOnlyMemory<byte>> served = [];
        Sha256Fingerprint? published = null;
        FleetState observed = new();
        if (spec.ScepUrls.Count > 0)
        {
            await TryAsync(async () => served = await ScepCertificates.ReadAsync(services.Http, spec, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (integration.Smallstep is { } smallstep)
        {
            published = await SmallstepPreflight.PublishedRootAsync(smallstep, spec.Authority.Team, cancellationToken).ConfigureAwait(false);
        }

        await TryAsync(async () => observed = await integration.ObserveAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        _findings.AddRange(RotationWatch.Check(spec, served, published, observed, services.Time.GetUtcNow()));
    }

    private async Task TryAsync(Func<Task> part)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (IntegrationException known)
        {
            _findings.AddRange(known.Findings);
        }
    }
}
