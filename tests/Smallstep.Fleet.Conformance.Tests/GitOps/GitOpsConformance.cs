using System.Text.Json;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Conformance.Tests.GitOps;

/// <summary>What <c>fleetctl gitops</c> answers, case by case.</summary>
public sealed class GitOpsConformance
{
    private static readonly string[] Stages = [GitOpsStage.Arguments, GitOpsStage.Parse, GitOpsStage.CrossCheck, GitOpsStage.ClientApply, GitOpsStage.Server];

    public static IReadOnlyList<string> AllIds() => GitOpsCases.Ids;

    public static IReadOnlyList<string> VersionedIds() => [.. GitOpsCases.Ids.Where(id => GitOpsCases.Get(id).TryGetProperty("expect_by_version", out _))];

    [CaseTheory(typeof(GitOpsConformance), nameof(AllIds))]
    [CaseData(typeof(GitOpsConformance), nameof(AllIds))]
    public void Lint_Case_MatchesFleetctl(string id)
    {
        JsonElement expect = GitOpsCases.Get(id).GetProperty("expect");
        FleetRepository repository = GitOpsCases.Repository(id, FleetVersion.NewestKnown);

        Verdict verdict = new GitOpsLinter().Lint(repository, out IReadOnlyList<string> log).Verdict;

        Outcome(verdict, expect);
        string printed = string.Join('\n', log);
        foreach (string fragment in GitOpsCases.Texts(GitOpsCases.Member(expect, "log_contains_all")))
        {
            printed.Contains(fragment, StringComparison.Ordinal).Should().BeTrue("the log should hold '{0}' and is\n{1}", fragment, printed);
        }

        foreach (JsonProperty value in GitOpsCases.Members(expect, "values_after_expansion"))
        {
            string expected = value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : value.Value.GetRawText();
            repository.Files.Select(file => GitOpsValues.Find(file.Root, value.Name)).Should().Contain(expected, "{0}", value.Name);
        }
    }

    [CaseTheory(typeof(GitOpsConformance), nameof(VersionedIds))]
    [CaseData(typeof(GitOpsConformance), nameof(VersionedIds))]
    public void Lint_CaseByVersion_MatchesFleetctl(string id)
    {
        foreach (JsonProperty expected in GitOpsCases.Get(id).GetProperty("expect_by_version").EnumerateObject())
        {
            FleetVersion version = FleetVersion.ParseLenient(expected.Name.TrimStart('<', '>', '='));
            Verdict verdict = new GitOpsLinter().Lint(GitOpsCases.Repository(id, version)).Verdict;
            verdict.IsAccepted.Should().Be(expected.Value.GetProperty("outcome").GetString() == "accept", "on {0} the answer is '{1}'", expected.Name, verdict.Message);
            if (expected.Value.TryGetProperty("errors", out JsonElement errors))
            {
                GitOpsCases.Texts(errors).Should().OnlyContain(error => verdict.Message.Contains(error));
            }
        }
    }

    // "Accepted" in the table is up to its stage; what comes later is outside the case.
    private static void Outcome(Verdict verdict, JsonElement expect)
    {
        string stage = expect.GetProperty("stage").GetString()!;
        if (expect.GetProperty("outcome").GetString() == "accept")
        {
            bool accepted = verdict.IsAccepted || Array.IndexOf(Stages, verdict.Stage) > Array.IndexOf(Stages, stage);
            accepted.Should().BeTrue("the answer at {0} is\n{1}", verdict.Stage, verdict.Message);
            return;
        }

        verdict.IsAccepted.Should().BeFalse();
        verdict.Stage.Should().Be(stage, "the answer is\n{0}", verdict.Message);
        foreach (string fragment in GitOpsCases.Texts(GitOpsCases.Member(expect, "error_contains_all")))
        {
            verdict.Message.Contains(fragment, StringComparison.Ordinal).Should().BeTrue("the answer should hold '{0}' and is\n{1}", fragment, verdict.Message);
        }

        foreach (IReadOnlyList<string> fragments in OneOf(GitOpsCases.Member(expect, "error_contains_one_of")))
        {
            fragments.Any(fragment => verdict.Message.Contains(fragment, StringComparison.Ordinal)).Should().BeTrue("the answer should hold one of '{0}' and is\n{1}", string.Join("', '", fragments), verdict.Message);
        }
    }

    // A list of lists: of each one is in the words. A list of texts is one such list.
    private static IEnumerable<IReadOnlyList<string>> OneOf(JsonElement groups) => groups.ValueKind != JsonValueKind.Array ? []
        : groups.EnumerateArray().Any(group => group.ValueKind == JsonValueKind.String) ? [GitOpsCases.Texts(groups)]
        : groups.EnumerateArray().Select(GitOpsCases.Texts);
}
