using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>What a client must not believe.</summary>
public sealed class ScepClientTrustTests
{
    private readonly ResponderHandler _server = new(TestAuthority.Responder());

    [Theory]
    [InlineData("")]
    [InlineData("POSTPKIOperation\nSHA-1\nDES3\n")]
    [InlineData("SHA-1")]
    public async Task EnrollAsync_StrippedCapabilities_WritesNothingWeaker(string capabilities)
    {
        _server.Tamper = (operation, response) => operation == "GetCACaps"
            ? response with { Body = System.Text.Encoding.ASCII.GetBytes(capabilities) }
            : response;
        using ScepClient client = TestAuthority.Client(_server);

        ScepResult result = await client.EnrollAsync(TestAuthority.Enrollment());

        result.Should().BeOfType<ScepIssued>();
        AssertStrong(PkiMessage.Parse(_server.Requests[^1]));
    }

    [Fact]
    public async Task EnrollAsync_CapabilitiesFail_WritesNothingWeaker()
    {
        _server.Tamper = (operation, response) => operation == "GetCACaps" ? response with { StatusCode = 500 } : response;
        using ScepClient client = TestAuthority.Client(_server);

        await client.EnrollAsync(TestAuthority.Enrollment());

        AssertStrong(PkiMessage.Parse(_server.Requests[^1]));
        _server.Operations[^1].Should().Be("GET PKIOperation", "POST was not offered");
    }

    [Fact]
    public async Task EnrollAsync_GetTooLong_IsRefusedBeforeItIsSent()
    {
        using ScepClient client = TestAuthority.Client(_server, options =>
        {
            options.PreferPost = false;
            options.MaximumUrlLength = 1000;
        });

        Func<Task> enroll = () => client.EnrollAsync(TestAuthority.Enrollment());

        (await enroll.Should().ThrowAsync<ScepException>()).WithMessage("*MaximumUrlLength*");
        _server.Operations.Should().NotContain("GET PKIOperation");
    }

    [Fact]
    public async Task GetCaCertificatesAsync_NothingPinned_Throws()
    {
        using ScepClient client = TestAuthority.Client(_server, options =>
        {
            options.RootFingerprint = null;
            options.TrustedCertificates.Clear();
        });

        await client.Invoking(c => c.GetCaCertificatesAsync()).Should().ThrowAsync<ScepException>().WithMessage("No CA is pinned*");
    }

    [Fact]
    public async Task GetCaCertificatesAsync_RootLeftOutByTheCa_SaysWhatToDo()
    {
        using ScepClient client = TestAuthority.Client(_server, options => options.TrustedCertificates.Clear());

        await client.Invoking(c => c.GetCaCertificatesAsync()).Should().ThrowAsync<ScepException>().WithMessage("*TrustedCertificates*");
    }

    [Fact]
    public async Task GetCaCertificatesAsync_AnotherCa_Throws()
    {
        RsaCertificateIssuer impostor = RsaCertificateIssuer.CreateHierarchy(new CertificateHierarchyOptions());
        var server = new ResponderHandler(new ScepResponder(new ScepResponderOptions { IncludeRoot = true }, impostor));
        using ScepClient client = TestAuthority.Client(server);

        await client.Invoking(c => c.GetCaCertificatesAsync()).Should().ThrowAsync<ScepException>().WithMessage("*no valid chain*");
    }

    [Fact]
    public async Task GetCaCertificatesAsync_IntermediateForgedUnderTheRootsName_Throws()
    {
        // Same names all the way, but the root never signed it.
        using RSA key = RSA.Create(2048);
        X509Certificate2 real = TestAuthority.Issuer.CaCertificates[0];
        var request = new CertificateRequest(real.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        X509Certificate2 forged = request.Create(
            real.IssuerName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), real.NotBefore, real.NotAfter, [1, 2, 3]);
        _server.Tamper = (operation, response) => operation == "GetCACert" ? response with { Body = forged.RawData } : response;
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.GetCaCertificatesAsync()).Should().ThrowAsync<ScepException>().WithMessage("*no valid chain*");
    }

    [Fact]
    public async Task EnrollAsync_ClockBehindTheCas_SaysThatItIsATimeMatter()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(-4));
        var issuer = new RsaCertificateIssuer(
            TestAuthority.Issuer.Credential, [TestAuthority.Issuer.CaCertificates[^1]], new CertificateTemplate { Backdate = TimeSpan.Zero });
        using ScepClient client = TestAuthority.Client(
            new ResponderHandler(new ScepResponder(new ScepResponderOptions(), issuer, TestAuthority.Authorizer)), time: time);

        await client.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>().WithMessage("*(NotTimeValid)*clock*");
    }

    [Fact]
    public async Task EnrollAsync_PinnedIntermediate_IsEnough()
    {
        using ScepClient client = TestAuthority.Client(_server, options =>
        {
            options.RootFingerprint = Sha256Fingerprint.Of(TestAuthority.Issuer.CaCertificates[0]).Value;
            options.TrustedCertificates.Clear();
        });

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrollAsync_NothingPinned_ChainHoldsTheCaOnce(bool includeRoot)
    {
        var server = new ResponderHandler(TestAuthority.Responder(new ScepResponderOptions { IncludeRoot = includeRoot, IncludeChainInReply = true }));
        using ScepClient client = TestAuthority.Client(server, options =>
        {
            options.RootFingerprint = null;
            options.TrustedCertificates.Clear();
            options.AllowUnpinnedCa = true;
        });

        ScepResult result = await client.EnrollAsync(TestAuthority.Enrollment());

        result.Should().BeOfType<ScepIssued>().Which.Chain.Should().Equal(TestAuthority.Issuer.CaCertificates.Take(includeRoot ? 2 : 1));
    }

    [Theory]
    [InlineData("2.16.840.1.113733.1.9.6")]
    [InlineData("2.16.840.1.113733.1.9.7")]
    public async Task EnrollAsync_ReplyToAnotherRequest_Throws(string attribute)
    {
        // Signed by the right CA, but an answer to something else: a recipientNonce or transactionID that does not match.
        _server.Tamper = (operation, response) => operation == "PKIOperation" ? response with { Body = Resign(attribute) } : response;
        using ScepClient client = TestAuthority.Client(_server);

        Func<Task> enroll = () => client.EnrollAsync(TestAuthority.Enrollment());

        await enroll.Should().ThrowAsync<ScepException>().WithMessage("*does not belong*");

        byte[] Resign(string wrong)
        {
            PkiMessage request = PkiMessage.Parse(_server.Requests[^1]);
            ScepCredential ca = TestAuthority.Issuer.Credential;
            return new ForgedMessage([], ca.Key, ca.Certificate.RawData)
                .Type("3")
                .Transaction(request.TransactionId)
                .Set("2.16.840.1.113733.1.9.3", ForgedMessage.Printable("3"))
                .Set("2.16.840.1.113733.1.9.6", [0x04, 0x10, .. request.SenderNonce.Span])
                .Set(wrong, wrong.EndsWith('6') ? [0x04, 0x10, .. new byte[16]] : ForgedMessage.Printable("another"))
                .Write();
        }
    }

    [Fact]
    public async Task EnrollAsync_ReplySignedByAStranger_Throws()
    {
        _server.Tamper = (operation, response) => operation == "PKIOperation"
            ? response with { Body = new ForgedMessage([]).Type("3").Set("2.16.840.1.113733.1.9.3", ForgedMessage.Printable("3")).Write() }
            : response;
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>().WithMessage("*not signed by a certificate of this CA*");
    }

    [Fact]
    public async Task EnrollAsync_HttpError_SaysWhatTheServerSaid()
    {
        _server.Tamper = (operation, response) => operation == "PKIOperation"
            ? new ScepResponse(400, "text/plain", "challenge password has expired"u8.ToArray())
            : response;
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>()
            .WithMessage("The SCEP server answered PKIOperation with HTTP 400: challenge password has expired");
    }

    private static void AssertStrong(PkiMessage request)
    {
        request.SignedData.DigestAlgorithm.Should().Be("2.16.840.1.101.3.4.2.1");
        request.ReadEnvelope().Cipher.Should().Be(ScepCipher.Aes128);
    }
}
