using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Keys that do not leave their TPM or HSM, and know the classic operations only.</summary>
public sealed class HardwareKeyTests
{
    [Fact]
    public async Task EnrollAsync_KeyThatCannotBeExported_EnrolsRenewsAndAsks()
    {
        using var key = new HardwareKey(TestAuthority.OtherKey);
        using ScepClient client = TestAuthority.Client(new ResponderHandler(TestAuthority.Responder()));

        var issued = (ScepIssued)await client.EnrollAsync(TestAuthority.Enrollment() with { Key = key });
        var renewed = (ScepIssued)await client.RenewAsync(new ScepRenewal { Certificate = issued.Certificate, Key = key });
        X509Certificate2? copy = await client.GetCertificateAsync(issued.Certificate.SerialNumberBytes, renewed.Certificate, key);

        copy!.RawData.Should().Equal(issued.Certificate.RawData);
    }

    [Fact]
    public async Task Process_CaKeyThatCannotBeExported_Issues()
    {
        ScepCredential ca = TestAuthority.Issuer.Credential;
        using var key = new HardwareKey(ca.Key);
        var issuer = new RsaCertificateIssuer(new ScepCredential(ca.Certificate, key), [TestAuthority.Issuer.CaCertificates[^1]]);
        var responder = new ScepResponder(new ScepResponderOptions(), issuer, TestAuthority.Authorizer);
        using ScepClient client = TestAuthority.Client(new ResponderHandler(responder));

        (await client.EnrollAsync(TestAuthority.Enrollment())).Should().BeOfType<ScepIssued>();
        (await issuer.GetRevocationListAsync(default)).Should().NotBeNull();
    }

    private sealed class HardwareKey(RSA inside) : RSA
    {
        public override int KeySize
        {
            get => inside.KeySize;
            set => throw new NotSupportedException();
        }

        public override RSAParameters ExportParameters(bool includePrivateParameters) =>
            includePrivateParameters ? throw new CryptographicException("The key does not leave the device.") : inside.ExportParameters(false);

        public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();

        public override byte[] Decrypt(byte[] data, RSAEncryptionPadding padding) => inside.Decrypt(data, padding);

        public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) => inside.SignHash(hash, hashAlgorithm, padding);

        public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) =>
            inside.VerifyHash(hash, signature, hashAlgorithm, padding);

        protected override byte[] HashData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm) =>
            CryptographicOperations.HashData(hashAlgorithm, data.AsSpan(offset, count));
    }
}
