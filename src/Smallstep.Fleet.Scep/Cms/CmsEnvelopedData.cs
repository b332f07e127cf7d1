using System.Security.Cryptography;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// A CMS EnvelopedData (RFC 5652 §6) with RSA key transport and a CBC content cipher, read without copying: the message must not
/// change while this object is used.
/// </summary>
public sealed class CmsEnvelopedData
{
    /// <summary>The most recipients that one envelope may name.</summary>
    public const int MaxRecipients = 32;

    private readonly ReadOnlyMemory<byte> _recipients;
    private readonly ReadOnlyMemory<byte> _contentOid;
    private readonly ReadOnlyMemory<byte> _contentParameters;

    private CmsEnvelopedData(BerReader enveloped)
    {
        enveloped.ReadInteger("EnvelopedData.version");
        enveloped.Skip(0xA0, "EnvelopedData.originatorInfo");
        _recipients = enveloped.ReadContent(0x31, "EnvelopedData.recipientInfos");
        RecipientCount = CountRecipients();
        BerReader content = enveloped.ReadInside(0x30, "EnvelopedData.encryptedContentInfo");
        content.ReadOid("EnvelopedData.encryptedContentInfo.contentType");
        BerReader algorithm = content.ReadInside(0x30, "EnvelopedData.contentEncryptionAlgorithm");
        _contentOid = algorithm.ReadOid("EnvelopedData.contentEncryptionAlgorithm");
        _contentParameters = algorithm.HasMore ? algorithm.ReadRaw("EnvelopedData.contentEncryptionAlgorithm") : default;
        EncryptedContent = content.HasMore
            ? content.ReadOctets(0x80, "EnvelopedData.encryptedContent")
            : throw content.Error("EnvelopedData.encryptedContent", "nothing");
        enveloped.Skip(0xA1, "EnvelopedData.unprotectedAttrs");
        enveloped.ExpectEnd("EnvelopedData");
    }

    /// <summary>The number of recipients.</summary>
    public int RecipientCount { get; }

    /// <summary>The content cipher, in dotted form.</summary>
    public string ContentEncryptionAlgorithm => CmsOid.Dotted(_contentOid.Span);

    /// <summary>The content cipher, or <see langword="null"/> where it is none of those that SCEP uses.</summary>
    public ScepCipher? Cipher => ContentCipher.Find(_contentOid.Span);

    /// <summary>How the first recipient's key is encrypted, in dotted form; <see langword="null"/> where there is none by key transport.</summary>
    public string? KeyEncryptionAlgorithm
    {
        get
        {
            var recipients = new BerReader(_recipients);
            if (recipients.Tag != 0x30)
            {
                return null;
            }

            BerReader algorithm = new CmsRecipient(recipients.ReadInside(0x30, "KeyTransRecipientInfo")).Algorithm;
            return CmsOid.Dotted(algorithm.ReadOid("KeyTransRecipientInfo.keyEncryptionAlgorithm").Span);
        }
    }

    internal ReadOnlyMemory<byte> EncryptedContent { get; }

    /// <summary>Reads a ContentInfo that holds an EnvelopedData, in BER or DER.</summary>
    /// <exception cref="ScepException">The bytes are no such message, or exceed a limit; the message says what and where.</exception>
    public static CmsEnvelopedData Parse(ReadOnlyMemory<byte> message)
    {
        if (message.Length > CmsSignedData.MaxLength)
        {
            throw new ScepException($"The envelope has {message.Length} bytes; {CmsSignedData.MaxLength} are read at most.", ScepFailInfo.BadRequest);
        }

        var reader = new BerReader(message);
        BerReader info = reader.ReadInside(0x30, "ContentInfo");
        reader.ExpectEndOfMessage("ContentInfo");
        ReadOnlyMemory<byte> type = info.ReadOid("ContentInfo.contentType");
        if (!type.Span.SequenceEqual(CmsOid.EnvelopedData))
        {
            throw info.Error("ContentInfo.contentType", $"{CmsOid.Dotted(type.Span)}, where envelopedData was expected");
        }

        return new CmsEnvelopedData(info.ReadInside(0xA0, "ContentInfo.content").ReadInside(0x30, "EnvelopedData"));
    }

    /// <summary>Decrypts with the key of one recipient.</summary>
    /// <param name="key">The recipient's private key.</param>
    /// <param name="recipient">Which recipient, counted from 0 in the order of the message.</param>
    /// <param name="policy">The weakest cipher that is accepted.</param>
    /// <returns>The content.</returns>
    /// <exception cref="ScepException">The cipher is not allowed, or decryption failed; which step failed is not told.</exception>
    public byte[] Decrypt(RSA key, int recipient, ScepAlgorithmPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfNegative(recipient);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(recipient, RecipientCount);
        var recipients = new BerReader(_recipients);
        for (int i = 0; i < recipient; i++)
        {
            recipients.ReadRaw("EnvelopedData.recipientInfos");
        }

        var chosen = new CmsRecipient(recipients.ReadInside(0x30, "KeyTransRecipientInfo"));
        using ScepWorkspace workspace = ScepWorkspace.Rent();
        return EnvelopeDecryption.Decrypt(this, chosen, key, policy, workspace).ToArray();
    }

    /// <summary>
    /// The recipient that a certificate names. A lone recipient with the right serial number is taken even where the issuer's name is
    /// encoded otherwise, as some peers re-encode it.
    /// </summary>
    internal CmsRecipient FindRecipient(in CertificateView certificate)
    {
        var recipients = new BerReader(_recipients);
        while (recipients.HasMore)
        {
            if (recipients.Tag != 0x30)
            {
                recipients.ReadRaw("EnvelopedData.recipientInfos");
                continue;
            }

            var recipient = new CmsRecipient(recipients.ReadInside(0x30, "KeyTransRecipientInfo"));
            if (Names(recipient, certificate))
            {
                return recipient;
            }
        }

        throw new ScepException("The envelope is not addressed to this certificate.", ScepFailInfo.BadMessageCheck);
    }

    /// <summary>The initialisation vector, checked against the cipher before any key is used.</summary>
    internal ReadOnlyMemory<byte> ReadVector(ScepCipher cipher)
    {
        var parameters = new BerReader(_contentParameters);
        ReadOnlyMemory<byte> vector = parameters.ReadOctets(0x04, "EnvelopedData.contentEncryptionAlgorithm.parameters");
        int block = ContentCipher.BlockSize(cipher);
        return vector.Length == block && EncryptedContent.Length > 0 && EncryptedContent.Length % block == 0
            ? vector
            : throw new ScepException("The initialisation vector or the length of the encrypted content does not fit the cipher.", ScepFailInfo.BadMessageCheck);
    }

    private bool Names(in CmsRecipient recipient, in CertificateView certificate)
    {
        if (!recipient.KeyIdentifier.IsEmpty)
        {
            return certificate.HasKeyIdentifier(recipient.KeyIdentifier.Span);
        }

        return certificate.IsNamed(recipient.Issuer, recipient.Serial.Span)
            || (RecipientCount == 1 && recipient.Serial.Span.SequenceEqual(certificate.Serial.Span));
    }

    private int CountRecipients()
    {
        var recipients = new BerReader(_recipients);
        int count = 0;
        for (; recipients.HasMore; count++)
        {
            if (count == MaxRecipients)
            {
                throw recipients.Error("EnvelopedData.recipientInfos", $"more than {MaxRecipients} recipients");
            }

            recipients.ReadRaw("EnvelopedData.recipientInfos");
        }

        return count;
    }
}
