using Smallstep.Fleet.Platform;

namespace Smallstep.Fleet;

/// <summary>Runs every check in parallel; none stops another.</summary>
internal sealed class PreflightRunner(ReadableClients fleet, SmallstepClient? smallstep, IntegrationSpec spec, IntegrationServices services)
{
    /// <summary>Causes that every check which needs the server runs into; said once for each token.</summary>
    private static readonly string[] SharedCauses = [WorkflowRules.FleetUnreachable.Id, WorkflowRules.FleetTokenRefused.Id, WorkflowRules.SmallstepTokenRefused.Id, WorkflowRules.SmallstepUnreachable.Id];

    public async Task<PreflightReport> RunAsync(PreflightOptions options, CancellationToken cancellationToken)
    {
        var server = new FleetPreflight(fleet, spec);
        var domains = new DomainPreflight(services.Http, spec);
        CheckOutcome[] outcomes = await Task.WhenAll(
        [
            .. FleetChecks(server, cancellationToken),
            .. AuthorityChecks(options, cancellationToken),
            RunAsync(CheckNames.Packages, () => PackagesAsync(options, cancellationToken)),
            RunAsync(CheckNames.Domains, () => domains.CheckAsync(options.CheckDomains, cancellationToken)),
            .. SmallstepChecks(cancellationToken),
        ]).ConfigureAwait(false);
        return new PreflightReport(Merge(outcomes), [.. outcomes.Select(outcome => outcome.ToCheck())])
        {
            FleetVersion = server.Version,
            Domains = domains.Required,
        };
    }

    private IEnumerable<Task<CheckOutcome>> FleetChecks(FleetPreflight server, CancellationToken cancellationToken) =>
    [
        RunAsync(CheckNames.FleetSettings, () => server.SettingsAsync(cancellationToken)),
        RunAsync(CheckNames.ApplyToken, () => server.ApplyTokenAsync(cancellationToken)),
        RunAsync(CheckNames.ObserveToken, () => server.ObserveTokenAsync(cancellationToken)),
        RunAsync(CheckNames.AuthorityRecord, () => server.AuthorityRecordAsync(cancellationToken)),
    ];

    private IEnumerable<Task<CheckOutcome>> AuthorityChecks(PreflightOptions options, CancellationToken cancellationToken)
    {
        var scep = new ScepPreflight(services.Http, spec, services.Time);
        return
        [
            RunAsync(CheckNames.Scep, () => scep.CertificatesAsync(cancellationToken)),
            RunAsync(CheckNames.Challenge, () => options.TryChallenge ? scep.ChallengesAsync(cancellationToken) : Skipped("not asked for (TryChallenge)")),
            RunAsync(CheckNames.Addresses, () => new AddressPreflight(fleet.Writer, spec).CheckAsync(cancellationToken)),
            RunAsync(CheckNames.Clocks, () => new ClockPreflight(services.Http, services.Time).CheckAsync(fleet.Writer.Address, spec, options.MaxClockSkew, cancellationToken)),
        ];
    }

    private IEnumerable<Task<CheckOutcome>> SmallstepChecks(CancellationToken cancellationToken)
    {
        SmallstepPreflight? checks = smallstep is null ? null : new SmallstepPreflight(smallstep, spec);
        return
        [
            RunAsync(CheckNames.Authority, () => checks?.AuthorityAsync(cancellationToken) ?? Skipped("no Smallstep API token"), SmallstepErrors.Explain),
            RunAsync(CheckNames.Provisioner, () => checks?.ProvisionerAsync(cancellationToken) ?? Skipped("no Smallstep API token"), SmallstepErrors.Explain),
            RunAsync(CheckNames.Policy, () => checks?.PolicyAsync(cancellationToken) ?? WithoutApi(), SmallstepErrors.Explain),
            RunAsync(CheckNames.Inventory, () => checks?.InventoryAsync(cancellationToken) ?? Skipped("no Smallstep API token"), SmallstepErrors.Explain),
        ];
    }

    private Task<CheckOutcome> PackagesAsync(PreflightOptions options, CancellationToken cancellationToken) =>
        spec.Packages is null ? Skipped("the spec deploys none")
        : options.CheckPackages ? PackagePreflight.CheckAsync(services.Downloads, spec, cancellationToken)
        : Skipped("not asked for (CheckPackages)");

    private async Task<CheckOutcome> WithoutApi() =>
        await Skipped("no Smallstep API token").ConfigureAwait(false) with { Findings = EnrollmentPolicyPlanner.Check(spec, smallstep) };

    private static Task<CheckOutcome> Skipped(string why) => Task.FromResult(CheckOutcome.Skip(why));

    private IReadOnlyList<Finding> Merge(IEnumerable<CheckOutcome> outcomes) =>
    [
        .. outcomes
            .SelectMany(outcome => outcome.Findings.Select(finding => (Finding: finding, Cause: SharedCauses.Contains(finding.Id) ? $"{finding.Id} {outcome.Name == CheckNames.ObserveToken && !ReferenceEquals(fleet.Writer, fleet.Observer)}" : finding.ToString())))
            .DistinctBy(found => found.Cause)
            .Select(found => found.Finding)
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal),
    ];

    private static async Task<CheckOutcome> RunAsync(string name, Func<Task<CheckOutcome>> check, Func<Exception, string, Finding>? explain = null)
    {
        try
        {
            return await check().ConfigureAwait(false) with { Name = name };
        }
        catch (IntegrationException known)
        {
            return new CheckOutcome(known.Findings) { Name = name };
        }
        catch (Exception problem) when (problem is SmallstepFleetException or HttpRequestException or TimeoutException or IOException)
        {
            return new CheckOutcome([(explain ?? FleetErrors.Explain)(problem, name)]) { Name = name };
        }
    }
}
