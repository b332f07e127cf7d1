namespace Smallstep.Fleet.GitOps;

/// <summary>A fleet (called team before Fleet 4.82) or the hosts without one.</summary>
/// <param name="Name">The fleet's name, or <see cref="Unassigned"/>.</param>
public sealed record TeamState(string Name)
{
    /// <summary>The name that stands for hosts without a fleet.</summary>
    public const string Unassigned = "Unassigned";

    /// <summary>Whether this stands for hosts without a fleet.</summary>
    public bool IsUnassigned => string.Equals(Name, Unassigned, StringComparison.OrdinalIgnoreCase);

    /// <summary>The configuration profiles, or <see langword="null"/>.</summary>
    public IReadOnlyList<ProfileState>? Profiles { get; init; }

    /// <summary>The assets that declarations refer to, or <see langword="null"/>.</summary>
    public IReadOnlyList<AssetState>? Assets { get; init; }

    /// <summary>The software packages, or <see langword="null"/>.</summary>
    public IReadOnlyList<SoftwareState>? Software { get; init; }

    /// <summary>The apps of the stores, or <see langword="null"/>.</summary>
    public IReadOnlyList<AppStoreAppState>? AppStoreApps { get; init; }

    /// <summary>The apps of Fleet's own catalogue, or <see langword="null"/>.</summary>
    public IReadOnlyList<MaintainedAppState>? MaintainedApps { get; init; }

    /// <summary>The scripts, or <see langword="null"/>.</summary>
    public IReadOnlyList<ScriptState>? Scripts { get; init; }

    /// <summary>The reports of this fleet, or <see langword="null"/>.</summary>
    public IReadOnlyList<ReportState>? Reports { get; init; }

    /// <summary>The policies of this fleet, or <see langword="null"/>.</summary>
    public IReadOnlyList<PolicyState>? Policies { get; init; }

    /// <summary>The labels of this fleet, or <see langword="null"/>.</summary>
    public IReadOnlyList<LabelState>? Labels { get; init; }

    /// <summary>The templates from which Android devices get certificates, or <see langword="null"/>.</summary>
    public IReadOnlyList<CertificateTemplateState>? CertificateTemplates { get; init; }

    /// <summary>The files of the set-up experience, or <see langword="null"/>.</summary>
    public SetupFilesState? SetupFiles { get; init; }

    /// <summary>The settings, or <see langword="null"/>. What they leave out is left alone.</summary>
    public SettingsState? Settings { get; init; }

    /// <summary>The values under <c>controls</c>, or <see langword="null"/>; of hosts without a fleet, those of the server.</summary>
    public SettingsState? Controls { get; init; }

    /// <summary>The agent options, or <see langword="null"/>. JSON's <c>null</c> stands for none.</summary>
    public SettingsState? AgentOptions { get; init; }

    /// <summary>The secrets with which hosts enrol, or <see langword="null"/>.</summary>
    public IReadOnlyList<SecretValue>? EnrollSecrets { get; init; }

    /// <summary>The id on the server, where observed; 0 for hosts without a fleet.</summary>
    public long? Id { get; init; }
}
