using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>Writes PKCS#10 certification requests in DER, signed with PKCS#1 v1.5.</summary>
public sealed class Pkcs10Builder
{
    /// <summary>The subject to ask for.</summary>
    public required X500DistinguishedName Subject { get; init; }

    /// <summary>The challengePassword, or <see langword="null"/>.</summary>
    public Secret? Challenge { get; init; }

    /// <summary>The subject alternative names to ask for.</summary>
    public IReadOnlyList<SubjectAlternativeName> SubjectAlternativeNames { get; init; } = [];

    /// <summary>The encoded names of a certificate that is renewed, copied as they are: a form that is not known here is kept.</summary>
    internal ReadOnlyMemory<byte> EncodedAlternativeNames { get; init; }

    /// <summary>The key usage to ask for.</summary>
    /// <value>Default digital signature and key encipherment.</value>
    public X509KeyUsageFlags KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment;

    /// <summary>The extended key usages to ask for, in dotted form.</summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [];

    /// <summary>The digest to sign with.</summary>
    /// <value>Default SHA-256.</value>
    public ScepDigest Digest { get; init; } = ScepDigest.Sha256;

    /// <summary>Writes the request and signs it.</summary>
    /// <param name="key">The key to certify; a handle of a TPM or HSM will do.</param>
    public byte[] Build(RSA key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            info.WriteInteger(0);
            info.WriteEncodedValue(Subject.RawData);
            info.WriteEncodedValue(key.ExportSubjectPublicKeyInfo());
            WriteAttributes(info);
        }

        byte[] toBeSigned = info.Encode();
        byte[] signature = key.SignData(toBeSigned, DigestAlgorithm.Name(Digest), RSASignaturePadding.Pkcs1);
        var request = new AsnWriter(AsnEncodingRules.DER);
        using (request.PushSequence())
        {
            request.WriteEncodedValue(toBeSigned);
            request.WriteEncodedValue(DigestAlgorithm.RsaSignature(Digest));
            request.WriteBitString(signature);
        }

        return request.Encode();
    }

    private void WriteAttributes(AsnWriter writer)
    {
        using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            if (Challenge is not null)
            {
                WriteChallenge(writer, Challenge.Reveal());
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.9.14");
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    WriteExtensions(writer);
                }
            }
        }
    }

    // Windows and some servers insist on PrintableString, which cannot hold every challenge.
    private static void WriteChallenge(AsnWriter writer, string challenge)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.9.7");
            using (writer.PushSetOf())
            {
                writer.WriteCharacterString(StringValue.IsPrintable(challenge) ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, challenge);
            }
        }
    }

    private void WriteExtensions(AsnWriter writer)
    {
        CertificateExtensions.WriteKeyUsage(writer, KeyUsage);
        if (ExtendedKeyUsages.Count > 0)
        {
            CertificateExtensions.WriteExtendedKeyUsage(writer, ExtendedKeyUsages);
        }

        ReadOnlyMemory<byte> names = SubjectAlternativeNames.Count > 0 ? SubjectAlternativeName.WriteAll(SubjectAlternativeNames) : EncodedAlternativeNames;
        if (!names.IsEmpty)
        {
            CertificateExtensions.Write(writer, CmsOid.SubjectAltName, critical: false, names.Span);
        }
    }
}
