namespace Smallstep.Fleet.GitOps;

/// <summary>Judges a repository offline: what <c>fleetctl gitops</c> would answer, and everything that is worth knowing before it runs.</summary>
/// <remarks>Pure: it reads nothing that <see cref="FleetRepository"/> has not read, asks no server and takes no clock.</remarks>
public sealed class GitOpsLinter
{
    /// <summary>Judges a repository.</summary>
    /// <returns>
    /// The verdict of fleetctl and of the endpoints that it would call, short of what a live server asks others (SCEP and challenge
    /// addresses, downloads), and the findings of all files.
    /// </returns>
    public LintResult Lint(FleetRepository repository) => Lint(repository, out _);

    /// <summary>Judges a repository and tells what fleetctl would print on the way.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="log">The lines that fleetctl prints before its answer.</param>
    public LintResult Lint(FleetRepository repository, out IReadOnlyList<string> log)
    {
        ArgumentNullException.ThrowIfNull(repository);
        RunJudgement judgement = RunJudge.Judge(repository.Scope, repository.Parsed);
        log = judgement.Log;
        bool hasUnassigned = repository.Parsed.Any(file => file.IsNoTeam);
        var authorities = new AuthorityFindings(repository.Scope, repository.Parsed);
        IEnumerable<Finding> findings =
        [
            .. judgement.Problems.Select(problem => problem.ToFinding()),
            .. repository.Scope.Loaded.SelectMany(loaded => YamlFindings.Find(repository.Scope, loaded)),
            .. repository.Parsed.SelectMany(file => new SectionFindings(repository.Scope, file, hasUnassigned).Find()),
            .. authorities.Find(),
            .. new AssetFindings(repository.Scope, repository.Parsed).Find(),
            .. new ProfileFindings(repository.Scope, repository.Parsed, authorities).Find(),
        ];
        return LintResult.Create(judgement.Verdict, findings.Distinct());
    }
}
