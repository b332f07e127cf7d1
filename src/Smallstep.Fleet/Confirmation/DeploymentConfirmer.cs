using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet;

/// <summary>Judges every host of the targets, streaming, a bounded number at a time.</summary>
internal sealed class DeploymentConfirmer(ReadableClients fleet, SmallstepClient? smallstep, ConfirmationPolicy policy, TimeProvider time)
{
    private readonly EvidenceCollector _evidence = new(fleet, smallstep);

    public async IAsyncEnumerable<HostConfirmation> ConfirmAsync(
        IReadOnlyDictionary<DevicePlatform, HostExpectation> expectations,
        IReadOnlyList<long> teams,
        string reportName,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _evidence.PrepareAsync(reportName, expectations.Values.Any(expectation => expectation.ByScep), cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = Channel.CreateBounded<HostConfirmation>(Math.Max(1, policy.Parallelism) * 4);
        Task producing = ProduceAsync(results.Writer, expectations, teams, stop.Token);
        try
        {
            await foreach (HostConfirmation host in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                Telemetry.HostsConfirmed.Add(1, new KeyValuePair<string, object?>("state", host.State.ToString()));
                yield return host;
            }

            await producing.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ProduceAsync(
        ChannelWriter<HostConfirmation> writer, IReadOnlyDictionary<DevicePlatform, HostExpectation> expectations, IReadOnlyList<long> teams, CancellationToken cancellationToken)
    {
        Exception? problem = null;
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, policy.Parallelism), CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(HostsAsync(teams, cancellationToken), parallel, async (host, token) =>
            {
                HostExpectation? expectation = expectations.GetValueOrDefault(host.DevicePlatform);
                HostEvidence evidence = await _evidence.CollectAsync(host, expectation, token).ConfigureAwait(false);
                await writer.WriteAsync(HostJudge.Judge(evidence, expectation, policy, time.GetUtcNow()), token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Without the right to list hosts there is no host to call Unknown.
            problem = FleetErrors.IsForbidden(failure)
                ? new IntegrationException([FleetErrors.HostsForbidden(failure)], failure)
                : failure;
        }

        writer.Complete(problem);
    }

    private async IAsyncEnumerable<HostSummary> HostsAsync(IReadOnlyList<long> teams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (long team in teams)
        {
            await foreach (HostSummary host in fleet.Observer.Hosts.ListSummariesAsync(new HostQuery { TeamId = team }, ReadableClients.WhileHostsComeAndGo, cancellationToken).ConfigureAwait(false))
            {
                yield return host;
            }
        }
    }
}
