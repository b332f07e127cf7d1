using System.Text;
using System.Text.Json;
using Smallstep.Fleet.Conformance.Tests.Variables;
using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Conformance.Tests.Profiles;

/// <summary>The cases of validating and parsing.</summary>
public sealed class ProfileConformance
{
    private static readonly ProfileLinter Linter = new();

    public static IReadOnlyList<string> ValidateIds() => VariableCases.IdsOf("validate-apple", "validate-windows", "validate-declaration", "validate-script");

    public static IReadOnlyList<string> ParseIds() => VariableCases.IdsOf("parse-mobileconfig");

    [CaseTheory(typeof(ProfileConformance), nameof(ValidateIds))]
    [CaseData(typeof(ProfileConformance), nameof(ValidateIds))]
    public void Lint_Case_GivesFleetsVerdict(string id)
    {
        JsonElement testCase = VariableCases.Get(id);
        JsonElement input = testCase.GetProperty("input");
        JsonElement expected = testCase.GetProperty("expected");
        string text = CaseContext.Text(input, input.TryGetProperty("profile", out _) ? "profile" : "content");

        Verdict verdict = Linter.Lint(Encoding.UTF8.GetBytes(text), FileName(testCase, input), Context(CaseContext.Of(testCase))).Verdict;

        verdict.IsAccepted.Should().Be(expected.GetProperty("ok").GetBoolean(), "the verdict is '{0}'", verdict.Message);
        verdict.Message.Contains(CaseContext.Text(expected, "error_contains"), StringComparison.Ordinal).Should().BeTrue("the verdict is '{0}'", verdict.Message);
        if (expected.TryGetProperty("variables", out _))
        {
            VariableFinder.Find(text).Should().BeEquivalentTo(CaseContext.Texts(expected, "variables"));
        }
    }

    [CaseTheory(typeof(ProfileConformance), nameof(ParseIds))]
    [CaseData(typeof(ProfileConformance), nameof(ParseIds))]
    public void Parse_Case_MatchesExpectation(string id)
    {
        JsonElement testCase = VariableCases.Get(id);
        JsonElement expected = testCase.GetProperty("expected");
        byte[] profile = Encoding.UTF8.GetBytes(CaseContext.Text(testCase.GetProperty("input"), "profile"));

        (AppleProfileIdentity? identity, string error) = Parse(profile);

        (identity is not null).Should().Be(expected.GetProperty("ok").GetBoolean(), "the error is '{0}'", error);
        error.Contains(CaseContext.Text(expected, "error_contains"), StringComparison.Ordinal).Should().BeTrue("the error is '{0}'", error);
        foreach ((string member, string? value) in new[] { ("identifier", identity?.Identifier), ("display_name", identity?.DisplayName), ("scope", identity?.Scope) })
        {
            if (expected.TryGetProperty(member, out JsonElement text))
            {
                value.Should().Be(text.GetString(), member);
            }
        }
    }

    private static (AppleProfileIdentity? Identity, string Error) Parse(byte[] profile)
    {
        try
        {
            return (AppleProfileIdentity.Parse(profile), "");
        }
        catch (ProfileFormatException e)
        {
            return (null, e.Message);
        }
    }

    private static string FileName(JsonElement testCase, JsonElement input)
    {
        string extension = testCase.GetProperty("op").GetString() switch
        {
            "validate-apple" => ".mobileconfig",
            "validate-windows" => ".xml",
            "validate-declaration" => ".json",
            _ => ".sh",
        };
        return CaseContext.Text(input, "name") is { Length: > 0 } name ? name + extension
            : CaseContext.Text(input, "filename") is { Length: > 0 } fileName ? fileName
            : "document" + extension;
    }

    private static ProfileLintContext Context(JsonElement context)
    {
        Dictionary<string, Secret> secrets = CaseContext.Table(context, "secrets").ToDictionary(entry => entry.Key, entry => new Secret(entry.Value));
        return new ProfileLintContext
        {
            IsPremium = CaseContext.IsPremium(context),
            CertificateAuthorities = CaseContext.Authorities(context),
            Secrets = [.. secrets.Keys],
            SecretValues = secrets,
            AllowCustomDiskEncryption = CaseContext.Flag(context, "allow_custom_disk_encryption"),
            OsUpdatesConfigured = CaseContext.Flag(context, "os_updates_configured"),
        };
    }
}
