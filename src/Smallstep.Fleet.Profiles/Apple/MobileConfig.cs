using System.Buffers;

namespace Smallstep.Fleet.Profiles;

/// <summary>An Apple configuration profile. What is not modelled survives reading and writing.</summary>
public sealed record MobileConfig
{
    /// <summary>The <c>PayloadIdentifier</c>, by which devices and Fleet know the profile.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>The <c>PayloadDisplayName</c>, which is the profile's name in Fleet.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The <c>PayloadUUID</c>.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The <c>PayloadScope</c>: <c>System</c>, <c>User</c>, or empty where absent, which means <c>System</c>.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The <c>PayloadVersion</c>.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The payloads, in order.</summary>
    public IReadOnlyList<ProfilePayload> Payloads { get; init; } = [];

    /// <summary>The keys of the profile itself that this type does not model.</summary>
    public PropertyListDictionary OtherKeys { get; init; } = new();

    /// <summary>Every payload, those nested in <see cref="ConfigurationPayload"/> included.</summary>
    public IEnumerable<ProfilePayload> AllPayloads => Payloads.SelectMany(Flatten);

    /// <summary>Reads a profile, XML or binary; signed ones go through <see cref="SignedProfile"/>.</summary>
    /// <exception cref="ProfileFormatException">The document is no profile.</exception>
    public static MobileConfig Parse(ReadOnlySpan<byte> document) =>
        SignedProfile.IsSigned(document)
            ? throw new ProfileFormatException("The profile is signed; SignedProfile.Read takes its contents out.")
            : FromPropertyList(PropertyListReader.Read(document));

    /// <summary>Takes a profile out of a property list.</summary>
    /// <exception cref="ProfileFormatException">The value is no profile.</exception>
    public static MobileConfig FromPropertyList(PropertyListValue value)
    {
        if (value is not PropertyListDictionary dictionary)
        {
            throw new ProfileFormatException("A configuration profile is a dictionary.", value?.Line ?? 0, value?.Column ?? 0);
        }

        var payloads = new List<ProfilePayload>();
        bool hasContent = dictionary.TryGetValue("PayloadContent", out PropertyListValue? content) && content is PropertyListArray;
        if (hasContent)
        {
            foreach (PropertyListValue item in (PropertyListArray)content!)
            {
                payloads.Add(item is PropertyListDictionary payload
                    ? PayloadReader.Read(payload)
                    : throw new ProfileFormatException("A payload is a dictionary.", item.Line, item.Column, $"PayloadContent[{payloads.Count}]"));
            }
        }

        var others = new PropertyListDictionary();
        others.AddRange(dictionary.Where(entry => !IsModelled(entry.Key, entry.Value)));
        return new MobileConfig
        {
            Identifier = dictionary.GetString("PayloadIdentifier") ?? "",
            DisplayName = dictionary.GetString("PayloadDisplayName") ?? "",
            Uuid = dictionary.GetString("PayloadUUID") ?? "",
            Scope = dictionary.GetString("PayloadScope") ?? "",
            Version = dictionary.TryGetValue("PayloadVersion", out PropertyListValue? version) && IsModelled("PayloadVersion", version) ? (int)((PropertyListInteger)version).Value : 1,
            Payloads = payloads,
            OtherKeys = others,
        };
    }

    /// <summary>The profile as a property list. Empty texts are left out.</summary>
    public PropertyListDictionary ToPropertyList()
    {
        var dictionary = new PropertyListDictionary();
        dictionary.AddUnless(OtherKeys, "PayloadContent", new PropertyListArray(Payloads.Select(payload => (PropertyListValue)payload.ToDictionary())));
        dictionary.AddFilled("PayloadDisplayName", DisplayName);
        dictionary.AddFilled("PayloadIdentifier", Identifier);
        dictionary.AddFilled("PayloadScope", Scope);
        dictionary.AddUnless(OtherKeys, "PayloadType", new PropertyListString("Configuration"));
        dictionary.AddFilled("PayloadUUID", Uuid);
        dictionary.AddUnless(OtherKeys, "PayloadVersion", new PropertyListInteger(Version));
        dictionary.AddMissing(OtherKeys);
        return dictionary;
    }

    /// <summary>Writes the profile as XML, always the same bytes for the same profile.</summary>
    public byte[] ToBytes() => PropertyListWriter.Write(ToPropertyList());

    /// <summary>Writes the profile as XML.</summary>
    public void WriteTo(IBufferWriter<byte> output) => PropertyListWriter.Write(ToPropertyList(), output);

    private static IEnumerable<ProfilePayload> Flatten(ProfilePayload payload) =>
        payload is ConfigurationPayload nested ? nested.Payloads.SelectMany(Flatten).Prepend(payload) : [payload];

    private static bool IsModelled(string key, PropertyListValue value) => key switch
    {
        "PayloadContent" => value is PropertyListArray,
        "PayloadType" => value is PropertyListString { Value: "Configuration" },
        "PayloadVersion" => value is PropertyListInteger { Int32: not null },
        "PayloadDisplayName" or "PayloadIdentifier" or "PayloadUUID" or "PayloadScope" => value is PropertyListString { Value.Length: > 0 },
        _ => false,
    };
}
