namespace Smallstep.Fleet.Variables;

/// <summary>The rules about variables, <c>SSF1xxx</c>.</summary>
public static class VariableRules
{
    /// <summary>A name that the catalog does not hold.</summary>
    public static FindingRule Unknown { get; } = new(
        "SSF1001", "Unknown variable", FindingSeverity.Error,
        "Check the spelling. A word character right after a bare token belongs to its name; write ${FLEET_VAR_NAME} where text follows.");

    /// <summary>A variable that the kind of document does not take.</summary>
    public static FindingRule NotSupportedHere { get; } = new(
        "SSF1002", "Variable not supported in this kind of document", FindingSeverity.Error,
        "Use a variable that this kind of document takes in the Fleet release at hand.");

    /// <summary>A variable of a certificate authority that is not the whole text of an element.</summary>
    public static FindingRule NotWholeElement { get; } = new(
        "SSF1003", "Authority variable is not the whole text of an element", FindingSeverity.Error,
        "Make the token the whole text of its element; otherwise Fleet delivers it unreplaced.");

    /// <summary>A name that is the beginning of another one which stays in the text.</summary>
    public static FindingRule EatsPrefix { get; } = new(
        "SSF1004", "Short name eats a longer one", FindingSeverity.Warning,
        "Fleet replaces without looking at what follows a bare token. Write the longer variable in braces, or remove it.");

    /// <summary>A value that holds a token of a variable that is replaced later.</summary>
    public static FindingRule ValueHoldsToken { get; } = new(
        "SSF1005", "Value holds a variable", FindingSeverity.Warning,
        "Fleet replaces the token inside the value as well; a compiled template does not. Change the value.");

    /// <summary>A token in a comment.</summary>
    public static FindingRule InComment { get; } = new(
        "SSF1006", "Variable in a comment", FindingSeverity.Warning,
        "Fleet counts and replaces tokens in comments too, so an example becomes a second occurrence. Remove it.");

    /// <summary>The legacy e-mail variable.</summary>
    public static FindingRule LegacyEmail { get; } = new(
        "SSF1007", "Legacy e-mail variable", FindingSeverity.Warning,
        "Use $FLEET_VAR_HOST_END_USER_IDP_USERNAME; the older variable is gone from Fleet's documentation.");

    /// <summary>The older name of the renewal id where the newer one is accepted.</summary>
    public static FindingRule LegacyRenewalId { get; } = new(
        "SSF1008", "Older name of the renewal id", FindingSeverity.Info,
        "Use $FLEET_VAR_CERTIFICATE_RENEWAL_ID from Fleet 4.90; never both names in one profile.");

    /// <summary>A secret that the server does not have.</summary>
    public static FindingRule MissingSecret { get; } = new(
        "SSF1009", "Secret variable missing", FindingSeverity.Error,
        "Add the custom variable in Fleet (Controls → Variables), or to the environment of fleetctl gitops.");

    /// <summary>A name that Fleet keeps to itself.</summary>
    public static FindingRule ReservedHostSecret { get; } = new(
        "SSF1010", "Reserved host secret", FindingSeverity.Error,
        "Remove it: $FLEET_HOST_SECRET_ names belong to Fleet's own profiles.");

    /// <summary>A token inside single quotes of a script, or in a here-document that expands nothing.</summary>
    public static FindingRule InSingleQuotes { get; } = new(
        "SSF1011", "Variable in single quotes", FindingSeverity.Warning,
        "Fleet sets the value in front of the script; neither a shell nor PowerShell expands it inside single quotes or a quoted here-document. Use double quotes.");

    /// <summary>Values for which Fleet's passes and a compiled template differ.</summary>
    public static FindingRule PassesDiffer { get; } = new(
        "SSF1012", "Fleet's passes give another text", FindingSeverity.Warning,
        "A value makes a token together with the text around it, or moves what stands around one. Part the tokens by other text, or write them in braces.");

    /// <summary>A host vital that the server does not have.</summary>
    public static FindingRule MissingHostVital { get; } = new(
        "SSF1013", "Custom host vital missing", FindingSeverity.Error,
        "Define the custom host vital in Fleet, and use the id that Fleet gave it.");

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
    [
        Unknown, NotSupportedHere, NotWholeElement, EatsPrefix, ValueHoldsToken, InComment, LegacyEmail, LegacyRenewalId, MissingSecret,
        ReservedHostSecret, InSingleQuotes, PassesDiffer, MissingHostVital,
    ];
}
