using System.Text;
using CsCheck;
using Smallstep.Fleet.Profiles.Tests.PropertyLists;

namespace Smallstep.Fleet.Profiles.Tests.Apple;

public sealed class MobileConfigTests
{
    private static readonly MobileConfig Sample = MobileConfig.Parse(Encoding.UTF8.GetBytes(TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig")));

    [Fact]
    public void ParseThenWrite_Own_GivesTheSameBytes() =>
        Encoding.UTF8.GetString(Sample.ToBytes()).Should().Be(TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig"));

    [Fact]
    public void Parse_Guide_SeesTheNestedAgent()
    {
        MobileConfig guide = MobileConfig.Parse(Encoding.UTF8.GetBytes(TestOptions.Text(ProfileEdition.Guide, default, "smallstep-agent.mobileconfig")));

        guide.AllPayloads.OfType<AgentSettingsPayload>().Single().TeamSlug.Should().Be("acme");
        guide.AllPayloads.OfType<CertificatePayload>().Single().Contents.ToArray().Should().Equal(TestCertificates.Root);
    }

    [Fact]
    public void ParseThenWrite_UnknownKeysAndPayloads_AreKept()
    {
        PropertyListDictionary profile = Sample.ToPropertyList();
        profile.Add("ConsentText", new PropertyListDictionary { { "default", "ok" } });
        var unknown = new PropertyListDictionary { { "PayloadType", "com.example.x" }, { "PayloadIdentifier", "x" }, { "PayloadUUID", "u" }, { "PayloadVersion", 1 }, { "Setting", true } };
        MobileConfig parsed = MobileConfig.FromPropertyList(profile) with { Payloads = [.. Sample.Payloads, MobileConfig.FromPropertyList(new PropertyListDictionary { { "PayloadContent", new PropertyListArray([unknown]) } }).Payloads[0]] };

        MobileConfig again = MobileConfig.Parse(parsed.ToBytes());

        again.OtherKeys.Keys.Should().Equal("ConsentText");
        again.Payloads[^1].Should().BeOfType<UnknownPayload>().Which.OtherKeys["Setting"].Should().Be(new PropertyListBoolean(true));
    }

    [Fact]
    public void ParseThenWrite_ScepWithOddKeys_KeepsThem()
    {
        var content = new PropertyListDictionary
        {
            { "URL", "https://ca.example.com" }, { "Name", "ca" }, { "CAFingerprint", new PropertyListData(new byte[] { 1 }) }, { "Keysize", 2048 },
            { "Subject", new PropertyListArray([new PropertyListArray([new PropertyListArray([new PropertyListString("CN"), new PropertyListString("a"), new PropertyListString("b")])])]) },
        };
        var profile = new PropertyListDictionary { { "PayloadContent", new PropertyListArray([new PropertyListDictionary { { "PayloadType", "com.apple.security.scep" }, { "PayloadContent", content } }]) } };

        ScepPayload payload = MobileConfig.FromPropertyList(profile).Payloads.OfType<ScepPayload>().Single();

        payload.OtherContentKeys.Keys.Should().BeEquivalentTo("Name", "CAFingerprint", "Subject");
    }

    [Fact]
    public void ParseThenWrite_ScepWithEmptyValues_KeepsThem()
    {
        var content = new PropertyListDictionary { { "URL", "" }, { "Subject", new PropertyListArray([]) }, { "Key Usage", 0 }, { "Keysize", 2048 } };
        var profile = new PropertyListDictionary { { "PayloadContent", new PropertyListArray([new PropertyListDictionary { { "PayloadType", "com.apple.security.scep" }, { "PayloadContent", content } }]) } };

        ScepPayload read = MobileConfig.FromPropertyList(profile).Payloads.OfType<ScepPayload>().Single();
        PropertyListDictionary written = Content(read);
        PropertyListDictionary changed = Content(read with { Url = "https://ca.example.com", Subject = [("CN", "a")], KeyUsage = 5 });

        written.Should().Contain(content);
        changed.GetString("URL").Should().Be("https://ca.example.com");
        changed["Subject"].Should().NotBe(content["Subject"]);
        changed["Key Usage"].Should().Be(new PropertyListInteger(5));

        static PropertyListDictionary Content(ScepPayload payload) =>
            (PropertyListDictionary)((PropertyListDictionary)((PropertyListArray)new MobileConfig { Payloads = [payload] }.ToPropertyList()["PayloadContent"])[0])["PayloadContent"];
    }

    private static readonly string[] Keys =
    [
        "PayloadType", "PayloadDisplayName", "PayloadIdentifier", "PayloadUUID", "PayloadVersion", "PayloadScope", "PayloadContent", "PayloadCertificateFileName",
        "TeamSlug", "Certificate", "CAFingerprint", "Rules", "URL", "Challenge", "Subject", "Key Type", "Key Usage", "Keysize", "AllowAllAppsAccess", "Other",
    ];

    private static readonly Gen<PropertyListValue> Part = Gen.OneOf(
        PropertyListGen.Value,
        OneOf<PropertyListValue>(new PropertyListString(""), new PropertyListString("RSA"), new PropertyListString("x"), new PropertyListInteger(1), new PropertyListBoolean(true), new PropertyListData("d"u8.ToArray())));

    private static readonly Gen<PropertyListDictionary> Payload =
        Gen.Select(OneOf("com.apple.security.scep", "com.apple.security.root", "com.smallstep.Agent", "com.apple.servicemanagement", "Configuration", "other", ""), Entries(Part), Entries(Part))
            .Select((type, own, content) =>
            {
                var payload = new PropertyListDictionary { { "PayloadType", type } };
                payload.AddMissing(own);
                if (type is "com.apple.security.scep" or "Configuration")
                {
                    payload.AddMissing(new PropertyListDictionary { { "PayloadContent", type == "Configuration" ? new PropertyListArray([content]) : content } });
                }

                return payload;
            });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<PropertyListDictionary> Entries(Gen<PropertyListValue> value) =>
        Gen.Select(OneOf(Keys), value).List[0, 6].Select(entries =>
        {
            var dictionary = new PropertyListDictionary();
            entries.ForEach(entry => dictionary.TryAdd(entry.Item1, entry.Item2));
            return dictionary;
        });

    /// <summary>Whatever stands in a profile stands in it again once it was read and written; defaults may be added.</summary>
    [Fact]
    public void ReadThenWrite_AnyProfile_LosesNothing() =>
        Gen.Select(Entries(Part), Payload.List[0, 3]).Sample((own, payloads) =>
        {
            var profile = new PropertyListDictionary { { "PayloadContent", new PropertyListArray(payloads) } };
            profile.AddMissing(own);

            return Holds(MobileConfig.FromPropertyList(profile).ToPropertyList(), profile);
        }, iter: 3000);

    private static bool Holds(PropertyListValue written, PropertyListValue read) => (written, read) switch
    {
        (PropertyListDictionary now, PropertyListDictionary then) => then.All(entry => now.TryGetValue(entry.Key, out PropertyListValue? value) ? Holds(value, entry.Value) : IsEmpty(entry.Value)),
        (PropertyListArray now, PropertyListArray then) => now.Count == then.Count && now.Zip(then).All(pair => Holds(pair.First, pair.Second)),
        _ => written.Equals(read),
    };

    /// <summary>An empty list of names or rules, and an empty text, may be left out.</summary>
    private static bool IsEmpty(PropertyListValue value) => value is PropertyListArray { Count: 0 } or PropertyListString { Value: "" };

    [Fact]
    public void ToString_PayloadWithChallenge_DoesNotPrintIt() =>
        (new ScepPayload { Challenge = new Secret("canary") }).ToString().Should().NotContain("canary");

    [Fact]
    public void Create_StableUuid_DependsOnEveryPart()
    {
        string[] uuids =
        [
            StableUuid.Create(TeamSlug.Parse("a"), CaName.Parse("X"), "p"), StableUuid.Create(TeamSlug.Parse("b"), CaName.Parse("X"), "p"),
            StableUuid.Create(TeamSlug.Parse("a"), CaName.Parse("Y"), "p"), StableUuid.Create(TeamSlug.Parse("a"), CaName.Parse("X"), "q"),
        ];

        uuids.Should().OnlyHaveUniqueItems();
        uuids[0].Should().Be(StableUuid.Create(TeamSlug.Parse("a"), CaName.Parse("X"), "p")).And.MatchRegex("^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$");
    }
}
