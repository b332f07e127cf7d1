namespace Smallstep.Fleet.Profiles;

/// <summary>What may stand in the DOCTYPE of a property list: a name and identifiers, which nobody looks up.</summary>
internal static class PropertyListDoctype
{
    /// <summary>The reader ignores a DOCTYPE; one that declares something is refused rather than ignored.</summary>
    public static void RefuseInternalSubset(ReadOnlySpan<byte> document)
    {
        int at = Find(document);
        byte quote = 0;
        for (int i = at; i >= 0 && i < document.Length && !(quote == 0 && document[i] == '>'); i++)
        {
            byte b = document[i];
            if (quote != 0)
            {
                quote = b == quote ? (byte)0 : quote;
            }
            else if (b is (byte)'"' or (byte)'\'')
            {
                quote = b;
            }
            else if (b == '[')
            {
                ReadOnlySpan<byte> before = document[..at];
                throw new ProfileFormatException("The DOCTYPE declares something; only its name is taken.", before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'));
            }
        }
    }

    /// <summary>Where the DOCTYPE begins: before the root element, and not in a comment or instruction; -1 without one.</summary>
    private static int Find(ReadOnlySpan<byte> document)
    {
        int at = 0;
        while (document[at..].IndexOf((byte)'<') is var next and >= 0)
        {
            at += next;
            ReadOnlySpan<byte> rest = document[at..];
            if (rest.StartsWith("<!DOCTYPE"u8))
            {
                return at;
            }

            ReadOnlySpan<byte> end = rest.StartsWith("<!--"u8) ? "-->"u8 : rest.StartsWith("<?"u8) ? "?>"u8 : default;
            int length = end.IsEmpty ? -1 : rest[2..].IndexOf(end);
            if (length < 0)
            {
                return -1;
            }

            at += 2 + length + end.Length;
        }

        return -1;
    }
}
