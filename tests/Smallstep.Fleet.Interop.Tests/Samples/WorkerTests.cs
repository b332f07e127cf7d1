using System.Diagnostics;
using System.Text.Json;

namespace Smallstep.Fleet.Interop.Tests.Samples;

/// <summary>The worker as a user starts it, without configuration.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task Start_OnItsSimulation_SyncsConfirmsAndTellsItsHealth()
    {
        (Process process, Uri address) = await SampleProgram.StartWebAsync("Worker");
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            List<string> awaited = ["Synchronised: 1 created, 1 skipped", "Confirmed: 0 of 2 hosts are enrolled (AwaitingProfile 1, NotSynced 1)"];
            while (awaited.Count > 0)
            {
                string line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The worker ended.");
                awaited.RemoveAll(text => line.Contains(text, StringComparison.Ordinal));
            }

            using var http = new HttpClient();
            using JsonDocument health = JsonDocument.Parse(await http.GetStringAsync(new Uri(address, "/health"), limit.Token));
            health.RootElement.GetProperty("smallstep-fleet-hosts").GetProperty("status").GetString().Should().Be("Healthy");
            JsonElement chain = health.RootElement.GetProperty("smallstep-fleet-chain");
            chain.GetProperty("status").GetString().Should().Be("Degraded");
            chain.GetProperty("description").GetString().Should().Contain("SSF4029").And.NotContain("SSF4003");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
