using System.Text;

namespace Smallstep.Fleet.Profiles.Tests.Linting;

/// <summary>Custom host vitals in every kind of document: known, unknown, and what only looks like one.</summary>
public sealed class HostVitalTests
{
    private static Verdict Judge(string file, string value, IReadOnlyCollection<int>? known)
    {
        string text = file switch
        {
            "p.mobileconfig" => TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig").Replace("<string>Smallstep SCEP</string>", $"<string>{value}</string>", StringComparison.Ordinal),
            "p.xml" => $"<Replace><Item><Target><LocURI>./Device/X</LocURI></Target><Data>{value}</Data></Item></Replace>",
            "p.json" => $$"""{"Type":"com.apple.configuration.passcode.settings","Identifier":"d","Payload":{"a":"{{value}}" } }""",
            _ => $"#!/bin/sh\necho {value}\n",
        };
        return new ProfileLinter().Lint(Encoding.UTF8.GetBytes(text), file, TestOptions.Context with { HostVitals = known }).Verdict;
    }

    public static TheoryData<string> Files() => ["p.mobileconfig", "p.xml", "p.json", "p.sh"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Lint_UnknownVitals_AreRefusedByName(string file) =>
        Judge(file, "$FLEET_HOST_VITAL_8 ${FLEET_HOST_VITAL_9} $FLEET_HOST_VITAL_8", [7]).Message
            .Should().Be("Custom host vitals \"$FLEET_HOST_VITAL_8\", \"$FLEET_HOST_VITAL_9\" is not defined");

    [Theory]
    [MemberData(nameof(Files))]
    public void Lint_KnownVital_IsAccepted(string file) => Judge(file, "$FLEET_HOST_VITAL_7 ${FLEET_HOST_VITAL_7}", [7]).Should().Be(Verdict.Accepted);

    [Theory]
    [MemberData(nameof(Files))]
    public void Lint_WhatIsNoId_IsIgnored(string file) =>
        Judge(file, "$FLEET_HOST_VITAL_7x ${FLEET_HOST_VITAL_} $FLEET_HOST_VITAL_0 $FLEET_HOST_VITAL_99999999999999999999 $$FLEET_HOST_VITAL_8", []).Should().Be(Verdict.Accepted);

    [Theory]
    [MemberData(nameof(Files))]
    public void Lint_VitalsNotKnown_AreNotChecked(string file) => Judge(file, "$FLEET_HOST_VITAL_8", null).Should().Be(Verdict.Accepted);
}
