namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Payloads that Fleet keeps to itself: types, then identifiers, then names.</summary>
internal static class ApplePayloadScreen
{
    private const string FileVault = "com.apple.MCX.FileVault2";
    private const string Escrow = "com.apple.security.FDERecoveryKeyEscrow";
    private const string Redirect = "com.apple.security.FDERecoveryRedirect";
    private const string Custom = "com.apple.MCX";

    public static Refusal? Judge(PropertyListDictionary profile, bool allowCustomDiskEncryption)
    {
        IReadOnlyList<PropertyListDictionary> payloads = ApplePlist.StrictPayloads(profile);
        if (!allowCustomDiskEncryption && payloads.FirstOrDefault(IsFileVault) is { } fileVault)
        {
            return Refusal.At(fileVault, FleetWords.FileVault);
        }

        // Redirection is refused; the message then names every type that Fleet looks at.
        bool redirects = payloads.Any(payload => payload.GetString("PayloadType") == Redirect);
        return (redirects ? List(payloads, "PayloadType", [Escrow, FileVault, Custom, Redirect]) : null)
            ?? List(payloads, "PayloadIdentifier", FleetWords.ReservedIdentifiers)
            ?? List(payloads, "PayloadDisplayName", FleetWords.ReservedNames);
    }

    private static bool IsFileVault(PropertyListDictionary payload) => payload.GetString("PayloadType") switch
    {
        FileVault or Escrow => true,
        Custom => payload.ContainsKey("DestroyFVKeyOnStandby") || payload.ContainsKey("dontAllowFDEDisable") || payload.ContainsKey("dontAllowFDEEnable"),
        _ => false,
    };

    private static Refusal? List(IEnumerable<PropertyListDictionary> payloads, string key, IReadOnlyList<string> reserved)
    {
        PropertyListDictionary[] found = [.. payloads.Where(payload => payload.GetString(key) is { } value && reserved.Contains(value))];
        return found.Length > 0 ? Refusal.At(found[0][key], $"unsupported {key}(s): {string.Join(", ", found.Select(payload => payload.GetString(key)))}") : null;
    }
}
