using System.Formats.Asn1;

namespace Smallstep.Fleet.Scep;

/// <summary>IssuerAndSerialNumber: how CMS and SCEP name a certificate.</summary>
internal static class IssuerAndSerial
{
    private const int UsualSerial = 64;

    public static void Write(AsnWriter writer, in CertificateView certificate) =>
        Write(writer, certificate.Issuer.Span, certificate.Serial.Span);

    public static void Write(AsnWriter writer, ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serial)
    {
        writer.PushSequence();
        writer.WriteEncodedValue(issuer);
        WriteSerial(writer, serial);
        writer.PopSequence();
    }

    /// <summary>Copies a serial number verbatim: peers write redundant leading bytes, and the copy must match the original.</summary>
    public static void WriteSerial(AsnWriter writer, ReadOnlySpan<byte> serial)
    {
        // A stranger's certificate may hold a number as long as the message; it must not be put on the stack.
        Span<byte> encoded = serial.Length <= UsualSerial ? stackalloc byte[UsualSerial + DerLength.LongestHeader] : new byte[serial.Length + DerLength.LongestHeader];
        int header = DerLength.WriteHeader(0x02, serial.Length, encoded);
        serial.CopyTo(encoded[header..]);
        writer.WriteEncodedValue(encoded[..(header + serial.Length)]);
    }

    public static (ReadOnlyMemory<byte> Issuer, ReadOnlyMemory<byte> Serial) Read(ReadOnlyMemory<byte> encoded)
    {
        BerReader pair = new BerReader(encoded).ReadInside(0x30, "IssuerAndSerialNumber");
        return (pair.ReadRaw("IssuerAndSerialNumber.issuer"), pair.ReadInteger("IssuerAndSerialNumber.serialNumber"));
    }
}
