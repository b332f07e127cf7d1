using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Smallstep.Fleet.Scep;

/// <summary>Digests by identifier, name and encoded AlgorithmIdentifier.</summary>
internal static class DigestAlgorithm
{
    public const int MaxSize = 64;

    private static readonly byte[][] Identifiers =
    [
        AlgorithmIdentifier.WithoutParameters(CmsOid.Sha1),
        AlgorithmIdentifier.WithoutParameters(CmsOid.Sha256),
        AlgorithmIdentifier.WithoutParameters(CmsOid.Sha384),
        AlgorithmIdentifier.WithoutParameters(CmsOid.Sha512),
    ];

    private static readonly byte[][] RsaSignatures =
    [
        AlgorithmIdentifier.WithNull(CmsOid.RsaSha1),
        AlgorithmIdentifier.WithNull(CmsOid.RsaSha256),
        AlgorithmIdentifier.WithNull(CmsOid.RsaSha384),
        AlgorithmIdentifier.WithNull(CmsOid.RsaSha512),
    ];

    public static ScepDigest? Find(ReadOnlySpan<byte> oid) =>
        oid.SequenceEqual(CmsOid.Sha256) ? ScepDigest.Sha256
        : oid.SequenceEqual(CmsOid.Sha1) ? ScepDigest.Sha1
        : oid.SequenceEqual(CmsOid.Sha512) ? ScepDigest.Sha512
        : oid.SequenceEqual(CmsOid.Sha384) ? ScepDigest.Sha384
        : null;

    /// <summary>The digest that a combined identifier such as sha256WithRSAEncryption names.</summary>
    public static ScepDigest? FindRsaSignature(ReadOnlySpan<byte> oid) =>
        oid.SequenceEqual(CmsOid.RsaSha256) ? ScepDigest.Sha256
        : oid.SequenceEqual(CmsOid.RsaSha1) || oid.SequenceEqual(CmsOid.OldRsaSha1) ? ScepDigest.Sha1
        : oid.SequenceEqual(CmsOid.RsaSha512) ? ScepDigest.Sha512
        : oid.SequenceEqual(CmsOid.RsaSha384) ? ScepDigest.Sha384
        : null;

    public static HashAlgorithmName Name(ScepDigest digest) => digest switch
    {
        ScepDigest.Sha1 => HashAlgorithmName.SHA1,
        ScepDigest.Sha256 => HashAlgorithmName.SHA256,
        ScepDigest.Sha384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    public static int Size(ScepDigest digest) => digest switch
    {
        ScepDigest.Sha1 => 20,
        ScepDigest.Sha256 => 32,
        ScepDigest.Sha384 => 48,
        _ => MaxSize,
    };

    /// <summary>The encoded AlgorithmIdentifier of the digest, parameters absent.</summary>
    public static ReadOnlySpan<byte> Identifier(ScepDigest digest) => Identifiers[(int)digest - 1];

    /// <summary>The encoded AlgorithmIdentifier of a PKCS#1 v1.5 signature with the digest, as certificates carry it.</summary>
    public static ReadOnlySpan<byte> RsaSignature(ScepDigest digest) => RsaSignatures[(int)digest - 1];

    [SuppressMessage("Security", "CA5350", Justification = "Old peers sign with SHA-1; the policy refuses it unless told otherwise.")]
    public static int Hash(ScepDigest digest, ReadOnlySpan<byte> data, Span<byte> destination) => digest switch
    {
        ScepDigest.Sha1 => SHA1.HashData(data, destination),
        ScepDigest.Sha256 => SHA256.HashData(data, destination),
        ScepDigest.Sha384 => SHA384.HashData(data, destination),
        _ => SHA512.HashData(data, destination),
    };
}
