namespace Smallstep.Fleet.Profiles;

/// <summary>A SCEP payload: where and how an Apple device enrols a certificate.</summary>
public sealed record ScepPayload : ProfilePayload
{
    /// <summary>The payload's type.</summary>
    public const string PayloadType = "com.apple.security.scep";

    /// <inheritdoc/>
    public override string Type => PayloadType;

    /// <summary>The SCEP URL, or the whole-element variable for it.</summary>
    public string Url { get; init; } = "";

    /// <summary>The challenge, or the whole-element variable for it; absent when <see langword="null"/>.</summary>
    public Secret? Challenge { get; init; }

    /// <summary>The subject as single-valued parts, in order, such as <c>("CN", "step-agent-bootstrap")</c>.</summary>
    public IReadOnlyList<(string Type, string Value)> Subject { get; init; } = [];

    /// <summary>The key's size in bits.</summary>
    public int KeySize { get; init; } = 2048;

    /// <summary>The key usage: 1 signing, 4 encryption, 5 both; absent when 0.</summary>
    public int KeyUsage { get; init; } = 5;

    /// <summary>Whether apps other than the system may use the key; absent when <see langword="null"/>.</summary>
    public bool? AllowAllAppsAccess { get; init; }

    /// <summary>Whether the key may be exported; absent when <see langword="null"/>.</summary>
    public bool? KeyIsExtractable { get; init; }

    /// <summary>The <c>SubjectAltName</c> dictionary; absent when <see langword="null"/>.</summary>
    public PropertyListDictionary? SubjectAltName { get; init; }

    /// <summary>How often the device asks again while the server says pending; absent when <see langword="null"/>.</summary>
    public int? Retries { get; init; }

    /// <summary>The seconds between these attempts; absent when <see langword="null"/>.</summary>
    public int? RetryDelay { get; init; }

    /// <summary>The keys inside the inner dictionary that this type does not model.</summary>
    public PropertyListDictionary OtherContentKeys { get; init; } = new();

    private protected override void AddOwnKeys(PropertyListDictionary dictionary)
    {
        var content = new PropertyListDictionary();
        Add(content, "AllowAllAppsAccess", AllowAllAppsAccess);
        if (Challenge is not null)
        {
            content.Add("Challenge", Challenge.Reveal());
        }

        content.AddUnless(OtherContentKeys, "Key Type", new PropertyListString("RSA"));
        if (KeyUsage != 0)
        {
            content.Add("Key Usage", KeyUsage);
        }

        Add(content, "KeyIsExtractable", KeyIsExtractable);
        content.AddUnless(OtherContentKeys, "Keysize", new PropertyListInteger(KeySize));
        Add(content, "Retries", Retries);
        Add(content, "RetryDelay", RetryDelay);
        if (Subject.Count > 0)
        {
            content.Add("Subject", SubjectArray(Subject));
        }

        if (SubjectAltName is not null)
        {
            content.Add("SubjectAltName", SubjectAltName);
        }

        content.AddFilled("URL", Url);
        content.AddMissing(OtherContentKeys);
        dictionary.Add("PayloadContent", content);
    }

    /// <summary>Apple's form of a subject: an array of relative names, each an array of pairs.</summary>
    internal static PropertyListArray SubjectArray(IEnumerable<(string Type, string Value)> subject) =>
        new(subject.Select(part => new PropertyListArray([new PropertyListArray([new PropertyListString(part.Type), new PropertyListString(part.Value)])])));

    private static void Add(PropertyListDictionary content, string key, bool? value)
    {
        if (value is { } known)
        {
            content.Add(key, known);
        }
    }

    private static void Add(PropertyListDictionary content, string key, int? value)
    {
        if (value is { } known)
        {
            content.Add(key, known);
        }
    }
}
