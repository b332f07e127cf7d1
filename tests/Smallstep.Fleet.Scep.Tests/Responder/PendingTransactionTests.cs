using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Requests that wait: granted once however many ask, and kept while the issuer fails.</summary>
public sealed class PendingTransactionTests
{
    private const string Id = "PENDING-1";

    private readonly Approval _approval = new();

    [Fact]
    public async Task Poll_ManyAtOnceAfterTheGrant_IssueOneCertificate()
    {
        var issuer = new RecordingIssuer();
        ScepResponder responder = await WaitingAsync(issuer);
        _approval.Decision = ScepDecision.Allowed;
        _approval.Together = new Barrier(4);

        PkiMessage[] replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskAsync(responder, Poll()))));

        replies.Should().OnlyContain(reply => reply.PkiStatus == ScepPkiStatus.Success);
        issuer.Issued.Should().Be(1);
        replies.Select(Certificate).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Poll_IssuerFails_GoesOnWaiting()
    {
        var issuer = new FailingOnce();
        ScepResponder responder = await WaitingAsync(issuer);
        _approval.Decision = ScepDecision.Allowed;

        (await AskAsync(responder, Poll())).FailInfo.Should().Be(ScepFailInfo.BadRequest);
        (await AskAsync(responder, Poll())).PkiStatus.Should().Be(ScepPkiStatus.Success);
    }

    [Fact]
    public async Task Process_IdThatLooksLikeARenewals_DoesNotStandInItsWay()
    {
        ScepResponder responder = Responder(TestAuthority.Issuer);
        byte[] own = (await TestAuthority.Issuer.IssueAsync(
            new CertificateIssueRequest
            {
                SubjectName = new X500DistinguishedName("CN=forged").RawData,
                SubjectPublicKeyInfo = TestAuthority.ClientKey.ExportSubjectPublicKeyInfo(),
            },
            default)).ToArray();
        string serial = Convert.ToHexString(CertificateView.Read(own).Serial.Span);

        foreach (string id in new[] { $"{serial}/T", $"T/{serial}", $"/{serial}/T" })
        {
            await AskAsync(responder, Message("19", id, ForgedMessage.Request(subject: "CN=stranger")));
        }

        _approval.Decision = ScepDecision.Allowed;
        ForgedMessage renewal = new ForgedMessage(ForgedMessage.Envelope(ForgedMessage.Request()), signer: own).Type("17").Transaction("T");
        (await AskAsync(responder, renewal)).PkiStatus.Should().Be(ScepPkiStatus.Success);
    }

    [Fact]
    public async Task TryAdd_LargeRequests_TakeMoreThanOnePlace()
    {
        var store = new InMemoryScepTransactionStore(capacity: 10);

        (await store.TryAddAsync(Record("a", 9 * 4096), default)).Should().BeTrue();
        (await store.TryAddAsync(Record("b", 1), default)).Should().BeFalse();
        await store.TryClaimAsync(Record("a", 0) with { State = ScepTransactionState.Issuing }, default);
        (await store.TryAddAsync(Record("b", 8 * 4096), default)).Should().BeTrue("what is granted needs no request any more");
        await store.UpdateAsync(Record("a", 9 * 4096), default);
        await store.RemoveAsync("a", default);
        (await store.TryAddAsync(Record("c", 1), default)).Should().BeTrue();
        (await store.TryAddAsync(Record("d", 1), default)).Should().BeFalse();
    }

    [Fact]
    public async Task TryClaim_NotPending_IsRefused()
    {
        var store = new InMemoryScepTransactionStore();
        await store.TryAddAsync(Record("a", 1), default);

        (await store.TryClaimAsync(Record("b", 0), default)).Should().BeFalse();
        (await store.TryClaimAsync(Record("a", 0) with { State = ScepTransactionState.Issuing }, default)).Should().BeTrue();
        (await store.TryClaimAsync(Record("a", 0) with { State = ScepTransactionState.Issuing }, default)).Should().BeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryClaim_ShortlyBeforeTheEnd_IsRememberedFromThenOn(bool isCompletedAtOnce)
    {
        var time = new FakeTimeProvider();
        var store = new InMemoryScepTransactionStore(time, TimeSpan.FromHours(1), capacity: 3);
        await store.TryAddAsync(Record("a", 1), default);
        time.Advance(TimeSpan.FromMinutes(59));
        ScepTransactionRecord claim = Record("a", 0) with { State = ScepTransactionState.Issuing };
        (await store.TryClaimAsync(claim, default)).Should().BeTrue();
        if (isCompletedAtOnce)
        {
            await CompleteAsync();
        }

        // Adding purges, while the issuer may still be at work.
        time.Advance(TimeSpan.FromMinutes(2));
        (await store.TryAddAsync(Record("b", 1), default)).Should().BeTrue();
        if (!isCompletedAtOnce)
        {
            await CompleteAsync();
        }

        (await store.FindAsync("a", default)).Should().BeSameAs(claim).And.BeEquivalentTo(new { State = ScepTransactionState.Issued });
        (await store.TryAddAsync(Record("c", 1), default)).Should().BeTrue();
        (await store.TryAddAsync(Record("d", 1), default)).Should().BeFalse("the three others take a place each");
        time.Advance(TimeSpan.FromHours(1));
        (await store.FindAsync("a", default)).Should().BeNull();
        (await store.TryAddAsync(Record("e", 2 * 4096), default)).Should().BeTrue("all places are free again");

        async Task CompleteAsync()
        {
            claim.Complete(new byte[1]);
            await store.UpdateAsync(claim, default);
        }
    }

    private static ScepTransactionRecord Record(string id, int requestLength) =>
        new() { Id = id, RequestHash = new byte[32], Request = new byte[requestLength], State = ScepTransactionState.Pending };

    private ScepResponder Responder(ICertificateIssuer issuer) =>
        new(new ScepResponderOptions { Credential = TestAuthority.Issuer.Credential }, issuer, _approval);

    private async Task<ScepResponder> WaitingAsync(ICertificateIssuer issuer)
    {
        ScepResponder responder = Responder(issuer);
        (await AskAsync(responder, Message("19", Id, ForgedMessage.Request()))).PkiStatus.Should().Be(ScepPkiStatus.Pending);
        return responder;
    }

    private static ForgedMessage Poll() => Message("20", Id, [0x30, 0x04, 0x30, 0x00, 0x30, 0x00]);

    private static ForgedMessage Message(string type, string id, byte[] content) => new ForgedMessage(ForgedMessage.Envelope(content)).Type(type).Transaction(id);

    private static async Task<PkiMessage> AskAsync(ScepResponder responder, ForgedMessage message) =>
        PkiMessage.Parse((await responder.ProcessAsync("PKIOperation", message.Write())).Body);

    private static string Certificate(PkiMessage reply) =>
        Convert.ToHexString(CertsOnlyMessage.Read(reply.ReadEnvelope().Decrypt(TestAuthority.ClientKey, 0, ScepAlgorithmPolicy.Default)).Single().Span);

    private sealed class Approval : IScepAuthorizer
    {
        public ScepDecision Decision { get; set; } = ScepDecision.Pending;

        /// <summary>Where polls wait for each other, so that all of them have seen the request pending.</summary>
        public Barrier? Together { get; set; }

        public ValueTask<ScepDecision> AuthorizeAsync(ScepAuthorizationRequest request, CancellationToken cancellationToken)
        {
            Together?.SignalAndWait(TimeSpan.FromSeconds(30), cancellationToken);
            return ValueTask.FromResult(Decision);
        }
    }

    private sealed class FailingOnce : ICertificateIssuer
    {
        private int _asked;

        public IReadOnlyList<X509Certificate2> CaCertificates => TestAuthority.Issuer.CaCertificates;

        public ValueTask<ReadOnlyMemory<byte>> IssueAsync(CertificateIssueRequest request, CancellationToken cancellationToken) =>
            _asked++ == 0 ? throw new InvalidOperationException("not now") : TestAuthority.Issuer.IssueAsync(request, cancellationToken);

        public ValueTask<bool> IsCurrentAsync(ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
