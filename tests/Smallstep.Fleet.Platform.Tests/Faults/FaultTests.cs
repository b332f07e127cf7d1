using System.Diagnostics;
using System.Net;

namespace Smallstep.Fleet.Platform.Tests;

/// <summary>Each fault of a network ends in the documented exception within its limit.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static Task CallAsync(SmallstepClient client, bool list) =>
        (list ? client.Devices.ListAsync().ToListAsync().AsTask() : (Task)client.Authorities.ListAsync()).WaitAsync(Patience);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ResetInTheBody_Throws(bool list)
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync(1000);
            await exchange.SendAsync("[{\"id\":");
            await Task.Delay(50);
            exchange.Reset();
        });
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.Message.Should().Contain("broke").And.NotContain(SmallstepFixture.Token);
    }

    [Theory]
    [InlineData("[{\"id\":\"a\"}", "application/json")]
    [InlineData("[{\"id\":\"a\"", "application/json")]
    [InlineData("[", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("<html></html>", "text/html")]
    public async Task Answer_CutShortOrOfAnotherShape_Throws(string body, string type)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync(body, type: type));
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list: true);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answer_ShorterThanAnnounced_Throws()
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync(1000);
            await exchange.SendAsync("[]");
        });
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list: true);

        await act.Should().ThrowAsync<SmallstepApiException>();
    }

    [Fact]
    public async Task Answer_DamagedCompression_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("[]", headers: "Content-Encoding: gzip\r\n"));
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list: true);

        await act.Should().ThrowAsync<SmallstepApiException>();
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("400 Bad Request")]
    public async Task Answer_FiftyMegabytesOfSpaces_IsRefused(string status)
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
            byte[] spaces = new byte[1024 * 1024];
            spaces.AsSpan().Fill((byte)' ');
            for (int i = 0; i < 50; i++)
            {
                await exchange.SendAsync(spaces);
            }
        });
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list: false);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.Message.Should().Contain("MaxResponseBytes");
    }

    [Fact]
    public async Task Slowloris_Trickle_EndsInATimeout()
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            while (true)
            {
                await exchange.SendAsync(" ");
                await Task.Delay(20, exchange.Stop);
            }
        });
        using SmallstepClient client = server.Client(options => (options.TotalTimeout, options.IdleTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
        Func<Task> act = () => CallAsync(client, list: true);
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
            await exchange.SendAsync("[");
            await Task.Delay(Timeout.Infinite, exchange.Stop);
        });
        using SmallstepClient client = server.Client(options => options.IdleTimeout = TimeSpan.FromMilliseconds(400));
        Func<Task> act = () => CallAsync(client, list: true);

        (await act.Should().ThrowAsync<TimeoutException>()).Which.Message.Should().Contain("sent nothing");
    }

    [Fact]
    public async Task Silence_BeforeTheHead_IsRepeatedThenATimeout()
    {
        await using var server = new FaultServer(exchange => Task.Delay(Timeout.Infinite, exchange.Stop));
        using SmallstepClient client = server.Client(options => (options.AttemptTimeout, options.MaxRetries) = (TimeSpan.FromMilliseconds(700), 1));
        Func<Task> act = () => CallAsync(client, list: true);

        await act.Should().ThrowAsync<TimeoutException>();
        server.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("Retry-After: 0\r\n")]
    [InlineData("Retry-After: Thu, 01 Jan 2026 00:00:00 GMT\r\n")]
    [InlineData("Date: Thu, 01 Jan 2026 00:00:00 GMT\r\nRetry-After: Thu, 01 Jan 2026 00:00:01 GMT\r\n")]
    public async Task Status429_EitherForm_IsWaitedFor(string header)
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync("{}", "429 Too Many Requests", header)
            : exchange.AnswerAsync("[]"));
        using SmallstepClient client = server.Client();

        await CallAsync(client, list: true);

        server.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("Retry-After: 3600\r\n")]
    [InlineData("Date: Thu, 01 Jan 2026 00:00:00 GMT\r\nRetry-After: Thu, 01 Jan 2026 01:00:00 GMT\r\n")]
    public async Task Status429_LongerThanTheCap_IsHandedOut(string header)
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{}", "429 Too Many Requests", header));
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list: true);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.RetryAfter.Should().Be(TimeSpan.FromHours(1));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Status502_Html_IsRepeatedThenThrown()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("<html>Bad Gateway</html>", "502 Bad Gateway", type: "text/html"));
        using SmallstepClient client = server.Client(options => options.MaxRetries = 2);
        Func<Task> act = () => CallAsync(client, list: true);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.Excerpt.Should().Be("<html>Bad Gateway</html>");
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Status502_OnRevocation_IsNotRepeated()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("", "502 Bad Gateway"));
        using SmallstepClient client = server.Client();
        Func<Task> act = () => client.Certificates.RevokeAsync("1", "r", RevocationReason.Superseded).WaitAsync(Patience);

        await act.Should().ThrowAsync<SmallstepApiException>();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Ensure_AnswerLostAfterTheDeviceWasMade_FindsIt()
    {
        await using var server = new FaultServer(exchange => exchange switch
        {
            { Number: 1 } => exchange.AnswerAsync("", "502 Bad Gateway"),
            { Number: 2 } => exchange.AnswerAsync("{\"message\":\"exists\"}", "409 Conflict"),
            _ => exchange.AnswerAsync("{\"id\":\"0d7a1c55-6b1e-4c1f-9a35-3b0f6d0c2a11\",\"permanentIdentifier\":\"X\"}"),
        });
        using SmallstepClient client = server.Client();

        Device device = await client.Devices.EnsureAsync(new() { PermanentIdentifier = "X" }).WaitAsync(Patience);

        device.PermanentIdentifier.Should().Be("X");
        server.Requests.Select(head => head.Split(' ')[0]).Should().Equal("POST", "POST", "GET");
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_DoesNotCarryTheToken()
    {
        await using var other = new FaultServer(exchange => exchange.AnswerAsync("[]"));
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("", "302 Found", $"Location: {other.Url}/api\r\n"));
        using SmallstepClient client = server.Client();
        Func<Task> act = () => CallAsync(client, list: true);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.Message.Should().Contain("Redirects are not followed");
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Redirect_FollowedByACallersHandler_IsRefused()
    {
        await using var other = new FaultServer(exchange => exchange.AnswerAsync("[]"));
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("", "302 Found", $"Location: {other.Url}/api\r\n"));
        using var http = new HttpClient();
        using var client = new SmallstepClient(http, server.Options());
        Func<Task> act = () => CallAsync(client, list: true);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.Message.Should().Contain("redirected");
        other.Requests.Should().OnlyContain(head => !head.Contains(SmallstepFixture.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_DevicesComeAndGo_FollowsTheCursor()
    {
        var devices = new SortedSet<string>(StringComparer.Ordinal) { "b", "d", "f", "h" };
        await using var server = new FaultServer(exchange =>
        {
            string after = exchange.Path.Contains("after", StringComparison.Ordinal) ? exchange.Path[^1..] : "";
            string[] page = [.. devices.Where(id => string.CompareOrdinal(id, after) > 0).Take(2)];
            devices.Remove("b");
            devices.Add("a");
            devices.Add("i");
            return exchange.AnswerAsync("[" + string.Join(",", page.Select(id => $"{{\"id\":\"{id}\"}}")) + "]", headers: page.Length == 2 ? $"X-Next-Cursor: {page[^1]}\r\n" : "");
        });
        using SmallstepClient client = server.Client(options => options.PageSize = 2);

        List<Device> listed = await client.Devices.ListAsync().ToListAsync().AsTask().WaitAsync(Patience);

        listed.Select(device => device.Id).Should().Equal("b", "d", "f", "h", "i");
    }

    [Fact]
    public async Task Cancellation_InTheBody_ClosesTheSocket()
    {
        var begun = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.SendAsync("[");
            begun.SetResult();
            _ = await exchange.Socket.ReceiveAsync(new byte[1], exchange.Stop);
            closed.SetResult();
        });
        using SmallstepClient client = server.Client();
        using var stop = new CancellationTokenSource();
        Task call = client.Authorities.ListAsync(stop.Token);
        await begun.Task.WaitAsync(Patience);

        await stop.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(stop.Token);
        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Connection_Refused_Throws()
    {
        var server = new FaultServer(_ => Task.CompletedTask);
        using SmallstepClient client = server.Client(options => options.MaxRetries = 0);
        await server.DisposeAsync();
        Func<Task> act = () => CallAsync(client, list: true);

        SmallstepApiException exception = (await act.Should().ThrowAsync<SmallstepApiException>()).Which;

        exception.Status.Should().BeNull();
        exception.ToString().Should().Contain("cannot be reached").And.NotContain(SmallstepFixture.Token);
        Guid.TryParse(exception.RequestId, out _).Should().BeTrue("the id that was sent finds the call in a log, if it arrived");
    }

    [Fact]
    public async Task Delete_GoneAfterAnAttemptThatMayHaveWorked_IsDone()
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync("", "503 Service Unavailable")
            : exchange.AnswerAsync("{\"message\":\"not found\"}", "404 Not Found"));
        using SmallstepClient client = server.Client();

        await client.Devices.DeleteAsync(DeviceId.FromSerial("X")).WaitAsync(Patience);

        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Delete_GoneAfterOnlyARefusal_Throws()
    {
        await using var server = new FaultServer(exchange => exchange.Number == 1
            ? exchange.AnswerAsync("{}", "429 Too Many Requests")
            : exchange.AnswerAsync("{\"message\":\"not found\"}", "404 Not Found"));
        using SmallstepClient client = server.Client();
        Func<Task> act = () => client.Devices.DeleteAsync(DeviceId.FromSerial("X")).WaitAsync(Patience);

        (await act.Should().ThrowAsync<SmallstepApiException>()).Which.IsNotFound.Should().BeTrue("a 429 deletes nothing");
        server.Requests.Should().HaveCount(2);
    }
}
