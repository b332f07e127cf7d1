using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

public sealed class ScepClientTests
{
    private readonly ResponderHandler _server = new(TestAuthority.Responder());

    [Fact]
    public async Task EnrollAsync_RightChallenge_IssuesVerifiedCertificate()
    {
        using ScepClient client = TestAuthority.Client(_server);

        ScepResult result = await client.EnrollAsync(TestAuthority.Enrollment());

        ScepIssued issued = result.Should().BeOfType<ScepIssued>().Subject;
        issued.Certificate.Subject.Should().Be("CN=device-1, O=Example");
        issued.Certificate.Issuer.Should().Be("CN=Example Intermediate CA");
        issued.Chain.Select(c => c.Subject).Should().Equal("CN=Example Intermediate CA", "CN=Example Root CA");
        issued.Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single()
            .EnumerateDnsNames().Should().Equal("device-1.example");
        issued.Certificate.GetRSAPublicKey()!.ExportSubjectPublicKeyInfo().Should().Equal(TestAuthority.ClientKey.ExportSubjectPublicKeyInfo());
        _server.Operations.Should().Equal("GET GetCACaps", "GET GetCACert", "POST PKIOperation");
    }

    [Theory]
    [InlineData("http://ca.example/certsrv/mscep/mscep.dll/pkiclient.exe", "?operation=GetCACaps&message=0")]
    [InlineData("http://ca.example/scep?tenant=1", "?tenant=1&operation=GetCACaps&message=0")]
    public async Task EnrollAsync_NdesStyleAddress_IsKeptAndSendsTheMessageParameter(string url, string firstQuery)
    {
        List<Uri> asked = [];
        var recorder = new AddressRecorder(asked) { InnerHandler = _server };
        using ScepClient client = TestAuthority.Client(recorder, options =>
        {
            options.Url = url;
            options.CaIdentifier = "0";
        });

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();

        asked.Should().OnlyContain(address => address.AbsolutePath == new Uri(url).AbsolutePath);
        asked[0].Query.Should().Be(firstQuery);
        asked[1].Query.Should().EndWith("operation=GetCACert&message=0");
        asked[2].Query.Should().EndWith("operation=PKIOperation");
    }

    [Fact]
    public async Task EnrollAsync_SubjectThatIsNone_ThrowsBeforeAnythingIsSent()
    {
        using ScepClient client = TestAuthority.Client(_server);

        await client.Invoking(c => c.EnrollAsync(TestAuthority.Enrollment(subject: "laptop"))).Should().ThrowAsync<ArgumentException>();

        _server.Operations.Should().BeEmpty();
    }

    [Fact]
    public async Task EnrollAsync_WrongChallenge_IsRejectedAsBadRequest()
    {
        using ScepClient client = TestAuthority.Client(_server);

        ScepResult result = await client.EnrollAsync(TestAuthority.Enrollment("wrong"));

        result.Should().BeOfType<ScepRejected>().Which.FailInfo.Should().Be(ScepFailInfo.BadRequest);
    }

    [Fact]
    public async Task EnrollAsync_Twice_FetchesTheCaOnce()
    {
        using ScepClient client = TestAuthority.Client(_server);

        await client.EnrollAsync(TestAuthority.Enrollment());
        await client.EnrollAsync(TestAuthority.Enrollment());

        _server.Operations.Should().Equal("GET GetCACaps", "GET GetCACert", "POST PKIOperation", "POST PKIOperation");
    }

    [Fact]
    public async Task RenewAsync_WithoutChallenge_IssuesForTheNewKey()
    {
        using ScepClient client = TestAuthority.Client(_server);
        var first = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment());

        ScepResult result = await client.RenewAsync(new ScepRenewal
        {
            Certificate = first.Certificate,
            Key = TestAuthority.ClientKey,
            NewKey = TestAuthority.OtherKey,
        });

        ScepIssued renewed = result.Should().BeOfType<ScepIssued>().Subject;
        renewed.Certificate.Subject.Should().Be(first.Certificate.Subject);
        renewed.Certificate.SerialNumber.Should().NotBe(first.Certificate.SerialNumber);
        PkiMessage.Parse(_server.Requests[^1]).MessageType.Should().Be(ScepMessageType.RenewalReq);
    }

    [Fact]
    public async Task RenewAsync_NamesAndUsagesOfTheOldCertificate_AreAskedForAgain()
    {
        // A registeredID, which the library has no word for, beside a DNS name.
        byte[] names = [0x30, 0x0A, 0x82, 0x01, 0x61, 0x88, 0x05, 0x2A, 0x03, 0x04, 0x05, 0x06];
        ReadOnlyMemory<byte> old = await TestAuthority.Issuer.IssueAsync(
            new CertificateIssueRequest
            {
                SubjectName = new X500DistinguishedName("CN=a").RawData,
                SubjectPublicKeyInfo = TestAuthority.ClientKey.ExportSubjectPublicKeyInfo(),
                SubjectAlternativeNames = names,
                Template = new CertificateTemplate { KeyUsage = X509KeyUsageFlags.DigitalSignature, ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.4"] },
            },
            default);
        using ScepClient client = TestAuthority.Client(_server);

        ScepResult result = await client.RenewAsync(new ScepRenewal { Certificate = X509CertificateLoader.LoadCertificate(old.Span), Key = TestAuthority.ClientKey });

        result.Should().BeOfType<ScepIssued>("the responder compares the names");
        var request = Pkcs10Request.Parse(PkiMessage.Parse(_server.Requests[^1]).ReadEnvelope().Decrypt(TestAuthority.Issuer.Credential.Key, 0, ScepAlgorithmPolicy.Default));
        request.FindExtension(CmsOid.SubjectAltName)!.Value.ToArray().Should().Equal(names);
        new X509KeyUsageExtension(new AsnEncodedData(request.FindExtension(CmsOid.KeyUsage)!.Value.Span), true).KeyUsages.Should().Be(X509KeyUsageFlags.DigitalSignature);
        request.FindExtension(CmsOid.ExtendedKeyUsage)!.Value.ToArray().Should().Equal(CertificateExtensions.EncodeExtendedKeyUsage(["1.3.6.1.5.5.7.3.4"]));
    }

    [Fact]
    public async Task RenewAsync_SameKey_IssuesANewCertificate()
    {
        using ScepClient client = TestAuthority.Client(_server);
        var first = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment());

        var renewed = (ScepIssued)await client.RenewAsync(new ScepRenewal { Certificate = first.Certificate, Key = TestAuthority.ClientKey });

        renewed.Certificate.SerialNumber.Should().NotBe(first.Certificate.SerialNumber);
    }

    private sealed class AddressRecorder(List<Uri> asked) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
