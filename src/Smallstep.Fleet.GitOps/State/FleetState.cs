namespace Smallstep.Fleet.GitOps;

/// <summary>
/// What a Fleet server holds, as far as the integration touches it: declared by a repository or by artefacts, or observed on a server.
/// </summary>
/// <remarks>
/// A <see langword="null"/> list means <em>unknown</em> where the state was observed (the token may not read it) and
/// <em>not managed</em> where it was declared. An empty list means that there is none.
/// </remarks>
public sealed record FleetState
{
    /// <summary>Whether what is not listed should be absent.</summary>
    /// <value><see langword="false"/> for artefacts, which add to what is there; <see langword="true"/> for a repository.</value>
    public bool IsComplete { get; init; }

    /// <summary>The certificate authorities, or <see langword="null"/>.</summary>
    public IReadOnlyList<CertificateAuthorityState>? CertificateAuthorities { get; init; }

    /// <summary>The global labels, built-in ones left out, or <see langword="null"/>.</summary>
    public IReadOnlyList<LabelState>? Labels { get; init; }

    /// <summary>The fleets (teams), hosts without a fleet among them.</summary>
    public IReadOnlyList<TeamState> Teams { get; init; } = [];

    /// <summary>Whether fleets that are not among <see cref="Teams"/> should be absent: a run with <c>--delete-other-fleets</c>.</summary>
    public bool HasAllTeams { get; init; }

    /// <summary>The global reports (queries of no fleet), or <see langword="null"/>.</summary>
    public IReadOnlyList<ReportState>? Reports { get; init; }

    /// <summary>The server's settings (<c>org_settings</c>), or <see langword="null"/>. What they leave out is left alone.</summary>
    public SettingsState? Settings { get; init; }

    /// <summary>The server's agent options, or <see langword="null"/>. JSON's <c>null</c> stands for none.</summary>
    public SettingsState? AgentOptions { get; init; }

    /// <summary>The custom host vitals, or <see langword="null"/>.</summary>
    public IReadOnlyList<CustomHostVitalState>? CustomHostVitals { get; init; }

    /// <summary>The app registrations for Microsoft Graph, or <see langword="null"/>.</summary>
    public IReadOnlyList<MicrosoftGraphCredentialState>? MicrosoftGraphCredentials { get; init; }

    /// <summary>The YARA rules, or <see langword="null"/>.</summary>
    public IReadOnlyList<YaraRuleState>? YaraRules { get; init; }

    /// <summary>The licence agreement and the logos that the server keeps, or <see langword="null"/>.</summary>
    public OrganizationFilesState? Files { get; init; }

    /// <summary>The secrets with which hosts enrol into no fleet, or <see langword="null"/>.</summary>
    public IReadOnlyList<SecretValue>? EnrollSecrets { get; init; }

    /// <summary>The global policies, or <see langword="null"/>.</summary>
    public IReadOnlyList<PolicyState>? Policies { get; init; }

    /// <summary>What this and another declared state want together: several integrations on one server, say.</summary>
    /// <param name="other">The other state; where both declare an object of one name, this one's stays.</param>
    public FleetState And(FleetState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            IsComplete = IsComplete && other.IsComplete,
            HasAllTeams = HasAllTeams && other.HasAllTeams,
            CertificateAuthorities = Union(CertificateAuthorities, other.CertificateAuthorities, authority => (authority.Kind, authority.Name)),
            Labels = Union(Labels, other.Labels, label => label.Name),
            Teams = Union(Teams, other.Teams, team => team.Name)!,
            Settings = Settings ?? other.Settings,
            AgentOptions = AgentOptions ?? other.AgentOptions,
            EnrollSecrets = EnrollSecrets ?? other.EnrollSecrets,
            CustomHostVitals = Union(CustomHostVitals, other.CustomHostVitals, vital => vital.Name),
            MicrosoftGraphCredentials = Union(MicrosoftGraphCredentials, other.MicrosoftGraphCredentials, credential => credential.TenantId),
            YaraRules = Union(YaraRules, other.YaraRules, rule => rule.Name),
            Files = Files ?? other.Files,
            Reports = Union(Reports, other.Reports, report => report.Name),
            Policies = Union(Policies, other.Policies, policy => policy.Name),
        };
    }

    private static IReadOnlyList<T>? Union<T, TKey>(IReadOnlyList<T>? one, IReadOnlyList<T>? other, Func<T, TKey> key) =>
        one is null || other is null ? one ?? other : [.. one.Concat(other).DistinctBy(key)];
}
