namespace Smallstep.Fleet.GitOps;

/// <summary>One main file as fleetctl reads it.</summary>
internal sealed class ParsedFile(string path)
{
    /// <summary>The path as the arguments give it.</summary>
    public string Path => path;

    /// <summary>What ends the reading of the file before its sections are looked at, in fleetctl's words; <see langword="null"/> otherwise.</summary>
    public string? Fatal { get; set; }

    /// <summary>Everything that fleetctl refuses.</summary>
    public List<GitOpsProblem> Problems { get; } = [];

    /// <summary>The lines that fleetctl prints while reading.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The root with the old keys renamed.</summary>
    public GitOpsNode Root { get; set; } = new(GitOpsNodeKind.Null, "", default);

    /// <summary>The old keys that were found.</summary>
    public List<(string Old, string New, GitOpsEntry Entry)> OldKeys { get; } = [];

    /// <summary>The fleet's name; <see langword="null"/> in the global file.</summary>
    public string? Name { get; set; }

    public bool IsGlobal => string.IsNullOrEmpty(Name);

    /// <summary>Whether it is the file of a fleet, and not the global one or that of hosts without a fleet.</summary>
    public bool IsFleet => !IsGlobal && !IsNoTeam;

    public bool IsNoTeam => Name is not null && (Name.Equals("No team", StringComparison.OrdinalIgnoreCase) || IsUnassigned);

    public bool IsUnassigned => Name is not null && Name.Equals("Unassigned", StringComparison.OrdinalIgnoreCase);

    public bool LabelsPresent { get; set; }

    public bool SoftwarePresent { get; set; }

    /// <summary>Whether the software is the server's, which is not known here: excepted from GitOps, and absent.</summary>
    public bool IsSoftwareUnknown { get; set; }

    public bool SecretsPresent { get; set; }

    public bool ControlsDefined { get; set; }

    /// <summary>The controls, from this file or the one that it points to.</summary>
    public GitOpsNode? Controls { get; set; }

    /// <summary><c>org_settings</c> or <c>settings</c>, from this file or the one that it points to.</summary>
    public GitOpsNode? Settings { get; set; }

    /// <summary>The folder that the paths in the settings are relative to.</summary>
    public string SettingsFolder { get; set; } = "";

    /// <summary><c>agent_options</c>, from this file or the one that it points to; <see langword="null"/> where there are none.</summary>
    public GitOpsNode? AgentOptions { get; set; }

    public List<ParsedItem> Labels { get; } = [];

    public List<ParsedItem> Policies { get; } = [];

    public List<ParsedItem> Reports { get; } = [];

    public List<ParsedScript> Scripts { get; } = [];

    /// <summary>The profiles by platform word, such as <c>macos</c>; <see langword="null"/> where the section was not read to its end.</summary>
    public Dictionary<string, IReadOnlyList<ParsedProfile>> Profiles { get; } = new(StringComparer.Ordinal);

    /// <summary>The files of assets that declarations refer to.</summary>
    public List<ParsedProfile> Assets { get; } = [];

    public List<ParsedPackage> Packages { get; } = [];

    public List<GitOpsNode> AppStoreApps { get; } = [];

    public List<GitOpsNode> MaintainedApps { get; } = [];

    /// <summary>Where <c>controls</c> points to a file of another folder, whose paths then mean something else.</summary>
    public (string Path, GitOpsNode Node)? ControlsPath { get; set; }

    /// <summary>Patterns that match nothing.</summary>
    public List<(string Pattern, GitOpsNode Node)> EmptyGlobs { get; } = [];

    /// <summary>The enroll secrets.</summary>
    public List<(string Value, GitOpsNode Node)> EnrollSecrets { get; } = [];

    /// <summary>Whether any setting of <c>controls</c> has a value.</summary>
    public bool ControlsSet => Controls is { } controls && controls.Effective().Any(IsSetting);

    /// <summary>The problems that count, which with <c>--allow-unknown-keys</c> leaves unknown keys out.</summary>
    public IReadOnlyList<GitOpsProblem> Refused(bool allowUnknownKeys) =>
        [.. Problems.Where(problem => !problem.IsBeyond && !(allowUnknownKeys && problem.IsUnknownKey))];

    private static bool IsSetting(GitOpsEntry entry) => entry.Key switch
    {
        "path" or "paths" or "linux_settings" => false,
        "scripts" => entry.Value.Items.Count > 0,
        _ => !entry.Value.IsNull,
    };
}
