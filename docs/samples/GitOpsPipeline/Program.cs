// Lints a Fleet repository, plans it against its server and writes the plan as Markdown for the pull request.
// Usage: GitOpsPipeline FOLDER [PLAN.md] [--apply] [--allow-deletes]
// Exit code: 0 nothing to change, 1 error, 2 changes. Without --allow-deletes deletions are shown and not carried out.
// FLEET_URL and FLEET_API_TOKEN name the server; without FLEET_URL it is an empty simulated one. The repository's own variables come from the environment.
using System.Collections;
using Smallstep.Fleet;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

if (args is not [var folder, .. var rest])
{
    Console.Error.WriteLine("Usage: GitOpsPipeline FOLDER [PLAN.md] [--apply] [--allow-deletes]");
    return 1;
}

string? url = Environment.GetEnvironmentVariable("FLEET_URL");
await using FleetSimulator? simulated = string.IsNullOrEmpty(url) ? await FleetSimulator.StartAsync() : null;
using var fleet = FleetClient.Create(new FleetClientOptions
{
    Url = simulated?.BaseAddress.AbsoluteUri ?? url,
    Token = simulated?.AdminToken.Reveal() ?? Environment.GetEnvironmentVariable("FLEET_API_TOKEN"),
    AllowHttp = simulated is not null || (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.IsLoopback),
});

try
{
    var files = new FolderFiles(folder);
    var gitops = new FleetGitOps(fleet);
    GitOpsRun run = await gitops.CompleteAsync(GitOpsRun.OnAll(files) with
    {
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!),
    });
    FleetRepository repository = FleetRepository.Load(files, run);

    LintResult lint = new GitOpsLinter().Lint(repository);
    foreach (Finding finding in lint.Findings)
    {
        Console.WriteLine(finding);
    }

    if (!lint.Verdict.IsAccepted || lint.Findings.Any(finding => finding.Severity == FindingSeverity.Error))
    {
        Console.Error.WriteLine(lint.Verdict.IsAccepted ? "Refused by the linter." : $"fleetctl would refuse it ({lint.Verdict.Stage}): {lint.Verdict.Message}");
        return 1;
    }

    IntegrationPlan plan = await gitops.PlanAsync(repository, new PlanPolicy { CreateTeams = true, AllowDeletes = rest.Contains("--allow-deletes") });
    Console.WriteLine(plan.ToText(color: !Console.IsOutputRedirected));
    if (rest.FirstOrDefault(argument => !argument.StartsWith('-')) is { } markdown)
    {
        await File.WriteAllTextAsync(markdown, plan.ToMarkdown());
    }

    if (rest.Contains("--apply"))
    {
        ApplyResult result = await gitops.ApplyAsync(plan);
        Console.WriteLine(result);
        return result.Failure is not null ? 1 : result.IsComplete ? 0 : 2;
    }

    return plan.IsEmpty ? 0 : 2;
}
catch (Exception problem) when (problem is SmallstepFleetException or HttpRequestException or IOException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
