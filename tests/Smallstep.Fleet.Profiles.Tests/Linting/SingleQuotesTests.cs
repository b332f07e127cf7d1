using System.Text;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Tests.Linting;

/// <summary>Where a script expands nothing.</summary>
public sealed class SingleQuotesTests
{
    private const string Token = "$FLEET_VAR_HOST_UUID";

    private static bool IsFound(string file, string text) =>
        new ProfileLinter().Lint(Encoding.UTF8.GetBytes(text.Replace("TOKEN", Token, StringComparison.Ordinal)), file, TestOptions.Context)
            .Findings.Any(finding => finding.Id == VariableRules.InSingleQuotes.Id);

    [Theory]
    [InlineData("echo 'TOKEN'")]
    [InlineData("echo \"a\nb\" 'TOKEN'")]
    [InlineData("echo \\' 'a\nTOKEN'")]
    [InlineData("cat <<'EOF' > f\nit's TOKEN\nEOF\n")]
    [InlineData("cat <<-\"END\" <<\\X\n\tx\n\tEND\nTOKEN\nX\n")]
    [InlineData("cat << A << 'B'\nx\nA\nTOKEN\nB\n")]
    public void Lint_ShellThatExpandsNothing_IsFound(string text) => IsFound("p.sh", text).Should().BeTrue();

    [Theory]
    [InlineData("echo TOKEN")]
    [InlineData("echo \"it's TOKEN isn't\"")]
    [InlineData("echo \"it's\nTOKEN isn't\"")]
    [InlineData("# don't\necho TOKEN # can't")]
    [InlineData("cat <<EOF\nit's TOKEN\nisn't\nEOF\n")]
    [InlineData("cat <<'EOF'\nx\nEOF\necho TOKEN\n")]
    [InlineData("cat <<-'EOF'\r\n\tx\r\n\tEOF\r\necho TOKEN\r\n")]
    [InlineData("cat <<< 'x' TOKEN")]
    [InlineData("x=$((1<<2))\necho TOKEN\n")]
    [InlineData("echo \\'TOKEN\\'")]
    [InlineData("cat <<'EOF'\nnever ends TOKEN\n")]
    public void Lint_ShellThatExpands_IsNot(string text) => IsFound("p.sh", text).Should().BeFalse();

    [Theory]
    [InlineData("Write-Host 'TOKEN'")]
    [InlineData("Write-Host 'it''s TOKEN'")]
    [InlineData("$a = @'\r\nit's TOKEN\r\n'@\r\n")]
    [InlineData("Write-Host `' 'TOKEN'")]
    [InlineData("Write-Host \u2018TOKEN\u2019")]
    public void Lint_PowerShellThatExpandsNothing_IsFound(string text) => IsFound("p.ps1", text).Should().BeTrue();

    [Theory]
    [InlineData("Write-Host TOKEN")]
    [InlineData("Write-Host \"it's TOKEN isn't `\" it's\"")]
    [InlineData("# don't\nWrite-Host TOKEN # can't")]
    [InlineData("<# don't #> Write-Host TOKEN # '")]
    [InlineData("$a = @\"\r\nit's TOKEN\r\n\"@\r\n")]
    [InlineData("$a = @'\nx\n'@\nWrite-Host TOKEN")]
    public void Lint_PowerShellThatExpands_IsNot(string text) => IsFound("p.ps1", text).Should().BeFalse();
}
