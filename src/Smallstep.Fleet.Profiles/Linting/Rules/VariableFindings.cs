using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>What is wrong with the variables of a document.</summary>
internal static class VariableFindings
{
    public static IEnumerable<Finding> Collect(LintDocument document, DocumentKind kind)
    {
        VariableTargets target = kind switch
        {
            DocumentKind.AppleProfile => VariableTargets.AppleProfile,
            DocumentKind.WindowsProfile => VariableTargets.WindowsProfile,
            DocumentKind.Declaration => VariableTargets.Declaration,
            DocumentKind.AndroidProfile => VariableTargets.Android,
            _ => VariableTargets.Script,
        };
        return Tokens(document, target).Concat(Placement(document, kind)).Concat(Secrets(document)).Concat(Positions(document, kind));
    }

    private static IEnumerable<Finding> Tokens(LintDocument document, VariableTargets target)
    {
        ProfileLintContext context = document.Context;
        foreach (VariableToken token in VariableFinder.Tokens(document.Text))
        {
            FleetVariable? variable = VariableCatalog.Find(token.Name);
            if (variable is null)
            {
                yield return document.At(VariableRules.Unknown, token.Start, $"$FLEET_VAR_{token.Name} is no variable of Fleet's.");
            }
            else if (!VariableCatalog.IsSupported(token.Name, target, context.FleetVersion, context.SmallstepVariablesOnWindows))
            {
                yield return document.At(VariableRules.NotSupportedHere, token.Start, $"Fleet {context.FleetVersion} does not take $FLEET_VAR_{token.Name} here.");
                if (target == VariableTargets.WindowsProfile && WayOut(variable) is { } rule)
                {
                    yield return document.At(rule, token.Start, $"$FLEET_VAR_{token.Name} cannot enrol Windows devices with Fleet {context.FleetVersion}.");
                }
            }
            else if (token.Name == "HOST_END_USER_EMAIL_IDP")
            {
                yield return document.At(VariableRules.LegacyEmail, token.Start, "$FLEET_VAR_HOST_END_USER_EMAIL_IDP is legacy.");
            }
            else if (token.Name == "SCEP_RENEWAL_ID" && context.FleetVersion.Capabilities.WritesCertificateRenewalId)
            {
                yield return document.At(VariableRules.LegacyRenewalId, token.Start, "$FLEET_VAR_SCEP_RENEWAL_ID is the older name.");
            }
        }
    }

    private static FindingRule? WayOut(FleetVariable variable) => variable.Authority switch
    {
        AuthorityKind.Smallstep => ProfileRules.SmallstepOnWindows,
        AuthorityKind.Ndes => ProfileRules.NdesTooEarly,
        _ => null,
    };

    /// <summary>What the template compiler sees: authority variables beside other text, and eaten prefixes.</summary>
    private static IEnumerable<Finding> Placement(LintDocument document, DocumentKind kind) =>
        kind is DocumentKind.AppleProfile or DocumentKind.WindowsProfile
            ? FleetTemplate.Compile(document.Bytes, TemplateFormat.Xml, document.Context.FleetVersion).Findings
                .Where(finding => finding.Id != VariableRules.Unknown.Id)
                .Select(finding => finding with { File = document.FileName })
            : [];

    private static IEnumerable<Finding> Secrets(LintDocument document)
    {
        foreach (string name in SecretCheck.MissingNames(document.Text, document.Context))
        {
            yield return document.At(VariableRules.MissingSecret, IndexOf(document.Text, "FLEET_SECRET_" + name), $"The server has no custom variable FLEET_SECRET_{name}.");
        }

        foreach (int id in SecretCheck.MissingVitals(document.Text, document.Context))
        {
            yield return document.At(VariableRules.MissingHostVital, IndexOf(document.Text, $"FLEET_HOST_VITAL_{id}"), $"The server has no custom host vital {id}.");
        }

        foreach (string name in HostVitalVariables.FindReserved(document.Text))
        {
            yield return document.At(VariableRules.ReservedHostSecret, IndexOf(document.Text, "FLEET_HOST_SECRET_" + name), HostVitalVariables.ReservedMessage(name));
        }
    }

    private static IEnumerable<Finding> Positions(LintDocument document, DocumentKind kind)
    {
        bool script = kind == DocumentKind.Script;
        IEnumerable<(int Start, int End)> places = kind switch
        {
            DocumentKind.AppleProfile or DocumentKind.WindowsProfile => Comments(document.Text),
            DocumentKind.Script when document.FileName.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) => SingleQuotes.InPowerShell(document.Text),
            DocumentKind.Script when document.FileName.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) => SingleQuotes.InShell(document.Text),
            _ => [],
        };
        foreach ((int start, int end) in places)
        {
            foreach (VariableToken token in VariableFinder.Tokens(document.Text[start..end]))
            {
                yield return document.At(
                    script ? VariableRules.InSingleQuotes : VariableRules.InComment,
                    start + token.Start,
                    $"$FLEET_VAR_{token.Name} stands in {(script ? "quotes that expand nothing" : "a comment")}.");
            }
        }
    }

    private static IEnumerable<(int Start, int End)> Comments(string text)
    {
        int start = 0;
        while ((start = text.IndexOf("<!--", start, StringComparison.Ordinal)) >= 0)
        {
            int end = text.IndexOf("-->", start, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            yield return (start, end);
            start = end;
        }
    }

    private static int IndexOf(string text, string name) => Math.Max(0, text.IndexOf(name, StringComparison.Ordinal));
}
