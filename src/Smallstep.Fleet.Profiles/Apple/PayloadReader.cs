namespace Smallstep.Fleet.Profiles;

/// <summary>Turns dictionaries into payloads. What a payload's type does not model stays in its other keys.</summary>
internal static class PayloadReader
{
    private static readonly string[] CommonKeys = ["PayloadDisplayName", "PayloadIdentifier", "PayloadType", "PayloadUUID", "PayloadVersion"];

    public static ProfilePayload Read(PropertyListDictionary dictionary)
    {
        string type = dictionary.GetString("PayloadType") ?? "";
        ProfilePayload payload = type switch
        {
            ScepPayload.PayloadType when dictionary.TryGetValue("PayloadContent", out PropertyListValue? value) && value is PropertyListDictionary content => Scep(dictionary, content),
            CertificatePayload.Root or CertificatePayload.Pkcs1 or CertificatePayload.Pem when dictionary.TryGetValue("PayloadContent", out PropertyListValue? value) && value is PropertyListData data =>
                Common(new CertificatePayload(type) { Contents = data.Value, FileName = dictionary.GetString("PayloadCertificateFileName") ?? "" }, dictionary, ["PayloadContent", .. Filled(dictionary, "PayloadCertificateFileName")]),
            AgentFacts.BundleIdentifier when dictionary.GetString("TeamSlug") is { } slug => Agent(dictionary, slug),
            LoginItemsPayload.PayloadType when Rules(dictionary) is { } rules => Common(new LoginItemsPayload { Rules = rules }, dictionary, "Rules"),
            "Configuration" when dictionary.TryGetValue("PayloadContent", out PropertyListValue? value) && value is PropertyListArray items && items.All(item => item is PropertyListDictionary) =>
                Common(new ConfigurationPayload { Payloads = [.. items.Cast<PropertyListDictionary>().Select(Read)] }, dictionary, "PayloadContent"),
            _ => Common(new UnknownPayload(type), dictionary),
        };
        return payload;
    }

    /// <summary>Reads the common keys, and keeps every key that is neither common nor the payload's own.</summary>
    private static T Common<T>(T payload, PropertyListDictionary dictionary, params ReadOnlySpan<string> own)
        where T : ProfilePayload
    {
        var others = new PropertyListDictionary();
        foreach ((string key, PropertyListValue value) in dictionary)
        {
            bool readable = key == "PayloadVersion" ? value is PropertyListInteger { Int32: not null } : value is PropertyListString { Value.Length: > 0 };
            if (!own.Contains(key) && !(CommonKeys.Contains(key) && readable))
            {
                others.Add(key, value);
            }
        }

        return payload with
        {
            Identifier = dictionary.GetString("PayloadIdentifier") ?? "",
            DisplayName = dictionary.GetString("PayloadDisplayName") ?? "",
            Uuid = dictionary.GetString("PayloadUUID") ?? "",
            Version = Integer(dictionary, "PayloadVersion") ?? 1,
            OtherKeys = others,
        };
    }

    private static AgentSettingsPayload Agent(PropertyListDictionary dictionary, string slug) =>
        Common(
            new AgentSettingsPayload
            {
                TeamSlug = slug,
                Certificate = dictionary.GetString("Certificate") ?? "",
                CaFingerprint = dictionary.GetString("CAFingerprint") ?? "",
            },
            dictionary, ["TeamSlug", .. Filled(dictionary, "Certificate", "CAFingerprint")]);

    /// <summary>Those keys whose values are texts that will be written again.</summary>
    private static IEnumerable<string> Filled(PropertyListDictionary dictionary, params string[] keys) => keys.Where(key => dictionary.GetString(key) is { Length: > 0 });

    private static ScepPayload Scep(PropertyListDictionary dictionary, PropertyListDictionary content)
    {
        // Taken is only what will be written again; a key that the payload leaves out stays in the others.
        var taken = new List<string>();
        string? Text(string key) => Take(content.GetString(key), key);
        int? Number(string key) => Take(Integer(content, key), key);
        bool? Truth(string key) => Take(content.TryGetValue(key, out PropertyListValue? value) && value is PropertyListBoolean truth ? truth.Value : (bool?)null, key);
        T Take<T>(T value, string key)
        {
            if (value is not null)
            {
                taken.Add(key);
            }

            return value;
        }

        string? challenge = Text("Challenge");
        var payload = new ScepPayload
        {
            Url = Take(content.GetString("URL") is { Length: > 0 } url ? url : null, "URL") ?? "",
            Challenge = challenge is null ? null : new Secret(challenge),
            Subject = Take(Subject(content) is { Count: > 0 } subject ? subject : null, "Subject") ?? [],
            KeySize = Number("Keysize") ?? 1024,
            KeyUsage = Take(Integer(content, "Key Usage") is { } usage and not 0 ? usage : (int?)null, "Key Usage") ?? 0,
            AllowAllAppsAccess = Truth("AllowAllAppsAccess"),
            KeyIsExtractable = Truth("KeyIsExtractable"),
            Retries = Number("Retries"),
            RetryDelay = Number("RetryDelay"),
            SubjectAltName = Take(content.TryGetValue("SubjectAltName", out PropertyListValue? names) ? names as PropertyListDictionary : null, "SubjectAltName"),
        };
        var others = new PropertyListDictionary();
        others.AddRange(content.Where(entry => !taken.Contains(entry.Key) && entry is not { Key: "Key Type", Value: PropertyListString { Value: "RSA" } }));
        return Common(payload, dictionary, "PayloadContent") with { OtherContentKeys = others };
    }

    private static List<(string, string)>? Subject(PropertyListDictionary content)
    {
        var parts = new List<(string, string)>();
        if (!content.TryGetValue("Subject", out PropertyListValue? value) || value is not PropertyListArray relativeNames)
        {
            return null;
        }

        foreach (PropertyListValue relativeName in relativeNames)
        {
            if (relativeName is not PropertyListArray { Count: 1 } single
                || single[0] is not PropertyListArray { Count: 2 } pair
                || pair[0] is not PropertyListString type || pair[1] is not PropertyListString text)
            {
                return null;
            }

            parts.Add((type.Value, text.Value));
        }

        return parts;
    }

    private static List<(string, string, string)>? Rules(PropertyListDictionary dictionary)
    {
        var rules = new List<(string, string, string)>();
        if (!dictionary.TryGetValue("Rules", out PropertyListValue? value) || value is not PropertyListArray items)
        {
            return null;
        }

        foreach (PropertyListValue item in items)
        {
            if (item is not PropertyListDictionary rule || rule.GetString("RuleType") is not { } type || rule.GetString("RuleValue") is not { } text
                || rule.Keys.Any(key => key is not ("RuleType" or "RuleValue" or "Comment")))
            {
                return null;
            }

            rules.Add((type, text, rule.GetString("Comment") ?? ""));
        }

        return rules;
    }

    private static int? Integer(PropertyListDictionary dictionary, string key) =>
        dictionary.TryGetValue(key, out PropertyListValue? value) && value is PropertyListInteger { Int32: { } number } ? number : null;
}
