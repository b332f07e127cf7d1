namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>The one place where the Platform SSO registration token may stand.</summary>
internal static class ApplePlatformSso
{
    private const string Name = "PSSO_DEVICE_REGISTRATION_TOKEN";
    private const string Token = "$FLEET_VAR_" + Name;
    private const string Braced = "${FLEET_VAR_" + Name + "}";

    public static Refusal? Judge(string text, ProfileLintContext context, VariablePlaces written)
    {
        // Like Fleet's passes, this counts the beginning of longer names too.
        int occurrences = Count(text, Token) + Count(text, Braced);
        if (occurrences == 0)
        {
            return null;
        }

        if (!context.IsPremium)
        {
            return written.At(Name, $"Variable {Token} requires a Fleet Premium license.");
        }

        PropertyListDictionary profile;
        try
        {
            profile = ApplePlist.Read(text);
        }
        catch (ProfileFormatException e)
        {
            return Refusal.Unreadable("Failed to parse Platform SSO payload with Fleet variables: ", e);
        }

        int places = 0;
        foreach (PropertyListDictionary payload in ApplePlist.Payloads(profile).Where(IsUsed))
        {
            if (payload.GetString("ExtensionIdentifier")?.StartsWith("com.fleetdm", StringComparison.Ordinal) != true)
            {
                return Refusal.At(payload, $"Variable {Token} is only allowed in a Fleet Platform SSO payload (the ExtensionIdentifier must start with \"com.fleetdm\").");
            }

            if (!UsesSharedDeviceKeys(payload))
            {
                return Refusal.At(payload, $"Variable {Token} requires the Platform SSO payload to set UseSharedDeviceKeys to true.");
            }

            places++;
        }

        return places == occurrences ? null : written.At(Name, $"Variable {Token} is only allowed in the RegistrationToken of a Fleet Platform SSO payload.");
    }

    private static int Count(string text, string token) => (text.Length - text.Replace(token, "", StringComparison.Ordinal).Length) / token.Length;

    private static bool IsUsed(PropertyListDictionary payload) =>
        payload.GetString("PayloadType") == "com.apple.extensiblesso" && payload.GetString("RegistrationToken") is Token or Braced;

    private static bool UsesSharedDeviceKeys(PropertyListDictionary payload) =>
        payload.TryGetValue("PlatformSSO", out PropertyListValue? sso) && sso is PropertyListDictionary settings
        && settings.TryGetValue("UseSharedDeviceKeys", out PropertyListValue? value) && value is PropertyListBoolean { Value: true };
}
