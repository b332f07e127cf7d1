using System.Management.Automation.Language;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Tests.Scripts;

/// <summary>The PowerShell scripts before PowerShell's own parser.</summary>
public sealed class PowerShellParserTests
{
    private static readonly TeamSlug Team = TeamSlug.Parse("acme");
    private static readonly Sha256Fingerprint Fingerprint = Sha256Fingerprint.Of(TestCertificates.Root);

    public static TheoryData<string> Scripts() =>
    [
        WindowsSetupScript.Create(Team, Fingerprint),
        WindowsSetupScript.Create(Team, Fingerprint, KmsUri.WindowsMachineStore("O'Brien \"& Söhne\" $x `n", "c")),
        UninstallScripts.Windows,
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Create_Script_IsParsedWithoutErrors(string script) => Errors(script).Should().BeEmpty();

    [Fact]
    public void Create_CertificateWithAnyCharacters_IsOneLiteral()
    {
        KmsUri certificate = KmsUri.WindowsMachineStore("O'Brien \"& Söhne\" $x `n’", "c");

        Literals(WindowsSetupScript.Create(Team, Fingerprint, certificate)).Should().Contain(certificate.ToString());
    }

    [Theory]
    [InlineData("Write-Host $FLEET_VAR_HOST_UUID")]
    [InlineData("#requires -Version 5\n<# about #>\nusing namespace System.IO\n\nparam(\n  [string]$Path = '(', # )\n  [int]$Count = (1 + 2)\n)\nWrite-Host \"${FLEET_VAR_HOST_UUID}\"")]
    [InlineData("\uFEFFWrite-Host $FLEET_VAR_HOST_UUID\r\n")]
    [InlineData("[CmdletBinding()]\n[OutputType([string])]\nparam([ValidateSet(']', ')')] [string]$Path)\nWrite-Host $FLEET_VAR_HOST_UUID")]
    public void ForPowerShell_AnyValue_IsParsedWithoutErrors(string script)
    {
        foreach (string value in new[] { "", "x", "'; Remove-Item C:\\ -Recurse #", "\u2019\"$(whoami)`n\r\n", "😀" })
        {
            Errors(ScriptPreamble.ForPowerShell(script, new VariableValues().Set("HOST_UUID", value))).Should().BeEmpty(value);
        }
    }

    [Fact]
    public void ParseInput_BrokenScript_IsNoticed() => Errors(UninstallScripts.Windows.Replace("exit $code", "if (", StringComparison.Ordinal)).Should().NotBeEmpty();

    private static IEnumerable<string> Errors(string script)
    {
        Parser.ParseInput(script, out _, out ParseError[] errors);
        return errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}");
    }

    private static IEnumerable<string> Literals(string script) =>
        Parser.ParseInput(script, out _, out _).FindAll(node => node is StringConstantExpressionAst, searchNestedScriptBlocks: true).Cast<StringConstantExpressionAst>().Select(literal => literal.Value);
}
