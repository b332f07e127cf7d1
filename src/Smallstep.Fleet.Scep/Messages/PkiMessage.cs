using System.Diagnostics.CodeAnalysis;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// A SCEP pkiMessage (RFC 8894 §3.2): a SignedData with the SCEP attributes and, where there is content, an envelope. Parsing checks
/// structure and attributes; <see cref="VerifySignature"/> checks the signature, and nothing is authenticated before that.
/// </summary>
public sealed class PkiMessage
{
    private const int LongestTransactionId = 1024;
    private const int LongestNonce = 64;

    private PkiMessage(CmsSignedData signedData)
    {
        SignedData = signedData;
        if (!signedData.HasSigner)
        {
            throw new ScepException("The pkiMessage has no signer.", ScepFailInfo.BadMessageCheck);
        }

        if (!signedData.IsData)
        {
            throw new ScepException($"The pkiMessage holds {signedData.ContentType}, where data was expected.", ScepFailInfo.BadMessageCheck);
        }

        var attributes = new ScepAttributes(signedData.SignedAttributes);
        MessageType = ReadMessageType(attributes.Number(ScepAttribute.MessageType));
        TransactionId = attributes.Text(ScepAttribute.TransactionId)
            ?? throw new ScepException("The pkiMessage has no transactionID.", ScepFailInfo.BadMessageCheck);
        SenderNonce = attributes.Octets(ScepAttribute.SenderNonce);
        RecipientNonce = attributes.Octets(ScepAttribute.RecipientNonce);
        if (TransactionId.Length is 0 or > LongestTransactionId || SenderNonce.Length > LongestNonce || RecipientNonce.Length > LongestNonce)
        {
            throw new ScepException("The transactionID is empty or too long, or a nonce is too long.", ScepFailInfo.BadMessageCheck);
        }

        if (MessageType == ScepMessageType.CertRep)
        {
            PkiStatus = ReadStatus(attributes.Text(ScepAttribute.PkiStatus));
            FailInfo = ReadFailInfo(attributes.Text(ScepAttribute.FailInfo), PkiStatus.Value);
            FailInfoText = attributes.Text(ScepAttribute.FailInfoText) ?? attributes.Text(ScepAttribute.FailInfoTextArc);
        }
    }

    /// <summary>The CMS message underneath.</summary>
    public CmsSignedData SignedData { get; }

    /// <summary>What kind of message it is.</summary>
    public ScepMessageType MessageType { get; }

    /// <summary>The transaction that it belongs to.</summary>
    public string TransactionId { get; }

    /// <summary>The sender's nonce; empty where the message carries none.</summary>
    public ReadOnlyMemory<byte> SenderNonce { get; }

    /// <summary>The nonce of the message that this one answers; empty where it answers none.</summary>
    public ReadOnlyMemory<byte> RecipientNonce { get; }

    /// <summary>The outcome, in a CertRep only.</summary>
    public ScepPkiStatus? PkiStatus { get; }

    /// <summary>The reason of a failure, in a failed CertRep only; <see langword="null"/> as well where the CA gives none.</summary>
    public ScepFailInfo? FailInfo { get; }

    /// <summary>The reason in words, where the CA gives one; read under both object identifiers that are in use.</summary>
    public string? FailInfoText { get; }

    /// <summary>Whether the message has content, which then is an envelope. An empty eContent and an absent one are the same.</summary>
    public bool HasEnvelope => !SignedData.Content.IsEmpty;

    /// <summary>Reads a message in BER or DER.</summary>
    /// <exception cref="ScepException">The bytes are no pkiMessage; the message says what is wrong and where.</exception>
    public static PkiMessage Parse(ReadOnlyMemory<byte> message) => new(CmsSignedData.Parse(message));

    /// <summary>Reads a message, or returns <see langword="false"/> where it is none.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out PkiMessage? parsed)
    {
        try
        {
            parsed = Parse(message);
            return true;
        }
        catch (ScepException)
        {
            parsed = null;
            return false;
        }
    }

    /// <summary>Reads the envelope.</summary>
    /// <exception cref="ScepException">There is no content, or it is no envelope.</exception>
    public CmsEnvelopedData ReadEnvelope() =>
        HasEnvelope
            ? CmsEnvelopedData.Parse(SignedData.Content)
            : throw new ScepException("The pkiMessage has no content.", ScepFailInfo.BadMessageCheck, TransactionId);

    /// <summary>Checks the signature with the certificate that the message itself carries; says nothing about who that is.</summary>
    /// <exception cref="ScepException">The signature does not hold, or an algorithm is not allowed.</exception>
    public void VerifySignature(ScepAlgorithmPolicy policy) => SignedData.VerifySignature(policy);

    private static ScepMessageType ReadMessageType(int? number) => number switch
    {
        3 or (>= 17 and <= 22) => (ScepMessageType)number,
        null => throw new ScepException("The pkiMessage has no messageType.", ScepFailInfo.BadMessageCheck),
        _ => throw new ScepException("The messageType is none of RFC 8894.", ScepFailInfo.BadRequest),
    };

    private static ScepPkiStatus ReadStatus(string? text) => text switch
    {
        "0" => ScepPkiStatus.Success,
        "2" => ScepPkiStatus.Failure,
        "3" => ScepPkiStatus.Pending,
        _ => throw new ScepException("The CertRep has no pkiStatus of RFC 8894.", ScepFailInfo.BadMessageCheck),
    };

    private static ScepFailInfo? ReadFailInfo(string? text, ScepPkiStatus status)
    {
        if (status != ScepPkiStatus.Failure || text is null)
        {
            return null;
        }

        return text is { Length: 1 } && text[0] is >= '0' and <= '4'
            ? (ScepFailInfo)(text[0] - '0')
            : throw new ScepException("The failed CertRep's failInfo is none of RFC 8894.", ScepFailInfo.BadMessageCheck);
    }
}
