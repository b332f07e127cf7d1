namespace Smallstep.Fleet.GitOps;

/// <summary>Reads the profiles, scripts and software that a file declares.</summary>
/// <param name="scope">The run.</param>
/// <param name="file">The file.</param>
internal sealed partial class TeamReader(RunScope scope, ParsedFile file)
{
    private const string PackageSuffix = ".package";

    public IReadOnlyList<ProfileState> Profiles() =>
        [.. ((string[])["macos", "windows", "android"]).SelectMany(platform => file.Profiles.GetValueOrDefault(platform) ?? []).Where(profile => profile.Path.Length > 0).Select(Profile)];

    public IReadOnlyList<ScriptState> Scripts() =>
        [.. file.Scripts.Select(script => new ScriptState(RepositoryPath.Base(script.Path), scope.Text(script.Path)))];

    public IReadOnlyList<CertificateTemplateState> CertificateTemplates() =>
        [.. AndroidCertificates.In(file).Select(template => new CertificateTemplateState(Text(template, "name"), Text(template, "certificate_authority_name"), Text(template, "subject_name"))
        {
            SubjectAlternativeName = Text(template, "subject_alternative_name"),
        })];

    public SetupFilesState SetupFiles() => new()
    {
        Assistant = SetupFile("apple_setup_assistant"),
        Script = SetupFile("macos_script"),
        BootstrapPackageUrl = file.Controls?["setup_experience"]?["macos_bootstrap_package"]?.AsText() is { Length: > 0 } url ? url : null,
    };

    private ScriptState? SetupFile(string key) => file.Controls?["setup_experience"]?[key]?.AsText() is { Length: > 0 } path
        ? new ScriptState(RepositoryPath.Base(path), scope.Text(RepositoryPath.Resolve(RepositoryPath.Folder(RepositoryPath.Normalize(file.Path)), path)))
        : null;

    public IReadOnlyList<SoftwareState> Software() =>
        [.. file.Packages.Select(package => Package(package, file.Packages.Count(other => other.File == package.File && package.File.Length > 0) > 1))];

    private ProfileState Profile(ParsedProfile profile)
    {
        string fileName = RepositoryPath.Base(profile.Path);
        (string text, ReadOnlyMemory<byte>? contents) = Expanded(profile.Path);
        IReadOnlyDictionary<string, string> head = RepositoryPath.Extension(fileName) == ".mobileconfig"
            ? MobileConfigHead.Read(text)
            : new Dictionary<string, string>();
        bool isDeclaration = RepositoryPath.Extension(fileName) == ".json";
        return new ProfileState(head.GetValueOrDefault("PayloadDisplayName")?.Trim() is { Length: > 0 } name ? name : RepositoryPath.Stem(fileName), fileName)
        {
            Contents = contents,
            Identifier = isDeclaration ? DeclarationHead.Identifier(text) : head.GetValueOrDefault("PayloadIdentifier") ?? "",
            // An activation is sent as it is: nothing in it is expanded.
            Activation = isDeclaration && profile.Activation.Length > 0 ? scope.Bytes(profile.Activation) : null,
            Targets = Targets(key => key == "labels_include_all" ? [.. profile.Node.Texts(key), .. profile.Node.Texts("labels")] : profile.Node.Texts(key)),
        };
    }

    private SoftwareState Package(ParsedPackage package, bool isListed)
    {
        string fileName = package.IsScript ? RepositoryPath.Base(package.File)
            : package.Url.Length > 0 ? RepositoryPath.Base(package.Url.Split('?', '#')[0])
            : package.Hash;
        var state = new SoftwareState(fileName)
        {
            Url = package.Url.Length > 0 ? package.Url : null,
            Sha256 = package.Hash.Length > 0 ? package.Hash : null,
            Platform = Platform(fileName),
            Targets = Targets(package.Labels),
            SelfService = package.Node["self_service"] is { IsTrue: true } || package.Fleet["self_service"] is { IsTrue: true },
            InstallScript = Asset(package, "install_script"),
            PostInstallScript = Asset(package, "post_install_script"),
            UninstallScript = Asset(package, "uninstall_script"),
            PreInstallQuery = Query(package),
            DisplayName = Inherited(package, "display_name")?.AsText() ?? "",
            Categories = package.Node.Texts("categories") is { Count: > 0 } categories ? categories : package.Fleet.Texts("categories"),
            SetupExperience = InSetup(package, Inherited(package, "setup_experience") is { Kind: GitOpsNodeKind.Boolean } setup ? setup.IsTrue : null),
            SetupExperiencePlatforms = Platforms(Inherited(package, "setup_experience_platform")),
            AlwaysDownload = Inherited(package, "always_download") is { IsTrue: true },
        };
        return state with { Title = SoftwareTitles.IsAgent(state) ? AgentFacts.SoftwareTitle : isListed ? Title(package.File, fileName) : "" };
    }

    // The packages of a list are of one title; the package file's name stands for it.
    private static string Title(string packageFile, string fileName)
    {
        string stem = RepositoryPath.Stem(packageFile);
        stem = stem.EndsWith(PackageSuffix, StringComparison.Ordinal) ? stem[..^PackageSuffix.Length] : stem;
        string format = "-" + RepositoryPath.Extension(fileName).TrimStart('.');
        return stem.EndsWith(format, StringComparison.Ordinal) ? stem[..^format.Length] : stem;
    }

    private static string Platform(string fileName) => RepositoryPath.Extension(fileName) switch
    {
        ".pkg" or ".dmg" or ".ipa" => "darwin",
        ".msi" or ".exe" or ".ps1" => "windows",
        ".deb" or ".rpm" or ".gz" or ".tgz" => "linux",
        _ => "",
    };

    private static LabelTargets Targets(Func<string, IReadOnlyList<string>> labels) => new()
    {
        IncludeAll = labels("labels_include_all"),
        IncludeAny = labels("labels_include_any"),
        ExcludeAny = labels("labels_exclude_any"),
    };

    private static GitOpsNode? Inherited(ParsedPackage package, string key) => package.Node[key] is { IsNull: false } own ? own : package.Fleet[key];

    private string Asset(ParsedPackage package, string key) => package.Asset(key) is { } path ? scope.Text(path) ?? "" : "";

    private string Query(ParsedPackage package)
    {
        if (package.Asset("pre_install_query") is not { } path || scope.Yaml(path)?.Document.Root is not { } root)
        {
            return "";
        }

        GitOpsNode item = root.Items.Count > 0 ? root.Items[0] : root;
        return item["query"]?.AsText() ?? item["spec"]?["query"]?.AsText() ?? "";
    }
}
