using System.Text;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Where the DigiCert variables must stand: data and password of one authority in one PKCS#12 payload.</summary>
internal static class AppleDigiCertPlacement
{
    private const int MaxShown = 100;

    public static Refusal? Judge(string text, IReadOnlyCollection<string> authorities, VariablePlaces places)
    {
        IReadOnlyList<PropertyListDictionary> payloads;
        try
        {
            payloads = ApplePlist.StrictPayloads(ApplePlist.ReadWithTokens(text));
        }
        catch (ProfileFormatException e)
        {
            return Refusal.Unreadable("Failed to parse PKCS12 payload with Fleet variables: ", e);
        }

        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (PropertyListDictionary payload in payloads.Where(payload => payload.GetString("PayloadType") == "com.apple.security.pkcs12"))
        {
            string password = payload.GetString("Password") ?? "";
            string data = payload.TryGetValue("PayloadContent", out PropertyListValue? value) && value is PropertyListData bytes ? Encoding.UTF8.GetString(bytes.Value.Span) : "";
            if (authorities.FirstOrDefault(name => IsToken(password, "DIGICERT_PASSWORD_" + name)) is not { } authority)
            {
                continue;
            }

            if (!IsToken(data, "DIGICERT_DATA_" + authority))
            {
                return Refusal.At(payload, $"CA name mismatch between $FLEET_VAR_DIGICERT_PASSWORD_{authority} and {(data.Length > MaxShown ? data[..MaxShown] + "..." : data)} in PKCS12 payload.");
            }

            found.Add(authority);
        }

        return authorities.FirstOrDefault(name => !found.Contains(name)) is { } missing
            ? places.At("DIGICERT_PASSWORD_" + missing, $"Variables $FLEET_VAR_DIGICERT_PASSWORD_{missing} and $FLEET_VAR_DIGICERT_DATA_{missing} can only be included in the 'com.apple.security.pkcs12' payload under Password and PayloadContent, respectively.")
            : null;
    }

    private static bool IsToken(string value, string name) => value == "$FLEET_VAR_" + name || value == "${FLEET_VAR_" + name + "}";
}
