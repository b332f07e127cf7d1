using System.Text;

namespace Smallstep.Fleet.Profiles.Tests.Hostile;

public sealed class HostileInputTests
{
    private const string Laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><plist version=\"1.0\"><string>&b;</string></plist>";

    private static readonly string Apple = TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig");
    private static readonly string Scep = TestOptions.Text(ProfileEdition.Recommended, WindowsEnrollment.NdesBridge, "smallstep-scep.xml");

    private static readonly Dictionary<string, Func<byte[]>> All = new()
    {
        { "billion laughs", () => Encoding.UTF8.GetBytes(Laughs) },
        { "external DTD with entity", () => "<?xml version=\"1.0\"?><!DOCTYPE plist SYSTEM \"http://127.0.0.1:1/x.dtd\"><plist version=\"1.0\"><string>&x;</string></plist>"u8.ToArray() },
        { "nesting", () => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><plist version=\"1.0\">" + string.Concat(Enumerable.Repeat("<array>", 1_400_000))) },
        { "nested dictionaries", () => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><plist version=\"1.0\">" + string.Concat(Enumerable.Repeat("<dict><key>a</key>", 100_000))) },
        { "NULs", () => new byte[4096] },
        { "UTF-16 without declaration", () => Encoding.Unicode.GetBytes(Apple[40..]) },
        { "too large", () => new byte[PropertyListReader.MaxBytes + 1] },
        { "huge binary count", () => [.. "bplist00"u8, .. new byte[24], 0, 0, 0, 0, 0, 0, 8, 8, 0x7F, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8] },
        { "empty", () => [] },
    };

    /// <summary>The same for SyncML, whose documents have no declaration and no common root.</summary>
    private static readonly Dictionary<string, Func<byte[]>> SyncMl = new()
    {
        { "billion laughs", () => Encoding.UTF8.GetBytes("<!DOCTYPE Replace [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + Scep.Replace(">2048<", ">&b;<", StringComparison.Ordinal)) },
        { "external DTD with entity", () => Encoding.UTF8.GetBytes("<!DOCTYPE Replace SYSTEM \"http://127.0.0.1:1/x.dtd\">" + Scep.Replace(">2048<", ">&x;<", StringComparison.Ordinal)) },
        { "external entity", () => Encoding.UTF8.GetBytes("<!DOCTYPE Replace [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + Scep.Replace(">2048<", ">&x;<", StringComparison.Ordinal)) },
        { "nesting", () => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<Replace>", 1_200_000))) },
        { "nested data", () => Encoding.UTF8.GetBytes("<Replace><Item><Data>" + string.Concat(Enumerable.Repeat("<a>", 3_500_000))) },
        { "NULs", () => new byte[4096] },
        { "NUL in a value", () => Encoding.UTF8.GetBytes(Scep.Replace(">2048<", ">20\048<", StringComparison.Ordinal)) },
        { "UTF-16 with byte order mark", () => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Scep)] },
        { "UTF-16 without", () => Encoding.BigEndianUnicode.GetBytes(Scep) },
        { "bytes that are no UTF-8", () => [.. Encoding.UTF8.GetBytes("<Replace>"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("</Replace>")] },
        { "too large", () => new byte[PropertyListReader.MaxBytes + 1] },
    };

    public static TheoryData<string> Documents() => [.. All.Keys];

    public static TheoryData<string> SyncMlDocuments() => [.. SyncMl.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Read_HostileDocument_FailsClearlyInBoundedMemory(string name) => Refuses(All[name](), document => PropertyListReader.Read(document), name);

    [Theory]
    [MemberData(nameof(SyncMlDocuments))]
    public void Parse_HostileDocument_FailsClearlyInBoundedMemory(string name) => Refuses(SyncMl[name](), document => SyncMlDocument.Parse(document), name);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Lint_HostileDocument_GivesAVerdict(string name)
    {
        byte[] document = All[name]();
        byte[] bounded = document.Length > 4_000_000 ? document[..4_000_000] : document;
        Refused(bounded, "p.mobileconfig");
        Refused(bounded, "p.xml");
    }

    [Theory]
    [MemberData(nameof(SyncMlDocuments))]
    public void Lint_HostileSyncMl_GivesAFinding(string name)
    {
        LintResult result = new ProfileLinter().Lint(SyncMl[name](), "p.xml", TestOptions.Context);

        result.Findings.Should().Contain(finding => finding.Severity != FindingSeverity.Info, name);
    }

    private static void Refuses(byte[] document, Action<byte[]> read, string name)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        FluentActions.Invoking(() => read(document)).Should().Throw<ProfileFormatException>(name).Which.Message.Length.Should().BeInRange(10, 400);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(64 * 1024 * 1024, name);
    }

    private static void Refused(byte[] document, string file) =>
        new ProfileLinter().Lint(document, file, TestOptions.Context).Verdict.IsAccepted.Should().BeFalse(file);

    [Fact]
    public void Parse_ByteOrderMark_IsUnderstood() =>
        SyncMlDocument.Parse([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Scep)]).Items.Should().HaveCount(SyncMlDocument.Parse(Encoding.UTF8.GetBytes(Scep)).Items.Count());

    [Fact]
    public void Read_ByteOrderMarkAndUtf16_AreUnderstood()
    {
        PropertyListValue expected = PropertyListReader.Read(Encoding.UTF8.GetBytes(Apple));

        PropertyListReader.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Apple)]).Should().Be(expected);
        PropertyListReader.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Apple.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))]).Should().Be(expected);
    }

    [Fact]
    public void Read_ProfileTruncatedAtEveryByte_FailsClearly()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Apple.TrimEnd());
        for (int i = 0; i < bytes.Length; i++)
        {
            Fails(bytes[..i]).Should().BeTrue();
        }
    }

    private static bool Fails(ReadOnlySpan<byte> document)
    {
        try
        {
            PropertyListReader.Read(document);
            return false;
        }
        catch (ProfileFormatException)
        {
            return true;
        }
    }

    [Fact]
    public void Read_BinaryTruncatedAtEveryByte_FailsClearly()
    {
        byte[] bytes = Convert.FromHexString(PropertyLists.BinarySample.Hex);
        for (int i = 0; i < bytes.Length; i++)
        {
            Fails(bytes[..i]).Should().BeTrue();
        }
    }

    [Fact]
    public void Parse_SyncMlTruncatedAtEveryByte_FailsClearlyOrHoldsWholeCommands()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Scep.TrimEnd());
        for (int i = 0; i < bytes.Length; i++)
        {
            ReadOnlySpan<byte> cut = bytes.AsSpan(0, i);
            bool whole = cut.TrimEnd("\n"u8).IsEmpty || cut.TrimEnd("\n"u8).EndsWith("</Replace>"u8);
            IsRead(cut).Should().Be(whole, "it ends at {0}", i);
        }
    }

    private static bool IsRead(ReadOnlySpan<byte> document)
    {
        try
        {
            SyncMlDocument.Parse(document);
            return true;
        }
        catch (ProfileFormatException e) when (e.Line > 0)
        {
            return false;
        }
    }

    [Fact]
    public void Lint_SyncMlTruncatedAnywhere_IsRefused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Scep.TrimEnd());
        for (int i = 0; i < bytes.Length; i += 3)
        {
            new ProfileLinter().Lint(bytes.AsMemory(0, i), "p.xml", TestOptions.Context).Verdict.IsAccepted.Should().BeFalse();
        }
    }

    [Fact]
    public void Lint_AnyByteChanged_NeverThrows()
    {
        foreach ((string text, string file) in new[] { (Apple, "p.mobileconfig"), (Scep, "p.xml") })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < bytes.Length; i += 7)
            {
                byte[] changed = [.. bytes];
                changed[i] = "<>&;\0\"]$\u00FF"u8[i % 9];
                new ProfileLinter().Lint(changed, file, TestOptions.Context).Should().NotBeNull();
            }
        }
    }

    [Theory]
    [InlineData("""{"Type":"\ud800","Identifier":"i"}""")]
    [InlineData("""{"Ty\udc00pe":"com.apple.configuration.x"}""")]
    [InlineData("""{"max\ud83d":1}""")]
    public void Lint_HalfOfASurrogatePairInJson_ThrowsNothing(string text) =>
        text.Invoking(json => new ProfileLinter().Lint(Encoding.UTF8.GetBytes(json), "a.json", new ProfileLintContext())).Should().NotThrow("Go reads the replacement character there");
}
