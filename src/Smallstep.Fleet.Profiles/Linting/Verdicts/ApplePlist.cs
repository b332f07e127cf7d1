using System.Text;
using System.Text.RegularExpressions;
using Smallstep.Fleet.Variables.Xml;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>An Apple profile as Fleet's plist library sees it, with the DigiCert tokens in <c>data</c> taken care of.</summary>
internal static partial class ApplePlist
{
    /// <summary>Parses with the DigiCert tokens deleted.</summary>
    public static PropertyListDictionary Read(string text) => Parse(WithoutTokens(text));

    /// <summary>The text without the DigiCert tokens, which stand where base64 belongs.</summary>
    public static string WithoutTokens(string text) => DigiCertData().Replace(text, "");

    /// <summary>Parses with the DigiCert tokens as base64, so that they can be found again.</summary>
    public static PropertyListDictionary ReadWithTokens(string text) =>
        Parse(DigiCertData().Replace(text, match => Convert.ToBase64String(Encoding.ASCII.GetBytes(match.Value))));

    /// <summary>The dictionaries in the top-level <c>PayloadContent</c>.</summary>
    public static IReadOnlyList<PropertyListDictionary> Payloads(PropertyListDictionary profile) =>
        profile.TryGetValue("PayloadContent", out PropertyListValue? content) && content is PropertyListArray items ? [.. items.OfType<PropertyListDictionary>()] : [];

    /// <summary>The same where Fleet's reader insists on the form: an array of dictionaries, or nothing.</summary>
    /// <exception cref="ProfileFormatException">It is something else.</exception>
    public static IReadOnlyList<PropertyListDictionary> StrictPayloads(PropertyListDictionary profile)
    {
        if (!profile.TryGetValue("PayloadContent", out PropertyListValue? content))
        {
            return [];
        }

        PropertyListValue? wrong = content is not PropertyListArray items ? content : items.FirstOrDefault(item => item is not PropertyListDictionary);
        return wrong is null
            ? Payloads(profile)
            : throw new ProfileFormatException("PayloadContent is no array of dictionaries.", wrong.Line, wrong.Column, "PayloadContent");
    }

    private static PropertyListDictionary Parse(string text)
    {
        if (InvalidUtf8(text) is var at and >= 0)
        {
            (int line, int column) = TextPosition.Of(text, at);
            throw new ProfileFormatException("The document holds bytes that are no UTF-8.", line, column);
        }

        return PropertyListReader.Read(Encoding.UTF8.GetBytes(text), lenient: true) as PropertyListDictionary
            ?? throw new ProfileFormatException("The profile is no dictionary.");
    }

    /// <summary>Where bytes stand that are no UTF-8; Fleet's reader does not look into comments. -1 where there are none.</summary>
    private static int InvalidUtf8(string text)
    {
        int at = text.IndexOf(Utf8Text.Invalid, StringComparison.Ordinal);
        while (at >= 0 && text.LastIndexOf("<!--", at, StringComparison.Ordinal) is var comment and >= 0 && text.IndexOf("-->", comment, StringComparison.Ordinal) is var end && end > at)
        {
            at = text.IndexOf(Utf8Text.Invalid, end);
        }

        return at;
    }

    [GeneratedRegex(@"\$FLEET_VAR_DIGICERT_DATA_[0-9A-Za-z_]+|\$\{FLEET_VAR_DIGICERT_DATA_[0-9A-Za-z_]+\}", RegexOptions.CultureInvariant)]
    private static partial Regex DigiCertData();
}
