using Microsoft.Extensions.Logging;

namespace Smallstep.Fleet;

/// <summary>The one applier: carries out planned changes one by one in their order and stops at the first failure.</summary>
internal static class PlanApplier
{
    public static async Task<ApplyResult> ApplyAsync(
        IReadOnlyList<PlannedChange> changes, ApplyContext context, IProgress<ApplyProgress>? progress, ILogger logger, CancellationToken cancellationToken)
    {
        List<PlannedChange> done = [];
        List<PlannedChange> skipped = [];
        for (int i = 0; i < changes.Count; i++)
        {
            PlannedChange change = changes[i];
            cancellationToken.ThrowIfCancellationRequested();
            if (!change.IsAllowed)
            {
                skipped.Add(change);
                progress?.Report(new ApplyProgress(i + 1, changes.Count, change, ApplyStage.Skipped));
                continue;
            }

            progress?.Report(new ApplyProgress(i + 1, changes.Count, change, ApplyStage.Starting));
            if (await TryApplyAsync(change, context, Transfer(progress, i + 1, changes.Count, change), logger, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                progress?.Report(new ApplyProgress(i + 1, changes.Count, change, ApplyStage.Failed));
                return new ApplyResult { Done = done, Skipped = skipped, Left = [.. changes.Skip(i)], Failure = failure };
            }

            done.Add(change);
            progress?.Report(new ApplyProgress(i + 1, changes.Count, change, ApplyStage.Done));
        }

        return new ApplyResult { Done = done, Skipped = skipped };
    }

    private static async Task<ApplyFailure?> TryApplyAsync(PlannedChange change, ApplyContext context, TransferProgress transfer, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeApplier.ApplyAsync(change, context, transfer, cancellationToken).ConfigureAwait(false);
            Telemetry.ChangesApplied.Add(1, new KeyValuePair<string, object?>("object", change.ObjectKind.ToWord()), new KeyValuePair<string, object?>("kind", change.Kind.ToWord()));
            Log.ChangeApplied(logger, change.Id);
            return null;
        }
        catch (Exception problem) when (problem is SmallstepFleetException or HttpRequestException or IOException or TimeoutException)
        {
            string doing = $"Cannot {change.Kind.ToWord()} {change.ObjectKind.ToPhrase()} {change.Name}";
            Finding finding = change.ObjectKind == PlannedObjectKind.EnrollmentPolicy ? SmallstepErrors.Explain(problem, doing) : FleetErrors.Explain(problem, doing);
            Log.ApplyStopped(logger, change.Id, finding.Message);
            return new ApplyFailure(change, finding, problem);
        }
    }

    private static TransferProgress Transfer(IProgress<ApplyProgress>? progress, int position, int total, PlannedChange change) =>
        new((stage, bytes) => progress?.Report(new ApplyProgress(position, total, change, stage, bytes)));
}
