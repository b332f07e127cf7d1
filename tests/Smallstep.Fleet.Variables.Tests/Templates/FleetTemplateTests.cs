using System.Buffers;
using System.Text;
using CsCheck;

namespace Smallstep.Fleet.Variables.Tests.Templates;

public sealed class FleetTemplateTests
{
    private const string Challenge = "SMALLSTEP_SCEP_CHALLENGE_CA";
    private const string Document = "<a>$FLEET_VAR_HOST_UUID</a><b>\n  ${FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_CA} </b><c>x${FLEET_VAR_HOST_UUID}y</c>";

    private static FleetTemplate Compile(string text, TemplateFormat format = TemplateFormat.Xml) => FleetTemplate.Compile(Encoding.UTF8.GetBytes(text), format);

    private static VariableValues Values(string uuid, string challenge) => new VariableValues().Set("HOST_UUID", uuid).Set(Challenge, challenge);

    [Fact]
    public void Render_Document_ReplacesAndTrims() =>
        Encoding.UTF8.GetString(Compile(Document).Render(Values("u&1", "p<w"))).Should().Be("<a>u&amp;1</a><b>p&lt;w</b><c>xu&amp;1y</c>");

    [Fact]
    public void Variables_OfDocument_AreLongestFirst() => Compile(Document).Variables.Should().Equal(Challenge, "HOST_UUID");

    [Fact]
    public void Render_Json_EscapesAsJson() =>
        Encoding.UTF8.GetString(Compile("{\"d\":\"$FLEET_VAR_HOST_UUID\"}", TemplateFormat.Json).Render(Values("a\"<\u0001\\é", ""))).Should().Be("{\"d\":\"a\\\"\\u003c\\u0001\\\\é\"}");

    [Fact]
    public void Render_MissingValue_FailsInFleetsWordsAndWritesNothing()
    {
        var output = new ArrayBufferWriter<byte>();

        FluentActions.Invoking(() => Compile("<a>$FLEET_VAR_HOST_END_USER_IDP_USERNAME</a>").Render(new VariableValues(), output)).Should().Throw<VariableException>()
            .WithMessage("There is no IdP username for this host. Fleet couldn't populate $FLEET_VAR_HOST_END_USER_IDP_USERNAME.");

        output.WrittenCount.Should().Be(0);
    }

    [Fact]
    public void Render_MissingAuthority_FailsInFleetsWords() =>
        FluentActions.Invoking(() => Compile(Document).Render(new VariableValues().Set("HOST_UUID", "u"))).Should().Throw<VariableException>()
            .WithMessage("Fleet couldn't populate $SMALLSTEP_SCEP_CHALLENGE_CA because CA certificate authority doesn't exist.");

    [Fact]
    public void Render_AnyValues_EqualsFleetsPasses() =>
        Gen.Select(Gen.String, Gen.String).Sample((uuid, challenge) =>
        {
            string expected = VariableReplacer.ReplaceXml(VariableReplacer.ReplaceExact(Document, Challenge, challenge), "HOST_UUID", uuid);
            return challenge.Contains("$FLEET_VAR_", StringComparison.Ordinal)
                || Encoding.UTF8.GetString(Compile(Document).Render(Values(uuid, challenge))) == expected;
        }, iter: 500);

    [Fact]
    public void Render_Utf8Values_EqualsStringValues() =>
        Gen.Select(Gen.String, Gen.String).Sample((uuid, challenge) =>
        {
            FleetTemplate template = Compile(Document);
            var fromStrings = new ArrayBufferWriter<byte>();
            var fromUtf8 = new ArrayBufferWriter<byte>();
            template.Render([challenge, uuid], fromStrings);
            template.Render([Encoding.UTF8.GetBytes(challenge), Encoding.UTF8.GetBytes(uuid)], fromUtf8);
            return fromStrings.WrittenSpan.SequenceEqual(fromUtf8.WrittenSpan);
        }, iter: 500);

    [Fact]
    public void Render_WrongNumberOfValues_IsRefused() =>
        FluentActions.Invoking(() => Compile(Document).Render(["one"], new ArrayBufferWriter<byte>())).Should().Throw<ArgumentException>();

    [Fact]
    public void Render_OrderedValues_AllocatesNothing()
    {
        FleetTemplate template = Compile(Document);
        string[] values = ["p<w", "uuid"];
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        template.Render(values, output);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            template.Render(values, output);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Fold_FixedValue_LeavesTheOthers()
    {
        FleetTemplate folded = Compile(Document).Fold(new VariableValues().Set("HOST_UUID", "u&1"));

        folded.Variables.Should().Equal(Challenge);
        Encoding.UTF8.GetString(folded.Render(Values("ignored", "p"))).Should().Be("<a>u&amp;1</a><b>p</b><c>xu&amp;1y</c>");
    }

    [Fact]
    public async Task PrefetchAsync_KnownAndRemote_KnownWins()
    {
        IVariableSource source = await Compile(Document).PrefetchAsync(new VariableValues().Set("HOST_UUID", "known"), new Remote("fetched"));

        source.TryGetValue("HOST_UUID", out string? uuid).Should().BeTrue();
        source.TryGetValue(Challenge, out string? challenge).Should().BeTrue();
        (uuid, challenge).Should().Be(("known", "fetched"));
    }

    [Fact]
    public async Task PrefetchAsync_NoValue_Fails() =>
        await FluentActions.Awaiting(() => Compile(Document).PrefetchAsync(new VariableValues(), new Remote(null)).AsTask()).Should().ThrowAsync<VariableException>();

    [Fact]
    public void ToString_Values_AreNotPrinted() => Values("canary-1", "canary-2").ToString().Should().NotContain("canary");

    [Fact]
    public void Get_SameDocument_GivesTheSameTemplate()
    {
        var cache = new TemplateCache();

        cache.Get(Encoding.UTF8.GetBytes(Document), TemplateFormat.Xml).Should().BeSameAs(cache.Get(Encoding.UTF8.GetBytes(Document), TemplateFormat.Xml));
    }

    [Fact]
    public void Get_AnotherRelease_GivesAnotherTemplate()
    {
        var cache = new TemplateCache();
        byte[] document = "<Item><Target><LocURI>./Device/Vendor/MSFT/ClientCertificateInstall/SCEP/x/Install/SubjectName</LocURI></Target><Data>CN=$FLEET_VAR_HOST_UUID</Data></Item>"u8.ToArray();
        string Render(FleetVersion version) => Encoding.UTF8.GetString(cache.Get(document, TemplateFormat.Xml, version).Render(new VariableValues().Set("HOST_UUID", "u")));

        Render(new FleetVersion(4, 92)).Should().Contain("CN=u<");
        Render(new FleetVersion(4, 93)).Should().Contain("CN=\"u\"<");
    }

    private sealed class Remote(string? value) : IAsyncVariableSource
    {
        public ValueTask<string?> GetValueAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(value);
    }
}
