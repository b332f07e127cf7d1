using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Tests.Confirmation;

public sealed class ConfirmationWriterTests
{
    [Fact]
    public async Task WriteCsvAsync_HostileName_IsQuotedAndNoFormula()
    {
        using var output = new StringWriter();

        await ConfirmationWriter.WriteCsvAsync(Hosts(), output);

        output.ToString().Should().Contain("1,\"'=1+1,\"\"x\"\"\",").And.Contain("2026-12-01T00:00:00Z");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("-5 desk", "'-5 desk")]
    [InlineData("@sum", "'@sum")]
    [InlineData("+1", "'+1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("a,=b", "\"a,=b\"")]
    public async Task WriteCsvAsync_Name_IsOneCellOfText(string name, string cell)
    {
        using var output = new StringWriter();

        await ConfirmationWriter.WriteCsvAsync(One(new HostConfirmation
        {
            HostId = 7,
            HostUuid = "U-7",
            DisplayName = name,
            State = HostState.ProfileFailed,
            Reason = "no",
            Failure = KnownFailures.Find("challenge password has expired"),
        }), output);

        output.ToString().Should().Be(
            $"host_id,name,serial,platform,fleet,state,certificate_serial,certificate_expires,device_id,reason,remedy,host_uuid,failure\n7,{cell},,,,ProfileFailed,,,,no,,U-7,challenge-expired\n");
    }

    [Fact]
    public async Task WriteJsonAsync_Hosts_IsAnArrayWithNullExpiry()
    {
        using var output = new MemoryStream();

        await ConfirmationWriter.WriteJsonAsync(Hosts(), output);

        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(output.ToArray()));
        json.RootElement.GetArrayLength().Should().Be(2);
        json.RootElement[1].GetProperty("certificateExpires").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Summary_Hosts_CountsStatesAndFirstExpiry()
    {
        var summary = new ConfirmationSummary();
        await foreach (HostConfirmation host in Hosts())
        {
            summary.Add(host);
        }

        summary.Total.Should().Be(2);
        summary.Confirmed.Should().Be(1);
        summary.States.Should().Contain(HostState.NotSynced, 1);
        summary.FirstExpiry.Should().Be(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static async IAsyncEnumerable<HostConfirmation> One(HostConfirmation host)
    {
        await Task.CompletedTask;
        yield return host;
    }

    private static async IAsyncEnumerable<HostConfirmation> Hosts()
    {
        await Task.CompletedTask;
        yield return new HostConfirmation
        {
            HostId = 1,
            DisplayName = "=1+1,\"x\"",
            State = HostState.Enrolled,
            Reason = "ok",
            CertificateExpires = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        };
        yield return new HostConfirmation { HostId = 2, State = HostState.NotSynced, Reason = "no" };
    }
}
