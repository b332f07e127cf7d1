using System.Text;

namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>Assets of declarations, activations, and what a set-up installs in the old form: read, judged, written and merged.</summary>
public sealed class DeclarationTests
{
    private const string Head = "name: Laptops\nsettings:\nagent_options:\npolicies:\nreports:\nlabels:\n";
    private const string Global = "org_settings:\n  certificate_authorities:\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";
    private const string Asset = """{"Type":"com.apple.asset.data","Identifier":"com.example.a","Payload":{"Reference":{"DataURL":"https://example.com/a"}}}""";
    private const string Declaration = """{"Type":"com.apple.configuration.x","Identifier":"com.example.d","Payload":{}}""";
    private const string Activation = """{"Type":"com.apple.activation.simple","Identifier":"com.example.act","Payload":{"StandardConfigurations":["com.example.d"],"Predicate":"$FAMILY"}}""";
    private static readonly FleetVersion Newest = FleetVersion.NewestKnown;

    [Fact]
    public void Read_AssetsAndActivation_ExpandsTheOneAndNotTheOther()
    {
        FleetRepository repository = Load(Apple("assets:\n      - paths: ../lib/*.asset.json\n    configuration_profiles:\n      - path: ../lib/d.json\n        activation: ../lib/act.json"), new()
        {
            ["lib/a.asset.json"] = Asset.Replace("/a\"", "/$FAMILY\""),
            ["lib/d.json"] = Declaration,
            ["lib/act.json"] = Activation,
        });

        TeamState team = Team(repository);

        new GitOpsLinter().Lint(repository).Verdict.IsAccepted.Should().BeTrue();
        team.Assets.Should().ContainSingle().Which.Should().Match<AssetState>(asset => asset.Name == "a.asset" && asset.Identifier == "com.example.a");
        Text(team.Assets![0].Contents).Should().Contain("https://example.com/Mac\"", "the environment's variables are replaced");
        team.Profiles.Should().ContainSingle().Which.Identifier.Should().Be("com.example.d");
        Text(team.Profiles![0].Activation).Should().Be(Activation, "fleetctl sends an activation as it is");
    }

    [Fact]
    public void Read_NoSection_MeansNoneAndWithoutAppleMdmNothing()
    {
        Team(Load(Apple("configuration_profiles:"), [])).Assets.Should().BeEmpty("fleetctl sends an empty list, which deletes");
        Team(Load(Apple("configuration_profiles:"), [], new ServerFacts { IsAppleMdmEnabled = false })).Assets.Should().BeNull("fleetctl then passes over them");
    }

    [Theory]
    [InlineData("assets:\n      - path: ../lib/a.json\n      - path: ../lib/more/a.json", "Team Laptops: Couldn't edit custom_settings. More than one configuration profile have the same name 'a' (PayloadDisplayName for .mobileconfig and file name for .json and .xml).")]
    [InlineData("assets:\n      - path: ../lib/a.json\n      - path: ../lib/a.txt", "Team Laptops: Couldn't edit custom_settings. More than one configuration profile have the same name 'a'")]
    [InlineData("assets:\n      - path: ../lib/unset.json", "Team Laptops: expanding environment on file \"lib/unset.json\": ")]
    [InlineData("configuration_profiles:\n      - path: ../lib/m.mobileconfig\n        activation: ../lib/a.json", "Team Laptops: Couldn't edit macos_settings.custom_settings (m.mobileconfig): activation is only supported for declaration (DDM) profiles.")]
    [InlineData("configuration_profiles:\n      - paths: ../lib/*.json\n        activation: ../lib/a.json", "cannot use \"activation\" with \"paths\"; use \"path\" for a single profile")]
    public void Lint_WhatFleetctlRefuses_IsRefusedInItsWords(string section, string words)
    {
        FleetRepository repository = Load(Apple(section), new()
        {
            ["lib/a.json"] = Asset,
            ["lib/more/a.json"] = Asset,
            ["lib/a.txt"] = Asset,
            ["lib/unset.json"] = "{\"Identifier\":\"$NOWHERE\"}",
            ["lib/m.mobileconfig"] = "<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>i</string><key>PayloadDisplayName</key><string>M</string></dict></plist>",
        });

        Verdict verdict = new GitOpsLinter().Lint(repository).Verdict;

        verdict.Stage.Should().Be(words.StartsWith("Team ", StringComparison.Ordinal) ? GitOpsStage.ClientApply : GitOpsStage.Parse);
        verdict.Message.Should().Contain(words);
    }

    [Theory]
    [InlineData("- path: lib/a.json\n      - path: lib/more/a.json", true, "Couldn't edit custom_settings. More than one configuration profile have the same name 'a'")]
    [InlineData("- path: lib/unset.json", true, "expanding environment on file \"lib/unset.json\": ")]
    [InlineData("- path: lib/a.json\n      - path: lib/more/a.json", false, "")]
    [InlineData("- path: lib/unset.json", false, "")]
    public void Lint_AssetsOfHostsWithoutAFleet_AreJudgedWhereAppleMdmIsOn(string assets, bool isAppleMdmEnabled, string words)
    {
        string global = Global.Replace("controls:", $"controls:\n  apple_settings:\n    assets:\n      {assets}", StringComparison.Ordinal);
        Verdict verdict = new GitOpsLinter().Lint(Load(Apple("configuration_profiles:"), Sources(), new ServerFacts { IsAppleMdmEnabled = isAppleMdmEnabled }, global: global)).Verdict;

        verdict.Message.Should().StartWith(words, "no fleet stands before the words");
        verdict.IsAccepted.Should().Be(!isAppleMdmEnabled);
    }

    [Theory]
    [InlineData("- path: ../lib/unset.json", "Team Laptops: expanding environment on file \"lib/unset.json\": ")]
    [InlineData("- path: ../lib/a.json\n      - path: ../lib/more/a.json", "Team Laptops: Couldn't edit custom_settings. More than one configuration profile have the same name 'a'")]
    public void Lint_AssetsOfAFleetWithoutAppleMdm_AreReadAllTheSame(string assets, string words)
    {
        Verdict verdict = new GitOpsLinter().Lint(Load(Apple("assets:\n      " + assets), Sources(), new ServerFacts { IsAppleMdmEnabled = false })).Verdict;
        (verdict.IsAccepted, verdict.Stage).Should().Be((false, GitOpsStage.ClientApply));
        verdict.Message.Should().StartWith(words);
    }

    [Fact]
    public void Lint_ProfilesAndAssetsOfAFleet_AreReadInFleetctlsOrder()
    {
        string section = "assets:\n      - path: ../lib/unset.json\n    configuration_profiles:\n      - path: ../lib/a.txt\n  setup_experience:\n    apple_setup_assistant: ../lib/a.txt";
        new GitOpsLinter().Lint(Load(Apple(section), Sources())).Verdict.Message.Should().StartWith("Team Laptops: Couldn't edit macos_settings.custom_settings (a.txt)", "profiles come before assets, and both before the set-up");
        new GitOpsLinter().Lint(Load(Apple(section.Replace("a.txt", "a.json", StringComparison.Ordinal)), Sources())).Verdict.Message.Should().StartWith("Team Laptops: expanding environment on file \"lib/unset.json\"");
    }

    [Theory]
    [InlineData("assets:\n      - path: ../lib/none.json", "4.77.0", "", true)]
    [InlineData("assets:\n      - path: ../lib/none.json", "4.82.0", "", true)]
    [InlineData("assets:\n      - path: ../lib/none.json", "4.85.0", "", false)]
    [InlineData("assets:\n      - path: ../lib/none.json", "4.85.0", "--allow-unknown-keys", true)]
    [InlineData("assets:\n      - path: ../lib/none.json", "4.90.0", "--allow-unknown-keys", false)]
    [InlineData("assets:\n      - path: ../lib/a.json\n      - path: ../lib/more/a.json", "4.82.0", "", true)]
    [InlineData("configuration_profiles:\n      - path: ../lib/m.mobileconfig\n        activation: ../lib/none.json", "4.82.0", "", true)]
    [InlineData("configuration_profiles:\n      - path: ../lib/m.mobileconfig\n        activation: ../lib/a.json", "4.82.0", "", true)]
    [InlineData("configuration_profiles:\n      - path: ../lib/m.mobileconfig\n        activation: ../lib/a.json", "4.91.0", "", false)]
    [InlineData("configuration_profiles:\n      - paths: ../lib/*.mobileconfig\n        activation: ../lib/a.json", "4.82.0", "", true)]
    public void Lint_ReleaseThatPassesOverTheKeys_JudgesNothingOfThem(string section, string version, string flag, bool isAccepted)
    {
        FleetRepository repository = Load(Apple(section), Sources(), version: FleetVersion.ParseLenient(version), flag: flag);
        Verdict verdict = new GitOpsLinter().Lint(repository).Verdict;
        verdict.IsAccepted.Should().Be(isAccepted, "{0}", verdict.Message);
        if (isAccepted)
        {
            Team(repository).Assets.Should().BeNull();
        }
    }

    [Theory]
    [InlineData("android", "p.json", "4.91.0", "activation is only supported for declaration (DDM) profiles.")]
    [InlineData("windows", "p.xml", "4.91.0", "activation is only supported for declaration (DDM) profiles.")]
    [InlineData("android", "p.json", "4.90.0", "")]
    [InlineData("android", "p.xml", "4.91.0", "Android configuration profiles must be .json files.")]
    public void Lint_ActivationOfAnotherPlatformsProfile_IsRefused(string platform, string profile, string version, string words)
    {
        string fleet = Head + $"software:\ncontrols:\n  {platform}_settings:\n    configuration_profiles:\n      - path: ../lib/{profile}\n        activation: ../lib/a.json\n";
        Dictionary<string, string> files = Sources();
        files["lib/p.json"] = "{\"maximumTimeToLock\":\"1\"}";
        files["lib/p.xml"] = "<Add></Add>";

        string message = new GitOpsLinter().Lint(Load(fleet, files, version: FleetVersion.ParseLenient(version))).Verdict.Message;

        message.Should().Be(words.Length == 0 ? "" : $"Team Laptops: Couldn't edit {platform}_settings.custom_settings ({profile}): {words}");
    }

    [Theory]
    [InlineData("""{"Identifier":"\ud800","Type":"\udfff"}""")]
    [InlineData("""{"Identi\ud83dfier":"i","Type":"com.apple.asset.data","Payload":{"Reference":{"DataURL":"\uDC00\uD800"}}}""")]
    [InlineData("""{"Identifier":"i","Type":"com.apple.configuration.x","Payload":{"A\ud800AssetReference":"\ud800x","B":[{"CAssetReference":"\ud800\ud800"}]}}""")]
    [InlineData("""{"Identifier":"\\ud800 \ud83d\ude00"}""")]
    [InlineData("""{"Identifier":"\u"}""")]
    [InlineData("\\ud800")]
    [InlineData("[[[[")]
    [InlineData("")]
    public void LintAndRead_AnyText_ThrowsNothing(string text)
    {
        FleetRepository repository = Load(Apple("assets:\n      - path: ../lib/x.json\n    configuration_profiles:\n      - path: ../lib/y.json\n        activation: ../lib/x.json"), new() { ["lib/x.json"] = text, ["lib/y.json"] = text });

        repository.Invoking(loaded => new GitOpsLinter().Lint(loaded)).Should().NotThrow();
        repository.Invoking(loaded => loaded.ToState()).Should().NotThrow();
    }

    [Fact]
    public void Read_HalfOfAPair_IsTheReplacementCharacterAsInGo()
    {
        const string Text = """{"Identifier":"a\ud800b\\ud800c\ud83d\ude00d\udc00\ud800"}""";
        Team(Load(Apple("assets:\n      - path: ../lib/x.json"), new() { ["lib/x.json"] = Text })).Assets!.Single().Identifier.Should().Be("a\ufffdb\\ud800c\U0001F600d\ufffd\ufffd");
    }

    [Theory]
    [InlineData("{}", "{}", "Asset must contain a non-empty identifier")]
    [InlineData("{\"Identifier\":\"i\",\"Type\":\"com.apple.configuration.x\"}", "{}", "Asset type must be a valid Apple asset type")]
    [InlineData("{\"Identifier\":\"i\",\"Type\":\"com.apple.asset.data\",\"Payload\":{\"Authentication\":{}}}", "{}", "Asset payload must not contain an authentication key")]
    [InlineData("{\"Identifier\":\"i\",\"Type\":\"com.apple.asset.data\"}", "{}", "Asset payload must contain a non-empty reference data URL")]
    [InlineData(Asset, "{\"Deep\":[{\"DataAssetReference\":\"com.example.other\"}]}", "Asset (\"com.example.other\") doesn't exist")]
    [InlineData(Asset, "{\"Deep\":[{\"DataAssetReference\":\"com.example.a\"}]}", null)]
    public void Lint_WhatTheServerRefuses_IsAFinding(string asset, string payload, string? words)
    {
        FleetRepository repository = Load(Apple("assets:\n      - path: ../lib/a.json\n    configuration_profiles:\n      - path: ../lib/d.json"), new()
        {
            ["lib/a.json"] = asset,
            ["lib/d.json"] = Declaration.Replace("\"Payload\":{}", $"\"Payload\":{payload}"),
        });

        IReadOnlyList<Finding> findings = new GitOpsLinter().Lint(repository).Findings;

        string[] errors = [.. findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Message)];
        errors.Should().HaveCount(words is null ? 0 : 1);
        errors.All(message => message.Contains(words ?? "", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public void Write_AssetsAndActivation_ComeBackAsTheyWere()
    {
        FleetState state = State(new TeamState("Laptops")
        {
            Assets = [new AssetState("data", "com.example.a") { Contents = Encoding.UTF8.GetBytes(Asset.Replace("/a\"", "/a?cost=$5\"")) }],
            Profiles = [new ProfileState("data", "data.json") { Contents = Encoding.UTF8.GetBytes(Declaration), Activation = Encoding.UTF8.GetBytes(Activation) }],
        });
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(state, new RepositoryWriteOptions { FleetVersion = Newest });

        TeamState team = Team(FleetRepository.Load(new MemoryFiles(files), GitOpsRun.OnAll(new MemoryFiles(files)) with { FleetVersion = Newest, Environment = new Dictionary<string, string>() }));

        files.Select(file => file.Path).Should().Contain(["lib/data.json", "lib/laptops/data.json", "lib/data.activation.json"]);
        team.Assets!.Single().HasSameContents(state.Teams[0].Assets![0]).Should().BeTrue();
        team.Profiles!.Single().HasSameContents(state.Teams[0].Profiles![0]).Should().BeTrue();
        team.Profiles!.Single().HasSameActivation(state.Teams[0].Profiles![0]).Should().BeTrue();
    }

    [Fact]
    public void Write_OlderRelease_LeavesThemOutAndSaysSo()
    {
        FleetState state = State(new TeamState("Laptops")
        {
            Assets = [new AssetState("data", "com.example.a") { Contents = Encoding.UTF8.GetBytes(Asset) }],
            Profiles = [new ProfileState("d", "d.json") { Contents = Encoding.UTF8.GetBytes(Declaration), Activation = Encoding.UTF8.GetBytes(Activation) }],
        });
        var options = new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 89) };

        FleetRepositoryWriter.Write(state, options).Select(file => file.Path).Should().NotContain(path => path.Contains("data", StringComparison.Ordinal) || path.Contains("activation", StringComparison.Ordinal));
        FleetRepositoryWriter.Omissions(state, options).Select(finding => finding.Message).Should().Contain(words => words.Contains("1 assets of Laptops")).And.Contain(words => words.Contains("activation of the profile d"));
    }

    [Fact]
    public void Merge_NewAsset_IsAddedAndOneThatDiffersStays()
    {
        FleetRepository repository = Load(Apple("assets:\n      - path: ../lib/a.json # ours\n    configuration_profiles:"), new() { ["lib/a.json"] = Asset });
        FleetState state = State(new TeamState("Laptops")
        {
            Assets =
            [
                new AssetState("a", "com.example.a") { Contents = "{}"u8.ToArray() },
                new AssetState("b", "com.example.b") { Contents = Encoding.UTF8.GetBytes(Asset.Replace("com.example.a", "com.example.b")) },
            ],
        });

        MergeResult merge = FleetRepositoryMerger.Merge(repository, state, new RepositoryWriteOptions { FleetVersion = Newest });

        string yaml = Text(merge.Files.Single(file => file.Path == "fleets/laptops.yml").Contents);
        yaml.Should().Contain("      - path: ../lib/a.json # ours\n      - path: ../lib/b.json\n");
        merge.Files.Should().Contain(file => file.Path == "lib/b.json");
        merge.Findings.Should().Contain(finding => finding.Message.Contains("asset a is there with other contents"));
    }

    [Fact]
    public void Read_SoftwareOfASetUpInTheOldForm_MarksThePackagesAndApps()
    {
        const string Software = "software:\n  packages:\n    - path: ../lib/one.yml\n    - path: ../lib/two.yml\n  app_store_apps:\n    - app_store_id: \"1\"\n    - app_store_id: \"2\"\n";
        FleetRepository repository = Load(Head + "controls:\n  setup_experience:\n    macos_bootstrap_package_manual_enrollment: true\n    software:\n      - package_path: ../lib/one.yml\n      - app_store_id: \"2\"\n" + Software, new()
        {
            ["lib/one.yml"] = "url: https://example.com/one.pkg\n",
            ["lib/two.yml"] = "url: https://example.com/two.pkg\n",
        });

        TeamState team = Team(repository);

        new GitOpsLinter().Lint(repository).Verdict.Message.Should().BeEmpty();
        team.Software!.Select(package => package.SetupExperience).Should().Equal(true, false);
        team.AppStoreApps!.Select(app => app.SetupExperience).Should().Equal(false, true);
        team.Controls!.Values.GetProperty("setup_experience").GetProperty("macos_bootstrap_package_manual_enrollment").GetBoolean().Should().BeTrue("it is a setting like any other");
    }

    [Theory]
    [InlineData("- package_path: ../lib/none.yml", "", "applying macOS setup experience software for fleet \"Laptops\": software \"lib/none.yml\" does not exist for that fleet")]
    [InlineData("- {package_path: ../lib/one.yml, app_store_id: \"1\"}", "", "applying fleets: only one of app_store_id or package_path can be set")]
    [InlineData("- package_path: ../lib/one.yml", "\n      setup_experience: true", "applying software installers for fleet \"Laptops\": Couldn't edit software (https://example.com/one.pkg). Setup experience may only be specified directly on software or within macos_setup, but not both. See https://fleetdm.com/learn-more-about/yaml-software-setup-experience.")]
    public void Lint_SoftwareOfASetUpInTheOldForm_IsRefusedInFleetctlsWords(string item, string more, string words)
    {
        FleetRepository repository = Load(Head + $"controls:\n  setup_experience:\n    software:\n      {item}\nsoftware:\n  packages:\n    - path: ../lib/one.yml{more}\n  app_store_apps:\n    - app_store_id: \"1\"\n", new()
        {
            ["lib/one.yml"] = "url: https://example.com/one.pkg\n",
        });

        Verdict verdict = new GitOpsLinter().Lint(repository).Verdict;

        (verdict.IsAccepted, verdict.Stage).Should().Be((false, GitOpsStage.ClientApply));
        verdict.Message.Should().Be(words);
    }

    private static string Apple(string section) => Head + $"software:\ncontrols:\n  apple_settings:\n    {section}\n";

    private static FleetState State(TeamState team) => new() { IsComplete = true, Teams = [team] };

    private static TeamState Team(FleetRepository repository) => repository.ToState().Teams.Single(team => team.Name == "Laptops");

    private static string Text(ReadOnlyMemory<byte>? contents) => Encoding.UTF8.GetString(contents!.Value.Span);

    private static Dictionary<string, string> Sources() => new()
    {
        ["lib/a.json"] = Asset,
        ["lib/a.txt"] = Asset,
        ["lib/more/a.json"] = Asset,
        ["lib/unset.json"] = "{\"Identifier\":\"$NOWHERE\"}",
        ["lib/m.mobileconfig"] = "<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>i</string><key>PayloadDisplayName</key><string>M</string></dict></plist>",
    };

    private static FleetRepository Load(string fleet, Dictionary<string, string> files, ServerFacts? server = null, FleetVersion? version = null, string flag = "", string global = Global)
    {
        files["default.yml"] = global;
        files["fleets/laptops.yml"] = fleet;
        var source = new MemoryFiles(files);
        GitOpsRun run = GitOpsRun.OnAll(source);
        return FleetRepository.Load(source, run with
        {
            Arguments = flag.Length == 0 ? run.Arguments : [.. run.Arguments, flag],
            FleetVersion = version ?? Newest,
            Environment = new Dictionary<string, string> { ["FAMILY"] = "Mac" },
            Server = server ?? new ServerFacts(),
        });
    }
}
