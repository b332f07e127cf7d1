using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Api.Tests;

public sealed class SoftwareBatchTests
{
    [Fact]
    public async Task ApplyBatch_Processing_PollsUntilTheEnd()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "software/batch?team_name=T", """{"request_uuid":"r"}""", 202)
            .On("GET", "software/batch/r?team_name=T", """{"status":"processing","packages":null}""")
            .On("GET", "software/batch/r?team_name=T", """{"status":"completed","message":"","packages":[{"team_id":3,"title_id":77,"url":"https://dl.example/a.pkg","hash_sha256":"9b1d"}]}""");

        var progress = new Steps();
        SoftwareBatchResult result = await fleet.Client.Software.ApplyBatchAsync("T", [], progress: progress);

        progress.Told.Should().Equal(SoftwareBatchStatus.Processing, SoftwareBatchStatus.Completed);
        result.Status.Should().Be(SoftwareBatchStatus.Completed);
        result.Packages[0].Sha256.Should().Be("9b1d");
    }

    [Fact]
    public async Task ApplyBatch_ServerNeverEnds_EndsInATimeout()
    {
        var time = new FakeTimeProvider();
        await using var server = new FaultServer(exchange =>
        {
            time.Advance(TimeSpan.FromMinutes(50));
            return exchange.Head.StartsWith("POST", StringComparison.Ordinal) ? exchange.AnswerAsync("{\"request_uuid\":\"r\"}", "202 Accepted") : exchange.AnswerAsync("{\"status\":\"processing\"}");
        });
        using var client = FleetClient.Create(new() { Url = server.Url, Token = "t", AllowHttp = true, ServerVersion = "4.95.0", AttemptTimeout = TimeSpan.FromDays(20), TotalTimeout = TimeSpan.FromDays(20), IdleTimeout = TimeSpan.FromDays(20) }, time: time);

        Task<SoftwareBatchResult> applying = client.Software.ApplyBatchAsync("T", []);
        while (!applying.IsCompleted)
        {
            await Task.Delay(20);
            time.Advance(TimeSpan.FromSeconds(2));
        }

        (await FluentActions.Awaiting(() => applying).Should().ThrowAsync<TimeoutException>()).Which.Message.Should().Contain("batch r");
    }

    [Fact]
    public async Task ApplyBatch_DryRunWithoutId_IsComplete()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "software/batch?dry_run=true", "", 202);

        (await fleet.Client.Software.ApplyBatchAsync(null, [], dryRun: true)).Status.Should().Be(SoftwareBatchStatus.Completed);
    }

    [Fact]
    public async Task HasPackage_404_IsFalse()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "software/package_hashes?sha256=ab", "{}", 404);

        (await fleet.Client.Software.HasPackageAsync("ab")).Should().BeFalse();
    }

    private sealed class Steps : IProgress<SoftwareBatchResult>
    {
        public List<SoftwareBatchStatus> Told { get; } = [];

        public void Report(SoftwareBatchResult value) => Told.Add(value.Status);
    }
}
