using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Servers that stop in the middle of an answer, which <c>HttpClient.Timeout</c> does not see.</summary>
public sealed class ScepTransportTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task GetCaCertificatesAsync_BodyThatNeverEnds_TimesOut()
    {
        var body = new Endless();
        using ScepClient client = TestAuthority.Client(new Handler(body), time: _time);

        Task<ScepCapabilities> asking = client.GetCapabilitiesAsync();
        await body.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(31));

        await FluentActions.Awaiting(() => asking.WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<TimeoutException>().WithMessage("The SCEP server did not answer in time.");
    }

    [Fact]
    public async Task GetCaCertificatesAsync_Cancelled_IsNoTimeout()
    {
        var body = new Endless();
        using ScepClient client = TestAuthority.Client(new Handler(body), time: _time);
        using var cancelled = new CancellationTokenSource();

        Task<ScepCapabilities> asking = client.GetCapabilitiesAsync(cancelled.Token);
        await body.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => asking.WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task GetCaCertificatesAsync_ConnectionBrokenInTheBody_IsAScepException()
    {
        using ScepClient client = TestAuthority.Client(new Handler(new Broken()), time: _time);

        await client.Invoking(c => c.GetCapabilitiesAsync()).Should().ThrowAsync<ScepException>().WithMessage("The SCEP server cannot be reached: gone");
    }

    [Fact]
    public async Task GetChallengeAsync_ConnectionBrokenInTheBody_IsAScepException()
    {
        var source = new ScepChallengeClient(new HttpClient(new Handler(new Broken())), new ScepChallengeClientOptions { Url = "https://challenge.example/" });

        Func<Task> ask = () => source.GetChallengeAsync(new ScepChallengeRequest { ScepServerUrl = "https://ca.example/" }, default);

        await ask.Should().ThrowAsync<ScepException>().WithMessage("The challenge server cannot be reached: gone");
    }

    private sealed class Handler(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
    }

    private sealed class Endless : MemoryStream
    {
        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
