namespace Smallstep.Fleet.Variables.Tests.Scripts;

public sealed class ScriptPreambleTests
{
    private static readonly VariableValues Values = new VariableValues().Set("HOST_UUID", "u'1").Set("HOST_PLATFORM", "é");

    [Fact]
    public void ForShell_Script_PutsSortedAssignmentsAfterTheInterpreter()
    {
        string[] lines = ScriptPreamble.ForShell("#!/bin/sh\necho $FLEET_VAR_HOST_UUID ${FLEET_VAR_HOST_PLATFORM}\n", Values).Split('\n');

        lines[0].Should().Be("#!/bin/sh");
        lines[2].Should().Be("export FLEET_VAR_HOST_PLATFORM='é' FLEET_VAR_HOST_UUID='u'\\''1'");
        lines[4].Should().Be("echo $FLEET_VAR_HOST_UUID ${FLEET_VAR_HOST_PLATFORM}");
    }

    [Fact]
    public void ForShell_WithoutInterpreter_PutsThemAtTheTop() => ScriptPreamble.ForShell("echo $FLEET_VAR_HOST_UUID\n", Values).Should().EndWith("\necho $FLEET_VAR_HOST_UUID\n");

    [Fact]
    public void ForShell_WithoutVariables_ChangesNothing() => ScriptPreamble.ForShell("echo hi\n", Values).Should().Be("echo hi\n");

    [Fact]
    public void ForPowerShell_Script_WritesCodes() =>
        ScriptPreamble.ForPowerShell("Write-Host $FLEET_VAR_HOST_PLATFORM", Values).Should().Be("$FLEET_VAR_HOST_PLATFORM = ([char[]](233) -join '')\r\nWrite-Host $FLEET_VAR_HOST_PLATFORM");

    [Fact]
    public void ForPowerShell_CommentsUsingAndParam_StayInFront()
    {
        const string Head = "\uFEFF# about\nusing namespace System\nparam(\n  [string]$a = \")\" # )\n)";

        ScriptPreamble.ForPowerShell(Head + "\nWrite-Host $FLEET_VAR_HOST_PLATFORM", Values).Should().StartWith(Head + "\r\n$FLEET_VAR_HOST_PLATFORM = ");
    }

    [Theory]
    [InlineData("[CmdletBinding()]\nparam($a)")]
    [InlineData("# c\r\n[CmdletBinding(SupportsShouldProcess = $true)]\r\n[OutputType([int])] # ]\r\nPARAM([ValidateSet(')', ']')] $a)")]
    public void ForPowerShell_AttributesOfParam_StayInFrontOfIt(string head) =>
        ScriptPreamble.ForPowerShell(head + "\nWrite-Host $FLEET_VAR_HOST_PLATFORM", Values).Should().StartWith(head + "\r\n$FLEET_VAR_HOST_PLATFORM = ");

    [Theory]
    [InlineData("[Net.ServicePointManager]::SecurityProtocol = 1; $FLEET_VAR_HOST_PLATFORM")]
    [InlineData("[int[]]$a = 1,2; $FLEET_VAR_HOST_PLATFORM")]
    [InlineData("[unclosed $FLEET_VAR_HOST_PLATFORM")]
    public void ForPowerShell_BracketThatIsNoAttributeOfParam_IsCode(string script) =>
        ScriptPreamble.ForPowerShell(script, Values).Should().StartWith("$FLEET_VAR_HOST_PLATFORM = ").And.EndWith(script);

    [Fact]
    public void ForPowerShell_VariableInParam_IsRefused() =>
        FluentActions.Invoking(() => ScriptPreamble.ForPowerShell("param($a = $FLEET_VAR_HOST_UUID)\n", Values)).Should().Throw<VariableException>();

    [Fact]
    public void ForShell_MissingValue_FailsInFleetsWords() =>
        FluentActions.Invoking(() => ScriptPreamble.ForShell("echo $FLEET_VAR_HOST_END_USER_IDP_GROUPS", Values)).Should().Throw<VariableException>().WithMessage("There are no IdP groups for this host.*");
}
