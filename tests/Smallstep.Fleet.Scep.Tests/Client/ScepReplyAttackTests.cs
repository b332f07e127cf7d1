using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Replies that a client must not believe; those signed by the right CA are the harder half.</summary>
public sealed class ScepReplyAttackTests
{
    private const string Status = "2.16.840.1.113733.1.9.3";
    private const string FailInfo = "2.16.840.1.113733.1.9.4";
    private const string RecipientNonce = "2.16.840.1.113733.1.9.6";

    private readonly ResponderHandler _server = new(TestAuthority.Responder());

    [Fact]
    public async Task EnrollAsync_ForgedReplyWithoutAFlaw_IsBelieved() =>
        (await EnrollAsync(request => Reply(request, Issued(TestAuthority.ClientKey)))).Should().BeOfType<ScepIssued>("the others differ from it in one point");

    [Fact]
    public async Task EnrollAsync_ReplyWithoutItsSignersCertificate_IsBelieved()
    {
        ScepResult result = await EnrollAsync(request =>
        {
            ForgedMessage reply = Reply(request, Issued(TestAuthority.ClientKey));
            reply.Certificates.Clear();
            return reply;
        });

        result.Should().BeOfType<ScepIssued>("the CA's certificate is known from GetCACert");
    }

    [Theory]
    [InlineData("17")]
    [InlineData("18")]
    [InlineData("19")]
    [InlineData("99")]
    public Task EnrollAsync_ReplyOfAnotherType_Throws(string type) => RefusesAsync(request => Reply(request, Issued(TestAuthority.ClientKey)).Type(type));

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    [InlineData("00")]
    [InlineData("")]
    public Task EnrollAsync_UnknownStatus_Throws(string status) =>
        RefusesAsync(request => Reply(request, Issued(TestAuthority.ClientKey)).Set(Status, ForgedMessage.Printable(status)));

    [Theory]
    [InlineData("5")]
    [InlineData("-1")]
    [InlineData("")]
    public Task EnrollAsync_UnknownFailInfo_Throws(string failInfo) =>
        RefusesAsync(request => Reply(request, []).Set(Status, ForgedMessage.Printable("2")).Set(FailInfo, ForgedMessage.Printable(failInfo)));

    [Fact]
    public async Task EnrollAsync_FailureWithoutFailInfo_IsRejectedAllTheSame() =>
        (await EnrollAsync(request => Reply(request, []).Set(Status, ForgedMessage.Printable("2"))))
            .Should().BeOfType<ScepRejected>().Which.FailInfo.Should().Be(ScepFailInfo.BadRequest);

    [Fact]
    public Task EnrollAsync_ReplyWithoutRecipientNonce_Throws() => RefusesAsync(request =>
    {
        ForgedMessage reply = Reply(request, Issued(TestAuthority.ClientKey));
        reply.Attributes.RemoveAll(attribute => attribute.Type == RecipientNonce);
        return reply;
    });

    [Fact]
    public Task EnrollAsync_CertificateForAnotherKey_Throws() =>
        RefusesAsync(request => Reply(request, Issued(TestAuthority.OtherKey)), "*no certificate for the requested key*");

    [Fact]
    public Task EnrollAsync_CertificateOfAnotherCa_Throws() => RefusesAsync(
        request => Reply(request, ForgedMessage.SelfSigned(TestAuthority.ClientKey, "CN=device-1, O=Example")), "*no valid chain*");

    [Fact]
    public Task EnrollAsync_SuccessWithoutContent_Throws() => RefusesAsync(request => Reply(request, []));

    [Fact]
    public Task EnrollAsync_TwoSigners_Throws() => RefusesAsync(request =>
    {
        ForgedMessage reply = Reply(request, Issued(TestAuthority.ClientKey));
        reply.Signers = 2;
        return reply;
    });

    [Fact]
    public Task EnrollAsync_NoSignedAttributes_Throws() => RefusesAsync(request =>
    {
        ForgedMessage reply = Reply(request, Issued(TestAuthority.ClientKey));
        reply.WithAttributes = false;
        return reply;
    });

    [Theory]
    [InlineData("1.2.840.113549.1.9.4")]
    [InlineData("2.16.840.1.113733.1.9.7")]
    [InlineData(RecipientNonce)]
    [InlineData(Status)]
    public Task EnrollAsync_AttributeDoubled_Throws(string attribute) => RefusesAsync(request =>
    {
        ForgedMessage reply = Reply(request, Issued(TestAuthority.ClientKey));
        reply.Attributes.Add(reply.Attributes.First(entry => entry.Type == attribute));
        return reply;
    });

    [Fact]
    public Task EnrollAsync_ContentSwappedUnderTheSignature_Throws() => RefusesAsync(request =>
    {
        ForgedMessage reply = Reply(request, Issued(TestAuthority.ClientKey));
        reply.Content = EnvelopeFor(request, CertsOnlyMessage.Write([Issued(TestAuthority.ClientKey)]));
        return reply;
    });

    [Fact]
    public Task EnrollAsync_EnvelopeForSomebodyElse_Throws() => RefusesAsync(request => Signed(request, ForgedMessage.Envelope([1, 2, 3])));

    [Fact]
    public async Task EnrollAsync_EnvelopeHoldsNoMessage_SaysNothingOfTheStep() =>
        (await RefusesAsync(request => Signed(request, EnvelopeFor(request, [1, 2, 3])))).Message.Should().Be(ScepException.Undecipherable().Message);

    [Theory]
    [InlineData("key")]
    [InlineData("content")]
    [InlineData("padding")]
    public async Task EnrollAsync_EnvelopeTampered_SaysNothingOfTheStep(string part)
    {
        ScepException thrown = await RefusesAsync(request =>
        {
            byte[] envelope = EnvelopeFor(request, CertsOnlyMessage.Write([Issued(TestAuthority.ClientKey)]));
            ReadOnlyMemory<byte> wrapped = CmsEnvelopedData.Parse(envelope).FindRecipient(Signer(request)).EncryptedKey;
            int at = part switch { "key" => envelope.AsSpan().IndexOf(wrapped.Span) + 50, "content" => envelope.Length - 17, _ => envelope.Length - 1 };
            envelope[at] ^= 0x80;
            return Signed(request, envelope);
        });

        thrown.Message.Should().Be(ScepException.Undecipherable().Message);
        thrown.InnerException.Should().BeNull();
    }

    [Fact]
    public async Task EnrollAsync_AnswerTooLong_Throws()
    {
        _server.Tamper = (operation, response) => operation == "PKIOperation" ? response with { Body = new byte[CmsSignedData.MaxLength + 1] } : response;
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>().WithMessage("*longer than 2097152 bytes*");
    }

    [Fact]
    public async Task EnrollAsync_TwoRequests_ShareNeitherNonceNorTransactionNorContentKey()
    {
        using ScepClient client = TestAuthority.Client(_server);

        await client.EnrollAsync(TestAuthority.Enrollment());
        await client.EnrollAsync(TestAuthority.Enrollment());

        PkiMessage[] sent = [.. _server.Requests.Where(request => request.Length > 0).Select(request => PkiMessage.Parse(request))];
        sent.Select(message => Convert.ToHexString(message.SenderNonce.Span)).Should().OnlyHaveUniqueItems().And.OnlyContain(nonce => nonce.Length == 32);
        sent.Select(message => message.TransactionId).Should().OnlyHaveUniqueItems();
        sent.Select(message => Convert.ToHexString(message.ReadEnvelope().EncryptedContent.Span)).Should().OnlyHaveUniqueItems();
    }

    private static CertificateView Signer(PkiMessage request) => CertificateView.Read(request.SignedData.SignerCertificate!.Value);

    private static byte[] Issued(RSA key) => TestAuthority.Issuer.IssueAsync(
        new CertificateIssueRequest
        {
            SubjectName = new X500DistinguishedName("CN=device-1, O=Example").RawData,
            SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo(),
        },
        default).AsTask().GetAwaiter().GetResult().ToArray();

    private static byte[] EnvelopeFor(PkiMessage request, byte[] content)
    {
        using var workspace = ScepWorkspace.Rent();
        EnvelopeWriter.Write(workspace.Inner, content, TestAuthority.ClientKey, Signer(request), ScepCipher.Aes128, workspace);
        return workspace.Inner.Encode();
    }

    private static ForgedMessage Reply(PkiMessage request, byte[] certificate) =>
        Signed(request, certificate.Length == 0 ? [] : EnvelopeFor(request, CertsOnlyMessage.Write([certificate])));

    private static ForgedMessage Signed(PkiMessage request, byte[] content)
    {
        ScepCredential ca = TestAuthority.Issuer.Credential;
        return new ForgedMessage(content, ca.Key, ca.Certificate.RawData)
            .Type("3")
            .Transaction(request.TransactionId)
            .Set(Status, ForgedMessage.Printable("0"))
            .Set(RecipientNonce, [0x04, 0x10, .. request.SenderNonce.Span]);
    }

    private async Task<ScepResult> EnrollAsync(Func<PkiMessage, ForgedMessage> forge)
    {
        _server.Tamper = (operation, response) => operation == "PKIOperation"
            ? response with { Body = forge(PkiMessage.Parse(_server.Requests[^1])).Write() }
            : response;
        using ScepClient client = TestAuthority.Client(_server);
        return await client.EnrollAsync(TestAuthority.Enrollment());
    }

    private async Task<ScepException> RefusesAsync(Func<PkiMessage, ForgedMessage> forge, string message = "*") =>
        (await FluentActions.Awaiting(() => EnrollAsync(forge)).Should().ThrowAsync<ScepException>().WithMessage(message)).Which;
}
