namespace Smallstep.Fleet.Api.Tests;

public sealed class RedactionTests
{
    [Fact]
    public void Of_SecretThatBeginsWithAnother_IsTakenOutWhole() =>
        Redaction.Of("it was prod-9f3kQ, not prod", new Secret("prod"), null, new Secret("prod-9f3kQ")).Should().Be("it was ***, not ***");

    [Theory]
    [InlineData("pass\"word")]
    [InlineData("pass\\word")]
    [InlineData("pass\nword")]
    public async Task Of_SecretAsJsonBodyWritesIt_IsTakenOut(string value)
    {
        string sent = await JsonBody.Object(writer => writer.WriteString("password", value)).ReadAsStringAsync();

        Redaction.Of($"{sent} {value}", new Secret(value)).Should().Be("{\"password\":\"***\"} ***");
    }

    [Fact]
    public void Of_HalfACharacterAsSecret_DoesNotThrow() =>
        Redaction.Of("nothing", new Secret("abc\ud83d")).Should().Be("nothing");
}
