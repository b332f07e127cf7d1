using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Smallstep.Fleet;

/// <summary>
/// Healthy while every link of the chain holds. Consumes no challenge and downloads no package. Probes come every few seconds, from
/// several sides, and each look is two dozen requests to three servers: an answer serves for a minute.
/// </summary>
internal sealed class ChainHealthCheck(IFleetIntegrationFactory integrations, string name, TimeProvider time) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (PreflightReport Report, long At)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        PreflightReport report = await ReportAsync(cancellationToken).ConfigureAwait(false);
        string text = string.Join(" ", report.Findings.Where(finding => finding.Severity != FindingSeverity.Info).Select(finding => $"{finding.Id}: {finding.Message}"));
        return report.IsReady
            ? report.Findings.Any(finding => finding.Severity == FindingSeverity.Warning) ? HealthCheckResult.Degraded(text) : HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, text);
    }

    public void Dispose() => _one.Dispose();

    private async Task<PreflightReport> ReportAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is not { } last || time.GetElapsedTime(last.At) >= Validity)
            {
                PreflightReport report = await integrations.GetIntegration(name).PreflightAsync(new PreflightOptions { CheckPackages = false, CheckDomains = false }, cancellationToken).ConfigureAwait(false);
                last = (report, time.GetTimestamp());
                _last = last;
            }

            return last.Report;
        }
        finally
        {
            _one.Release();
        }
    }
}
