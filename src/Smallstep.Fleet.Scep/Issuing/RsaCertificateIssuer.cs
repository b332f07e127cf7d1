using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>A certificate authority inside the process: an RSA key signs what the template allows.</summary>
public sealed class RsaCertificateIssuer : ICertificateIssuer
{
    private const int SerialLength = 16;
    private const int LongestSignature = 2048;

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, true);
    private static readonly Asn1Tag Context3 = new(TagClass.ContextSpecific, 3, true);

    private readonly byte[] _authorityKeyIdentifier;
    private readonly CertificateTemplate _template;
    private readonly ICertificateStore _store;
    private readonly TimeProvider _time;
    private long _crlNumber;

    /// <summary>Creates an issuer over an existing CA.</summary>
    /// <param name="credential">The issuing CA's certificate and key.</param>
    /// <param name="issuers">The certificates above it, up to the root; empty where it is a root itself.</param>
    /// <param name="template">What goes into certificates; default <see cref="CertificateTemplate"/>.</param>
    /// <param name="store">Where issued certificates are remembered; default in memory.</param>
    /// <param name="time">The clock; default the system's.</param>
    public RsaCertificateIssuer(
        ScepCredential credential,
        IReadOnlyList<X509Certificate2>? issuers = null,
        CertificateTemplate? template = null,
        ICertificateStore? store = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        Credential = credential;
        CaCertificates = [credential.Certificate, .. issuers ?? []];
        _template = template ?? new CertificateTemplate();
        _store = store ?? new InMemoryCertificateStore();
        _time = time ?? TimeProvider.System;
        _authorityKeyIdentifier = EncodeAuthorityKeyIdentifier(credential.View);
        _crlNumber = _time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>The issuing CA's certificate and key, which may serve as the responder's RA as well.</summary>
    public ScepCredential Credential { get; }

    /// <inheritdoc/>
    public IReadOnlyList<X509Certificate2> CaCertificates { get; }

    /// <summary>Makes a new root and a new intermediate, and an issuer over the intermediate. The root's key is not kept.</summary>
    /// <param name="options">Names, sizes and times.</param>
    /// <param name="template">What goes into certificates; default <see cref="CertificateTemplate"/>.</param>
    /// <param name="time">The clock; default the system's.</param>
    public static RsaCertificateIssuer CreateHierarchy(
        CertificateHierarchyOptions options, CertificateTemplate? template = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset now = (time ?? TimeProvider.System).GetUtcNow();
        using RSA rootKey = RSA.Create(options.KeyBits);
        X509Certificate2 root = CaCertificateFactory.CreateRoot(options.RootSubject, rootKey, now, options.Validity);
        RSA key = RSA.Create(options.KeyBits);
        X509Certificate2 intermediate = CaCertificateFactory.CreateIntermediate(
            options.IntermediateSubject, key, new ScepCredential(root, rootKey), now, options.Validity);
        return new RsaCertificateIssuer(new ScepCredential(intermediate, key), [root], template, store: null, time);
    }

    /// <summary>Makes a new self-signed CA that issues and is its own RA: issuer, RA and trust anchor in one.</summary>
    /// <param name="subject">The CA's subject, as an X.500 string.</param>
    /// <param name="template">What goes into certificates; default <see cref="CertificateTemplate"/>.</param>
    /// <param name="time">The clock; default the system's.</param>
    public static RsaCertificateIssuer CreateSelfSigned(string subject, CertificateTemplate? template = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        RSA key = RSA.Create(2048);
        X509Certificate2 certificate = CaCertificateFactory.CreateRoot(
            subject, key, (time ?? TimeProvider.System).GetUtcNow(), new CertificateHierarchyOptions().Validity, isRa: true);
        return new RsaCertificateIssuer(new ScepCredential(certificate, key), [], template, store: null, time);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> IssueAsync(CertificateIssueRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte[] certificate = Issue(request, out int serial);
        await _store.AddAsync(certificate.AsMemory(serial, SerialLength), certificate, cancellationToken).ConfigureAwait(false);
        return certificate;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsCurrentAsync(ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken)
    {
        CertificateView view = CertificateView.Read(certificate);
        return view.Issuer.Span.SequenceEqual(Credential.View.Subject.Span)
            && CertificateSignature.Holds(view, Credential.Key)
            && CertificateValidity.Read(view.Validity).Contains(_time.GetUtcNow())
            && !await _store.IsRevokedAsync(view.Serial, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(ReadOnlyMemory<byte> serialNumber, CancellationToken cancellationToken) =>
        _store.FindAsync(serialNumber, cancellationToken);

    /// <summary>Revokes a certificate of this CA; the next revocation list names it.</summary>
    public ValueTask RevokeAsync(X509Certificate2 certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return _store.RevokeAsync(certificate.SerialNumberBytes, _time.GetUtcNow(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetRevocationListAsync(CancellationToken cancellationToken)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach ((ReadOnlyMemory<byte> serial, DateTimeOffset revokedAt) in await _store.ListRevokedAsync(cancellationToken).ConfigureAwait(false))
        {
            builder.AddEntry(serial.Span, revokedAt);
        }

        DateTimeOffset now = _time.GetUtcNow();
        return builder.Build(
            Credential.Certificate.SubjectName,
            X509SignatureGenerator.CreateForRSA(Credential.Key, RSASignaturePadding.Pkcs1),
            new BigInteger(Interlocked.Increment(ref _crlNumber)),
            now.AddDays(7),
            HashAlgorithmName.SHA256,
            new X509AuthorityKeyIdentifierExtension(_authorityKeyIdentifier),
            now);
    }

    private byte[] Issue(CertificateIssueRequest request, out int serialOffset)
    {
        if (!DerForm.IsSingleValue(request.SubjectName.Span)
            || !DirectoryName.IsWellFormed(request.SubjectName)
            || !DerForm.IsSingleValue(request.SubjectPublicKeyInfo.Span))
        {
            throw new ScepException("The subject is no name in DER, or the public key is not in DER.", ScepFailInfo.BadRequest);
        }

        CertificateTemplate template = request.Template ?? _template;
        if (template.CopySubjectAlternativeNames
            && !request.SubjectAlternativeNames.IsEmpty
            && !(DerForm.IsSingleValue(request.SubjectAlternativeNames.Span) && SubjectAlternativeName.IsWellFormed(request.SubjectAlternativeNames)))
        {
            throw new ScepException("The subject alternative names are no names in DER.", ScepFailInfo.BadRequest);
        }

        Span<byte> serial = stackalloc byte[SerialLength];
        RandomNumberGenerator.Fill(serial);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);

        using ScepWorkspace workspace = ScepWorkspace.Rent();
        AsnWriter writer = workspace.Inner;
        WriteToBeSigned(writer, request, template, serial);
        Span<byte> toBeSigned = workspace.First(writer.GetEncodedLength());
        writer.Encode(toBeSigned);

        Span<byte> hash = stackalloc byte[DigestAlgorithm.MaxSize];
        hash = hash[..DigestAlgorithm.Hash(template.Digest, toBeSigned, hash)];
        Span<byte> signature = stackalloc byte[LongestSignature];
        int length = Credential.Key.SignHash(hash, signature, DigestAlgorithm.Name(template.Digest), RSASignaturePadding.Pkcs1);

        writer.Reset();
        writer.PushSequence();
        writer.WriteEncodedValue(toBeSigned);
        writer.WriteEncodedValue(DigestAlgorithm.RsaSignature(template.Digest));
        writer.WriteBitString(signature[..length]);
        writer.PopSequence();
        byte[] certificate = writer.Encode();
        serialOffset = certificate.AsSpan().IndexOf(serial);
        return certificate;
    }

    private void WriteToBeSigned(AsnWriter writer, CertificateIssueRequest request, CertificateTemplate template, ReadOnlySpan<byte> serial)
    {
        DateTimeOffset now = _time.GetUtcNow();
        writer.Reset();
        writer.PushSequence();
        writer.PushSequence(Context0);
        writer.WriteInteger(2);
        writer.PopSequence(Context0);
        writer.WriteInteger(serial);
        writer.WriteEncodedValue(DigestAlgorithm.RsaSignature(template.Digest));
        writer.WriteEncodedValue(Credential.View.Subject.Span);
        CertificateValidity.Write(writer, now - template.Backdate, now + template.Validity);
        writer.WriteEncodedValue(request.SubjectName.Span);
        writer.WriteEncodedValue(request.SubjectPublicKeyInfo.Span);
        writer.PushSequence(Context3);
        writer.PushSequence();
        WriteExtensions(writer, request, template);
        writer.PopSequence();
        writer.PopSequence(Context3);
        writer.PopSequence();
    }

    private void WriteExtensions(AsnWriter writer, CertificateIssueRequest request, CertificateTemplate template)
    {
        ReadOnlySpan<byte> usages = template.EncodedUsages;
        while (!usages.IsEmpty)
        {
            AsnDecoder.ReadEncodedValue(usages, AsnEncodingRules.DER, out _, out _, out int length);
            writer.WriteEncodedValue(usages[..length]);
            usages = usages[length..];
        }

        Span<byte> keyIdentifier = stackalloc byte[2 + SHA1.HashSizeInBytes];
        keyIdentifier[0] = 0x04;
        keyIdentifier[1] = SHA1.HashSizeInBytes;
        KeyIdentifier.Compute(request.SubjectPublicKeyInfo, keyIdentifier[2..]);
        CertificateExtensions.Write(writer, CmsOid.SubjectKeyIdentifier, critical: false, keyIdentifier);
        CertificateExtensions.Write(writer, CmsOid.AuthorityKeyIdentifier, critical: false, _authorityKeyIdentifier);
        if (template.CopySubjectAlternativeNames && !request.SubjectAlternativeNames.IsEmpty)
        {
            // RFC 5280 §4.2.1.6: where there is no subject, the names are all that identifies.
            bool isNameless = request.SubjectName.Length == 2;
            CertificateExtensions.Write(writer, CmsOid.SubjectAltName, critical: isNameless, request.SubjectAlternativeNames.Span);
        }
    }

    private static byte[] EncodeAuthorityKeyIdentifier(CertificateView certificate)
    {
        byte[] identifier = new byte[SHA1.HashSizeInBytes];
        if (certificate.FindExtension(CmsOid.SubjectKeyIdentifier) is { } extension)
        {
            identifier = new BerReader(extension).ReadOctets(0x04, "subjectKeyIdentifier").ToArray();
        }
        else
        {
            KeyIdentifier.Compute(certificate.SubjectPublicKeyInfo, identifier);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(identifier, new Asn1Tag(TagClass.ContextSpecific, 0));
        }

        return writer.Encode();
    }
}
