using System.Text;
using System.Text.Unicode;

namespace Smallstep.Fleet.Variables.Xml;

/// <summary>Decodes documents so that bytes which are no UTF-8 can still be told from U+FFFD.</summary>
internal static class Utf8Text
{
    /// <summary>What stands for a byte that is no UTF-8: half of a surrogate pair, which no document can hold.</summary>
    public const char Invalid = '\uDC80';

    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(utf8, out Rune rune, out int taken) == System.Buffers.OperationStatus.Done;
            _ = valid ? text.Append(rune.ToString()) : text.Append(Invalid);
            utf8 = utf8[taken..];
        }

        return text.ToString();
    }
}
