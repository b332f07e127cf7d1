using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Deviations of peers that change nothing in what a message means.</summary>
public sealed class LenientReadingTests
{
    [Fact]
    public void Parse_IssuerEncodedAnew_FindsTheSigner()
    {
        // The certificate says PrintableString, the SignerInfo UTF8String.
        byte[] certificate = Certificate(Name(UniversalTagNumber.PrintableString), [0x00, 0x81]);
        var signer = new ForgedMessage([], TestAuthority.ClientKey, certificate);
        byte[] message = Replace(signer.Write(), Name(UniversalTagNumber.PrintableString), Name(UniversalTagNumber.UTF8String));

        var parsed = CmsSignedData.Parse(message);

        parsed.SignerCertificate!.Value.ToArray().Should().Equal(certificate);
        parsed.VerifySignature(ScepAlgorithmPolicy.Default);
    }

    [Fact]
    public void IsNamed_AnotherNameOrNumber_IsNot()
    {
        CertificateView view = CertificateView.Read(Certificate(Name(UniversalTagNumber.PrintableString), [0x00, 0x81]));

        view.IsNamed(Name(UniversalTagNumber.UTF8String), [0x81]).Should().BeTrue("leading zeros are no digits");
        view.IsNamed(Name(UniversalTagNumber.UTF8String), [0x82]).Should().BeFalse();
        view.IsNamed(Name(UniversalTagNumber.UTF8String, "another"), [0x00, 0x81]).Should().BeFalse();
        view.IsNamed(new byte[] { 0x30, 0x01, 0x05 }, [0x00, 0x81]).Should().BeFalse("it is no name");
    }

    [Fact]
    public void HasKeyIdentifier_CertificateWithoutTheExtension_ComparesTheKeysHash()
    {
        CertificateView view = CertificateView.Read(ForgedMessage.SelfSigned(TestAuthority.ClientKey));
        byte[] hash = Convert.FromHexString(new X509SubjectKeyIdentifierExtension(new PublicKey(TestAuthority.ClientKey), false).SubjectKeyIdentifier!);

        view.HasKeyIdentifier(hash).Should().BeTrue();
        view.HasKeyIdentifier(SHA1.HashData(view.SubjectPublicKeyInfo.Span)).Should().BeTrue("the framework names such a certificate so");
        view.HasKeyIdentifier(new byte[20]).Should().BeFalse();
    }

    [Fact]
    public void Parse_AttributeCertificateAmongTheCertificates_IsPassedOver()
    {
        byte[] certificate = ForgedMessage.SelfSigned(TestAuthority.ClientKey);
        byte[] message = CertsOnlyMessage.Write([new byte[] { 0xA2, 0x02, 0x05, 0x00 }, certificate]);

        CmsSignedData.Parse(message).CertificateCount.Should().Be(1);
        CertsOnlyMessage.Read(message).Should().ContainSingle().Which.ToArray().Should().Equal(certificate);
        CaCertificateMessage.Read(message).Should().ContainSingle();
    }

    [Fact]
    public void Parse_LineBreakAfterTheMessage_IsNoPartOfIt()
    {
        byte[] message = new ForgedMessage([]).Write();
        byte[] certificates = CertsOnlyMessage.Write([ForgedMessage.SelfSigned(TestAuthority.ClientKey)]);

        PkiMessage.Parse((byte[])[.. message, 0x0D, 0x0A]).VerifySignature(ScepAlgorithmPolicy.Default);
        CaCertificateMessage.Read((byte[])[.. certificates, 0x0A]).Should().ContainSingle();
        PkiMessage.TryParse((byte[])[.. message, 0x00], out _).Should().BeFalse();
        PkiMessage.TryParse((byte[])[.. message, 0x0A, 0x30], out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(0x15)]
    [InlineData(0x19)]
    [InlineData(0x1B)]
    public void Parse_AttributesOfRareStringTypes_AreRead(byte tag)
    {
        var forged = new ForgedMessage([]).Transaction("T1");
        byte[] Text(string text) => [tag, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];
        forged.Set("2.16.840.1.113733.1.9.2", Text("19")).Set("2.16.840.1.113733.1.9.7", Text("T2")).Set("2.16.840.1.113733.1.9.5", Text("0123456789abcdef"));

        PkiMessage message = PkiMessage.Parse(forged.Write());

        message.MessageType.Should().Be(ScepMessageType.PkcsReq);
        message.TransactionId.Should().Be("T2");
        message.SenderNonce.ToArray().Should().Equal("0123456789abcdef"u8.ToArray());
    }

    [Fact]
    public void VerifySignature_OldIdentifierOfSha1_IsSha1()
    {
        byte[] data = [1, 2, 3];
        byte[] algorithm = [0x30, 0x07, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1D];
        var reader = new BerReader(algorithm);
        var scheme = RsaSignatureScheme.Read(ref reader, "test", out _);
        Span<byte> hash = stackalloc byte[20];
        DigestAlgorithm.Hash(ScepDigest.Sha1, data, hash);

        byte[] signature = TestAuthority.ClientKey.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        scheme.Digest.Should().Be(ScepDigest.Sha1);
        RsaVerification.Holds(TestAuthority.ClientKey, hash, signature, ScepDigest.Sha1, scheme).Should().BeTrue();
    }

    [Theory]
    [InlineData("ABC/+=", 0x13)]
    [InlineData("dev_1", 0x0C)]
    [InlineData("é", 0x0C)]
    public void Write_TransactionId_IsPrintableWhereItCanBe(string id, byte tag)
    {
        using var workspace = ScepWorkspace.Rent();
        var header = new PkiMessageHeader { MessageType = ScepMessageType.PkcsReq, TransactionId = id, SenderNonce = new byte[16] };
        PkiMessageWriter.Write(header, [], TestAuthority.ClientKey, CertificateView.Read(ForgedMessage.SelfSigned(TestAuthority.ClientKey)), ScepDigest.Sha256, workspace);

        PkiMessage message = PkiMessage.Parse(workspace.Outer.Encode());

        message.TransactionId.Should().Be(id);
        message.SignedData.FindSignedAttribute("2.16.840.1.113733.1.9.7")!.Value.Span[0].Should().Be(tag);
    }

    private static byte[] Name(UniversalTagNumber type, string text = "same name")
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(type, text);
        }

        return writer.Encode();
    }

    private static byte[] Certificate(byte[] name, byte[] serial)
    {
        var subject = new X500DistinguishedName(name);
        var request = new CertificateRequest(subject, TestAuthority.ClientKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.Create(
            subject, X509SignatureGenerator.CreateForRSA(TestAuthority.ClientKey, RSASignaturePadding.Pkcs1), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), serial).RawData;
    }

    /// <summary>Replaces the last occurrence, which is the one in the SignerInfo.</summary>
    private static byte[] Replace(byte[] message, byte[] what, byte[] by)
    {
        int at = message.AsSpan().LastIndexOf(what);
        by.CopyTo(message, at);
        return message;
    }
}
