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
    [InlineData("assets:\n      - path: ../lib/a.json\n      - path: ../lib/more/a.json", "duplicate asset basename \"a.json\"")]
    [InlineData("assets:\n      - path: ../lib/unset.json", "applying assets for fleet \"Laptops\": expanding environment on file")]
    [InlineData("configuration_profiles:\n      - path: ../lib/m.mobileconfig\n        activation: ../lib/a.json", "Couldn't edit macos_settings.custom_settings (m.mobileconfig): activation is only supported for declaration (DDM) profiles.")]
    [InlineData("configuration_profiles:\n      - paths: ../lib/*.json\n        activation: ../lib/a.json", "cannot use \"activation\" with \"paths\"; use \"path\" for a single profile")]
    public void Lint_WhatFleetctlRefuses_IsRefusedInItsWords(string section, string words)
    {
        FleetRepository repository = Load(Apple(section), new()
        {
            ["lib/a.json"] = Asset,
            ["lib/more/a.json"] = Asset,
            ["lib/unset.json"] = "{\"Identifier\":\"$NOWHERE\"}",
            ["lib/m.mobileconfig"] = "<plist version=\"1.0\"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>i</string><key>PayloadDisplayName</key><string>M</string></dict></plist>",
        });

        Verdict verdict = new GitOpsLinter().Lint(repository).Verdict;

        verdict.IsAccepted.Should().BeFalse();
        verdict.Message.Should().Contain(words);
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
    [InlineData("- package_path: ../lib/none.yml", "", "applying macOS setup experience software for fleet \"Laptops\": software \"../lib/none.yml\" does not exist for that fleet")]
    [InlineData("- {package_path: ../lib/one.yml, app_store_id: \"1\"}", "", "applying fleets: only one of app_store_id or package_path can be set")]
    [InlineData("- package_path: ../lib/one.yml", "\n      setup_experience: true", "Couldn't edit software (https://example.com/one.pkg). Setup experience may only be specified directly on software or within macos_setup, but not both.")]
    public void Lint_SoftwareOfASetUpInTheOldForm_IsRefusedInFleetctlsWords(string item, string more, string words)
    {
        FleetRepository repository = Load(Head + $"controls:\n  setup_experience:\n    software:\n      {item}\nsoftware:\n  packages:\n    - path: ../lib/one.yml{more}\n  app_store_apps:\n    - app_store_id: \"1\"\n", new()
        {
            ["lib/one.yml"] = "url: https://example.com/one.pkg\n",
        });

        Verdict verdict = new GitOpsLinter().Lint(repository).Verdict;

        (verdict.IsAccepted, verdict.Stage).Should().Be((false, GitOpsStage.ClientApply));
        verdict.Message.Should().Contain(words);
    }

    private static string Apple(string section) => Head + $"software:\ncontrols:\n  apple_settings:\n    {section}\n";

    private static FleetState State(TeamState team) => new() { IsComplete = true, Teams = [team] };

    private static TeamState Team(FleetRepository repository) => repository.ToState().Teams.Single(team => team.Name == "Laptops");

    private static string Text(ReadOnlyMemory<byte>? contents) => Encoding.UTF8.GetString(contents!.Value.Span);

    private static FleetRepository Load(string fleet, Dictionary<string, string> files, ServerFacts? server = null)
    {
        files["default.yml"] = Global;
        files["fleets/laptops.yml"] = fleet;
        var source = new MemoryFiles(files);
        return FleetRepository.Load(source, GitOpsRun.OnAll(source) with { FleetVersion = Newest, Environment = new Dictionary<string, string> { ["FAMILY"] = "Mac" }, Server = server ?? new ServerFacts() });
    }
}
