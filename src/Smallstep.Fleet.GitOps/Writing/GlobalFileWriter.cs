using System.Globalization;

namespace Smallstep.Fleet.GitOps;

/// <summary>Writes <c>default.yml</c>.</summary>
internal sealed class GlobalFileWriter(RepositoryDraft draft)
{
    private static readonly string[] KindOrder =
        [CertificateAuthorityState.Smallstep, CertificateAuthorityState.CustomScep, "digicert", "hydrant", "custom_est_proxy", CertificateAuthorityState.Ndes];

    // Members that Fleet reads as lists; a state holds them separated by commas.
    private static readonly HashSet<string> ListFields = ["certificate_user_principal_names"];

    private static readonly string[] FieldOrder =
        ["url", "challenge_url", "admin_url", "profile_id", "username", "client_id", "certificate_common_name", "certificate_user_principal_names", "certificate_seat_id"];

    public byte[] Write(FleetState state)
    {
        var yaml = new YamlText();
        yaml.Comment($"For Fleet {draft.Options.FleetVersion.Major}.{draft.Options.FleetVersion.Minor}: fleetctl gitops -f default.yml -f {draft.Names.FleetFolder}/...");
        yaml.Nested("org_settings", settings => OrgSettings(settings, state));
        SettingsWriter.AgentOptions(draft, yaml, state.AgentOptions, "FLEET", "of the server");
        yaml.Empty("controls");
        new PolicyWriter(draft, null, "", "default.yml").Write(yaml, draft.Writable(state.Policies, Entry.Of, "default.yml"));
        Reports(yaml, draft.Names.Reports, draft.Writable(state.Reports, Entry.Of, "default.yml"));
        if (!draft.Exceptions.Labels)
        {
            yaml.List("labels", draft.Labels(state.Labels, "default.yml"), Label);
        }

        CustomHostVitals(yaml, state.CustomHostVitals ?? []);
        return yaml.ToBytes();
    }

    /// <summary>Writes the reports of a scope.</summary>
    public static void Reports(YamlText yaml, string key, IReadOnlyList<ReportState>? reports) => yaml.List(key, reports ?? [], Report);

    private void OrgSettings(YamlText yaml, FleetState state)
    {
        SettingsState settings = new OrganizationFileWriter(draft).AddTo(SettingsWriter.WithOptions(state.Settings, draft.Options), state);
        new SettingsWriter(draft, settings, "FLEET", "of the server").Write(yaml);
        if (!draft.Exceptions.Secrets)
        {
            SettingsWriter.EnrollSecrets(draft, yaml, state.EnrollSecrets, "FLEET_GLOBAL_ENROLL_SECRET", "the enroll secret of hosts without a fleet");
        }

        yaml.Nested("certificate_authorities", inner => Authorities(inner, state.CertificateAuthorities ?? []));
        MicrosoftGraphCredentials(yaml, state.MicrosoftGraphCredentials ?? []);
    }

    private void CustomHostVitals(YamlText yaml, IReadOnlyList<CustomHostVitalState> vitals)
    {
        if (draft.Options.FleetVersion.Capabilities.CustomHostVitals)
        {
            yaml.List("custom_host_vitals", vitals, CustomHostVital);
        }
        else if (vitals.Count > 0)
        {
            draft.Omit(GitOpsRules.OrgSettings.At($"The custom host vitals ({string.Join(", ", vitals.Select(vital => vital.Name))}) are left out: Fleet {draft.Options.FleetVersion} has none (4.90).", "default.yml"));
        }
    }

    private void MicrosoftGraphCredentials(YamlText yaml, IReadOnlyList<MicrosoftGraphCredentialState> credentials)
    {
        if (credentials.Count == 0)
        {
            return;
        }

        if (draft.Options.FleetVersion.Capabilities.MicrosoftGraphCredentials)
        {
            yaml.List("microsoft_graph_credentials", credentials.Select((credential, index) => (credential, index)), (item, one) => MicrosoftGraphCredential(item, one.credential, one.index));
        }
        else
        {
            draft.Omit(GitOpsRules.OrgSettings.At($"The Microsoft Graph credential is left out: Fleet {draft.Options.FleetVersion} has none (4.92).", "default.yml"));
        }
    }

    /// <summary>Writes one custom host vital.</summary>
    public static void CustomHostVital(YamlText yaml, CustomHostVitalState vital) => yaml.Value("name", vital.Name);

    /// <summary>Writes one credential for Microsoft Graph.</summary>
    public void MicrosoftGraphCredential(YamlText yaml, MicrosoftGraphCredentialState credential, int index)
    {
        const string Named = "FLEET_MICROSOFT_GRAPH_CLIENT_SECRET";
        string variable = credential.ClientSecret.EnvironmentVariable is { Length: > 0 } given ? given
            : index == 0 ? Named
            : $"{Named}_{(index + 1).ToString(CultureInfo.InvariantCulture)}";
        yaml.Value("tenant_id", credential.TenantId).Value("client_id", credential.ClientId);
        draft.Placeholder(yaml, "client_secret", variable, $"the client secret of the app registration {credential.ClientId}");
    }

    private void Authorities(YamlText yaml, IReadOnlyList<CertificateAuthorityState> authorities)
    {
        IEnumerable<string> kinds = KindOrder.Concat(authorities.Select(ca => ca.Kind).Except(KindOrder).Order(StringComparer.Ordinal));
        foreach (string kind in kinds)
        {
            CertificateAuthorityState[] ofKind = [.. authorities.Where(ca => ca.Kind == kind)];
            if (ofKind.Length == 0)
            {
                continue;
            }

            if (kind == CertificateAuthorityState.Ndes && !draft.Names.NdesLists)
            {
                yaml.Nested(kind, inner => Members(inner, ofKind[0]));
                foreach (CertificateAuthorityState left in ofKind[1..])
                {
                    draft.Omit(GitOpsRules.CertificateAuthority.At($"The NDES authority {left.Name} is left out: Fleet {draft.Options.FleetVersion} holds one.", "default.yml"));
                }

                continue;
            }

            yaml.List(kind, ofKind, Authority);
        }
    }

    /// <summary>Writes one authority of a list.</summary>
    public void Authority(YamlText yaml, CertificateAuthorityState ca)
    {
        yaml.Value("name", ca.Name);
        Members(yaml, ca);
    }

    /// <summary>Writes an authority's members without its name.</summary>
    public void Members(YamlText yaml, CertificateAuthorityState ca)
    {
        IEnumerable<string> order = FieldOrder.Where(ca.Fields.ContainsKey).Concat(ca.Fields.Keys.Except(FieldOrder).Order(StringComparer.Ordinal));
        foreach (string field in order.Where(field => !ca.Secrets.ContainsKey(field)))
        {
            if (field == "username" && ca.Kind == CertificateAuthorityState.Smallstep && draft.Options.UsernameAsVariable)
            {
                draft.Placeholder(yaml, field, Variable(ca, field, null), $"the {field} of the {ca.Kind} authority {ca.Name}");
            }
            else if (ListFields.Contains(field))
            {
                yaml.Texts(field, ca.Fields[field].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                yaml.Value(field, ca.Fields[field]);
            }
        }

        foreach ((string field, SecretValue secret) in ca.Secrets.OrderBy(pair => pair.Key == "username" ? "" : pair.Key, StringComparer.Ordinal))
        {
            draft.Placeholder(yaml, field, Variable(ca, field, secret.EnvironmentVariable), $"the {field} of the {ca.Kind} authority {ca.Name}");
        }
    }

    // The guide's names for the guide's authority; the authority's name in front for every other.
    private static string Variable(CertificateAuthorityState ca, string field, string? named) =>
        named is { Length: > 0 } ? named
        : ca.Kind == CertificateAuthorityState.Smallstep && ca.Name == CaName.SmallstepAgent.Value ? $"SMALLSTEP_CHALLENGE_{field.ToUpperInvariant()}"
        : $"{new string([.. ca.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_')])}_{field.ToUpperInvariant()}";

    /// <summary>Writes one label.</summary>
    public static void Label(YamlText yaml, LabelState label)
    {
        yaml.Value("name", label.Name)
            .Optional("description", label.Description)
            .Value("label_membership_type", label.MembershipType)
            .Optional("platform", label.Platform)
            .Optional("query", label.Query);
        if (label.Vital.Length > 0)
        {
            yaml.Nested("criteria", criteria =>
            {
                criteria.Value("vital", label.Vital);
                if (label.CustomHostVitalId is { } id)
                {
                    criteria.Value("custom_host_vital_id", id);
                }

                criteria.Value("value", label.VitalValue);
            });
        }

        if (label.Hosts is { Count: > 0 } hosts)
        {
            yaml.Texts("hosts", hosts);
        }
        else if (label.Hosts is not null || label.MembershipType == "manual")
        {
            yaml.EmptyList("hosts");
        }
    }

    /// <summary>Writes one report.</summary>
    public static void Report(YamlText yaml, ReportState report) => FleetFileWriter.Targets(
        yaml.Value("name", report.Name)
            .Optional("description", report.Description)
            .Value("query", report.Query)
            .Value("interval", report.Interval)
            .Optional("platform", report.Platform)
            .Value("logging", report.Logging)
            .Value("automations_enabled", report.AutomationsEnabled)
            .Value("discard_data", report.DiscardData)
            .Value("observer_can_run", report.ObserverCanRun),
        report.Targets);
}
