using System.Text;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Tests.Linting;

/// <summary>JSON whose keys begin with lower-case letters is an Android profile.</summary>
public sealed class AndroidTests
{
    private static LintResult Lint(string text, bool premium = true, string file = "p.json") =>
        new ProfileLinter().Lint(Encoding.UTF8.GetBytes(text), file, TestOptions.Context with { IsPremium = premium, Secrets = ["A"] });

    [Theory]
    [InlineData("""{"cameraDisabled": true, "passwordPolicies": [{"passwordMinimumLength": 8}]}""")]
    [InlineData("""{"shortSupportMessage": {"defaultMessage": "$FLEET_VAR_HOST_UUID ${FLEET_SECRET_A}"}}""")]
    [InlineData("""{"systemUpdate": {"type": "AUTOMATIC"}}""")]
    public void Lint_AndroidProfile_IsAccepted(string text) => Lint(text).Should().BeEquivalentTo(new { Verdict = Verdict.Accepted, HasErrors = false });

    [Theory]
    [InlineData("""{"cameraDisabled": true, "applications": []}""", true, "Android configuration profile can't include \"applications\" setting. Software management is coming soon.", 26)]
    [InlineData("""{"systemUpdate": {"type": "AUTOMATIC"}}""", false, "Android OS updates (\"systemUpdate\") is Fleet Premium only.", 2)]
    [InlineData("""{"a": "$FLEET_VAR_HOST_UUID"}""", false, "Requires Fleet Premium license", 8)]
    [InlineData("""{"a": "$FLEET_SECRET_B"}""", true, "Couldn't add. Secret variable \"$FLEET_SECRET_B\" missing from database", 9)]
    [InlineData("""{"Type": "com.apple.configuration.x", "payload": {}}""", true, "Couldn't add. Keys in declaration (DDM) profile must contain only letters and start with a uppercase letter. Keys in Android profile must contain only letters and start with a lowercase letter.", 0)]
    public void Lint_WhatFleetRefuses_IsRefusedInItsWords(string text, bool premium, string words, int column)
    {
        LintResult result = Lint(text, premium);

        result.Verdict.Message.Should().Be(words);
        result.Findings.Single(finding => finding.Id == ProfileRules.Refused.Id).Column.Should().Be(column);
    }

    [Fact]
    public void Lint_ReservedName_IsRefused() => Lint("""{"a": 1}""", file: "Disk encryption.json").Verdict.Message.Should().Be("Profile name \"Disk encryption\" is not allowed.");

    [Fact]
    public void Lint_AuthorityVariable_IsAFindingWhereTheWordsAreUnknown()
    {
        LintResult result = Lint("""{"a": "$FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_X"}""");

        result.Verdict.Should().Be(Verdict.Accepted);
        result.Findings.Should().ContainSingle(finding => finding.Id == VariableRules.NotSupportedHere.Id);
    }
}
