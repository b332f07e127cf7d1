using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Api.Tests;

public sealed class RetryHandlerTests
{
    private static readonly RetrySettings Settings = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));

    private static HttpRequestMessage Request(bool repeatable)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://fleet.example.org/");
        request.Options.Set(RetryHandler.Repeatable, repeatable);
        return request;
    }

    private static HttpMessageInvoker Invoker(FakeTimeProvider time, Func<int, Task<HttpResponseMessage>> answer) =>
        new(new RetryHandler(Settings, time) { InnerHandler = new Stub(answer) });

    [Fact]
    public async Task Send_Transient_WaitsLongerEachTime()
    {
        var time = new FakeTimeProvider();
        var at = new List<TimeSpan>();
        DateTimeOffset start = time.GetUtcNow();
        using HttpMessageInvoker invoker = Invoker(time, number =>
        {
            at.Add(time.GetUtcNow() - start);
            return Task.FromResult(new HttpResponseMessage(number < 4 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        });

        Task<HttpResponseMessage> sending = invoker.SendAsync(Request(repeatable: true), default);
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        (await sending).StatusCode.Should().Be(HttpStatusCode.OK);
        at.Should().HaveCount(4);
        (at[1] - at[0]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.BeLessThan(TimeSpan.FromSeconds(2));
        (at[2] - at[1]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2)).And.BeLessThan(TimeSpan.FromSeconds(4));
        (at[3] - at[2]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(4)).And.BeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Send_RetryAfterWithinTheCap_WaitsThatLong()
    {
        var time = new FakeTimeProvider();
        DateTimeOffset start = time.GetUtcNow();
        TimeSpan second = default;
        using HttpMessageInvoker invoker = Invoker(time, number =>
        {
            second = time.GetUtcNow() - start;
            var response = new HttpResponseMessage(number == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(30));
            return Task.FromResult(response);
        });

        Task<HttpResponseMessage> sending = invoker.SendAsync(Request(repeatable: true), default);
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        second.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Send_NotRepeatable_IsSentOnce()
    {
        int count = 0;
        using HttpMessageInvoker invoker = Invoker(new FakeTimeProvider(), number =>
        {
            count = number;
            return Task.FromException<HttpResponseMessage>(new HttpRequestException("broken"));
        });
        Func<Task> act = () => invoker.SendAsync(Request(repeatable: false), default);

        await act.Should().ThrowAsync<HttpRequestException>();
        count.Should().Be(1);
    }

    [Fact]
    public async Task Send_ServerThatIsNotTrusted_IsAskedOnce()
    {
        int count = 0;
        using HttpMessageInvoker invoker = Invoker(new FakeTimeProvider(), number =>
        {
            count = number;
            return Task.FromException<HttpResponseMessage>(new HttpRequestException("The SSL connection could not be established.", new AuthenticationException("The certificate is not pinned.")));
        });
        Func<Task> act = () => invoker.SendAsync(Request(repeatable: true), default);

        await act.Should().ThrowAsync<HttpRequestException>();
        count.Should().Be(1, "a certificate does not become another one by asking again");
    }

    [Fact]
    public async Task Send_ManyAttempts_WaitNotWithoutBound()
    {
        var time = new FakeTimeProvider();
        DateTimeOffset last = time.GetUtcNow();
        var waits = new List<TimeSpan>();
        var settings = new RetrySettings(10, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));
        using var invoker = new HttpMessageInvoker(new RetryHandler(settings, time)
        {
            InnerHandler = new Stub(_ =>
            {
                waits.Add(time.GetUtcNow() - last);
                last = time.GetUtcNow();
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
            }),
        });

        Task<HttpResponseMessage> sending = invoker.SendAsync(Request(repeatable: true), default);
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        waits.Should().HaveCount(11);
        waits.Max().Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30)).And.BeLessThan(TimeSpan.FromSeconds(47));
    }

    [Fact]
    public async Task Send_CancelledWhileWaiting_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        using HttpMessageInvoker invoker = Invoker(new FakeTimeProvider(), _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway)));
        Task<HttpResponseMessage> sending = invoker.SendAsync(Request(repeatable: true), stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => sending).Should().ThrowAsync<OperationCanceledException>();
    }

    private sealed class Stub(Func<int, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        private int _count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(++_count);
    }
}
