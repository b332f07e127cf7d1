using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>Reads a CertRep and believes it only if the CA signed it in answer to the very message that was sent.</summary>
internal static class ScepReplyReader
{
    /// <summary>Whether one of the CA's trusted certificates signed the message; a certificate that the message brings along counts for nothing.</summary>
    public static bool IsFrom(CaCertificateSet ca, CmsSignedData message) => FindSigner(ca, message) is not null;

    public static ScepReply Read(
        byte[] body, CaCertificateSet ca, ScepExchange exchange, RSA key, ScepAlgorithmPolicy policy)
    {
        var message = PkiMessage.Parse(body);
        VerifySignature(ca, message.SignedData, policy);
        if (message.MessageType != ScepMessageType.CertRep
            || message.TransactionId != exchange.TransactionId
            || !message.RecipientNonce.Span.SequenceEqual(exchange.SenderNonce))
        {
            throw new ScepException(
                "The reply does not belong to the request: its type, transactionID or recipientNonce is another.",
                ScepFailInfo.BadMessageCheck,
                exchange.TransactionId);
        }

        if (message.PkiStatus != ScepPkiStatus.Success)
        {
            return new ScepReply(message, []);
        }

        CmsEnvelopedData envelope = message.ReadEnvelope();
        CmsRecipient recipient = envelope.FindRecipient(exchange.Signer);
        using ScepWorkspace workspace = ScepWorkspace.Rent();
        return new ScepReply(message, EnvelopeDecryption.Decrypt(envelope, recipient, key, policy, workspace).ToArray());
    }

    public static void VerifySignature(CaCertificateSet ca, CmsSignedData message, ScepAlgorithmPolicy policy)
    {
        X509Certificate2 signer = FindSigner(ca, message)
            ?? throw new ScepException("The reply is not signed by a certificate of this CA.", ScepFailInfo.BadMessageCheck);
        if (CaCertificateSet.Same(signer, ca.Recipient))
        {
            message.VerifySignature(ca.RecipientKey, policy);
            return;
        }

        using RSA key = signer.GetRSAPublicKey()
            ?? throw new ScepException("The reply's signer has no RSA key.", ScepFailInfo.BadAlg);
        message.VerifySignature(key, policy);
    }

    private static X509Certificate2? FindSigner(CaCertificateSet ca, CmsSignedData message) =>
        message.SignerCertificate is { } signer
            ? ca.Trusted.FirstOrDefault(certificate => certificate.RawDataMemory.Span.SequenceEqual(signer.Span))
            : ca.Trusted.FirstOrDefault(certificate => message.IsSignedBy(CertificateView.Read(certificate.RawDataMemory)));
}
