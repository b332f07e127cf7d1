using System.Text;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>What Apple devices and the agent would make of a profile.</summary>
internal sealed class AppleFindings(LintDocument document)
{
    private static readonly string[] GuideUuids =
    [
        "C15F6CB6-473E-4B66-9B5B-A7B01C07152F", "CCE7C356-A5DB-4796-86B5-E8DFAEA7F08E", "EBEA31C0-C9A4-4862-A939-E16DA63DE35B",
        "18F9A37B-AEDB-4D9E-808F-F946ACBF3A46", "AD981C97-F3F4-41D8-996A-9DE254012810",
    ];

    public IEnumerable<Finding> Collect()
    {
        if (Strict() is { } strict)
        {
            yield return strict;
        }

        PropertyListDictionary profile;
        try
        {
            profile = ApplePlist.Read(document.Text);
        }
        catch (ProfileFormatException)
        {
            // The verdict says so already.
            yield break;
        }

        (PropertyListDictionary Payload, bool Nested)[] payloads = [.. All(profile, false)];
        foreach (Finding finding in payloads.SelectMany(entry => Payload(entry.Payload, entry.Nested)).Concat(Identities(profile, payloads)).Concat(Agent(payloads)))
        {
            yield return finding;
        }
    }

    private Finding? Strict()
    {
        try
        {
            string text = ApplePlist.WithoutTokens(document.Text);
            PropertyListReader.Read(text == document.Text ? document.Bytes.Span : Encoding.UTF8.GetBytes(text));
            return null;
        }
        catch (ProfileFormatException e)
        {
            return ProfileRules.StrictFormat.At(e.Message, document.FileName, e.Line, e.Column);
        }
    }

    private static IEnumerable<(PropertyListDictionary Payload, bool Nested)> All(PropertyListDictionary profile, bool nested) =>
        ApplePlist.Payloads(profile).SelectMany(payload => All(payload, true).Prepend((payload, nested)));

    private IEnumerable<Finding> Payload(PropertyListDictionary payload, bool nested)
    {
        string type = payload.GetString("PayloadType") ?? "";
        return type switch
        {
            ScepPayload.PayloadType => Scep(payload),
            CertificatePayload.Root or CertificatePayload.Pkcs1 or CertificatePayload.Pem => Certificate(payload, type),
            AgentFacts.BundleIdentifier => Settings(payload, nested),
            _ => [],
        };
    }

    private IEnumerable<Finding> Scep(PropertyListDictionary payload)
    {
        if (PayloadReader.Read(payload) is not ScepPayload scep)
        {
            yield break;
        }

        if (scep.KeySize < 2048)
        {
            yield return document.At(ProfileRules.WeakKey, payload, $"The SCEP payload asks for a key of {scep.KeySize} bits.");
        }

        if (scep.KeyUsage != 0 && (scep.KeyUsage & 1) == 0)
        {
            yield return document.At(ProfileRules.KeyUsageWithoutSignature, payload, $"Key Usage {scep.KeyUsage} has no signing bit.");
        }
    }

    private IEnumerable<Finding> Certificate(PropertyListDictionary payload, string type)
    {
        PropertyListData? data = payload.TryGetValue("PayloadContent", out PropertyListValue? value) ? value as PropertyListData : null;
        ReadOnlyMemory<byte> contents = data?.Value ?? default;
        if (type == CertificatePayload.Pem && contents.Length > 0 && contents.Span[0] == 0x30)
        {
            yield return document.At(ProfileRules.PemHoldsDer, data, "A com.apple.security.pem payload holds DER.");
        }

        foreach ((FindingRule rule, string message) in CertificateFindings.Judge(contents, type != CertificatePayload.Pkcs1, document.Context))
        {
            yield return document.At(rule, (PropertyListValue?)data ?? payload, message);
        }
    }

    private IEnumerable<Finding> Settings(PropertyListDictionary payload, bool nested)
    {
        if (nested)
        {
            yield return document.At(ProfileRules.NestedAgentSettings, payload, "The agent's settings stand in a Configuration payload inside the profile.");
        }

        string slug = payload.GetString("TeamSlug") ?? "";
        if (!TeamSlug.TryParse(slug, out _) && slug.IndexOf('$', StringComparison.Ordinal) < 0)
        {
            yield return document.At(ProfileRules.InvalidTeamSlug, payload, $"TeamSlug is '{slug}'.");
        }

        if (payload.GetString("CAFingerprint") is { } fingerprint && FingerprintCheck.Problem(fingerprint, document.Context) is { } problem)
        {
            yield return document.At(ProfileRules.InvalidFingerprint, payload, problem);
        }
    }

    private IEnumerable<Finding> Identities(PropertyListDictionary profile, (PropertyListDictionary Payload, bool Nested)[] payloads)
    {
        PropertyListDictionary[] all = [profile, .. payloads.Select(entry => entry.Payload)];
        foreach (string key in new[] { "PayloadUUID", "PayloadIdentifier" })
        {
            foreach (IGrouping<string, PropertyListDictionary> group in all.Where(payload => payload.GetString(key) is not null).GroupBy(payload => payload.GetString(key)!, StringComparer.OrdinalIgnoreCase))
            {
                foreach (PropertyListDictionary again in group.Skip(1))
                {
                    yield return document.At(ProfileRules.RepeatedIdentity, again, $"The {key} {group.Key} stands on two payloads.");
                }
            }
        }

        if (GuideUuids.Contains(profile.GetString("PayloadUUID")))
        {
            yield return document.At(ProfileRules.GuideIdentity, profile, "The profile carries the UUIDs of the article.");
        }
    }

    /// <summary>What the agent needs from the SCEP payload beside it.</summary>
    private IEnumerable<Finding> Agent((PropertyListDictionary Payload, bool Nested)[] payloads)
    {
        PropertyListDictionary? settings = payloads.Select(entry => entry.Payload).FirstOrDefault(payload => payload.GetString("PayloadType") == AgentFacts.BundleIdentifier);
        PropertyListDictionary? place = payloads.Select(entry => entry.Payload).FirstOrDefault(payload => payload.GetString("PayloadType") == ScepPayload.PayloadType);
        if (settings is null || place is null || PayloadReader.Read(place) is not ScepPayload scep)
        {
            yield break;
        }

        if (scep.AllowAllAppsAccess != true)
        {
            yield return document.At(ProfileRules.AppsCannotUseKey, place, "The SCEP payload does not let other apps use the key.");
        }

        string? label = KmsUri.TryParse(settings.GetString("Certificate"), out KmsUri? uri) ? uri["label"] : null;
        string? commonName = scep.Subject.FirstOrDefault(part => part.Type == "CN").Value;
        if (label is not null && commonName is not null && label != commonName)
        {
            yield return document.At(ProfileRules.LabelMismatch, settings, $"The agent looks for '{label}', the certificate's CN is '{commonName}'.");
        }
    }
}
