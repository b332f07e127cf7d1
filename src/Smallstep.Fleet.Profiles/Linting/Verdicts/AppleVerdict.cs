using System.Text.RegularExpressions;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's checks of an uploaded Apple profile, in its order; the first problem wins.</summary>
internal sealed partial class AppleVerdict(string original, ProfileLintContext context)
{
    private readonly VariablePlaces _places = new(original);
    private string _text = "";

    public Refusal? Judge() =>
        Signed() ?? Secrets() ?? Names() ?? Authorities() ?? SecretCheck.Vitals(original, context) ?? Parse();

    private Refusal? Signed() =>
        AppleProfileIdentity.LooksSigned(original) && context.FleetVersion.Capabilities.RefusesSignedProfiles ? FleetWords.Signed : null;

    private Refusal? Secrets()
    {
        if (DisplayNames().Matches(original).FirstOrDefault(match => SecretVariables.Find(match.Groups["v"].Value).Count > 0) is { } name)
        {
            return Refusal.At(original, name.Groups["v"].Index, "PayloadDisplayName cannot contain FLEET_SECRET variables");
        }

        if (SecretCheck.Missing(original, context) is { } missing)
        {
            return missing;
        }

        _text = SecretCheck.Expand(original, context);
        return SecretCheck.Reserved(_text, context);
    }

    private Refusal? Names()
    {
        IReadOnlyList<string> names = VariableFinder.Find(_text);
        if (names.FirstOrDefault(name => !VariableCatalog.IsSupported(name, VariableTargets.AppleProfile, context.FleetVersion)) is { } unsupported)
        {
            return _places.At(unsupported, $"Fleet variable $FLEET_VAR_{unsupported} is not supported in configuration profiles.");
        }

        return ApplePlatformSso.Judge(_text, context, _places) ?? (names.Count > 0 && !context.IsPremium ? _places.At(names, FleetWords.License) : null);
    }

    private Refusal? Authorities()
    {
        var placement = new AppleScepPlacement(_text, context, _places);
        return new AuthorityVariables(_text, context, _places).Judge(
            HasRenewablePayload, renewalRequired: true,
            variables => AppleDigiCertPlacement.Judge(_text, variables.DigiCert, _places),
            placement.Judge);
    }

    private Refusal? Parse()
    {
        const string Prefix = "failed to parse config profile: new MDMAppleConfigProfile: ";
        try
        {
            if (AppleProfileIdentity.LooksSigned(_text))
            {
                return Prefix + AppleProfileIdentity.SignedMessage;
            }

            PropertyListDictionary profile = ApplePlist.Read(_text);
            (AppleProfileIdentity? identity, Refusal? problem) = AppleProfileIdentity.Judge(profile);
            return problem is not null ? problem with { Message = Prefix + problem.Message }
                : Reserved(profile, identity!) ?? ApplePayloadScreen.Judge(profile, context.AllowCustomDiskEncryption);
        }
        catch (ProfileFormatException e)
        {
            return Refusal.Unreadable(Prefix, e);
        }
    }

    private static Refusal? Reserved(PropertyListDictionary profile, AppleProfileIdentity identity) =>
        FleetWords.ReservedIdentifiers.Contains(identity.Identifier) ? Refusal.At(profile["PayloadIdentifier"], $"payload identifier {identity.Identifier} is not allowed")
        : FleetWords.ReservedNames.Contains(identity.DisplayName) ? Refusal.At(profile["PayloadDisplayName"], $"payload display name {identity.DisplayName} is not allowed")
        : null;

    private bool HasRenewablePayload()
    {
        try
        {
            return ApplePlist.Payloads(ApplePlist.Read(_text)).Any(payload => payload.GetString("PayloadType") is "com.apple.security.acme" or ScepPayload.PayloadType);
        }
        catch (ProfileFormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"<key>\s*PayloadDisplayName\s*</key>\s*<string>(?<v>[^<]*)</string>", RegexOptions.CultureInvariant)]
    private static partial Regex DisplayNames();
}
