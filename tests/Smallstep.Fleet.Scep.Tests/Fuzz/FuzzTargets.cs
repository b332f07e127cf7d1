using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Everything that reads what a peer sends, by what it may throw: <see cref="ScepException"/>, and nothing else.</summary>
internal static class FuzzTargets
{
    private static readonly RSA CaPublic = PublicOf(TestAuthority.Issuer.Credential.Key);

    /// <summary>Reads a message as everything that it could be.</summary>
    /// <returns>Whether it was anything at all.</returns>
    public static bool ReadAll(byte[] message)
    {
        bool any = Try(message, ReadMessage);
        any |= Try(message, static bytes => _ = CmsSignedData.Parse(bytes).RevocationLists.Count + CertsOnlyMessage.Read(bytes).Count);
        any |= Try(message, ReadEnvelope);
        any |= Try(message, ReadRequest);
        any |= Try(message, ReadCertificate);
        any |= Try(message, static bytes => _ = SubjectAlternativeName.ReadAll(bytes).Count);
        any |= Try(message, ReadCaAnswer);
        any |= Try(message, static bytes => _ = IssuerAndSerial.Read(bytes));
        _ = ScepCapabilities.Parse(message).Keywords.Count;
        _ = DerForm.IsSingleValue(message) | DirectoryName.IsWellFormed(message) | SubjectAlternativeName.IsWellFormed(message);
        return any;
    }

    /// <summary>Decrypts an envelope with the CA's key: past the private key, one exception for everything.</summary>
    public static bool Decrypt(byte[] envelope) => Try(envelope, static bytes =>
    {
        var parsed = CmsEnvelopedData.Parse(bytes);
        for (int i = 0; i < parsed.RecipientCount; i++)
        {
            parsed.Decrypt(TestAuthority.Issuer.Credential.Key, i, ScepAlgorithmPolicy.Legacy);
        }
    });

    /// <summary>Reads a CertRep as the client does.</summary>
    public static bool ReadReply(byte[] reply) => Try(reply, static bytes =>
    {
        var message = PkiMessage.Parse(bytes);
        message.SignedData.VerifySignature(CaPublic, ScepAlgorithmPolicy.Default);
        CertsOnlyMessage.Read(message.ReadEnvelope().Decrypt(TestAuthority.ClientKey, 0, ScepAlgorithmPolicy.Default));
    });

    private static void ReadMessage(byte[] bytes)
    {
        var message = PkiMessage.Parse(bytes);
        if (message.HasEnvelope)
        {
            CmsEnvelopedData envelope = message.ReadEnvelope();
            _ = envelope.KeyEncryptionAlgorithm;
        }

        _ = message.SignedData.DigestAlgorithm + message.SignedData.SignatureAlgorithm;
        message.VerifySignature(ScepAlgorithmPolicy.Legacy);
    }

    private static void ReadEnvelope(byte[] bytes)
    {
        var envelope = CmsEnvelopedData.Parse(bytes);
        _ = envelope.ContentEncryptionAlgorithm + envelope.KeyEncryptionAlgorithm;
        CmsRecipient recipient = envelope.FindRecipient(TestAuthority.Issuer.Credential.View);
        _ = KeyTransport.Read(recipient.Algorithm);
        _ = envelope.ReadVector(envelope.Cipher ?? ScepCipher.Aes128);
    }

    private static void ReadRequest(byte[] bytes)
    {
        var request = Pkcs10Request.Parse(bytes);
        _ = request.SubjectAlternativeNames.Count + (request.Challenge is null ? 0 : 1);
        RsaKeyRules.Check(request.SubjectPublicKeyInfo, ScepAlgorithmPolicy.Default);
    }

    private static void ReadCaAnswer(byte[] bytes)
    {
        foreach (X509Certificate2 certificate in CaCertificateMessage.Read(bytes))
        {
            certificate.Dispose();
        }
    }

    private static void ReadCertificate(byte[] bytes)
    {
        CertificateView view = CertificateView.Read(bytes);
        _ = view.IsNamed(view.Subject, view.Serial.Span) | view.HasKeyIdentifier(new byte[KeyIdentifier.Length]);
        _ = view.FindExtension(CmsOid.SubjectAltName);
        _ = CertificateValidity.Read(view.Validity);
        _ = CertificateSignature.Holds(view, CaPublic);
    }

    private static bool Try(byte[] bytes, Action<byte[]> read)
    {
        try
        {
            read(bytes);
            return true;
        }
        catch (ScepException)
        {
            return false;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"{other.GetType()}: {other.Message} for {Convert.ToHexString(bytes)}", other);
        }
    }

    private static RSA PublicOf(RSA key)
    {
        var result = RSA.Create();
        result.ImportSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);
        return result;
    }
}
