using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Variables.Tests.Xml;

/// <summary>What Go's strict <c>encoding/xml</c> takes and refuses, in its words.</summary>
public sealed class XmlTokenizerTests
{
    private static string? Problem(string text)
    {
        var tokens = new XmlTokenizer(text);
        try
        {
            while (tokens.Read())
            {
            }

            return null;
        }
        catch (XmlSyntaxException e)
        {
            return e.Message;
        }
    }

    [Theory]
    [InlineData("<a/><b></b> text <!-- c --><![CDATA[<&>]]>")]
    [InlineData("<a b='1' b=\"2\"c='&lt;'/>")]
    [InlineData("<x:y xmlns:x='u'/><:a/><a:/><a-b.c_1/><\u00e9/><\u4e2d/><a\u0300/><a\u00b7/>")]
    [InlineData("<a b=']]>'>]]&gt; ]] ]></a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b '>'><!-- > -->]><a/>")]
    [InlineData("<!>x><a/>")]
    [InlineData("<a>&#65;&#x41;&#xD800;&#x10FFFF;</a>")]
    [InlineData("\uFEFF<a/>")]
    public void Read_WhatGoTakes_IsRead(string text) => Problem(text).Should().BeNull();

    [Theory]
    [InlineData("<a>&#x110000;</a>", "invalid character entity &#x110000;")]
    [InlineData("<a>&#X41;</a>", "invalid character entity &#X41;")]
    [InlineData("<a>&#x0;</a>", "illegal character code U+0000")]
    [InlineData("<a>&nbsp;</a>", "invalid character entity &nbsp;")]
    [InlineData("<a><![data[x]]></a>", "invalid <![ sequence")]
    [InlineData("<a><!- x --></a>", "invalid sequence <!- not part of <!--")]
    [InlineData("<!DOCTYPE a <!-- > --", "unexpected EOF")]
    [InlineData("<!>", "unexpected EOF")]
    [InlineData("<1a/>", "invalid XML name: 1a")]
    [InlineData("<a\u2070/>", "invalid XML name: a\u2070")]
    [InlineData("<\u017f/>", "invalid XML name: \u017f")]
    [InlineData("<a\U0001F600/>", "invalid XML name: a\U0001F600")]
    [InlineData("<a:b:c/>", "expected element name after <")]
    [InlineData("<a b:c:d=''/>", "expected attribute name in element")]
    [InlineData("<a>]]></a>", "unescaped ]]> not in CDATA section")]
    public void Read_WhatGoRefuses_IsRefusedInItsWords(string text, string problem) => Problem(text).Should().EndWith(": " + problem);

    [Fact]
    public void Read_BytesThatAreNoUtf8_AreRefusedOutsideComments()
    {
        Problem($"<a>{Utf8Text.Invalid}</a>").Should().EndWith(": invalid UTF-8");
        Problem($"<a b='{Utf8Text.Invalid}'/>").Should().EndWith(": invalid UTF-8");
        Problem($"<a{Utf8Text.Invalid}/>").Should().Contain(": invalid XML name: a");
        Problem($"<a/><!-- {Utf8Text.Invalid} -->").Should().BeNull();
    }

    [Theory]
    [InlineData("<x:Replace/>", "Replace")]
    [InlineData("<:Replace/>", ":Replace")]
    [InlineData("<Replace:/>", "Replace:")]
    public void LocalName_NeedsBothParts(string text, string name)
    {
        var tokens = new XmlTokenizer(text);
        tokens.Read();

        tokens.LocalName.Should().Be(name);
    }

    [Fact]
    public void Decode_BytesThatAreNoUtf8_CanBeToldFromTheReplacementCharacter() =>
        Utf8Text.Decode([(byte)'a', 0xEF, 0xBF, 0xBD, 0xFF, 0xF0, 0x9F, 0x98, 0x80, 0xE2, 0x82]).Should().Be("a\uFFFD\uDC80\U0001F600\uDC80");
}
