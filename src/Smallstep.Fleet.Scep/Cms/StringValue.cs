using System.Buffers;
using System.Text;

namespace Smallstep.Fleet.Scep;

/// <summary>Text of any ASN.1 string type: peers do not agree on one for attributes.</summary>
internal static class StringValue
{
    private const byte OctetString = 0x04;
    private const byte Utf8String = 0x0C;
    private const byte NumericString = 0x12;
    private const byte PrintableString = 0x13;
    private const byte TeletexString = 0x14;
    private const byte VideotexString = 0x15;
    private const byte Ia5String = 0x16;
    private const byte GraphicString = 0x19;
    private const byte VisibleString = 0x1A;
    private const byte GeneralString = 0x1B;
    private const byte UniversalString = 0x1C;
    private const byte BmpString = 0x1E;

    private static readonly SearchValues<char> Printable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?");

    /// <summary>Whether a PrintableString can hold the text.</summary>
    public static bool IsPrintable(string text) => !text.AsSpan().ContainsAnyExcept(Printable);

    /// <summary>The content of the next value and its primitive tag.</summary>
    /// <exception cref="ScepException">The next value is no string.</exception>
    public static ReadOnlyMemory<byte> Read(ref BerReader reader, string what, out byte tag)
    {
        tag = (byte)(reader.Tag & 0x1F);
        bool isText = (reader.Tag & 0xC0) == 0 && tag is OctetString or Utf8String or NumericString or PrintableString
            or TeletexString or VideotexString or Ia5String or GraphicString or VisibleString or GeneralString or UniversalString or BmpString;
        return isText ? reader.ReadOctets(tag, what) : throw reader.Error(what, "no string");
    }

    /// <summary>Whether the content is ASCII or UTF-8 as it stands.</summary>
    public static bool IsUtf8(byte tag) => tag is not (TeletexString or VideotexString or GraphicString or GeneralString or UniversalString or BmpString);

    public static string Decode(byte tag, ReadOnlySpan<byte> content) => tag switch
    {
        TeletexString or VideotexString or GraphicString or GeneralString => Encoding.Latin1.GetString(content),
        UniversalString => BigEndianUtf32.GetString(content),
        BmpString => Encoding.BigEndianUnicode.GetString(content),
        _ => Encoding.UTF8.GetString(content),
    };

    private static readonly UTF32Encoding BigEndianUtf32 = new(bigEndian: true, byteOrderMark: false);
}
