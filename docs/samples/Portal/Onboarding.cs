using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Smallstep.Fleet;

namespace Portal;

/// <summary>The one onboarding that is under way: checked, planned, applied. A second one has to wait.</summary>
internal sealed class Onboarding(IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private FleetIntegration? _integration;
    private EventLog<ProgressLine> _log = new();

    /// <summary>What was found last; <see langword="null"/> before the first check.</summary>
    public OnboardingState? State { get; private set; }

    /// <summary>Checks every link, and plans where nothing stands in the way.</summary>
    /// <returns>Whether it ran; <see langword="false"/> while another operation does.</returns>
    /// <exception cref="IntegrationException">The options are wrong, or the spec cannot work on this server.</exception>
    public async Task<bool> CheckAsync(IntegrationOptions options, CancellationToken cancellationToken)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return false;
        }

        try
        {
            FleetIntegration integration = FleetIntegration.Create(options);
            _integration?.Dispose();
            _integration = integration;
            State = null;
            PreflightReport report = await integration.PreflightAsync(cancellationToken: cancellationToken);
            IntegrationPlan? plan = report.IsReady ? await integration.PlanAsync(cancellationToken) : null;
            State = new OnboardingState(Guid.NewGuid(), integration.Fleet.Address, report, plan);
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Begins to apply the plan that was shown.</summary>
    /// <returns>Whether it began; <see langword="false"/> while another operation runs, or when the plan is not the current one.</returns>
    public bool StartApply(Guid planId)
    {
        if (!_one.Wait(TimeSpan.Zero))
        {
            return false;
        }

        if (State is not { Plan: { } plan } state || state.Id != planId || state.IsApplied || _integration is not { } integration)
        {
            _one.Release();
            return false;
        }

        _log = new EventLog<ProgressLine>();
        State = state with { IsApplied = true };
        _ = ApplyAsync(integration, plan, _log);
        return true;
    }

    /// <summary>The progress so far and from now on, ended when applying ends. A browser that lost its connection goes on after the last one it saw.</summary>
    public async IAsyncEnumerable<SseItem<ProgressLine>> EventsAsync(string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int next = int.TryParse(lastEventId, out int last) ? last + 1 : 0;
        await foreach (ProgressLine line in _log.ReadAsync(next, cancellationToken))
        {
            yield return new SseItem<ProgressLine>(line, line.IsLast ? "end" : "progress") { EventId = $"{next++}" };
        }
    }

    public void Dispose() => _integration?.Dispose();

    private async Task ApplyAsync(FleetIntegration integration, IntegrationPlan plan, EventLog<ProgressLine> log)
    {
        try
        {
            ApplyResult result = await integration.ApplyAsync(plan, new LiveProgress(log), lifetime.ApplicationStopping);
            State = State! with { Result = result, Guide = result.Failure is null ? await integration.ReadBackAsync(lifetime.ApplicationStopping) : null };
            log.Complete(result.Failure is { Finding: var finding }
                ? new ProgressLine($"{finding.Message} {result.Done.Count} done, {result.Left.Count} left.", 0, 1, "failed") { IsLast = true, Remedy = $"{finding.Remedy} Then check and apply again: what is done stays done. ({finding.Id})" }
                : new ProgressLine(result.ToString(), 1, 1, "done") { IsLast = true });
        }
        catch (Exception problem) when (problem is SmallstepFleetException or OperationCanceledException)
        {
            log.Complete(new ProgressLine(problem.Message, 0, 1, "failed") { IsLast = true, Remedy = "Check and apply again: what is done stays done." });
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reports in order; <see cref="Progress{T}"/> would not.</summary>
    private sealed class LiveProgress(EventLog<ProgressLine> log) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value)
        {
            if (value.Stage is not (ApplyStage.Downloading or ApplyStage.Uploading))
            {
                log.Append(new ProgressLine(value.Change.ToString(), value.Position, value.Total, value.Stage.ToString().ToLowerInvariant()));
            }
        }
    }
}
