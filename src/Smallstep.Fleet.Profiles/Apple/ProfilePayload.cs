namespace Smallstep.Fleet.Profiles;

/// <summary>One payload of an Apple configuration profile.</summary>
public abstract record ProfilePayload
{
    private protected ProfilePayload()
    {
    }

    /// <summary>The payload's type, such as <c>com.apple.security.scep</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The <c>PayloadIdentifier</c>.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>The <c>PayloadDisplayName</c>; empty where there is none.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The <c>PayloadUUID</c>.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The <c>PayloadVersion</c>.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The keys that this type does not model, kept as they were read.</summary>
    public PropertyListDictionary OtherKeys { get; init; } = new();

    /// <summary>The payload as a dictionary: the common keys first, then its own, then <see cref="OtherKeys"/>. Empty texts are left out.</summary>
    public PropertyListDictionary ToDictionary()
    {
        var dictionary = new PropertyListDictionary();
        dictionary.AddFilled("PayloadDisplayName", DisplayName);
        dictionary.AddFilled("PayloadIdentifier", Identifier);
        dictionary.AddFilled("PayloadType", Type);
        dictionary.AddFilled("PayloadUUID", Uuid);
        dictionary.AddUnless(OtherKeys, "PayloadVersion", new PropertyListInteger(Version));
        AddOwnKeys(dictionary);
        dictionary.AddMissing(OtherKeys);
        return dictionary;
    }

    private protected abstract void AddOwnKeys(PropertyListDictionary dictionary);
}
