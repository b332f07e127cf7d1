namespace Smallstep.Fleet.GitOps;

/// <summary>The rules of this assembly: SSF30xx is what fleetctl or the server refuses, SSF31xx what they let pass or do not look at.</summary>
public static class GitOpsRules
{
    /// <summary>fleetctl refuses its arguments.</summary>
    public static FindingRule Arguments { get; } = Error("SSF3001", "Arguments of fleetctl gitops", "Give one -f per file and no other arguments; fleetctl gitops --help lists the flags.");

    /// <summary>A file is no YAML, or no mapping.</summary>
    public static FindingRule Syntax { get; } = Error("SSF3002", "YAML that cannot be read", "Correct the line; tabs, an unquoted value with ': ' and an inserted secret are the usual causes.");

    /// <summary>A file that is referred to is absent.</summary>
    public static FindingRule MissingFile { get; } = Error("SSF3003", "Missing file", "Paths are relative to the file that contains the entry. Correct the path or add the file.");

    /// <summary>An environment variable is not set.</summary>
    public static FindingRule VariableNotSet { get; } = Error("SSF3004", "Environment variable that is not set", "Set the variable, or write \\$ for a literal dollar. Comments count too.");

    /// <summary><c>$FLEET_SECRET_</c> in YAML.</summary>
    public static FindingRule SecretInYaml { get; } = Error("SSF3005", "FLEET_SECRET_ in a YAML file", "FLEET_SECRET_ variables belong into profiles and scripts. In YAML use a variable with another name.");

    /// <summary>A <c>FLEET_SECRET_</c> variable of a profile or script is not set.</summary>
    public static FindingRule SecretNotSet { get; } = Error("SSF3006", "FLEET_SECRET_ variable that is not set", "Set the variable where fleetctl runs. A mention in a comment counts too.");

    /// <summary>A top-level key is unknown.</summary>
    public static FindingRule UnknownTopLevelKey { get; } = Error("SSF3007", "Unknown top-level key", "Remove the key; --allow-unknown-keys does not help here.");

    /// <summary>A key is unknown.</summary>
    public static FindingRule UnknownKey { get; } = Error("SSF3008", "Unknown key", "Correct or remove the key. Before Fleet 4.83 it is ignored without a word.");

    /// <summary>Old and new name of a key stand side by side.</summary>
    public static FindingRule OldAndNewKey { get; } = Error("SSF3009", "Old and new name of one key", "Keep the new name.");

    /// <summary>A value has the wrong type.</summary>
    public static FindingRule WrongType { get; } = Error("SSF3010", "Value of the wrong type", "Give the type that is asked for; quote texts that look like numbers or booleans.");

    /// <summary>It is not clear what a file is, or it bears the wrong name.</summary>
    public static FindingRule FileKind { get; } = Error("SSF3011", "Kind of file", "The global file has org_settings, a fleet's file a name, and unassigned.yml the name Unassigned.");

    /// <summary>A key stands in a file that may not have it.</summary>
    public static FindingRule MisplacedKey { get; } = Error("SSF3012", "Key in the wrong file", "Move the key to the file that takes it.");

    /// <summary>A <c>path</c> or <c>paths</c> entry is wrong.</summary>
    public static FindingRule FileReference { get; } = Error("SSF3013", "path and paths", "path names one file, paths a pattern with * ? [ or {; an entry has one of them.");

    /// <summary>A file that is referred to refers to another.</summary>
    public static FindingRule NestedPath { get; } = Error("SSF3014", "Nested path", "Refer to the second file from the main file.");

    /// <summary>Enroll secrets are malformed, or one stands in two files.</summary>
    public static FindingRule EnrollSecrets { get; } = Error("SSF3015", "Enroll secrets", "secrets is a list of items with a secret; every fleet needs secrets of its own.");

    /// <summary>A setting of the organization contradicts itself.</summary>
    public static FindingRule OrgSettings { get; } = Error("SSF3016", "Settings that contradict themselves", "Correct the setting that is named.");

    /// <summary>A certificate authority is one that Fleet refuses.</summary>
    public static FindingRule CertificateAuthority { get; } = Error("SSF3017", "Certificate authority", "Correct the field that is named. Fleet then also asks the SCEP and challenge addresses, which cannot be checked offline.");

    /// <summary>A profile is one that Fleet refuses.</summary>
    public static FindingRule Profile { get; } = Error("SSF3018", "Configuration profile", "Correct the profile or its entry.");

    /// <summary>A package is one that Fleet refuses.</summary>
    public static FindingRule Software { get; } = Error("SSF3019", "Software package", "Correct the entry.");

    /// <summary>A label is one that Fleet refuses.</summary>
    public static FindingRule Label { get; } = Error("SSF3020", "Label", "A label has an ASCII name; a dynamic one a query, a host_vitals one criteria, a manual one neither.");

    /// <summary>A policy is one that Fleet refuses.</summary>
    public static FindingRule Policy { get; } = Error("SSF3021", "Policy", "Correct the policy.");

    /// <summary>A report is one that Fleet refuses.</summary>
    public static FindingRule Report { get; } = Error("SSF3022", "Report", "A report has an ASCII name and a query.");

    /// <summary>A label is referred to that will not exist.</summary>
    public static FindingRule MissingLabel { get; } = Error("SSF3023", "Label that will not exist", "Declare the label in default.yml or in the fleet's file. A label that is not declared is deleted in the same run.");

    /// <summary>A built-in label is a target.</summary>
    public static FindingRule BuiltInLabel { get; } = Error("SSF3024", "Built-in label as a target", "Declare a custom label with an osquery query; AgentLabels has those for the agent's packages.");

    /// <summary>An entry has more kinds of label targets than it may have.</summary>
    public static FindingRule LabelKinds { get; } = Error("SSF3025", "Label targets that exclude each other", "Keep one of labels_include_all, labels_include_any and labels_exclude_any; on profiles an exclude may stand beside an include from Fleet 4.87.");

    /// <summary>The global file and <c>unassigned.yml</c> disagree, or one is absent.</summary>
    public static FindingRule Controls { get; } = Error("SSF3026", "controls, default.yml and unassigned.yml", "controls must be present, even empty, in default.yml or unassigned.yml, and may be filled in only one of them; unassigned.yml needs default.yml.");

    /// <summary>One label is added or deleted in two files.</summary>
    public static FindingRule LabelInTwoFiles { get; } = Error("SSF3027", "One label in two files", "Label names are unique on a server. Declare the label once, in default.yml for all fleets.");

    /// <summary>A key is present although its kind is excepted from GitOps.</summary>
    public static FindingRule Excepted { get; } = Error("SSF3028", "Key of a kind that is excepted from GitOps", "Remove the key, or turn the exception off in Settings, Integrations, Change management.");

    /// <summary>A token is assigned to a fleet that is not there, or that the run deletes.</summary>
    public static FindingRule TokenFleet { get; } = Error("SSF3029", "Fleet of an Apple Business or Volume Purchasing token", "Add the fleet's file to the run, or correct the name; once one fleet is new, every fleet that a token names must be in the run.");

    /// <summary>A placeholder stands unquoted where its value would be re-read as YAML.</summary>
    public static FindingRule UnquotedPlaceholder { get; } = Warning("SSF3101", "Placeholder that is not protected", "Write the value as a literal block: KEY: |2- and the placeholder on the next line, two blanks deeper.");

    /// <summary>YAML makes another value of what is in the environment.</summary>
    public static FindingRule ChangedValue { get; } = Error("SSF3102", "Value that YAML changes", "Write the value as a literal block: KEY: |2- and the placeholder on the next line, two blanks deeper.");

    /// <summary>A key stands twice.</summary>
    public static FindingRule DuplicateKey { get; } = Error("SSF3103", "Duplicate key", "Remove one: fleetctl takes the last and says nothing.");

    /// <summary>A file has a second document.</summary>
    public static FindingRule SecondDocument { get; } = Error("SSF3104", "Second document", "Move it into a file of its own: fleetctl reads the first document only.");

    /// <summary>No profile uses an authority.</summary>
    public static FindingRule UnusedAuthority { get; } = new("SSF3105", "Certificate authority that no profile uses", FindingSeverity.Info, "Add a profile with the authority's variables, or remove the authority.");

    /// <summary>A profile's variable names an authority that is not declared.</summary>
    public static FindingRule MissingAuthority { get; } = Error("SSF3106", "Variable of an authority that is not declared", "Declare the authority under org_settings.certificate_authorities, or correct the name after the variable's prefix; case counts.");

    /// <summary>A section is absent, so what it holds on the server is deleted.</summary>
    public static FindingRule AbsentSection { get; } = Warning("SSF3107", "Absent section", "Write the section with what shall stay; a run deletes what an absent section would hold, and a dry run does not show it.");

    /// <summary>A target label is made in the same run.</summary>
    public static FindingRule NewLabel { get; } = new("SSF3108", "Target label made in the same run", FindingSeverity.Info, "Nothing to do: hosts join when they report next. Some releases fail a dry run that targets a label which is not on the server yet.");

    /// <summary>Several packages of one title in one fleet.</summary>
    public static FindingRule OnePackagePerTitle { get; } = Error(
        "SSF3109", "Several packages of one title in one fleet",
        "Before Fleet 4.90 keep one in this fleet and give the other architecture a fleet of its own; from 4.90 list the packages in one package file.");

    /// <summary>A masked secret stands for the secret.</summary>
    public static FindingRule MaskedSecret { get; } = Error("SSF3110", "Masked secret", "Eight asterisks come from a server that hides the secret. Write an environment placeholder.");

    /// <summary>A secret stands in the repository.</summary>
    public static FindingRule SecretInClear { get; } = Warning("SSF3111", "Secret in the repository", "Write an environment placeholder in a literal block, and change the secret: it is in the history.");

    /// <summary>A <c>description</c> keeps a reference after it from being expanded.</summary>
    public static FindingRule SkippedReference { get; } = Warning("SSF3112", "Reference that is not expanded", "description: and resolution: keep references literal up to the next indented key, the name of a next list item included. Put another key after the description.");

    /// <summary><c>controls</c> points to a file of another folder.</summary>
    public static FindingRule ControlsPath { get; } = Warning("SSF3113", "controls in another folder", "Paths in that file are relative to the main file's folder. Keep controls in the main file, or both files in one folder.");

    /// <summary>A key has a new name.</summary>
    public static FindingRule OldKey { get; } = new("SSF3114", "Key with a new name", FindingSeverity.Info, "Write the new name; Fleet 5 drops the old one.");

    /// <summary>A pattern matches nothing.</summary>
    public static FindingRule EmptyGlob { get; } = Warning("SSF3115", "Pattern that matches nothing", "Correct the pattern: fleetctl prints a line and goes on, and what the entry held is removed.");

    /// <summary>Labels stand beside a policy file's path.</summary>
    public static FindingRule IgnoredPolicyLabels { get; } = Warning("SSF3116", "Labels that are ignored", "Write the labels on the policies in the file; beside path they are accepted and ignored.");

    /// <summary>An integer is too large for JSON.</summary>
    public static FindingRule LargeInteger { get; } = Warning("SSF3117", "Integer that loses digits", "Quote it: above 2^53 fleetctl rounds it.");

    /// <summary>Fleet Free leaves fleet files out.</summary>
    public static FindingRule FreeSkipsFleets { get; } = Warning("SSF3118", "Fleet file on Fleet Free", "Fleets need Fleet Premium; fleetctl prints a line and leaves the file out.");

    /// <summary>A hash is pinned on an address whose contents change.</summary>
    public static FindingRule PinnedLatest { get; } = Warning("SSF3119", "Hash on an address that changes", "Use the versioned address: what a latest address serves changes, and then the hash fails the run.");

    /// <summary>A package that no repository can name.</summary>
    public static FindingRule PackageWithoutSource { get; } = Warning("SSF3120", "Package with neither address nor hash", "Give the package's address, or its SHA-256 where it is already on the server.");

    /// <summary>Something that a merge leaves alone.</summary>
    public static FindingRule NotMerged { get; } = Warning("SSF3121", "Left alone by a merge", "Change the file by hand; a merge only adds lines.");

    /// <summary>Two YARA rules of one name.</summary>
    public static FindingRule SameYaraRule { get; } = Warning(
        "SSF3122", "YARA rules of one name", "Rename one of the files: Fleet knows a rule by its file's name, without regard to case and folder, and fails once the settings are saved.");

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<FindingRule> All { get; } =
    [
        Arguments, Syntax, MissingFile, VariableNotSet, SecretInYaml, SecretNotSet, UnknownTopLevelKey, UnknownKey, OldAndNewKey, WrongType,
        FileKind, MisplacedKey, FileReference, NestedPath, EnrollSecrets, OrgSettings, CertificateAuthority, Profile, Software, Label,
        Policy, Report, MissingLabel, BuiltInLabel, LabelKinds, Controls, LabelInTwoFiles, Excepted, TokenFleet,
        UnquotedPlaceholder, ChangedValue, DuplicateKey, SecondDocument, UnusedAuthority, MissingAuthority, AbsentSection, NewLabel,
        OnePackagePerTitle, MaskedSecret, SecretInClear, SkippedReference, ControlsPath, OldKey, EmptyGlob, IgnoredPolicyLabels,
        LargeInteger, FreeSkipsFleets, PinnedLatest, PackageWithoutSource, NotMerged, SameYaraRule,
    ];

    private static FindingRule Error(string id, string title, string remedy) => new(id, title, FindingSeverity.Error, remedy);

    private static FindingRule Warning(string id, string title, string remedy) => new(id, title, FindingSeverity.Warning, remedy);
}
