using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Smallstep.Fleet.Scep;

/// <summary>RFC 5280 §4.2.1.2, method 1: the SHA-1 hash of the key's bits. An identifier, not a proof.</summary>
internal static class KeyIdentifier
{
    /// <summary>The length of an identifier, in bytes.</summary>
    public const int Length = SHA1.HashSizeInBytes;

    [SuppressMessage("Security", "CA5350", Justification = "Key identifiers are SHA-1 by RFC 5280.")]
    public static void Compute(ReadOnlyMemory<byte> subjectPublicKeyInfo, Span<byte> destination)
    {
        BerReader info = new BerReader(subjectPublicKeyInfo).ReadInside(0x30, "SubjectPublicKeyInfo");
        info.ReadRaw("SubjectPublicKeyInfo.algorithm");
        ReadOnlyMemory<byte> bits = info.ReadContent(0x03, "SubjectPublicKeyInfo.subjectPublicKey");
        SHA1.HashData(bits.IsEmpty ? default : bits.Span[1..], destination);
    }
}
