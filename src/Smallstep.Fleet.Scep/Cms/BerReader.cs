using System.Buffers;
using System.Formats.Asn1;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// Reads BER as peers really write it (indefinite lengths, constructed strings), hands out slices of the message, and says
/// what was expected and where when it finds something else.
/// </summary>
internal struct BerReader
{
    /// <summary>The deepest nesting that is followed.</summary>
    public const int MaxDepth = 16;

    private readonly int _depth;
    private ReadOnlyMemory<byte> _rest;
    private int _offset;

    public BerReader(ReadOnlyMemory<byte> source)
        : this(source, 0, 0)
    {
    }

    private BerReader(ReadOnlyMemory<byte> source, int offset, int depth)
    {
        _rest = source;
        _offset = offset;
        _depth = depth;
    }

    public readonly bool HasMore => !_rest.IsEmpty;

    /// <summary>The first byte of the next value, or 0 at the end.</summary>
    public readonly byte Tag => _rest.IsEmpty ? (byte)0 : _rest.Span[0];

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlyMemory<byte> Rest => _rest;

    /// <summary>The next value whole, header included.</summary>
    public ReadOnlyMemory<byte> ReadRaw(string what)
    {
        Measure(what, out _, out _, out int total);
        ReadOnlyMemory<byte> raw = _rest[..total];
        Advance(total);
        return raw;
    }

    /// <summary>The contents of the next value, which must bear the tag.</summary>
    public ReadOnlyMemory<byte> ReadContent(byte tag, string what)
    {
        Expect(tag, what);
        Measure(what, out int start, out int length, out int total);
        ReadOnlyMemory<byte> content = _rest.Slice(start, length);
        Advance(total);
        return content;
    }

    /// <summary>A reader over the contents of the next value, which must bear the tag.</summary>
    public BerReader ReadInside(byte tag, string what)
    {
        if (_depth == MaxDepth)
        {
            throw Error(what, $"nesting deeper than {MaxDepth}");
        }

        Expect(tag, what);
        Measure(what, out int start, out int length, out int total);
        var inside = new BerReader(_rest.Slice(start, length), _offset + start, _depth + 1);
        Advance(total);
        return inside;
    }

    /// <summary>The bytes of a string type: primitive as a slice, constructed (BER) joined into a new array.</summary>
    public ReadOnlyMemory<byte> ReadOctets(byte primitiveTag, string what)
    {
        if (Tag != (primitiveTag | 0x20))
        {
            return ReadContent(primitiveTag, what);
        }

        BerReader inside = ReadInside((byte)(primitiveTag | 0x20), what);
        ReadOnlyMemory<byte> only = default;
        var joined = new ArrayBufferWriter<byte>(Math.Max(1, inside._rest.Length));
        while (inside.HasMore)
        {
            // Segments are OCTET STRINGs whatever the outer tag says; some peers tag them like the whole.
            only = inside.ReadOctets(inside.Tag is 0x04 or 0x24 ? (byte)0x04 : (byte)(primitiveTag & 0x1F), what);
            joined.Write(only.Span);
        }

        return joined.WrittenMemory;
    }

    /// <summary>The content bytes of an OBJECT IDENTIFIER.</summary>
    public ReadOnlyMemory<byte> ReadOid(string what) => ReadContent(0x06, what);

    /// <summary>The content bytes of an INTEGER.</summary>
    public ReadOnlyMemory<byte> ReadInteger(string what)
    {
        ReadOnlyMemory<byte> content = ReadContent(0x02, what);
        return content.IsEmpty ? throw Error(what, "an empty INTEGER") : content;
    }

    /// <summary>Passes over the next value if it bears the tag.</summary>
    public bool Skip(byte tag, string what)
    {
        if (Tag != tag)
        {
            return false;
        }

        ReadRaw(what);
        return true;
    }

    /// <summary>Refuses what follows the last expected value.</summary>
    public readonly void ExpectEnd(string what)
    {
        if (HasMore)
        {
            throw Error(what, "data after the end");
        }
    }

    /// <summary>Refuses what follows the message, line breaks apart: some servers write their answers with one.</summary>
    public readonly void ExpectEndOfMessage(string what)
    {
        if (_rest.Span.ContainsAnyExcept((byte)'\r', (byte)'\n'))
        {
            throw Error(what, "data after the end");
        }
    }

    public readonly ScepException Error(string what, string found) =>
        new($"{what} at offset {_offset}: {found}.", ScepFailInfo.BadMessageCheck);

    private readonly void Expect(byte tag, string what)
    {
        if (Tag != tag || _rest.IsEmpty)
        {
            throw Error(what, _rest.IsEmpty ? $"the end, where tag {tag:X2} was expected" : $"tag {Tag:X2}, where {tag:X2} was expected");
        }
    }

    private readonly void Measure(string what, out int start, out int length, out int total)
    {
        ReadOnlySpan<byte> rest = _rest.Span;
        if (TryMeasurePlain(rest, out start, out length))
        {
            total = start + length;
        }
        else if (!BerValue.TryMeasure(rest, AsnEncodingRules.BER, out _, out start, out length, out total))
        {
            throw Error(what, "no well-formed BER value");
        }
    }

    /// <summary>Measures what nearly all values are, one byte of tag and a definite length below 64 KiB; the platform measures the others.</summary>
    private static bool TryMeasurePlain(ReadOnlySpan<byte> rest, out int start, out int length)
    {
        (start, length) = rest switch
        {
            [_, < 0x80 and var only, ..] => (2, only),
            [_, 0x81, var only, ..] => (3, only),
            [_, 0x82, var high, var low, ..] => (4, (high << 8) | low),
            _ => (0, 0),
        };
        return start > 0 && rest[0] != 0 && (rest[0] & 0x1F) != 0x1F && length <= rest.Length - start;
    }

    private void Advance(int count)
    {
        _rest = _rest[count..];
        _offset += count;
    }
}
