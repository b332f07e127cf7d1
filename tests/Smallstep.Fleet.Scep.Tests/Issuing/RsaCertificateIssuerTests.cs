using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>What goes into a certificate: the template's wishes, the request's names, and nothing that a request slips in.</summary>
public sealed class RsaCertificateIssuerTests
{
    [Fact]
    public async Task IssueAsync_Template_IsWhatTheCertificateSays()
    {
        var template = new CertificateTemplate
        {
            Validity = TimeSpan.FromDays(7),
            Backdate = TimeSpan.FromHours(1),
            KeyUsage = X509KeyUsageFlags.DigitalSignature,
            ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.4"],
            CopySubjectAlternativeNames = false,
            Digest = ScepDigest.Sha384,
        };

        X509Certificate2 certificate = await IssueAsync(new X500DistinguishedName("CN=a").RawData, Names(SubjectAlternativeName.Dns("a.example")), template);

        (certificate.NotAfter - certificate.NotBefore).Should().Be(TimeSpan.FromDays(7) + TimeSpan.FromHours(1));
        certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages.Should().Be(X509KeyUsageFlags.DigitalSignature);
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value).Should().Equal("1.3.6.1.5.5.7.3.4");
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority.Should().BeFalse();
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Should().BeEmpty();
        certificate.SignatureAlgorithm.Value.Should().Be("1.2.840.113549.1.1.12");
    }

    [Fact]
    public async Task IssueAsync_ManyCertificates_HaveSerialNumbersOfTheirOwn()
    {
        List<string> serials = [];
        for (int i = 0; i < 20; i++)
        {
            serials.Add((await IssueAsync(new X500DistinguishedName("CN=a").RawData, default)).SerialNumber);
        }

        serials.Should().OnlyHaveUniqueItems().And.OnlyContain(serial => serial.Length == 32);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IssueAsync_NamesWithoutSubject_AreCritical(bool hasSubject)
    {
        byte[] subject = hasSubject ? new X500DistinguishedName("CN=a").RawData : [0x30, 0x00];

        X509Certificate2 certificate = await IssueAsync(subject, Names(SubjectAlternativeName.DeviceId("S")));

        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().Critical.Should().Be(!hasSubject);
    }

    [Theory]
    [InlineData("0403616263")]
    [InlineData("3003020101")]
    [InlineData("30023100")]
    [InlineData("30093107300506032A0304")]
    [InlineData("300B31093007060355040313")]
    [InlineData("3080310D300B06035504030C046465760000")]
    public async Task IssueAsync_SubjectThatIsNoName_IsRefused(string subject) =>
        await FluentActions.Awaiting(() => IssueAsync(Convert.FromHexString(subject), default)).Should().ThrowAsync<ScepException>();

    [Theory]
    [InlineData("3000")]
    [InlineData("0403616263")]
    [InlineData("30030C0161")]
    [InlineData("30038B0161")]
    [InlineData("300682046100622E")]
    [InlineData("3080820161")]
    public async Task IssueAsync_AlternativeNamesThatAreNone_AreRefused(string names) =>
        await FluentActions.Awaiting(() => IssueAsync(new X500DistinguishedName("CN=a").RawData, Convert.FromHexString(names))).Should().ThrowAsync<ScepException>();

    [Fact]
    public async Task GetRevocationListAsync_Twice_IsSignedWithRisingNumbers()
    {
        RsaCertificateIssuer issuer = TestAuthority.Issuer;

        byte[] first = (await issuer.GetRevocationListAsync(default))!.Value.ToArray();
        byte[] second = (await issuer.GetRevocationListAsync(default))!.Value.ToArray();

        var builder = CertificateRevocationListBuilder.Load(first, out var firstNumber);
        CertificateRevocationListBuilder.Load(second, out var secondNumber);
        builder.Should().NotBeNull();
        secondNumber.Should().Be(firstNumber + 1);
    }

    private static byte[] Names(params SubjectAlternativeName[] names) => SubjectAlternativeName.WriteAll(names);

    private static async Task<X509Certificate2> IssueAsync(byte[] subject, ReadOnlyMemory<byte> names, CertificateTemplate? template = null)
    {
        ReadOnlyMemory<byte> encoded = await TestAuthority.Issuer.IssueAsync(
            new CertificateIssueRequest
            {
                SubjectName = subject,
                SubjectPublicKeyInfo = TestAuthority.ClientKey.ExportSubjectPublicKeyInfo(),
                SubjectAlternativeNames = names,
                Template = template,
            },
            default);
        return X509CertificateLoader.LoadCertificate(encoded.Span);
    }
}
