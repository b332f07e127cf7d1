using System.Text;

namespace Smallstep.Fleet.Profiles.Tests.Linting;

/// <summary>Bytes that are no UTF-8, and DigiCert's tokens where base64 belongs.</summary>
public sealed class EncodingTests
{
    private static LintResult Lint(string file, string text, ProfileLintContext? context = null) =>
        new ProfileLinter().Lint(Encoding.Latin1.GetBytes(text), file, context ?? TestOptions.Context);

    private static string Apple(string name, string comment = "", string payloads = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <plist version="1.0"><dict><!-- {comment} -->
        <key>PayloadContent</key><array>{payloads}</array>
        <key>PayloadType</key><string>Configuration</string>
        <key>PayloadIdentifier</key><string>a</string>
        <key>PayloadDisplayName</key><string>{name}</string>
        </dict></plist>
        """;

    private static string Windows(string data, string comment = "") =>
        $"<Replace><!-- {comment} --><Item><Target><LocURI>./Device/X</LocURI></Target><Data>{data}</Data></Item></Replace>";

    [Fact]
    public void Lint_Latin1_IsRefusedAsFleetDoes()
    {
        Lint("p.xml", Windows("Gerät")).Verdict.Message.Should().Be("Couldn't add. The file should include valid XML: XML syntax error on line 1: invalid UTF-8");
        Lint("p.mobileconfig", Apple("Gerät")).Verdict.Message.Should().StartWith("failed to parse config profile: ").And.EndWith("(line 6, column 41)");
    }

    [Fact]
    public void Lint_Latin1InAComment_IsTakenByFleetAndFound()
    {
        foreach (LintResult result in new[] { Lint("p.xml", Windows("x", "Gerät")), Lint("p.mobileconfig", Apple("x", "Gerät")) })
        {
            result.Verdict.Should().Be(Verdict.Accepted);
            result.Findings.Should().ContainSingle(finding => finding.Id == ProfileRules.StrictFormat.Id);
        }
    }

    [Theory]
    [InlineData("$FLEET_VAR_DIGICERT_DATA_DC1")]
    [InlineData("${FLEET_VAR_DIGICERT_DATA_DC1}")]
    public void Lint_DigiCertTokenInData_IsNotFound(string token)
    {
        string payload = $"<dict><key>PayloadType</key><string>com.apple.security.pkcs12</string><key>Password</key><string>$FLEET_VAR_DIGICERT_PASSWORD_DC1</string><key>PayloadContent</key><data>{token}</data></dict>";
        ProfileLintContext context = TestOptions.Context with { CertificateAuthorities = new() { DigiCert = ["DC1"] } };

        LintResult result = Lint("p.mobileconfig", Apple("x", payloads: payload), context);

        result.Verdict.Should().Be(Verdict.Accepted);
        result.Findings.Should().BeEmpty();
    }

    [Fact]
    public void Lint_SecretsKnownInPart_AreExpandedInPart()
    {
        ProfileLintContext context = TestOptions.Context with { Secrets = ["A", "B"], SecretValues = new Dictionary<string, Secret> { ["A"] = new("$FLEET_VAR_BOZO") } };

        Lint("p.mobileconfig", Apple("x", "$FLEET_SECRET_A $FLEET_SECRET_B"), context).Verdict.Message.Should().Be("Fleet variable $FLEET_VAR_BOZO is not supported in configuration profiles.");
    }
}
