namespace Smallstep.Fleet.Scep;

/// <summary>
/// A CMS SignedData (RFC 5652 §5) with one RSA signer or none, read without copying: properties are slices of the message, so the
/// message must not change while this object is used.
/// </summary>
public sealed partial class CmsSignedData
{
    /// <summary>The longest message that is read, in bytes: 2 MiB.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>The most certificates that one message may hold.</summary>
    public const int MaxCertificates = 32;

    private readonly ReadOnlyMemory<byte> _certificates;
    private readonly ReadOnlyMemory<byte> _crls;
    private readonly ReadOnlyMemory<byte> _contentType;
    private ReadOnlyMemory<byte> _signer;
    private ReadOnlyMemory<byte> _signerCertificate;
    private RsaSignatureScheme _scheme;

    private CmsSignedData(BerReader signedData)
    {
        signedData.ReadInteger("SignedData.version");
        signedData.ReadContent(0x31, "SignedData.digestAlgorithms");
        BerReader encapsulated = signedData.ReadInside(0x30, "SignedData.encapContentInfo");
        _contentType = encapsulated.ReadOid("SignedData.encapContentInfo.eContentType");
        if (encapsulated.HasMore)
        {
            BerReader content = encapsulated.ReadInside(0xA0, "SignedData.encapContentInfo.eContent");
            Content = content.ReadOctets(0x04, "SignedData.encapContentInfo.eContent");
            HasContent = true;
        }

        _certificates = signedData.Tag == 0xA0 ? signedData.ReadContent(0xA0, "SignedData.certificates") : default;
        _crls = signedData.Tag == 0xA1 ? signedData.ReadContent(0xA1, "SignedData.crls") : default;
        CertificateCount = Count(_certificates, "SignedData.certificates");
        BerReader signers = signedData.ReadInside(0x31, "SignedData.signerInfos");
        if (signers.HasMore)
        {
            BerReader signer = signers.ReadInside(0x30, "SignedData.signerInfos[0]");
            _signer = signer.Rest;
            ReadSigner(signer);
        }

        signers.ExpectEnd("SignedData.signerInfos (one signer at most)");
        signedData.ExpectEnd("SignedData");
    }

    /// <summary>Whether an eContent is there at all; an empty one counts.</summary>
    public bool HasContent { get; }

    /// <summary>The signed content; empty where it is absent.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The type of the content, in dotted form.</summary>
    public string ContentType => CmsOid.Dotted(_contentType.Span);

    /// <summary>Whether there is a signer; a certs-only message has none.</summary>
    public bool HasSigner => !_signer.IsEmpty;

    /// <summary>The digest algorithm of the signer, in dotted form, or <see langword="null"/> without a signer.</summary>
    public string? DigestAlgorithm => HasSigner ? CmsOid.Dotted(ReadSignerHead(out _).Span) : null;

    /// <summary>The signature algorithm of the signer, in dotted form, or <see langword="null"/> without a signer.</summary>
    public string? SignatureAlgorithm
    {
        get
        {
            if (!HasSigner)
            {
                return null;
            }

            ReadSignerHead(out BerReader rest);
            rest.Skip(0xA0, "SignerInfo.signedAttrs");
            RsaSignatureScheme.Read(ref rest, "SignerInfo.signatureAlgorithm", out ReadOnlyMemory<byte> oid);
            return CmsOid.Dotted(oid.Span);
        }
    }

    /// <summary>The number of X.509 certificates in the message; attribute certificates and the like are passed over.</summary>
    public int CertificateCount { get; }

    /// <summary>The certificates in the order of the message, as DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates => [.. Split(_certificates, "SignedData.certificates").Where(IsCertificate)];

    /// <summary>The revocation lists in the order of the message, as DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RevocationLists => Split(_crls, "SignedData.crls");

    /// <summary>The signer's certificate as DER, or <see langword="null"/> where the message does not carry it.</summary>
    public ReadOnlyMemory<byte>? SignerCertificate => _signerCertificate.IsEmpty ? default(ReadOnlyMemory<byte>?) : _signerCertificate;

    /// <summary>The contents of the signed attributes, without the outer header.</summary>
    internal ReadOnlyMemory<byte> SignedAttributes { get; private set; }

    internal bool HasSignedAttributes { get; private set; }

    internal ReadOnlyMemory<byte> Signature { get; private set; }

    internal CertificateView? Signer => _signerCertificate.IsEmpty ? null : CertificateView.Read(_signerCertificate);

    internal bool IsData => _contentType.Span.SequenceEqual(CmsOid.Data);

    /// <summary>Reads a ContentInfo that holds a SignedData, in BER or DER.</summary>
    /// <exception cref="ScepException">The bytes are no such message, or exceed a limit; the message says what and where.</exception>
    public static CmsSignedData Parse(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxLength)
        {
            throw new ScepException($"The message has {message.Length} bytes; {MaxLength} are read at most.", ScepFailInfo.BadRequest);
        }

        var reader = new BerReader(message);
        BerReader info = reader.ReadInside(0x30, "ContentInfo");
        reader.ExpectEndOfMessage("ContentInfo");
        ReadOnlyMemory<byte> type = info.ReadOid("ContentInfo.contentType");
        if (!type.Span.SequenceEqual(CmsOid.SignedData))
        {
            throw info.Error("ContentInfo.contentType", $"{CmsOid.Dotted(type.Span)}, where signedData was expected");
        }

        return new CmsSignedData(info.ReadInside(0xA0, "ContentInfo.content").ReadInside(0x30, "SignedData"));
    }

    /// <summary>The value of a signed attribute, or <see langword="null"/> where it is absent.</summary>
    /// <param name="attributeType">The attribute's object identifier, in dotted form.</param>
    /// <returns>The encoded value, header included.</returns>
    /// <exception cref="ScepException">The attribute occurs twice, or has not exactly one value.</exception>
    public ReadOnlyMemory<byte>? FindSignedAttribute(string attributeType)
    {
        ArgumentNullException.ThrowIfNull(attributeType);
        ReadOnlyMemory<byte>? found = null;
        var attributes = new BerReader(SignedAttributes);
        while (attributes.HasMore)
        {
            BerReader attribute = attributes.ReadInside(0x30, "signedAttrs");
            if (CmsOid.Dotted(attribute.ReadOid("signedAttrs").Span) == attributeType)
            {
                found = found is null ? ReadSingleValue(ref attribute) : throw attribute.Error("signedAttrs", "the same attribute twice");
            }
        }

        return found;
    }

    internal static ReadOnlyMemory<byte> ReadSingleValue(ref BerReader attribute)
    {
        BerReader values = attribute.ReadInside(0x31, "signedAttrs.attrValues");
        ReadOnlyMemory<byte> value = values.ReadRaw("signedAttrs.attrValues");
        values.ExpectEnd("signedAttrs.attrValues (one value)");
        attribute.ExpectEnd("signedAttrs.attribute");
        return value;
    }

    private void ReadSigner(BerReader signer)
    {
        ReadSignerHead(out signer);
        HasSignedAttributes = signer.Tag == 0xA0;
        SignedAttributes = HasSignedAttributes ? signer.ReadContent(0xA0, "SignerInfo.signedAttrs") : default;
        _scheme = RsaSignatureScheme.Read(ref signer, "SignerInfo.signatureAlgorithm", out _);
        Signature = signer.ReadOctets(0x04, "SignerInfo.signature");
        signer.Skip(0xA1, "SignerInfo.unsignedAttrs");
        signer.ExpectEnd("SignerInfo");
        _signerCertificate = FindSigner();
    }

    /// <summary>Reads up to the digest algorithm, whose identifier is returned; what follows is <paramref name="rest"/>.</summary>
    private ReadOnlyMemory<byte> ReadSignerHead(out BerReader rest)
    {
        rest = new BerReader(_signer);
        rest.ReadInteger("SignerInfo.version");
        rest.ReadRaw("SignerInfo.sid");
        return rest.ReadInside(0x30, "SignerInfo.digestAlgorithm").ReadOid("SignerInfo.digestAlgorithm");
    }

    private ReadOnlyMemory<byte> FindSigner()
    {
        for (var certificates = new BerReader(_certificates); certificates.HasMore;)
        {
            ReadOnlyMemory<byte> encoded = certificates.ReadRaw("SignedData.certificates");
            if (IsCertificate(encoded) && IsSignedBy(CertificateView.Read(encoded)))
            {
                return encoded;
            }
        }

        return default;
    }

    internal bool IsSignedBy(in CertificateView certificate)
    {
        var identifier = new BerReader(_signer);
        identifier.ReadInteger("SignerInfo.version");
        if (identifier.Tag is 0x80 or 0xA0)
        {
            return certificate.HasKeyIdentifier(identifier.ReadOctets(0x80, "SignerInfo.sid").Span);
        }

        BerReader pair = identifier.ReadInside(0x30, "SignerInfo.sid");
        ReadOnlyMemory<byte> issuer = pair.ReadRaw("SignerInfo.sid.issuer");
        return certificate.IsNamed(issuer, pair.ReadInteger("SignerInfo.sid.serialNumber").Span);
    }

    // The other choices of CertificateChoices are tagged.
    private static bool IsCertificate(ReadOnlyMemory<byte> encoded) => encoded.Span[0] == 0x30;

    private static int Count(ReadOnlyMemory<byte> values, string what)
    {
        int all = 0, certificates = 0;
        for (var reader = new BerReader(values); reader.HasMore; all++)
        {
            if (all == MaxCertificates)
            {
                throw reader.Error(what, $"more than {MaxCertificates} certificates");
            }

            certificates += IsCertificate(reader.ReadRaw(what)) ? 1 : 0;
        }

        return certificates;
    }

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> values, string what)
    {
        var list = new List<ReadOnlyMemory<byte>>();
        for (var reader = new BerReader(values); reader.HasMore;)
        {
            list.Add(reader.ReadRaw(what));
        }

        return list;
    }
}
