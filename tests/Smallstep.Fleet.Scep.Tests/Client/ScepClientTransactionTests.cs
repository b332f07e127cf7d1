using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>What takes more than one message: pending requests, queries, the next CA.</summary>
public sealed class ScepClientTransactionTests
{
    private readonly Approval _approval = new();

    [Fact]
    public async Task PollAsync_AfterARestart_GetsTheCertificate()
    {
        using ScepClient client = TestAuthority.Client(new ResponderHandler(TestAuthority.Responder(authorizer: _approval)));
        var pending = (ScepPending)await client.EnrollAsync(TestAuthority.Enrollment());
        string saved = pending.Transaction.ToJson();

        ScepResult early = await client.PollAsync(ScepPendingTransaction.FromJson(saved), TestAuthority.ClientKey);
        _approval.Decision = ScepDecision.Allowed;
        ScepResult late = await client.PollAsync(ScepPendingTransaction.FromJson(saved), TestAuthority.ClientKey);
        ScepResult again = await client.PollAsync(ScepPendingTransaction.FromJson(saved), TestAuthority.ClientKey);

        early.Should().BeOfType<ScepPending>();
        ScepIssued issued = late.Should().BeOfType<ScepIssued>().Subject;
        again.Should().BeOfType<ScepIssued>().Which.Certificate.SerialNumber.Should().Be(issued.Certificate.SerialNumber);
        saved.Should().NotContain(TestAuthority.Challenge);
        _approval.Polls.Should().Be(2);
    }

    [Fact]
    public async Task PollAsync_WithAnotherKey_IsRejected()
    {
        using ScepClient client = TestAuthority.Client(new ResponderHandler(TestAuthority.Responder(authorizer: _approval)));
        var pending = (ScepPending)await client.EnrollAsync(TestAuthority.Enrollment());
        ScepPendingTransaction stolen = pending.Transaction with { SignerCertificate = ForgedMessage.SelfSigned(TestAuthority.OtherKey) };
        _approval.Decision = ScepDecision.Allowed;

        ScepResult result = await client.PollAsync(stolen, TestAuthority.OtherKey);

        result.Should().BeOfType<ScepRejected>().Which.FailInfo.Should().Be(ScepFailInfo.BadCertId);
    }

    [Fact]
    public async Task WaitAsync_BacksOffUntilTheCaDecides()
    {
        var time = new PauseRecorder();
        using ScepClient client = TestAuthority.Client(
            new ResponderHandler(TestAuthority.Responder(authorizer: _approval)),
            options =>
            {
                options.MaximumPollInterval = TimeSpan.FromSeconds(15);
                options.Timeout = PauseRecorder.Long;
            },
            time);
        var pending = (ScepPending)await client.EnrollAsync(TestAuthority.Enrollment());
        _approval.DecideAfter = 4;

        Task<ScepResult> waiting = client.WaitAsync(pending.Transaction, TestAuthority.ClientKey);
        for (int i = 0; i < 3000 && !waiting.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeOfType<ScepIssued>();
        time.Pauses.Select(pause => pause.TotalSeconds).Should().Equal(5, 10, 15, 15);
    }

    [Fact]
    public async Task GetCertificateAsync_Own_ReturnsTheCopy()
    {
        using ScepClient client = TestAuthority.Client(new ResponderHandler(TestAuthority.Responder()));
        var issued = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment());

        var copy = await client.GetCertificateAsync(issued.Certificate.SerialNumberBytes, issued.Certificate, TestAuthority.ClientKey);
        var none = await client.GetCertificateAsync(new byte[] { 1, 2, 3 }, issued.Certificate, TestAuthority.ClientKey);

        copy!.RawData.Should().Equal(issued.Certificate.RawData);
        none.Should().BeNull();
    }

    [Fact]
    public async Task GetRevocationListAsync_RevokedCertificate_IsInIt()
    {
        using ScepClient client = TestAuthority.Client(new ResponderHandler(TestAuthority.Responder()));
        var revoked = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment());
        var issued = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment());
        await TestAuthority.Issuer.RevokeAsync(revoked.Certificate);

        byte[]? list = await client.GetRevocationListAsync(issued.Certificate, TestAuthority.ClientKey);

        list.Should().NotBeNull();
        list.AsSpan().IndexOf(revoked.Certificate.SerialNumberBytes.Span).Should().BePositive();
        list.AsSpan().IndexOf(issued.Certificate.SerialNumberBytes.Span).Should().Be(-1);
    }

    [Fact]
    public async Task GetNextCaCertificatesAsync_SignedByTheCurrentCa_ReturnsThem()
    {
        RsaCertificateIssuer next = RsaCertificateIssuer.CreateSelfSigned("CN=Next CA");
        var handler = new ResponderHandler(TestAuthority.Responder(new ScepResponderOptions { NextCaCertificates = [next.Credential.Certificate] }));
        using ScepClient client = TestAuthority.Client(handler);

        (await client.GetCapabilitiesAsync()).SupportsNextCa.Should().BeTrue();
        (await client.GetNextCaCertificatesAsync()).Single().RawData.Should().Equal(next.Credential.Certificate.RawData);
        handler.Tamper = (operation, response) => operation == "GetNextCACert" ? response with { Body = Flip(response.Body) } : response;
        await client.Invoking(c => c.GetNextCaCertificatesAsync()).Should().ThrowAsync<ScepException>();
    }

    [Fact]
    public async Task RenewAsync_AsPkcsReq_IsGrantedWithoutChallenge()
    {
        var handler = new ResponderHandler(TestAuthority.Responder());
        using ScepClient client = TestAuthority.Client(handler);
        var first = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment());

        ScepResult result = await client.RenewAsync(new ScepRenewal { Certificate = first.Certificate, Key = TestAuthority.ClientKey, AsPkcsReq = true });

        result.Should().BeOfType<ScepIssued>();
        PkiMessage.Parse(handler.Requests[^1]).MessageType.Should().Be(ScepMessageType.PkcsReq);
    }

    private static byte[] Flip(ReadOnlyMemory<byte> body)
    {
        byte[] flipped = body.ToArray();
        flipped[^5] ^= 1;
        return flipped;
    }

    private sealed class Approval : IScepAuthorizer
    {
        private int _polls;

        public ScepDecision Decision { get; set; } = ScepDecision.Pending;

        public int Polls => Volatile.Read(ref _polls);

        /// <summary>The poll that is granted.</summary>
        public int? DecideAfter { get; set; }

        public ValueTask<ScepDecision> AuthorizeAsync(ScepAuthorizationRequest request, CancellationToken cancellationToken)
        {
            if (request.IsPoll)
            {
                Interlocked.Increment(ref _polls);
            }

            return ValueTask.FromResult(DecideAfter == Polls ? ScepDecision.Allowed : Decision);
        }
    }

    private sealed class PauseRecorder() : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        /// <summary>Longer than any pause, so that deadlines of requests are told apart, and none passes while time is made to fly.</summary>
        public static readonly TimeSpan Long = TimeSpan.FromDays(1);

        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < Long && dueTime > TimeSpan.Zero)
            {
                Pauses.Add(dueTime);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
