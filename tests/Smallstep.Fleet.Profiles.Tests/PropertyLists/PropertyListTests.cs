using System.Text;
using CsCheck;

namespace Smallstep.Fleet.Profiles.Tests.PropertyLists;

public sealed class PropertyListTests
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n";

    private static PropertyListValue Read(string body) => PropertyListReader.Read(Encoding.UTF8.GetBytes(Head + body + "\n</plist>"));

    private static ProfileFormatException Fails(string body) =>
        FluentActions.Invoking(() => Read(body)).Should().Throw<ProfileFormatException>().Which;

    [Fact]
    public void Read_EveryType_GivesItsValue()
    {
        var dictionary = (PropertyListDictionary)Read(
            "<dict><key>s</key><string>a&amp;b<!-- c -->d<![CDATA[<e>]]></string><key>i</key><integer>18446744073709551615</integer><key>n</key><integer>-9223372036854775808</integer>"
            + "<key>r</key><real>1.5</real><key>t</key><true/><key>f</key><false/><key>d</key><date>2026-01-31T08:00:00Z</date><key>b</key><data> AQ ID\n</data><key>a</key><array><string/></array></dict>");

        dictionary.Keys.Should().Equal("s", "i", "n", "r", "t", "f", "d", "b", "a");
        dictionary.GetString("s").Should().Be("a&bd<e>");
        dictionary["i"].Should().Be(new PropertyListInteger(ulong.MaxValue));
        dictionary["n"].Should().Be(new PropertyListInteger(long.MinValue));
        dictionary["r"].Should().Be(new PropertyListReal(1.5));
        dictionary["t"].Should().Be(new PropertyListBoolean(true));
        dictionary["f"].Should().Be(new PropertyListBoolean(false));
        dictionary["d"].Should().Be(new PropertyListDate(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)));
        dictionary["b"].Should().Be(new PropertyListData(new byte[] { 1, 2, 3 }));
        dictionary["a"].Should().Be(new PropertyListArray([new PropertyListString("")]));
    }

    [Theory]
    [InlineData("<string></string>", "")]
    [InlineData("<string/>", "")]
    [InlineData("<string>  </string>", "  ")]
    [InlineData("<string>\n\t</string>", "\n\t")]
    [InlineData("<string> <!-- c --> </string>", "  ")]
    [InlineData("<string a='b'></string>", "")]
    public void Read_BlankText_IsKept(string body, string expected) => Read(body).Should().Be(new PropertyListString(expected));

    [Theory]
    [InlineData("<dict><key>a</key></dict>")]
    [InlineData("<dict><string>a</string><string>b</string></dict>")]
    [InlineData("<dict><key>a</key><true/><key>a</key><true/></dict>")]
    [InlineData("<dict><key>a</key><key>b</key><true/></dict>")]
    [InlineData("<dict>text</dict>")]
    [InlineData("<strange/>")]
    [InlineData("<string>a<b/></string>")]
    [InlineData("<integer>x</integer>")]
    [InlineData("<integer>18446744073709551616</integer>")]
    [InlineData("<integer>0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF</integer>")]
    [InlineData("<integer>-9223372036854775809</integer>")]
    [InlineData("<real>x</real>")]
    [InlineData("<date>yesterday</date>")]
    [InlineData("<data>?</data>")]
    [InlineData("<string>&unknown;</string>")]
    [InlineData("<string>&#0;</string>")]
    [InlineData("<true/><false/>")]
    [InlineData("")]
    public void Read_BrokenDocument_SaysWhere(string body)
    {
        ProfileFormatException error = Fails(body);

        error.Line.Should().BeGreaterThan(0);
        error.Column.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Read_DuplicateKey_NamesIt() => Fails("<dict><key>a</key><true/>\n<key>a</key><true/></dict>").Should().BeEquivalentTo(new { Line = 4, Path = "a" });

    [Fact]
    public void Write_Dictionary_HasTheExpectedBytes()
    {
        byte[] written = PropertyListWriter.Write(new PropertyListDictionary { { "a", "x & y" }, { "n", 5 }, { "e", new PropertyListArray([]) }, { "d", new PropertyListData(new byte[] { 1, 2, 3 }) } });

        Encoding.UTF8.GetString(written).Should().Be(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
            + "<plist version=\"1.0\">\n<dict>\n\t<key>a</key>\n\t<string>x &amp; y</string>\n\t<key>n</key>\n\t<integer>5</integer>\n\t<key>e</key>\n\t<array/>\n\t<key>d</key>\n\t<data>\n\tAQID\n\t</data>\n</dict>\n</plist>\n");
    }

    [Fact]
    public void Write_TextThatXmlCannotHold_IsRefused() =>
        FluentActions.Invoking(() => PropertyListWriter.Write(new PropertyListString("a\u0001b"))).Should().Throw<InvalidOperationException>().WithMessage("*U+0001*");

    [Fact]
    public void ReadThenWrite_AnyTree_IsLossFree() =>
        PropertyListGen.Value.Sample(value => PropertyListReader.Read(PropertyListWriter.Write(value)).Equals(value), iter: 500);

    [Fact]
    public void Read_Binary_GivesTheTree()
    {
        byte[] binary = Convert.FromHexString(BinarySample.Hex);

        PropertyListReader.Read(binary).Should().Be(new PropertyListDictionary
        {
            { "a", new PropertyListArray([new PropertyListInteger(1), new PropertyListBoolean(true), new PropertyListString("é")]) },
            { "d", new PropertyListData(new byte[] { 1, 2, 3 }) },
            { "t", new PropertyListDate(new DateTimeOffset(2001, 1, 1, 0, 0, 10, TimeSpan.Zero)) },
        });
    }

    [Fact]
    public void Read_BinaryTruncatedOrChangedAnywhere_NeverCrashes()
    {
        byte[] binary = Convert.FromHexString(BinarySample.Hex);
        for (int i = 0; i < binary.Length; i++)
        {
            byte[] changed = [.. binary];
            changed[i] ^= 0xFF;
            foreach (byte[] input in new[] { changed, binary[..i] })
            {
                try
                {
                    PropertyListReader.Read(input);
                }
                catch (ProfileFormatException)
                {
                    continue;
                }
            }
        }
    }

    [Theory]
    [InlineData("<!-- <!DOCTYPE plist [<!ENTITY a 'b'>]> --><plist version=\"1.0\"><true/></plist>", true)]
    [InlineData("<plist version=\"1.0\"><string><![CDATA[<!DOCTYPE a []>]]></string></plist>", true)]
    [InlineData("<!DOCTYPE plist PUBLIC \"[\" 'x[>'><plist version=\"1.0\"><true/></plist>", true)]
    [InlineData("<!-- <!DOCTYPE plist> --><?pi <x>?>\n <!DOCTYPE plist [<!ENTITY a 'b'>]><plist version=\"1.0\"><true/></plist>", false)]
    public void Read_Doctype_IsTakenByNameOnly(string document, bool read)
    {
        Action reading = () => PropertyListReader.Read(Encoding.UTF8.GetBytes(document));

        if (read)
        {
            reading.Should().NotThrow();
        }
        else
        {
            reading.Should().Throw<ProfileFormatException>().Which.Should().BeEquivalentTo(new { Line = 2, Column = 2 });
        }
    }

    [Fact]
    public void Read_ByteOrderMarkInsideTheDeclaration_IsRefused() =>
        FluentActions.Invoking(() => PropertyListReader.Read([.. "<?xml version=\"1.0"u8, 0xEF, 0xBB, 0xBF, .. "\"?>>"u8])).Should().Throw<ProfileFormatException>();
}
