using System.Diagnostics;
using System.Net;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Each fault of a network ends in the documented exception within its limit.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static Task<List<HostSummary>> ListAsync(FleetClient client, Paging? paging = null) =>
        client.Hosts.ListSummariesAsync(null, paging ?? Paging.Stable).ToListAsync().AsTask().WaitAsync(Patience);

    [Fact]
    public async Task Get_ResetInTheBody_Throws()
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync(1000);
            await exchange.SendAsync("{\"host\":{");
            await Task.Delay(50);
            exchange.Reset();
        });
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Hosts.GetAsync(1).WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("connection broke");
    }

    [Fact]
    public async Task List_ResetInThePage_ThrowsAfterTheFirstHosts()
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync(1000);
            await exchange.SendAsync("{\"hosts\": [{\"id\":1},{\"id\":2}");
            await Task.Delay(50);
            exchange.Reset();
        });
        using FleetClient client = server.Client();
        var seen = new List<long>();
        Func<Task> act = async () =>
        {
            await foreach (HostSummary host in client.Hosts.ListSummariesAsync(null, Paging.Stable))
            {
                seen.Add(host.Id);
            }
        };

        await act.Should().ThrowAsync<FleetApiException>();
        seen.Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("{\"hosts\":[{\"id\":1}")]
    [InlineData("{\"hosts\":[{\"id\":1}]")]
    [InlineData("{\"hosts\":[{\"id\":1,\"mdm\":{\"enr")]
    [InlineData("{\"hosts\":[{\"id\":1},")]
    [InlineData("{\"hos")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html></html>")]
    [InlineData("{\"hosts\":[7]}")]
    [InlineData("{\"hosts\":{}}")]
    [InlineData("{\"hosts\":[{\"id\":1,\"uuid\":{}}]}")]
    public async Task List_PageCutShortOrOfAnotherShape_Throws(string body)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(body));
        using FleetClient client = server.Client();
        Func<Task> act = () => ListAsync(client);

        await act.Should().ThrowAsync<FleetApiException>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_DamagedCompression_Throws(bool list)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"hosts\":[],\"teams\":[]}", headers: "Content-Encoding: gzip\r\n"));
        using FleetClient client = server.Client();
        Func<Task> act = () => list ? ListAsync(client) : client.Teams.ListAsync().WaitAsync(Patience);

        await act.Should().ThrowAsync<FleetApiException>();
    }

    [Fact]
    public async Task List_LargeHostInSmallPieces_IsReadWithoutStartingOver()
    {
        string software = string.Join(",", Enumerable.Range(0, 40_000).Select(id => $"{{\"id\":{id},\"name\":\"package\"}}"));
        byte[] body = System.Text.Encoding.UTF8.GetBytes("{\"hosts\":[{\"id\":1,\"software\":[" + software + "],\"uuid\":\"U\"},{\"id\":2}]}");
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            foreach (byte[] piece in body.Chunk(2000))
            {
                await exchange.SendAsync(piece);
            }
        });
        using FleetClient client = server.Client();

        List<Host> hosts = await client.Hosts.ListAsync(new() { PopulateSoftware = true }, Paging.Stable).ToListAsync().AsTask().WaitAsync(Patience);

        hosts.Select(host => (host.Id, host.Uuid)).Should().Equal((1, "U"), (2, ""));
    }

    [Fact]
    public async Task List_ErrorInsideA200_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"hosts\": [{\"id\":1}],\"error\":\"context deadline exceeded\"}"));
        using FleetClient client = server.Client();
        Func<Task> act = () => ListAsync(client);

        FleetApiException exception = (await act.Should().ThrowAsync<FleetApiException>()).Which;

        exception.Status.Should().Be(HttpStatusCode.OK);
        exception.Reasons.Should().Equal(new FleetErrorReason("base", "context deadline exceeded"));
    }

    [Theory]
    [InlineData("{\n  \"software\": {\"id\": 1},\n  \"hosts\": [\n    {\n      \"id\": 1,\n      \"team_name\": \"T\"\n    }\n  ]\n}\n")]
    [InlineData("{\"hosts\":[{\"id\":1}],\"error\":\"\",\"munki_issue\":{\"a\":[1]}}")]
    [InlineData("{\"hosts\":[{\"id\":1,\"uuid\":null,\"mdm\":null,\"device_mapping\":null,\"team_id\":null,\"seen_time\":\"never\"}]}")]
    public async Task List_OtherShapesOfAPage_AreRead(string body)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(body));
        using FleetClient client = server.Client();

        (await ListAsync(client)).Should().ContainSingle().Which.Id.Should().Be(1);
    }

    [Fact]
    public async Task List_EveryByteAlone_IsReadTheSame()
    {
        const string Body = "{\"hosts\": [{\"id\":1,\"uuid\":\"U-\\u00e9\",\"mdm\":{\"enrollment_status\":\"Off\",\"x\":[{}]},\"device_mapping\":[{\"email\":\"a@b.example\"}]},{\"id\":2,\"display_name\":\"Zoë\"}]}";
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            exchange.Socket.NoDelay = true;
            foreach (byte b in System.Text.Encoding.UTF8.GetBytes(Body))
            {
                await exchange.SendAsync(new[] { b });
            }
        });
        using FleetClient client = server.Client();

        List<HostSummary> hosts = await ListAsync(client);

        hosts.Select(host => host.Id).Should().Equal(1, 2);
        hosts[0].Uuid.Should().Be("U-é");
        hosts[0].Email.Should().Be("a@b.example");
        hosts[1].DisplayName.Should().Be("Zoë");
    }

    [Fact]
    public async Task List_HostLargerThanTheBuffer_IsRead()
    {
        string filler = new('x', 300_000);
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"hosts\":[{\"id\":1,\"software\":\"" + filler + "\",\"uuid\":\"U\"}]}"));
        using FleetClient client = server.Client();

        (await ListAsync(client)).Single().Uuid.Should().Be("U");
        (await client.Hosts.ListAsync(null, Paging.Stable).ToListAsync()).Single().Uuid.Should().Be("U");
    }

    [Fact]
    public async Task Get_FiftyMegabytesOfSpaces_IsRefused()
    {
        await using var server = new FaultServer(Spaces);
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Hosts.GetAsync(1).WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("MaxResponseBytes");
    }

    [Fact]
    public async Task List_FiftyMegabytesOfSpaces_IsRefused()
    {
        await using var server = new FaultServer(Spaces);
        using FleetClient client = server.Client();
        Func<Task> act = () => ListAsync(client);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("MaxRecordBytes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Slowloris_Trickle_EndsInATimeout(bool list)
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.SendAsync("{\"hosts\":[");
            while (true)
            {
                await exchange.SendAsync(" ");
                await Task.Delay(20, exchange.Stop);
            }
        });
        using FleetClient client = server.Client(options => (options.TotalTimeout, options.IdleTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
        Func<Task> act = () => list ? ListAsync(client) : client.Teams.ListAsync().WaitAsync(Patience);
        long started = Stopwatch.GetTimestamp();

        (await act.Should().ThrowAsync<TimeoutException>()).Which.Message.Should().Contain("longer than");
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Silence_InTheBody_EndsInATimeout()
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.SendAsync("{\"hosts\":[");
            await Task.Delay(Timeout.Infinite, exchange.Stop);
        });
        using FleetClient client = server.Client(options => options.IdleTimeout = TimeSpan.FromMilliseconds(400));
        Func<Task> act = () => ListAsync(client);

        (await act.Should().ThrowAsync<TimeoutException>()).Which.Message.Should().Contain("sent nothing");
    }

    [Fact]
    public async Task Silence_BeforeTheHead_EndsInATimeout()
    {
        await using var server = new FaultServer(exchange => Task.Delay(Timeout.Infinite, exchange.Stop));
        using FleetClient client = server.Client(options => (options.AttemptTimeout, options.MaxRetries) = (TimeSpan.FromMilliseconds(700), 1));
        Func<Task> act = () => client.Teams.ListAsync().WaitAsync(Patience);

        await act.Should().ThrowAsync<TimeoutException>();
        server.Requests.Should().HaveCount(2, "a GET is repeated");
    }

    [Fact]
    public async Task Pause_OfTheCaller_IsNoTimeout()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"hosts\":[{\"id\":1},{\"id\":2}]}"));
        using FleetClient client = server.Client(options => (options.TotalTimeout, options.IdleTimeout) = (TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.5)));
        int seen = 0;

        await foreach (HostSummary _ in client.Hosts.ListSummariesAsync(null, Paging.Stable))
        {
            await Task.Delay(seen++ == 0 ? 2000 : 0);
        }

        seen.Should().Be(2);
    }

    [Fact]
    public async Task Pause_OfTheCallerWithThePrefetchedPageThere_IsNoTimeout()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(
            exchange.Path.Contains("/count", StringComparison.Ordinal) ? "{\"count\":2}" : exchange.Path.EndsWith("page=0", StringComparison.Ordinal) ? "{\"hosts\":[{\"id\":1}]}" : "{\"hosts\":[{\"id\":2}]}"));
        using FleetClient client = server.Client(options => (options.TotalTimeout, options.IdleTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1.5)));
        var seen = new List<long>();

        await foreach (HostSummary host in client.Hosts.ListSummariesAsync(null, Paging.Prefetch with { PageSize = 1 }))
        {
            seen.Add(host.Id);
            if (seen.Count == 2)
            {
                break;
            }

            await Task.Delay(2500);
        }

        seen.Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("Retry-After: 0\r\n")]
    [InlineData("Retry-After: Thu, 01 Jan 2026 00:00:00 GMT\r\n")]
    [InlineData("Date: Thu, 01 Jan 2026 00:00:00 GMT\r\nRetry-After: Thu, 01 Jan 2026 00:00:01 GMT\r\n")]
    [InlineData("Retry-After: soon\r\n")]
    public async Task Status429_EitherForm_IsWaitedFor(string header)
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync("{}", "429 Too Many Requests", header)
            : exchange.AnswerAsync("{\"teams\":[]}"));
        using FleetClient client = server.Client();

        await client.Teams.ListAsync().WaitAsync(Patience);

        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Status429_LongerThanTheCap_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{}", "429 Too Many Requests", "Retry-After: 3600\r\n"));
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Teams.ListAsync().WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.RetryAfter.Should().Be(TimeSpan.FromHours(1));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Status502_Html_IsRepeatedThenThrown()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("<html>Bad Gateway</html>", "502 Bad Gateway", type: "text/html"));
        using FleetClient client = server.Client(options => options.MaxRetries = 2);
        Func<Task> act = () => client.Teams.ListAsync().WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Excerpt.Should().Be("<html>Bad Gateway</html>");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Status502_OnAPostThatMayHaveWorked_IsNotRepeated()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("", "502 Bad Gateway"));
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Teams.CreateAsync("T").WaitAsync(Patience);

        await act.Should().ThrowAsync<FleetApiException>();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Status502_OnAPostThatIsSafe_IsRepeated()
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1 ? exchange.AnswerAsync("", "502 Bad Gateway") : exchange.AnswerAsync("{}"));
        using FleetClient client = server.Client();

        await client.Hosts.RefetchAsync(1).WaitAsync(Patience);

        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Delete_GoneAfterAnAttemptThatMayHaveWorked_IsDone()
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync("<html></html>", "502 Bad Gateway")
            : exchange.AnswerAsync("{\"message\":\"Resource Not Found\"}", "404 Not Found"));
        using FleetClient client = server.Client();

        await client.Labels.DeleteAsync(7).WaitAsync(Patience);

        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Delete_NotThereAtFirst_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"message\":\"Resource Not Found\"}", "404 Not Found"));
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Labels.DeleteAsync(7).WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.IsNotFound.Should().BeTrue();
    }

    [Fact]
    public async Task Delete_GoneAfterOnlyARefusal_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync("{}", "429 Too Many Requests")
            : exchange.AnswerAsync("{\"message\":\"Resource Not Found\"}", "404 Not Found"));
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Labels.DeleteAsync(7).WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.IsNotFound.Should().BeTrue("a 429 deletes nothing");
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_DoesNotCarryTheToken()
    {
        await using var other = new FaultServer(exchange => exchange.AnswerAsync("{\"teams\":[]}"));
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("", "302 Found", $"Location: {other.Url}/api\r\n"));
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Teams.ListAsync().WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain(other.Url);
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Redirect_FollowedByACallersHandler_IsRefused()
    {
        await using var other = new FaultServer(exchange => exchange.AnswerAsync("{\"teams\":[]}"));
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("", "302 Found", $"Location: {other.Url}/api\r\n"));
        using var http = new HttpClient();
        var client = new FleetClient(http, new FleetClientOptions { Url = server.Url, AllowHttp = true, Token = FleetFixture.Token, ServerVersion = "4.95.0" });
        Func<Task> act = () => client.Teams.ListAsync().WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("redirected");
        other.Requests.Should().OnlyContain(head => !head.Contains(FleetFixture.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connection_Refused_Throws()
    {
        var server = new FaultServer(_ => Task.CompletedTask);
        using FleetClient client = server.Client(options => options.MaxRetries = 0);
        await server.DisposeAsync();
        Func<Task> act = () => client.Teams.ListAsync().WaitAsync(Patience);

        FleetApiException exception = (await act.Should().ThrowAsync<FleetApiException>()).Which;

        exception.Status.Should().BeNull();
        exception.Message.Should().Contain("cannot be reached");
        exception.ToString().Should().NotContain(FleetFixture.Token);
    }

    [Fact]
    public async Task Cancellation_InAPage_ClosesTheSocket()
    {
        var closed = new TaskCompletionSource();
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.SendAsync("{\"hosts\":[{\"id\":1},");
            _ = await exchange.Socket.ReceiveAsync(new byte[1], exchange.Stop);
            closed.SetResult();
        });
        using FleetClient client = server.Client();
        using var stop = new CancellationTokenSource();
        Func<Task> act = async () =>
        {
            await foreach (HostSummary _ in client.Hosts.ListSummariesAsync(null, Paging.Stable, stop.Token))
            {
                await stop.CancelAsync();
            }
        };

        (await act.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(stop.Token);
        await closed.Task.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_WithHostsAlreadyHere_EndsAtTheNext(bool stable)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(exchange.Path.Contains("/count", StringComparison.Ordinal) ? "{\"count\":3}" : "{\"hosts\":[{\"id\":1},{\"id\":2},{\"id\":3}]}"));
        using FleetClient client = server.Client();
        using var stop = new CancellationTokenSource();
        int seen = 0;
        Func<Task> act = async () =>
        {
            await foreach (HostSummary _ in client.Hosts.ListSummariesAsync(null, stable ? Paging.Stable : Paging.Prefetch, stop.Token))
            {
                seen++;
                await stop.CancelAsync();
            }
        };

        await act.Should().ThrowAsync<OperationCanceledException>();
        seen.Should().Be(1);
    }

    [Fact]
    public async Task Upload_Cancelled_Ends()
    {
        await using var server = new FaultServer(exchange => Task.Delay(Timeout.Infinite, exchange.Stop));
        using FleetClient client = server.Client();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Func<Task> act = () => client.Software.UploadAsync(new() { FileName = "a.pkg", Content = new MemoryStream(new byte[64 * 1024 * 1024]) }, null, stop.Token).WaitAsync(Patience);

        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task Spaces(FaultExchange exchange)
    {
        await exchange.BeginAsync();
        byte[] spaces = new byte[1024 * 1024];
        spaces.AsSpan().Fill((byte)' ');
        for (int i = 0; i < 50; i++)
        {
            await exchange.SendAsync(spaces);
        }

        await exchange.SendAsync("{\"hosts\":[],\"host\":{}}");
    }
}
