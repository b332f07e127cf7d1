using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>What has to be true before anything is planned, so that nothing is half-written.</summary>
internal sealed class PlanGate(ReadableClients fleet, IntegrationSpec spec)
{
    public async Task EnsureOpenAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = await CheckAsync(cancellationToken).ConfigureAwait(false);
        if (findings.Any(finding => finding.Severity == FindingSeverity.Error))
        {
            throw new IntegrationException([.. findings.Where(finding => finding.Severity == FindingSeverity.Error)]);
        }
    }

    public async Task<IReadOnlyList<Finding>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            FleetVersion version = await fleet.Writer.GetVersionAsync(cancellationToken).ConfigureAwait(false);
            FleetConfiguration configuration = await fleet.Writer.Configuration.GetAsync(cancellationToken).ConfigureAwait(false);
            List<Finding> findings = [.. IntegrationArtifacts.Check(spec, version), .. FleetSettingsCheck.Check(spec, configuration)];
            return configuration.License.IsPremium
                ? [.. findings, .. await TargetsAsync(cancellationToken).ConfigureAwait(false), .. await LabelsAsync(cancellationToken).ConfigureAwait(false)]
                : findings;
        }
        catch (Exception problem) when (problem is SmallstepFleetException or HttpRequestException or TimeoutException)
        {
            return [FleetErrors.Explain(problem, $"Fleet at {fleet.Writer.Address.Host}")];
        }
    }

    private async Task<IReadOnlyList<Finding>> TargetsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TargetTeams.ResolveAsync(fleet, spec, cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (IntegrationException known)
        {
            return known.Findings;
        }
    }

    /// <summary>Fleet refuses a profile for a label that it does not know, and does not say which.</summary>
    private async Task<IReadOnlyList<Finding>> LabelsAsync(CancellationToken cancellationToken)
    {
        string[] wanted = [.. spec.Scope.IncludeAll.Concat(spec.Scope.IncludeAny).Concat(spec.Scope.ExcludeAny).Except(AgentLabels.All.Select(label => label.Name), StringComparer.Ordinal)];
        if (wanted.Length == 0 || await LabelReader.ListAsync(fleet, cancellationToken).ConfigureAwait(false) is not { } there)
        {
            return [];
        }

        return [.. wanted.Except(there.Select(label => label.Name), StringComparer.Ordinal).Select(name => WorkflowRules.UnknownLabel.At($"There is no label named '{name}'."))];
    }
}
