using System.Text;

namespace Smallstep.Fleet.Profiles.Tests.SyncMl;

public sealed class SyncMlTests
{
    private static SyncMlDocument Parse(string text) => SyncMlDocument.Parse(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("N1", "L1", 1255198959u)]
    [InlineData("", "", 2166136261u)]
    [InlineData("smallstep-root-ca", "./Device/Vendor/MSFT/RootCATrustedCertificates/Root/2133EC6A3CFB8418837BB395188D1A62CA2B96A6/EncodedCertificate", 3928460926u)]
    public void Compute_Vector_Matches(string name, string locUri, uint expected) => SyncMlCommandId.Compute(name, locUri).Should().Be(expected);

    [Fact]
    public void Parse_Item_GivesItsParts()
    {
        SyncMlCommand command = Parse("<Replace><CmdID>7</CmdID><Item><Target><LocURI> ./Device/X </LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta><Data>a<![CDATA[<b>]]>&amp;</Data></Item></Replace>").Commands.Single();

        command.CommandId.Should().Be("7");
        command.Items.Single().Should().BeEquivalentTo(new { LocUri = "./Device/X", Format = "chr", Data = "a<b>&" });
    }

    [Fact]
    public void ParseThenWrite_UnknownElements_AreKept()
    {
        string written = Encoding.UTF8.GetString(Parse("<Add><NoResp/><Item><Source><LocURI>x</LocURI></Source><Data>1</Data></Item></Add>").ToBytes());

        written.Should().Contain("<NoResp/>").And.Contain("<Source><LocURI>x</LocURI></Source>");
    }

    [Fact]
    public void ParseThenWrite_UnknownPartsOfTargetAndMeta_AreKept()
    {
        const string Text = "<Add><Item><Target><LocName>n</LocName><LocURI>./X</LocURI></Target><Meta><Format>int</Format><MaxSize xmlns=\"syncml:metinf\">9</MaxSize></Meta></Item><Item><Meta><Mark>m</Mark></Meta></Item></Add>";

        string written = Encoding.UTF8.GetString(Parse(Text).ToBytes());

        written.Should().Contain("<LocName>n</LocName>").And.Contain("<MaxSize xmlns=\"syncml:metinf\">9</MaxSize>").And.Contain("<Mark>m</Mark>").And.Contain(">int<");
        SyncMlDocument.Parse(Encoding.UTF8.GetBytes(written)).ToBytes().Should().Equal(Encoding.UTF8.GetBytes(written));
    }

    [Fact]
    public void ParseThenWrite_Again_ChangesNothing()
    {
        byte[] first = Parse(TestOptions.Text(ProfileEdition.Guide, default, "smallstep-scep.xml")).ToBytes();

        SyncMlDocument.Parse(first).ToBytes().Should().Equal(first);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><Add/>")]
    [InlineData("<SyncML/>")]
    [InlineData("text")]
    [InlineData("<Add>")]
    [InlineData("<Add></Replace>")]
    [InlineData("<Add>&nbsp;</Add>")]
    [InlineData("<Add><!-- a -- b --></Add>")]
    public void Parse_Broken_SaysWhere(string text) =>
        FluentActions.Invoking(() => Parse(text)).Should().Throw<ProfileFormatException>().Which.Line.Should().Be(1);

    [Fact]
    public void Read_EveryNode_IsFound()
    {
        var settings = new WindowsScepSettings
        {
            RetryCount = 1,
            RetryDelay = 10,
            KeyUsage = 160,
            KeyLength = 2048,
            SubjectName = "CN=a",
            ServerUrl = "https://ca.example.com",
            Challenge = new Secret("x"),
            CaThumbprint = new string('A', 40),
            OtherNodes = [("ValidPeriod", "chr", "Days"), ("SubjectAlternativeNames", "chr", "11+a@example.com")],
        };

        WindowsScepSettings.Read(settings.ToDocument()).Should().BeEquivalentTo(settings);
    }

    [Fact]
    public void Read_RootDocument_GivesTheCertificate()
    {
        WindowsRootCertificate root = WindowsRootCertificate.Of(TestCertificates.Root);

        WindowsRootCertificate read = WindowsRootCertificate.Read(root.ToDocument()).Single();

        read.NodeName.Should().Be(root.NodeName);
        read.Certificate.ToArray().Should().Equal(TestCertificates.Root);
    }
}
