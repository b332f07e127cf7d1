using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>One merge.</summary>
internal sealed class RepositoryMerge(FleetRepository repository, FleetState addition, RepositoryWriteOptions options)
{
    private readonly MergeSession _session = new(repository, addition, options);

    public MergeResult Run()
    {
        Global();
        var fleets = new FleetMerge(_session);
        foreach (TeamState team in addition.Teams)
        {
            fleets.Add(team);
        }

        (IReadOnlyList<(string Path, string Text)> changed, IReadOnlyList<(string Keys, string Reason, string Path)> refused) = _session.Inserter.Apply();
        foreach ((string keys, string reason, string path) in refused)
        {
            _session.Leave($"Nothing is added under {keys}: {reason}.", path);
        }

        if (_session.Draft.Library.Unplaced is [var unplaced, ..])
        {
            _session.Leave($"Nothing is merged: a pattern of the repository (paths) takes in {unplaced} wherever it is put. Narrow the pattern to a folder.");
            return new MergeResult([], [], _session.Findings);
        }

        RepositoryFile[] written = [.. changed.Select(file => new RepositoryFile(file.Path, Bytes(file.Path, file.Text))), .. _session.NewFiles];
        string[] texts = [.. written.Select(file => Encoding.UTF8.GetString(file.Contents.Span))];
        return new MergeResult(
            [.. written.Concat(_session.Draft.Library.Files).OrderBy(file => file.Path, StringComparer.Ordinal)],
            [.. _session.Draft.Variables.Where(variable => texts.Any(text => text.Contains("$" + variable.Name, StringComparison.Ordinal)))],
            [.. _session.Findings, .. _session.Draft.Omissions]);
    }

    private void Global()
    {
        FleetState present = _session.Present;
        ParsedFile? settings = repository.Parsed.FirstOrDefault(file => file.Root.Has("org_settings"));
        CertificateAuthorityState[] authorities = [.. (addition.CertificateAuthorities ?? []).Where(IsNew)];
        LabelState[] labels = _session.NewLabels(addition.Labels, present.Labels, settings?.Path);
        ReportState[] reports = _session.Draft.Writable(addition.Reports, Entry.Of, settings?.Path, present.Reports);
        PolicyState[] policies = _session.Draft.Writable(addition.Policies, Entry.Of, settings?.Path, present.Policies);
        CustomHostVitalState[] vitals = MergeSession.New(addition.CustomHostVitals, present.CustomHostVitals, vital => vital.Name);
        MicrosoftGraphCredentialState[] credentials = [.. (addition.MicrosoftGraphCredentials ?? []).Where(IsNew)];
        YaraRuleState[] rules = _session.Draft.Writable(addition.YaraRules, Entry.Of, settings?.Path, present.YaraRules);
        _session.LeaveOthers(addition.YaraRules, present.YaraRules, Entry.Of, (one, other) => one.Contents == other.Contents, null);
        _session.LeaveSettings("of the server", null, addition.Settings, addition.AgentOptions);
        LeaveFiles(addition.Files, present.Files);
        if (authorities.Length + labels.Length + reports.Length + policies.Length + vitals.Length + credentials.Length + rules.Length == 0)
        {
            return;
        }

        if (settings is not { } global)
        {
            _session.Leave("There is no global file (one with org_settings) to add authorities, labels, custom host vitals, Microsoft Graph credentials, reports, policies and YARA rules to.");
            return;
        }

        foreach (IGrouping<string, CertificateAuthorityState> kind in authorities.GroupBy(ca => ca.Kind))
        {
            Authorities(global, kind.Key, [.. kind]);
        }

        var files = new OrganizationFileWriter(_session.Draft);
        (GitOpsNode root, (string, string)[] path) = InSettings(global, ("yara_rules", "yara_rules"));
        _session.Add(root, global.Path, path, rules, (yaml, rule) => yaml.Value("path", LibraryFiles.Relative(RepositoryPath.Resolve(global.SettingsFolder, "file"), files.Add(rule))));
        string main = RepositoryPath.Normalize(global.Path);
        _session.Add(global.Root, global.Path, [("labels", "labels")], labels, GlobalFileWriter.Label);
        CustomHostVitals(global, vitals);
        MicrosoftGraphCredentials(global, credentials);
        _session.Add(global.Root, global.Path, [("reports", _session.Draft.Names.Reports)], reports, GlobalFileWriter.Report);
        _session.Add(global.Root, global.Path, [("policies", "policies")], policies, new PolicyWriter(_session.Draft, null, "", main).Policy);
    }

    private void CustomHostVitals(ParsedFile global, CustomHostVitalState[] vitals)
    {
        if (options.FleetVersion.Capabilities.CustomHostVitals)
        {
            _session.Add(global.Root, global.Path, [("custom_host_vitals", "custom_host_vitals")], vitals, GlobalFileWriter.CustomHostVital);
        }
        else if (vitals.Length > 0)
        {
            _session.Leave($"Fleet {options.FleetVersion} has no custom host vitals (4.90); none is added.", global.Path);
        }
    }

    private void MicrosoftGraphCredentials(ParsedFile global, MicrosoftGraphCredentialState[] credentials)
    {
        if (credentials.Length == 0)
        {
            return;
        }

        if (!options.FleetVersion.Capabilities.MicrosoftGraphCredentials)
        {
            _session.Leave($"Fleet {options.FleetVersion} has no Microsoft Graph credentials (4.92); none is added.", global.Path);
        }
        else if (_session.Present.MicrosoftGraphCredentials is { Count: > 0 } || credentials.Length > 1)
        {
            _session.Leave("Fleet holds one Microsoft Graph credential; replace the one that is there by hand, or keep it.", global.Path);
        }
        else
        {
            (GitOpsNode root, (string, string)[] path) = InSettings(global, ("microsoft_graph_credentials", "microsoft_graph_credentials"));
            var writer = new GlobalFileWriter(_session.Draft);
            _session.Add(root, global.Path, path, credentials, (yaml, credential) => writer.MicrosoftGraphCredential(yaml, credential, 0));
        }
    }

    // Where a key of org_settings stands: in the global file, or in the file that it points to.
    private static (GitOpsNode Root, (string, string)[] Path) InSettings(ParsedFile global, params (string, string)[] keys) =>
        global.Settings is { } settings && settings.File != global.Root.File ? (settings, keys) : (global.Root, [("org_settings", "org_settings"), .. keys]);

    private void Authorities(ParsedFile global, string kind, CertificateAuthorityState[] authorities)
    {
        var writer = new GlobalFileWriter(_session.Draft);
        (GitOpsNode root, (string, string)[] path) = InSettings(global, ("certificate_authorities", "certificate_authorities"), (kind, kind));
        if (kind != CertificateAuthorityState.Ndes || _session.Draft.Names.NdesLists)
        {
            _session.Add(root, global.Path, path, authorities, writer.Authority);
        }
        else if (authorities.Length > 1 || _session.Present.CertificateAuthorities?.Any(known => known.Kind == kind) == true)
        {
            _session.Leave($"Fleet {options.FleetVersion} holds one NDES authority; replace the one that is there by hand, or keep it.", global.Path);
        }
        else
        {
            _session.Inserter.To(root, global.Path).At(path).Add(members => writer.Members(members, authorities[0]));
        }
    }

    private void LeaveFiles(OrganizationFilesState? added, OrganizationFilesState? present)
    {
        (string What, OrganizationFileState? Added, OrganizationFileState? Present)[] files =
        [
            ("licence agreement", added?.LicenseAgreement, present?.LicenseAgreement), ("logo on light ground", added?.LightLogo, present?.LightLogo), ("logo on dark ground", added?.DarkLogo, present?.DarkLogo),
        ];
        foreach ((string what, _, _) in files.Where(file => file.Added is not null && !file.Added.HasSameContents(file.Present)))
        {
            _session.Leave($"The {what} is not merged: the server has one, and it would replace what is there.");
        }
    }

    private bool IsNew(CertificateAuthorityState ca)
    {
        CertificateAuthorityState? known = (_session.Present.CertificateAuthorities ?? []).FirstOrDefault(other => other.Kind == ca.Kind && other.Name == ca.Name);
        if (known is not null && ca.Fields.Any(field => field.Key != "username" && known.Fields.GetValueOrDefault(field.Key) != field.Value))
        {
            _session.Leave($"The {ca.Kind} authority {ca.Name} is there with other values and stays as it is.");
        }

        return known is null;
    }

    private bool IsNew(MicrosoftGraphCredentialState credential)
    {
        MicrosoftGraphCredentialState? known = (_session.Present.MicrosoftGraphCredentials ?? []).FirstOrDefault(other => other.TenantId == credential.TenantId);
        if (known is not null && known.ClientId != credential.ClientId)
        {
            _session.Leave($"The Microsoft Graph credential of {credential.TenantId} is there with another app registration and stays as it is.");
        }

        return known is null;
    }

    // The byte order mark, if any, is not part of the text.
    private byte[] Bytes(string path, string text)
    {
        bool hasMark = repository.Scope.Bytes(path) is { } bytes && bytes.Span.StartsWith("\ufeff"u8);
        return hasMark ? [.. "\ufeff"u8, .. Encoding.UTF8.GetBytes(text)] : Encoding.UTF8.GetBytes(text);
    }
}
