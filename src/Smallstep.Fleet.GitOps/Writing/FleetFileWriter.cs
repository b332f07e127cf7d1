using System.Text;
using System.Text.Json;
using Smallstep.Fleet.Profiles.Linting;

namespace Smallstep.Fleet.GitOps;

/// <summary>Writes the file of one fleet, and of hosts without a fleet. The contents of its files are known: <see cref="WritableTeam"/> leaves out what is not.</summary>
internal sealed class FleetFileWriter(RepositoryDraft draft, TeamState team, string path)
{
    private readonly string _slug = FileNames.Slug(team.Name);

    public byte[] Write()
    {
        var yaml = new YamlText();
        yaml.Value("name", team.IsUnassigned ? draft.Names.UnassignedName : team.Name);
        if (!team.IsUnassigned)
        {
            yaml.Nested(draft.Names.Settings, Settings);
            SettingsWriter.AgentOptions(draft, yaml, team.AgentOptions, Variables, $"of {team.Name}");
        }
        else if (team.Settings is { IsEmpty: false })
        {
            yaml.Nested(draft.Names.Settings, inner => new SettingsWriter(draft, team.Settings, Variables, "of hosts without a fleet").Write(inner));
        }

        yaml.Nested("controls", Controls);
        new PolicyWriter(draft, team, _slug, path).Write(yaml, team.Policies);
        if (!team.IsUnassigned)
        {
            GlobalFileWriter.Reports(yaml, draft.Names.Reports, team.Reports);
        }

        if (!draft.Exceptions.Software)
        {
            var software = new SoftwareWriter(draft, team, _slug, path);
            yaml.Nested("software", inner =>
            {
                software.Write(inner);
                new AppWriter(draft, team, _slug, path).Write(inner);
            });
        }

        if (!team.IsUnassigned && !draft.Exceptions.Labels)
        {
            Labels(yaml);
        }

        return yaml.ToBytes();
    }

    // Fleets have labels of their own only since the current names; an older file knows no such key.
    private void Labels(YamlText yaml)
    {
        LabelState[] labels = draft.Labels(team.Labels, path);
        if (draft.Options.FleetVersion.Capabilities.FleetAndReportNames)
        {
            yaml.List("labels", labels, GlobalFileWriter.Label);
        }
    }

    // What variables of this fleet begin with.
    private string Variables => $"FLEET_{_slug.Replace('-', '_').ToUpperInvariant()}";

    private void Settings(YamlText yaml)
    {
        if (team.Settings is { } settings)
        {
            new SettingsWriter(draft, settings, Variables, $"of {team.Name}").Write(yaml);
        }

        if (!draft.Exceptions.Secrets)
        {
            SettingsWriter.EnrollSecrets(draft, yaml, team.EnrollSecrets, Variables + "_ENROLL_SECRET", $"the enroll secret of {team.Name}");
        }
    }

    private void Controls(YamlText yaml)
    {
        IReadOnlyList<ProfileState> profiles = team.Profiles ?? [];
        ProfileState[] windows = [.. profiles.Where(IsWindows)];
        ProfileState[] android = [.. profiles.Where(IsAndroid)];
        ProfileState[] apple = [.. profiles.Except(windows).Except(android)];
        var values = team.Controls is { } controls ? new SettingsWriter(draft, controls, Variables, $"of {team.Name}") : null;
        yaml.Nested(draft.Names.AppleSettings, inner => Apple(SettingsWriter.Section(values, inner, draft.Names.AppleSettings), apple));
        yaml.Nested("windows_settings", inner => SettingsWriter.Section(values, inner, "windows_settings").List(draft.Names.Profiles, windows, Profile));
        Android(yaml, values, android);
        SetUp(yaml, values);
        values?.Write(yaml, draft.Names.AppleSettings, "windows_settings", "android_settings", draft.Names.SetupExperience);
        yaml.List("scripts", team.Scripts ?? [], Script);
    }

    private void Apple(YamlText yaml, ProfileState[] profiles)
    {
        yaml.List(draft.Names.Profiles, profiles, Profile);
        if (team.Assets is not { Count: > 0 } assets)
        {
            return;
        }

        if (draft.Options.FleetVersion.Capabilities.DeclarationAssets)
        {
            yaml.List("assets", assets, Asset);
        }
        else
        {
            draft.Omit(GitOpsRules.Profile.At($"{assets.Count} assets of {team.Name} are left out: Fleet {draft.Options.FleetVersion} has none.", path));
        }
    }

    private void Android(YamlText yaml, SettingsWriter? values, ProfileState[] profiles)
    {
        IReadOnlyList<CertificateTemplateState> templates = team.CertificateTemplates ?? [];
        if (profiles.Length + templates.Count > 0 || values?.Has("android_settings") == true)
        {
            yaml.Nested("android_settings", inner => SettingsWriter.Section(values, inner, "android_settings").List(draft.Names.Profiles, profiles, Profile).List("certificates", templates, Template));
        }
    }

    private void SetUp(YamlText yaml, SettingsWriter? values)
    {
        string key = draft.Names.SetupExperience;
        SetupFilesState files = team.SetupFiles ?? new SetupFilesState();
        if (files.Assistant is null && files.Script is null && files.BootstrapPackageUrl is null && values?.Has(key) != true)
        {
            return;
        }

        yaml.Nested(key, inner =>
        {
            SettingsWriter.Section(values, inner, key);
            inner.Optional(draft.Names.BootstrapPackage, files.BootstrapPackageUrl ?? "");
            SetupFile(inner, draft.Names.SetupAssistant, files.Assistant);
            SetupFile(inner, draft.Names.SetupScript, files.Script);
        });
    }

    private void SetupFile(YamlText yaml, string key, ScriptState? file)
    {
        if (file is { Contents: { } contents })
        {
            yaml.Value(key, Relative(draft.AddNamed("file", file.Name, Encoding.UTF8.GetBytes(contents), _slug, isOnly: true)));
        }
        else if (file is not null)
        {
            draft.Omit(GitOpsRules.FileReference.At($"The file {file.Name} of the set-up is left out: its contents are not known. Add it, or fleetctl removes the one on the server.", path, severity: FindingSeverity.Warning));
        }
    }

    /// <summary>Writes one certificate template.</summary>
    public static void Template(YamlText yaml, CertificateTemplateState template) => yaml
        .Value("name", template.Name)
        .Value("certificate_authority_name", template.CertificateAuthorityName)
        .Value("subject_name", template.SubjectName)
        .Optional("subject_alternative_name", template.SubjectAlternativeName);

    /// <summary>Writes one script entry and its file.</summary>
    public void Script(YamlText yaml, ScriptState script) =>
        yaml.Value("path", Relative(draft.AddNamed("script", script.Name, Encoding.UTF8.GetBytes(script.Contents!), _slug)));

    /// <summary>Writes one profile entry and its file.</summary>
    public void Profile(YamlText yaml, ProfileState profile)
    {
        Entry entry = Entry.Of(profile);
        byte[] contents = Escaped(profile.Contents!.Value);
        yaml.Value("path", Relative(entry.Extension is null ? draft.Library.Add(profile.FileName, contents, _slug) : draft.AddNamed(entry.Kind, entry.FileName, contents, _slug)));
        Activation(yaml, profile);
        Targets(yaml, profile.Targets);
    }

    /// <summary>Writes one entry of an asset and its file.</summary>
    public void Asset(YamlText yaml, AssetState asset) =>
        yaml.Value("path", Relative(draft.AddNamed("asset", asset.Name + ".json", Escaped(asset.Contents!.Value), _slug)));

    // fleetctl sends an activation as it is, so that nothing in it is escaped.
    private void Activation(YamlText yaml, ProfileState profile)
    {
        if (profile.Activation is not { } activation)
        {
            return;
        }

        if (draft.Options.FleetVersion.Capabilities.DeclarationActivations)
        {
            yaml.Value("activation", Relative(draft.Library.Add(profile.Name + ".activation.json", activation.ToArray(), _slug)));
        }
        else
        {
            draft.Omit(GitOpsRules.Profile.At($"The activation of the profile {profile.Name} is left out: Fleet {draft.Options.FleetVersion} makes its own.", path));
        }
    }

    /// <summary>Writes label targets.</summary>
    public static void Targets(YamlText yaml, LabelTargets targets) => yaml
        .Texts("labels_include_all", targets.IncludeAll)
        .Texts("labels_include_any", targets.IncludeAny)
        .Texts("labels_exclude_any", targets.ExcludeAny)
        .Texts("labels_exclude_all", targets.ExcludeAll);

    // fleetctl expands profiles and assets too, at apply: what it would replace is escaped, so that the server gets these bytes.
    private static byte[] Escaped(ReadOnlyMemory<byte> contents)
    {
        string text = Encoding.UTF8.GetString(contents.Span);
        string escaped = DollarEscaper.EscapeInProfile(text);
        return ReferenceEquals(text, escaped) || escaped == text ? contents.ToArray() : Encoding.UTF8.GetBytes(escaped);
    }

    /// <summary>Whether a profile is for Windows.</summary>
    public static bool IsWindows(ProfileState profile) => profile.FileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a profile is for Android: JSON that is no declaration of Apple's.</summary>
    public static bool IsAndroid(ProfileState profile) =>
        profile.FileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && profile.Contents is { } contents
        && JsonText.Read(Encoding.UTF8.GetString(contents.Span)) is { ValueKind: JsonValueKind.Object } root && !root.TryGetProperty("Type", out _);

    private string Relative(string file) => LibraryFiles.Relative(path, file);
}
