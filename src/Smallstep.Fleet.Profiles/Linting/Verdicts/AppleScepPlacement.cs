using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Where the variables of a SCEP authority must stand in an Apple profile.</summary>
internal sealed class AppleScepPlacement(string text, ProfileLintContext context, VariablePlaces places)
{
    public Refusal? Judge(AuthoritySet set)
    {
        PropertyListDictionary[] payloads;
        try
        {
            payloads = [.. ApplePlist.StrictPayloads(ApplePlist.Read(text)).Where(payload => payload.GetString("PayloadType") == ScepPayload.PayloadType)];
        }
        catch (ProfileFormatException e)
        {
            return Refusal.Unreadable("Failed to parse SCEP payload with Fleet variables: ", e);
        }

        if (payloads.Length > 1)
        {
            return Refusal.At(payloads[1], "Add only one SCEP payload.");
        }

        if (payloads.Length == 0)
        {
            return places.At([.. set.Variables], "Variables prefixed with \"$FLEET_VAR_SCEP_\", \"$FLEET_VAR_CUSTOM_SCEP_\", \"$FLEET_VAR_NDES_SCEP\" and \"$FLEET_VAR_SMALLSTEP_\" must only be in the SCEP payload.");
        }

        PropertyListDictionary content = payloads[0].TryGetValue("PayloadContent", out PropertyListValue? value) && value is PropertyListDictionary inner && IsReadable(inner) ? inner : new();
        Refusal? fields = set.Names.Select(name => Field(content, "Challenge", set.ChallengePrefix + name) ?? Field(content, "URL", set.UrlPrefix + name)).FirstOrDefault(problem => problem is not null);
        Refusal? renewal = HoldsRenewalId(content) ? null : places.At(FleetWords.RenewalIds, FleetWords.MustBeInOu(context.FleetVersion));
        return set.Kind == AuthorityKind.Ndes ? renewal ?? fields : fields ?? renewal;
    }

    /// <summary>Whether Fleet's reader takes the payload's content; it goes on with an empty one otherwise.</summary>
    private static bool IsReadable(PropertyListDictionary content) =>
        content.All(entry => entry.Key switch
        {
            "Challenge" or "URL" => entry.Value is PropertyListString,
            "Subject" => entry.Value is PropertyListArray names && names.All(name => name is PropertyListArray pairs && pairs.All(pair => pair is PropertyListArray parts && parts.All(part => part is PropertyListString))),
            _ => true,
        });

    private Refusal? Field(PropertyListDictionary content, string field, string name)
    {
        string value = content.GetString(field) ?? "";
        return value == "$FLEET_VAR_" + name || value == "${FLEET_VAR_" + name + "}"
            ? null
            : places.At(name, $"Variable \"$FLEET_VAR_{name}\" must be in the SCEP certificate's \"{field}\" field.");
    }

    /// <summary>Whether a CN or OU of the subject holds the renewal id, alone or with other text.</summary>
    private static bool HoldsRenewalId(PropertyListDictionary content)
    {
        if (!content.TryGetValue("Subject", out PropertyListValue? subject) || subject is not PropertyListArray names)
        {
            return false;
        }

        IEnumerable<PropertyListArray> pairs = names.OfType<PropertyListArray>().SelectMany(name => name.OfType<PropertyListArray>());
        return pairs.Any(pair => pair.Count == 2
            && pair[0] is PropertyListString { Value: "CN" or "OU" }
            && pair[1] is PropertyListString value
            && VariableReplacer.ReplaceRaw(VariableReplacer.ReplaceRaw(value.Value, "CERTIFICATE_RENEWAL_ID", ""), "SCEP_RENEWAL_ID", "") != value.Value);
    }
}
