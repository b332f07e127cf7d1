using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>GetCACert is not signed: certificates that somebody on the way adds to the CA's own.</summary>
public sealed class ForeignCaCertificateTests
{
    private readonly ResponderHandler _server = new(TestAuthority.Responder());

    public static TheoryData<string> Strangers => ["self-signed for encipherment", "self-signed for signatures", "self-signed CA", "device of this CA"];

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task EnrollAsync_StrangerInGetCaCert_IsNotEncryptedTo(string kind)
    {
        Answer(Stranger(kind), TestAuthority.Issuer.CaCertificates[0]);
        using ScepClient client = TestAuthority.Client(_server);

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>("the right CA could read it");
        (await client.GetCaCertificatesAsync()).Should().ContainSingle().Which.Subject.Should().Be("CN=Example Intermediate CA");
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task EnrollAsync_ReplyOfAStrangerInGetCaCert_IsNotBelieved(string kind)
    {
        X509Certificate2 stranger = Stranger(kind);
        Answer(TestAuthority.Issuer.CaCertificates[0], stranger);
        Func<string, ScepResponse, ScepResponse> answer = _server.Tamper!;
        _server.Tamper = (operation, response) => operation == "PKIOperation"
            ? response with { Body = Refusal(PkiMessage.Parse(_server.Requests[^1]), stranger) }
            : answer(operation, response);
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>().WithMessage("*not signed by a certificate of this CA*");
    }

    [Fact]
    public async Task GetNextCaCertificatesAsync_SignedByAStrangerInGetCaCert_IsNotBelieved()
    {
        X509Certificate2 stranger = Stranger("self-signed CA");
        Answer(TestAuthority.Issuer.CaCertificates[0], stranger);
        Func<string, ScepResponse, ScepResponse> answer = _server.Tamper!;
        var impostor = new ScepResponder(
            new ScepResponderOptions { NextCaCertificates = [stranger] }, new RsaCertificateIssuer(new ScepCredential(stranger, TestAuthority.OtherKey)));
        _server.Tamper = (operation, response) => operation == "GetNextCACert" ? impostor.GetNextCaCert() : answer(operation, response);
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.GetNextCaCertificatesAsync()).Should().ThrowAsync<ScepException>().WithMessage("*not signed by a certificate of this CA*");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2.5.29.37.0")]
    [InlineData("1.3.6.1.4.1.311.20.2.1")]
    [InlineData("1.3.6.1.5.5.7.3.28")]
    public async Task EnrollAsync_SeparateRa_IsEncryptedTo(string? usage)
    {
        using RSA key = RSA.Create(2048);
        var ra = new ScepCredential(Leaf(key, usage), key);
        var server = new ResponderHandler(new ScepResponder(new ScepResponderOptions { Credential = ra }, TestAuthority.Issuer, TestAuthority.Authorizer));
        using ScepClient client = TestAuthority.Client(server, options => options.RaFingerprint = Sha256Fingerprint.Of(ra.Certificate).Value);
        using ScepClient unpinned = TestAuthority.Client(server);

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
        (await unpinned.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
    }

    [Fact]
    public async Task EnrollAsync_RaWithADevicesUsages_HasToBeNamed()
    {
        using RSA key = RSA.Create(2048);
        var ra = new ScepCredential(Leaf(key, CertificateTemplate.ClientAuthentication), key);
        var server = new ResponderHandler(new ScepResponder(new ScepResponderOptions { Credential = ra }, TestAuthority.Issuer, TestAuthority.Authorizer));
        using ScepClient named = TestAuthority.Client(server, options => options.RaFingerprint = Sha256Fingerprint.Of(ra.Certificate).Value);
        using ScepClient unnamed = TestAuthority.Client(server);

        (await named.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
        await unnamed.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>();
    }

    [Fact]
    public async Task EnrollAsync_RaWithADevicesUsagesThatIsTrustedItself_IsEncryptedTo()
    {
        using RSA key = RSA.Create(2048);
        var ra = new ScepCredential(Leaf(key, CertificateTemplate.ClientAuthentication), key);
        var server = new ResponderHandler(new ScepResponder(new ScepResponderOptions { Credential = ra }, TestAuthority.Issuer, TestAuthority.Authorizer));
        using ScepClient client = TestAuthority.Client(server, options =>
        {
            options.RootFingerprint = null;
            options.TrustedCertificates.Add(ra.Certificate);
        });

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
    }

    [Fact]
    public async Task EnrollAsync_RaFingerprint_LeavesNobodyElse()
    {
        // A certificate that says nothing of its use could be an RA's; the pin says that it is not.
        Answer(Leaf(TestAuthority.OtherKey, usage: null), TestAuthority.Issuer.CaCertificates[0]);
        using ScepClient client = TestAuthority.Client(
            _server, options => options.RaFingerprint = Sha256Fingerprint.Of(TestAuthority.Issuer.CaCertificates[0]).Value);
        using ScepClient other = TestAuthority.Client(_server, options => options.RaFingerprint = new string('0', 64));

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
        await other.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment())).Should().ThrowAsync<ScepException>().WithMessage("*RaFingerprint*");
    }

    [Fact]
    public void Create_RaFingerprintThatIsNone_Throws() =>
        FluentActions.Invoking(() => TestAuthority.Client(_server, options => options.RaFingerprint = "12")).Should().Throw<ArgumentException>();

    private void Answer(params X509Certificate2[] certificates) => _server.Tamper = (operation, response) => operation == "GetCACert"
        ? response with { Body = CertsOnlyMessage.Write([.. certificates.Select(certificate => certificate.RawDataMemory)]) }
        : response;

    private static byte[] Refusal(PkiMessage request, X509Certificate2 signer) => new ForgedMessage([], TestAuthority.OtherKey, signer.RawData)
        .Type("3")
        .Transaction(request.TransactionId)
        .Set("2.16.840.1.113733.1.9.3", ForgedMessage.Printable("2"))
        .Set("2.16.840.1.113733.1.9.4", ForgedMessage.Printable("2"))
        .Set("2.16.840.1.113733.1.9.6", [0x04, 0x10, .. request.SenderNonce.Span])
        .Write();

    private static X509Certificate2 Stranger(string kind)
    {
        if (kind.StartsWith("device", StringComparison.Ordinal))
        {
            return Leaf(TestAuthority.OtherKey, CertificateTemplate.ClientAuthentication);
        }

        var request = new CertificateRequest("CN=Example Intermediate CA", TestAuthority.OtherKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(kind.EndsWith("CA", StringComparison.Ordinal), false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            kind.EndsWith("encipherment", StringComparison.Ordinal) ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.DigitalSignature, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Leaf(RSA key, string? usage)
    {
        var template = new CertificateTemplate { ExtendedKeyUsages = usage is null ? [] : [usage] };
        ReadOnlyMemory<byte> encoded = TestAuthority.Issuer.IssueAsync(
            new CertificateIssueRequest
            {
                SubjectName = new X500DistinguishedName("CN=leaf").RawData,
                SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo(),
                Template = template,
            },
            default).AsTask().GetAwaiter().GetResult();
        return X509CertificateLoader.LoadCertificate(encoded.Span);
    }
}
