using System.Text;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Tests.Linting;

/// <summary>The finding with Fleet's words says where they are about, wherever they are about a place.</summary>
public sealed class RefusalPlaceTests
{
    private static readonly string Apple = TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig");
    private static readonly string Scep = TestOptions.Text(ProfileEdition.Recommended, WindowsEnrollment.NdesBridge, "smallstep-scep.xml");

    private const string Policy = "<Replace>\n  <Item>\n    <Target><LocURI>./Device/X</LocURI></Target>\n    <Data>1</Data>\n  </Item>\n</Replace>\n";

    /// <summary>File, text, words, and the mark at whose place they are expected.</summary>
    public static TheoryData<string, string, string, string> Cases() => new()
    {
        { "p.xml", Policy + "<Delete/>", "top level elements.", "<Delete/>" },
        { "p.xml", Policy.Replace("./Device/X", "./Vendor/MSFT/BitLocker", StringComparison.Ordinal), "BitLocker", "<LocURI>" },
        { "p.xml", Policy.Replace("./Device/X", "/X", StringComparison.Ordinal), "can't start with", "<LocURI>" },
        { "p.xml", Policy.Replace("1</Data>", "1</Dato>", StringComparison.Ordinal), "valid XML", "\n  </Item>" },
        { "p.xml", Policy.Replace(">1<", ">$FLEET_VAR_HOST_UUID $FLEET_VAR_BOZO<", StringComparison.Ordinal), "BOZO is not supported", "$FLEET_VAR_BOZO" },
        { "p.xml", Policy.Replace(">1<", ">$FLEET_SECRET_NONE<", StringComparison.Ordinal), "missing from database", "FLEET_SECRET_NONE" },
        { "p.xml", Policy.Replace("X<", "Vendor/MSFT/Policy/Config/Update/A<", StringComparison.Ordinal), "OS updates are already configured", "<Item>" },
        { "p.xml", Scep.Replace("$FLEET_VAR_NDES_SCEP_CHALLENGE<", " $FLEET_VAR_NDES_SCEP_CHALLENGE<", StringComparison.Ordinal), "\"Challenge\" field", ItemOf("/Install/Challenge") },
        { "p.mobileconfig", Apple.Replace("<key>PayloadVersion</key>", "<key>X</key>\n<string>$FLEET_VAR_BOZO</string><key>PayloadVersion</key>", StringComparison.Ordinal), "BOZO is not supported", "$FLEET_VAR_BOZO" },
        { "p.mobileconfig", Apple.Replace("</plist>", "</plist>\n<!-- $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_SMALLSTEP_AGENT -->", StringComparison.Ordinal), "already present", "$FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_SMALLSTEP_AGENT -->" },
        { "p.mobileconfig", Apple.Replace(">$FLEET_VAR_SMALLSTEP_SCEP_PROXY", "> $FLEET_VAR_SMALLSTEP_SCEP_PROXY", StringComparison.Ordinal), "\"URL\" field", "$FLEET_VAR_SMALLSTEP_SCEP_PROXY" },
        { "p.mobileconfig", Apple.Replace("<string>OU</string>", "<string>O</string>", StringComparison.Ordinal), "(OU)", "$FLEET_VAR_CERTIFICATE_RENEWAL_ID" },
        { "p.mobileconfig", Apple.Replace("<string>Smallstep SCEP</string>", "<string>$FLEET_SECRET_A</string>", StringComparison.Ordinal), "PayloadDisplayName cannot", "$FLEET_SECRET_A" },
        { "p.mobileconfig", Apple.Replace("<string>Smallstep SCEP</string>", "<string>Disk encryption</string>", StringComparison.Ordinal), "unsupported PayloadDisplayName", "<string>Disk encryption" },
        { "p.mobileconfig", "\n\n" + Minimal("<string>System</string>", "<string>Nowhere</string>"), "invalid PayloadScope: Nowhere", "<string>Nowhere" },
        { "p.json", "{\"Type\":\"com.apple.configuration.passcode.settings\",\n\"Payload\":\"$FLEET_VAR_BOZO\"}", "not supported in DDM", "$FLEET_VAR_BOZO" },
        { "p.json", "{\"Type\":\n oops}", "valid JSON", "oops" },
        { "p.sh", "#!/bin/sh\n\necho $FLEET_VAR_BOZO\n", "not supported in scripts", "$FLEET_VAR_BOZO" },
        { "p.py", "#!/usr/bin/python3\nprint('$FLEET_VAR_HOST_UUID')\n", "Python", "$FLEET_VAR_HOST_UUID" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lint_Refusal_SaysWhere(string file, string text, string words, string mark)
    {
        ProfileLintContext context = TestOptions.Context with { OsUpdatesConfigured = true, Secrets = ["A"] };

        Finding finding = new ProfileLinter().Lint(Encoding.UTF8.GetBytes(text), file, context).Findings.Single(finding => finding.Id == ProfileRules.Refused.Id);

        finding.Message.Should().Contain(words);
        string[] before = text[..text.IndexOf(mark, StringComparison.Ordinal)].Split('\n');
        (finding.Line, finding.Column).Should().Be((before.Length, before[^1].Length + 1));
    }

    [Theory]
    [InlineData("p.xml", "")]
    [InlineData("p.txt", "x")]
    public void Lint_RefusalOfTheWhole_NamesTheFileOnly(string file, string text) =>
        new ProfileLinter().Lint(Encoding.UTF8.GetBytes(text), file, TestOptions.Context).Findings.Single(finding => finding.Id == ProfileRules.Refused.Id)
            .Should().BeEquivalentTo(new { File = file, Line = 0, Column = 0 });

    private static string ItemOf(string node) => Scep[Scep.LastIndexOf("<Item>", Scep.IndexOf(node, StringComparison.Ordinal), StringComparison.Ordinal)..].Replace("$FLEET_VAR_NDES_SCEP_CHALLENGE<", " $FLEET_VAR_NDES_SCEP_CHALLENGE<", StringComparison.Ordinal);

    private static string Minimal(string from, string to) => """
        <?xml version="1.0" encoding="UTF-8"?>
        <plist version="1.0"><dict>
        <key>PayloadType</key><string>Configuration</string>
        <key>PayloadIdentifier</key><string>a</string>
        <key>PayloadDisplayName</key><string>a</string>
        <key>PayloadScope</key><string>System</string>
        </dict></plist>
        """.Replace(from, to, StringComparison.Ordinal);
}
