namespace Smallstep.Fleet.Scep;

/// <summary>
/// The parts of a certificate that SCEP needs, as slices of its bytes. Loading an <c>X509Certificate2</c> costs as much as half an
/// RSA signature, so the path of a message never does.
/// </summary>
internal readonly struct CertificateView
{
    private CertificateView(ReadOnlyMemory<byte> encoded, BerReader fields, ReadOnlyMemory<byte> toBeSigned)
    {
        Encoded = encoded;
        ToBeSigned = toBeSigned;
        fields.Skip(0xA0, "TBSCertificate.version");
        Serial = fields.ReadInteger("TBSCertificate.serialNumber");
        fields.ReadRaw("TBSCertificate.signature");
        Issuer = fields.ReadRaw("TBSCertificate.issuer");
        Validity = fields.ReadRaw("TBSCertificate.validity");
        Subject = fields.ReadRaw("TBSCertificate.subject");
        SubjectPublicKeyInfo = fields.ReadRaw("TBSCertificate.subjectPublicKeyInfo");
        fields.Skip(0x81, "TBSCertificate.issuerUniqueID");
        fields.Skip(0x82, "TBSCertificate.subjectUniqueID");
        Extensions = fields.Tag == 0xA3 ? fields.ReadInside(0xA3, "TBSCertificate.extensions").Rest : default;
    }

    public ReadOnlyMemory<byte> Encoded { get; }

    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>The content bytes of the serial number.</summary>
    public ReadOnlyMemory<byte> Serial { get; }

    /// <summary>The encoded issuer name.</summary>
    public ReadOnlyMemory<byte> Issuer { get; }

    /// <summary>The encoded validity.</summary>
    public ReadOnlyMemory<byte> Validity { get; }

    /// <summary>The encoded subject name.</summary>
    public ReadOnlyMemory<byte> Subject { get; }

    /// <summary>The encoded public key.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The encoded sequence of extensions, or empty.</summary>
    public ReadOnlyMemory<byte> Extensions { get; }

    public static CertificateView Read(ReadOnlyMemory<byte> encoded)
    {
        BerReader certificate = new BerReader(encoded).ReadInside(0x30, "Certificate");
        BerReader fields = certificate;
        ReadOnlyMemory<byte> toBeSigned = certificate.ReadRaw("Certificate.tbsCertificate");
        return new CertificateView(encoded, fields.ReadInside(0x30, "Certificate.tbsCertificate"), toBeSigned);
    }

    /// <summary>
    /// Whether an IssuerAndSerialNumber names this certificate. Some peers encode the name anew, with other string types, or leave out
    /// leading zeros of the number.
    /// </summary>
    public bool IsNamed(ReadOnlyMemory<byte> issuer, ReadOnlySpan<byte> serial) =>
        serial.TrimStart((byte)0).SequenceEqual(Serial.Span.TrimStart((byte)0))
        && (issuer.Span.SequenceEqual(Issuer.Span) || DirectoryName.AreSame(issuer.Span, Issuer.Span));

    /// <summary>
    /// Whether a subject key identifier is this certificate's: that of its extension or, where it has none, the hash of the key's bits
    /// (RFC 5280) or of the whole SubjectPublicKeyInfo (Windows and .NET).
    /// </summary>
    public bool HasKeyIdentifier(ReadOnlySpan<byte> identifier)
    {
        if (FindExtension(CmsOid.SubjectKeyIdentifier) is { } extension)
        {
            return new BerReader(extension).ReadOctets(0x04, "subjectKeyIdentifier").Span.SequenceEqual(identifier);
        }

        Span<byte> computed = stackalloc byte[KeyIdentifier.Length];
        KeyIdentifier.Compute(SubjectPublicKeyInfo, computed);
        if (identifier.SequenceEqual(computed))
        {
            return true;
        }

        DigestAlgorithm.Hash(ScepDigest.Sha1, SubjectPublicKeyInfo.Span, computed);
        return identifier.SequenceEqual(computed);
    }

    /// <summary>The content of an extension's OCTET STRING, or <see langword="null"/> where the certificate has none.</summary>
    public ReadOnlyMemory<byte>? FindExtension(ReadOnlySpan<byte> oid) => ExtensionList.Find(Extensions, oid);
}
