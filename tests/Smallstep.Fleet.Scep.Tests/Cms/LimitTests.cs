namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Sizes, depths and numbers beyond which nothing is read.</summary>
public sealed class LimitTests
{
    [Fact]
    public void Parse_LongerThanTwoMebibytes_Throws() =>
        FluentActions.Invoking(() => PkiMessage.Parse(new byte[CmsSignedData.MaxLength + 1])).Should().Throw<ScepException>().WithMessage("*2097152*");

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Parse_Certificates_Upto32(int count, bool read)
    {
        byte[] one = TestAuthority.Issuer.CaCertificates[0].RawData;
        byte[] message = CertsOnlyMessage.Write([.. Enumerable.Repeat((ReadOnlyMemory<byte>)one, count)]);

        Action parse = () => CertsOnlyMessage.Read(message);

        if (read)
        {
            parse.Should().NotThrow();
        }
        else
        {
            parse.Should().Throw<ScepException>().WithMessage("*more than 32*");
        }
    }

    [Fact]
    public void Parse_NestedStrings_EndsAtSixteenLevels()
    {
        byte[] value = [0x04, 0x01, 0x00];
        for (int i = 0; i < 20; i++)
        {
            value = [0x24, (byte)value.Length, .. value];
        }

        Action read = () => new BerReader(value).ReadOctets(0x04, "string");

        read.Should().Throw<ScepException>().WithMessage("*deeper than 16*");
    }

    [Fact]
    public void Parse_Garbage_SaysWhatAndWhere() =>
        FluentActions.Invoking(() => PkiMessage.Parse(new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 })).Should().Throw<ScepException>()
            .WithMessage("ContentInfo.contentType at offset 2: tag 02, where 06 was expected.");

    [Fact]
    public void Parse_DataAfterTheEnd_Throws()
    {
        byte[] message = [.. new ForgedMessage(ForgedMessage.Envelope(ForgedMessage.Request())).Write(), 0x00];

        PkiMessage.TryParse(message, out _).Should().BeFalse();
    }

    [Fact]
    public void WriteSerial_AsLongAsAMessage_DoesNotGoOntoTheStack()
    {
        byte[] serial = new byte[1024 * 1024];
        serial[0] = 1;
        int length = 0;
        var thread = new Thread(
            () =>
            {
                var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
                IssuerAndSerial.WriteSerial(writer, serial);
                length = writer.GetEncodedLength();
            },
            maxStackSize: 256 * 1024);

        thread.Start();
        thread.Join();

        length.Should().Be(serial.Length + 5);
    }

    [Fact]
    public void Credential_KeyOfAnotherCertificate_IsRefused() =>
        FluentActions.Invoking(() => new ScepCredential(TestAuthority.Issuer.Credential.Certificate, TestAuthority.ClientKey)).Should().Throw<ArgumentException>();
}
