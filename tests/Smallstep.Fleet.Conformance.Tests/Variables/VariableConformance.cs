using System.Text.Json;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Conformance.Tests.Variables;

/// <summary>The cases of finding and replacing.</summary>
public sealed class VariableConformance
{
    public static IReadOnlyList<string> FindIds() => VariableCases.IdsOf("find");

    public static IReadOnlyList<string> ContainsIds() => VariableCases.IdsOf("contains");

    public static IReadOnlyList<string> ReplaceIds() => VariableCases.IdsOf("replace");

    /// <summary>A case of an operation that nobody runs would pass unseen.</summary>
    [Fact]
    public void Table_EveryCase_IsRun() =>
        VariableCases.Operations.Should().BeSubsetOf(
            ["find", "contains", "replace", "validate-apple", "validate-windows", "validate-declaration", "validate-script", "parse-mobileconfig"]);

    [CaseTheory(typeof(VariableConformance), nameof(FindIds))]
    [CaseData(typeof(VariableConformance), nameof(FindIds))]
    public void Find_Case_MatchesExpectation(string id)
    {
        JsonElement testCase = VariableCases.Get(id);
        JsonElement input = testCase.GetProperty("input");
        string content = input.GetProperty("content").GetString()!;

        IReadOnlyList<string> found = CaseContext.Flag(input, "keep_duplicates") ? VariableFinder.FindKeepDuplicates(content) : VariableFinder.Find(content);

        found.Should().Equal(CaseContext.Texts(testCase.GetProperty("expected"), "variables"));
    }

    [CaseTheory(typeof(VariableConformance), nameof(ContainsIds))]
    [CaseData(typeof(VariableConformance), nameof(ContainsIds))]
    public void Contains_Case_MatchesExpectation(string id)
    {
        JsonElement testCase = VariableCases.Get(id);

        bool result = VariableFinder.Contains(testCase.GetProperty("input").GetProperty("content").GetString()!);

        result.Should().Be(testCase.GetProperty("expected").GetProperty("result").GetBoolean());
    }

    [CaseTheory(typeof(VariableConformance), nameof(ReplaceIds))]
    [CaseData(typeof(VariableConformance), nameof(ReplaceIds))]
    public void Replace_Case_MatchesExpectation(string id)
    {
        JsonElement testCase = VariableCases.Get(id);
        JsonElement expected = testCase.GetProperty("expected");

        (bool ok, string output, string error) = Replace(testCase);

        ok.Should().Be(expected.GetProperty("ok").GetBoolean(), "the error is '{0}'", error);
        if (expected.TryGetProperty("output", out JsonElement text))
        {
            output.Should().Be(text.GetString());
        }

        error.Contains(CaseContext.Text(expected, "error_contains"), StringComparison.Ordinal).Should().BeTrue("the error is '{0}'", error);
    }

    private static (bool Ok, string Output, string Error) Replace(JsonElement testCase)
    {
        JsonElement input = testCase.GetProperty("input");
        JsonElement context = CaseContext.Of(testCase);
        string content = input.GetProperty("content").GetString()!;
        string name = CaseContext.Text(input, "variable");
        string value = CaseContext.Text(input, "value");
        return input.GetProperty("mode").GetString() switch
        {
            "raw" => (true, VariableReplacer.ReplaceRaw(content, name, value), ""),
            "xml" => (true, VariableReplacer.ReplaceXml(content, name, value), ""),
            "exact" => (true, VariableReplacer.ReplaceExact(content, name, value), ""),
            "json" => (true, VariableReplacer.ReplaceJson(content, name, value), ""),
            "secrets" => Expand(content, CaseContext.Table(context, "secrets")),
            "deploy-apple" => Result(ProfileDelivery.DeployApple(content, CaseContext.Delivery(context))),
            "deploy-windows" => Result(ProfileDelivery.DeployWindows(content, CaseContext.Delivery(context))),
            string mode => throw new NotSupportedException(mode),
            null => throw new NotSupportedException("no mode"),
        };
    }

    private static (bool Ok, string Output, string Error) Result(DeliveryResult result) => (result.Ok, result.Contents, result.Detail);

    private static (bool Ok, string Output, string Error) Expand(string content, Dictionary<string, string> secrets)
    {
        try
        {
            return (true, SecretVariables.Expand(content, name => secrets.GetValueOrDefault(name)), "");
        }
        catch (VariableException e)
        {
            return (false, "", e.Message);
        }
    }
}
