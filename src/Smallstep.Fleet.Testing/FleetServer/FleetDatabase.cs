using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Testing;

/// <summary>The state of a simulated Fleet. Everything in it is read and changed under its lock.</summary>
internal sealed class FleetDatabase
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private long _lastId;

    public FleetDatabase(FleetSimulatorOptions options)
    {
        Options = options;
        Version = FleetVersion.ParseLenient(options.Version);
        Sessions = new SessionStore(this);
        Settings = new SettingsStore(this);
        Logos = new OrganizationLogos(this);
        foreach (string name in FleetCapabilities.BuiltInLabels)
        {
            Labels.Add(new LabelRecord { Id = NextId(), Name = name, IsBuiltIn = true, MembershipType = "dynamic", CreatedAt = Now, UpdatedAt = Now });
        }
    }

    public FleetSimulatorOptions Options { get; }

    public FleetVersion Version { get; }

    public FleetCapabilities Capabilities => Version.Capabilities;

    public SessionStore Sessions { get; }

    /// <summary>What is set for hosts without a fleet beyond the server's settings: webhooks and integrations.</summary>
    public System.Text.Json.Nodes.JsonObject UnassignedSettings { get; set; } = SettingsDefaults.OfFleet();

    /// <summary>The settings of the server.</summary>
    public SettingsStore Settings { get; }

    /// <summary>The logos that the server keeps.</summary>
    public OrganizationLogos Logos { get; }

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    /// <summary>The address that Fleet gives to devices, without a trailing slash.</summary>
    public string ServerUrl { get; set; } = "";

    public List<UserRecord> Users { get; } = [];

    public List<TeamRecord> Teams { get; } = [];

    public List<LabelRecord> Labels { get; } = [];

    public List<AuthorityRecord> Authorities { get; } = [];

    public List<ProfileRecord> Profiles { get; } = [];

    public List<AssetRecord> Assets { get; } = [];

    public SortedDictionary<long, HostRecord> Hosts { get; } = [];

    public List<TitleRecord> Titles { get; } = [];

    public List<ScriptRecord> Scripts { get; } = [];

    public List<ScriptExecution> Executions { get; } = [];

    public List<InstallRecord> Installs { get; } = [];

    public List<CustomVariableRecord> Variables { get; } = [];

    public List<CustomHostVitalRecord> CustomHostVitals { get; } = [];

    public List<MicrosoftGraphCredentialRecord> MicrosoftGraphCredentials { get; set; } = [];

    public List<QueryRecord> Queries { get; } = [];

    public List<ActivityRecord> Activities { get; } = [];

    public List<CommandRecord> Commands { get; } = [];

    public List<PolicyRecord> Policies { get; } = [];

    public List<VulnerabilityRecord> Vulnerabilities { get; } = [];

    /// <summary>The secrets with which hosts enrol on the whole server.</summary>
    public List<(Secret Value, DateTimeOffset CreatedAt)> EnrollSecrets { get; set; } = [];

    /// <summary>The files of the set-up experience, by kind and team.</summary>
    public Dictionary<(string Kind, long? TeamId), SetupFileRecord> SetupFiles { get; } = [];

    public List<CertificateTemplateRecord> CertificateTemplates { get; } = [];

    public Dictionary<string, SoftwareBatch> Batches { get; } = new(StringComparer.Ordinal);

    /// <summary>Fleet's own one-time challenges for custom SCEP authorities.</summary>
    public HashSet<string> ProxyChallenges { get; } = new(StringComparer.Ordinal);

    public long NextId() => ++_lastId;

    /// <summary>The id of one version of a software.</summary>
    public long VersionId(InstalledSoftware software) => IdOf($"{software.Name}\n{software.Source}\n{software.Version}");

    /// <summary>The id of one version of an operating system.</summary>
    public long OsVersionId(string osVersion) => IdOf(osVersion);

    public T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    public void Locked(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    public TeamRecord Team(long id) => Teams.FirstOrDefault(team => team.Id == id)
        ?? throw ApiError.NotFound($"Team {id} was not found in the datastore");

    public string TeamName(long? id) => id is { } value ? Team(value).Name : Version >= new FleetVersion(4, 82) ? "Unassigned" : "No team";

    public HostRecord Host(long id) => Hosts.GetValueOrDefault(id) ?? throw ApiError.NotFound($"Host {id} was not found in the datastore");

    public LabelRecord? Label(string name) => Labels.FirstOrDefault(label => label.Name == name);

    public IEnumerable<LabelRecord> LabelsOf(HostRecord host) => Labels.Where(label => label.Members.Contains(host.Id));

    public AuthorityRecord? Authority(string type, string name) =>
        Authorities.FirstOrDefault(authority => authority.Type == type && string.Equals(authority.Name, name, StringComparison.Ordinal));

    /// <summary>The names by kind, as delivery and screening want them.</summary>
    public CertificateAuthorityNames AuthorityNames() => new()
    {
        Smallstep = NamesOf("smallstep"),
        CustomScep = NamesOf("custom_scep_proxy"),
        DigiCert = NamesOf("digicert"),
        Ndes = Authorities.Any(authority => authority.Type == "ndes_scep_proxy"),
    };

    /// <summary>The value of a custom variable, or <see langword="null"/>.</summary>
    public string? SecretValue(string name) => Variables.FirstOrDefault(variable => variable.Name == name)?.Value.Reveal();

    /// <summary>A host's value of a custom host vital; <see langword="null"/> where it has none.</summary>
    public string? VitalOf(HostRecord host, int id) =>
        Version >= CustomHostVitalRoutes.Since && host.Vitals.GetValueOrDefault(id) is { Length: > 0 } value ? value : null;

    /// <summary>A script for a host, with its custom variables and host vitals filled in; unknown ones stay.</summary>
    public string Expand(string script, HostRecord host) => HostVitalVariables.Expand(Expand(script), id => VitalOf(host, id));

    /// <summary>A script with its custom variables filled in; unknown ones stay.</summary>
    public string Expand(string script) =>
        SecretVariables.Find(script).All(name => SecretValue(name) is not null) ? SecretVariables.Expand(script, SecretValue) : script;

    public void AddActivity(UserRecord? actor, string type, params (string Name, object? Value)[] details) =>
        Activities.Add(new ActivityRecord(NextId(), Now, actor, type, details));

    private long IdOf(string what)
    {
        if (!_ids.TryGetValue(what, out long id))
        {
            _ids[what] = id = NextId();
        }

        return id;
    }

    private List<string> NamesOf(string type) => [.. Authorities.Where(authority => authority.Type == type).Select(authority => authority.Name)];
}
