using System.Runtime.CompilerServices;
using System.Text;

namespace Smallstep.Fleet.Scep;

/// <summary>The SCEP attributes of a pkiMessage, found in one pass; each may occur once and holds one value.</summary>
internal readonly struct ScepAttributes
{
    private readonly Values _values;

    public ScepAttributes(ReadOnlyMemory<byte> attributes)
    {
        for (var reader = new BerReader(attributes); reader.HasMore;)
        {
            BerReader attribute = reader.ReadInside(0x30, "signedAttrs");
            if (Find(attribute.ReadOid("signedAttrs").Span) is not { } known)
            {
                continue;
            }

            _values[(int)known] = _values[(int)known].IsEmpty
                ? CmsSignedData.ReadSingleValue(ref attribute)
                : throw attribute.Error("signedAttrs", "the same attribute twice");
        }
    }

    /// <summary>A decimal number of one or two digits without leading zero, -1 for any other text, or <see langword="null"/>.</summary>
    public int? Number(ScepAttribute attribute)
    {
        if (_values[(int)attribute].IsEmpty)
        {
            return null;
        }

        ReadOnlySpan<byte> digits = ReadText(attribute, out byte tag).Span;
        return NumberOf(StringValue.IsUtf8(tag) ? digits : Encoding.UTF8.GetBytes(StringValue.Decode(tag, digits)));
    }

    /// <summary>The text of an attribute of any string type, or <see langword="null"/>.</summary>
    public string? Text(ScepAttribute attribute)
    {
        if (_values[(int)attribute].IsEmpty)
        {
            return null;
        }

        ReadOnlySpan<byte> content = ReadText(attribute, out byte tag).Span;
        return StringValue.Decode(tag, content);
    }

    /// <summary>The bytes of an OCTET STRING attribute, or of one that is some other string; empty where it is absent.</summary>
    public ReadOnlyMemory<byte> Octets(ScepAttribute attribute) =>
        _values[(int)attribute].IsEmpty ? default : ReadText(attribute, out _);

    private static ScepAttribute? Find(ReadOnlySpan<byte> oid)
    {
        if (oid.Length == CmsOid.MessageType.Length && oid[..^1].SequenceEqual(CmsOid.MessageType[..^1]))
        {
            return oid[^1] is >= (byte)ScepAttribute.MessageType and <= (byte)ScepAttribute.TransactionId ? (ScepAttribute)oid[^1] : null;
        }

        return oid.SequenceEqual(CmsOid.FailInfoText) ? ScepAttribute.FailInfoText
            : oid.SequenceEqual(CmsOid.FailInfoTextArc) ? ScepAttribute.FailInfoTextArc
            : null;
    }

    private static int NumberOf(ReadOnlySpan<byte> digits) => digits switch
    {
        [>= (byte)'0' and <= (byte)'9' and var digit] => digit - '0',
        [>= (byte)'1' and <= (byte)'9' and var ten, >= (byte)'0' and <= (byte)'9' and var one] => ((ten - '0') * 10) + one - '0',
        _ => -1,
    };

    private ReadOnlyMemory<byte> ReadText(ScepAttribute attribute, out byte tag)
    {
        var reader = new BerReader(_values[(int)attribute]);
        return StringValue.Read(ref reader, "signedAttrs", out tag);
    }

    [InlineArray(8)]
    private struct Values
    {
        private ReadOnlyMemory<byte> _first;
    }
}
