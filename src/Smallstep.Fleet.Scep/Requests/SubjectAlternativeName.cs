using System.Formats.Asn1;
using System.Net;
using System.Text;

namespace Smallstep.Fleet.Scep;

/// <summary>One subject alternative name.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Value">Its text.</param>
public sealed record SubjectAlternativeName(SubjectAlternativeNameKind Kind, string Value)
{
    private const string UpnOid = "1.3.6.1.4.1.311.20.2.3";

    /// <summary>A host name.</summary>
    public static SubjectAlternativeName Dns(string name) => new(SubjectAlternativeNameKind.Dns, name);

    /// <summary>An e-mail address.</summary>
    public static SubjectAlternativeName Email(string address) => new(SubjectAlternativeNameKind.Email, address);

    /// <summary>A URI.</summary>
    public static SubjectAlternativeName Uri(string uri) => new(SubjectAlternativeNameKind.Uri, uri);

    /// <summary>Smallstep's name for a device: the URI <c>deviceid:SERIAL</c>.</summary>
    public static SubjectAlternativeName DeviceId(string serial) => Uri("deviceid:" + serial);

    /// <summary>Reads the value of a subjectAltName extension; forms that are not known are left out.</summary>
    internal static IReadOnlyList<SubjectAlternativeName> ReadAll(ReadOnlyMemory<byte> generalNames)
    {
        var list = new List<SubjectAlternativeName>();
        BerReader names = new BerReader(generalNames).ReadInside(0x30, "subjectAltName");
        while (names.HasMore)
        {
            byte tag = names.Tag;
            switch (tag)
            {
                case 0x81 or 0x82 or 0x86:
                    list.Add(new SubjectAlternativeName(
                        tag == 0x81 ? SubjectAlternativeNameKind.Email : tag == 0x82 ? SubjectAlternativeNameKind.Dns : SubjectAlternativeNameKind.Uri,
                        Encoding.UTF8.GetString(names.ReadContent(tag, "subjectAltName").Span)));
                    break;
                case 0x87:
                    ReadOnlySpan<byte> address = names.ReadContent(tag, "subjectAltName.iPAddress").Span;
                    if (address.Length is 4 or 16)
                    {
                        list.Add(new SubjectAlternativeName(SubjectAlternativeNameKind.IpAddress, new IPAddress(address).ToString()));
                    }

                    break;
                case 0xA0:
                    ReadOther(names.ReadInside(tag, "subjectAltName.otherName"), list);
                    break;
                default:
                    names.ReadRaw("subjectAltName");
                    break;
            }
        }

        return list;
    }

    /// <summary>Whether a value is a list of names without control characters, such as the zero byte at which some readers stop.</summary>
    internal static bool IsWellFormed(ReadOnlyMemory<byte> generalNames)
    {
        const int LastChoice = 8;
        try
        {
            var reader = new BerReader(generalNames);
            BerReader names = reader.ReadInside(0x30, "subjectAltName");
            reader.ExpectEnd("subjectAltName");
            do
            {
                byte tag = names.Tag;
                ReadOnlySpan<byte> content = names.ReadContent(tag, "subjectAltName").Span;
                if ((tag & 0xC0) != 0x80 || (tag & 0x1F) > LastChoice || (tag is 0x81 or 0x82 or 0x86 && content.ContainsAnyInRange((byte)0, (byte)0x1F)))
                {
                    return false;
                }
            }
            while (names.HasMore);
            return true;
        }
        catch (ScepException)
        {
            return false;
        }
    }

    /// <summary>Writes the value of a subjectAltName extension.</summary>
    internal static byte[] WriteAll(IReadOnlyList<SubjectAlternativeName> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (SubjectAlternativeName name in names)
            {
                name.Write(writer);
            }
        }

        return writer.Encode();
    }

    private static void ReadOther(BerReader other, List<SubjectAlternativeName> list)
    {
        if (CmsOid.Dotted(other.ReadOid("subjectAltName.otherName").Span) == UpnOid)
        {
            BerReader value = other.ReadInside(0xA0, "subjectAltName.otherName");
            list.Add(new SubjectAlternativeName(
                SubjectAlternativeNameKind.UserPrincipalName,
                Encoding.UTF8.GetString(value.ReadOctets((byte)(value.Tag & 0x1F), "subjectAltName.otherName").Span)));
        }
    }

    private void Write(AsnWriter writer)
    {
        switch (Kind)
        {
            case SubjectAlternativeNameKind.Email:
                writer.WriteCharacterString(UniversalTagNumber.IA5String, Value, new Asn1Tag(TagClass.ContextSpecific, 1));
                break;
            case SubjectAlternativeNameKind.Dns:
                writer.WriteCharacterString(UniversalTagNumber.IA5String, Value, new Asn1Tag(TagClass.ContextSpecific, 2));
                break;
            case SubjectAlternativeNameKind.Uri:
                writer.WriteCharacterString(UniversalTagNumber.IA5String, Value, new Asn1Tag(TagClass.ContextSpecific, 6));
                break;
            case SubjectAlternativeNameKind.IpAddress:
                writer.WriteOctetString(IPAddress.Parse(Value).GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
                break;
            default:
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteObjectIdentifier(UpnOid);
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, Value);
                    }
                }

                break;
        }
    }
}
