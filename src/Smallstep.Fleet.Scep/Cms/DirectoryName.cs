using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Scep;

/// <summary>Encoded X.500 names.</summary>
internal static class DirectoryName
{
    private const int LongestCompared = 4096;

    /// <summary>Whether two names read the same, whatever string types they are encoded in.</summary>
    public static bool AreSame(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length > LongestCompared || other.Length > LongestCompared)
        {
            return false;
        }

        try
        {
            return new X500DistinguishedName(one).Name == new X500DistinguishedName(other).Name;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether the bytes have the structure of a name: a sequence of sets of pairs of type and value.</summary>
    public static bool IsWellFormed(ReadOnlyMemory<byte> encoded)
    {
        const string What = "Name";
        try
        {
            var reader = new BerReader(encoded);
            BerReader names = reader.ReadInside(0x30, What);
            reader.ExpectEnd(What);
            while (names.HasMore)
            {
                BerReader name = names.ReadInside(0x31, What);
                do
                {
                    BerReader pair = name.ReadInside(0x30, What);
                    pair.ReadOid(What);
                    pair.ReadRaw(What);
                    pair.ExpectEnd(What);
                }
                while (name.HasMore);
            }

            return true;
        }
        catch (ScepException)
        {
            return false;
        }
    }
}
