using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Smallstep.Fleet.Scep;

/// <summary>Writes pkiMessages in DER: one signer, rsaEncryption as signature algorithm, the signer's certificate alone.</summary>
internal static class PkiMessageWriter
{
    /// <summary>The length of the nonces that are written, in bytes.</summary>
    public const int NonceLength = 16;

    private const int LongestSignature = 2048;
    private const int LongestText = 1024;

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, true);

    /// <summary>Writes a ContentInfo into the workspace's outer writer.</summary>
    /// <param name="header">The SCEP attributes.</param>
    /// <param name="content">The envelope; empty writes a zero-length eContent, which all peers read where an absent one confuses some.</param>
    /// <param name="key">The signer's key.</param>
    /// <param name="signer">The signer's certificate.</param>
    /// <param name="digest">The digest to sign with.</param>
    /// <param name="workspace">Writers and buffers; <paramref name="content"/> may lie in its first buffer.</param>
    public static void Write(
        in PkiMessageHeader header, ReadOnlySpan<byte> content, RSA key, in CertificateView signer, ScepDigest digest, ScepWorkspace workspace)
    {
        Span<byte> hash = stackalloc byte[DigestAlgorithm.MaxSize];
        hash = hash[..DigestAlgorithm.Hash(digest, content, hash)];
        var attributes = new AttributeWriter(workspace.Third(AttributeWriter.Room + (3 * (header.TransactionId.Length + (header.FailInfoText?.Length ?? 0)))));
        WriteAttributes(ref attributes, header, hash);
        SignAndWrite(attributes.Written, content, key, signer, digest, workspace, hash);
    }

    /// <summary>Writes a SignedData over content without SCEP attributes: the answer to GetNextCACert.</summary>
    public static void WritePlain(ReadOnlySpan<byte> content, RSA key, in CertificateView signer, ScepDigest digest, ScepWorkspace workspace)
    {
        Span<byte> hash = stackalloc byte[DigestAlgorithm.MaxSize];
        hash = hash[..DigestAlgorithm.Hash(digest, content, hash)];
        var attributes = new AttributeWriter(workspace.Third(AttributeWriter.Room));
        attributes.Write(CmsOid.ContentType, 0x06, CmsOid.Data);
        attributes.Write(CmsOid.MessageDigest, 0x04, hash);
        SignAndWrite(attributes.Written, content, key, signer, digest, workspace, hash);
    }

    private static void SignAndWrite(
        ReadOnlySpan<byte> unsorted,
        ReadOnlySpan<byte> content,
        RSA key,
        in CertificateView signer,
        ScepDigest digest,
        ScepWorkspace workspace,
        Span<byte> hash)
    {
        Span<byte> attributes = AttributeOrder.WriteSet(unsorted, workspace.Second(unsorted.Length + DerLength.LongestHeader));
        DigestAlgorithm.Hash(digest, attributes, hash);
        Span<byte> signature = stackalloc byte[LongestSignature];
        int length = key.SignHash(hash, signature, DigestAlgorithm.Name(digest), RSASignaturePadding.Pkcs1);
        attributes[0] = 0xA0;
        WriteSignerInfo(workspace.Inner, attributes, signature[..length], signer, digest);
        WriteMessage(workspace.Outer, content, signer, digest, workspace);
    }

    private static void WriteMessage(
        AsnWriter writer, ReadOnlySpan<byte> content, in CertificateView signer, ScepDigest digest, ScepWorkspace workspace)
    {
        writer.Reset();
        writer.PushSequence();
        CertificateExtensions.WriteOid(writer, CmsOid.SignedData);
        writer.PushSequence(Context0);
        writer.PushSequence();
        writer.WriteInteger(1);
        WriteSmallSet(writer, DigestAlgorithm.Identifier(digest));
        writer.PushSequence();
        CertificateExtensions.WriteOid(writer, CmsOid.Data);
        writer.PushSequence(Context0);
        writer.WriteOctetString(content);
        writer.PopSequence(Context0);
        writer.PopSequence();
        writer.PushSequence(Context0);
        writer.WriteEncodedValue(signer.Encoded.Span);
        writer.PopSequence(Context0);
        SetOfOne.Write(writer, workspace.Inner, workspace);
        writer.PopSequence();
        writer.PopSequence(Context0);
        writer.PopSequence();
    }

    private static void WriteSignerInfo(
        AsnWriter writer, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> signature, in CertificateView signer, ScepDigest digest)
    {
        writer.Reset();
        writer.PushSequence();
        writer.WriteInteger(1);
        IssuerAndSerial.Write(writer, signer);
        writer.WriteEncodedValue(DigestAlgorithm.Identifier(digest));
        writer.WriteEncodedValue(attributes);
        writer.WriteEncodedValue(AlgorithmIdentifier.RsaEncryption);
        writer.WriteOctetString(signature);
        writer.PopSequence();
    }

    private static void WriteAttributes(ref AttributeWriter writer, in PkiMessageHeader header, scoped ReadOnlySpan<byte> contentHash)
    {
        Span<byte> number = stackalloc byte[4];
        writer.Write(CmsOid.ContentType, 0x06, CmsOid.Data);
        writer.Write(CmsOid.MessageDigest, 0x04, contentHash);
        writer.Write(CmsOid.MessageType, 0x13, Number((int)header.MessageType, number));
        WriteText(ref writer, CmsOid.TransactionId, StringValue.IsPrintable(header.TransactionId) ? (byte)0x13 : (byte)0x0C, header.TransactionId);
        writer.Write(CmsOid.SenderNonce, 0x04, header.SenderNonce);
        if (!header.RecipientNonce.IsEmpty)
        {
            writer.Write(CmsOid.RecipientNonce, 0x04, header.RecipientNonce);
        }

        if (header.PkiStatus is { } status)
        {
            writer.Write(CmsOid.PkiStatus, 0x13, Number((int)status, number));
        }

        if (header.FailInfo is { } failInfo)
        {
            writer.Write(CmsOid.FailInfo, 0x13, Number((int)failInfo, number));
        }

        if (header.FailInfoText is { Length: > 0 } text)
        {
            WriteText(ref writer, CmsOid.FailInfoText, 0x0C, text);
        }
    }

    private static ReadOnlySpan<byte> Number(int value, Span<byte> destination)
    {
        value.TryFormat(destination, out int written, provider: CultureInfo.InvariantCulture);
        return destination[..written];
    }

    private static void WriteText(ref AttributeWriter writer, ReadOnlySpan<byte> type, byte tag, string text)
    {
        Span<byte> utf8 = stackalloc byte[LongestText];
        writer.Write(type, tag, Encoding.UTF8.TryGetBytes(text, utf8, out int written) ? utf8[..written] : Encoding.UTF8.GetBytes(text));
    }

    private static void WriteSmallSet(AsnWriter writer, ReadOnlySpan<byte> encoded)
    {
        Span<byte> set = stackalloc byte[encoded.Length + 2];
        set[0] = 0x31;
        set[1] = (byte)encoded.Length;
        encoded.CopyTo(set[2..]);
        writer.WriteEncodedValue(set);
    }
}
