using System.Text;

namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>Merges that are made again, into servers that pass over a section, and into repositories that list files by patterns.</summary>
public sealed class RepeatedMergeTests
{
    private const string Global = "org_settings:\n  certificate_authorities:\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";
    private const string Fleet = "name: Laptops\nsettings:\nagent_options:\npolicies:\nreports:\nlabels:\nsoftware:\ncontrols:\n";
    private const string Asset = """{"Type":"com.apple.asset.data","Identifier":"com.example.a","Payload":{"Reference":{"DataURL":"https://example.com/a"}}}""";
    private const string Declaration = """{"Type":"com.apple.configuration.x","Identifier":"com.example.d","Payload":{}}""";
    private const string Activation = """{"Type":"com.apple.activation.simple","Identifier":"com.example.act","Payload":{"StandardConfigurations":["com.example.d"]}}""";
    private static readonly FleetVersion Newest = FleetVersion.NewestKnown;

    [Fact]
    public void Merge_AssetsWithoutAppleMdm_AreAddedOnce()
    {
        FleetState addition = Of(new TeamState("Laptops") { Assets = [new AssetState("data", "com.example.a") { Contents = Bytes(Asset) }] });
        GitOpsRun run = new() { Server = new ServerFacts { IsAppleMdmEnabled = false } };
        Dictionary<string, string> files = Files(Fleet);

        MergeResult first = Merge(files, addition, Newest, run);
        MergeResult second = Merge(files, addition, Newest, run);

        first.Files.Select(file => file.Path).Should().Equal("fleets/laptops.yml", "lib/data.json");
        second.Files.Should().BeEmpty();
        Lint(files, Newest).Message.Should().BeEmpty();
    }

    [Fact]
    public void Merge_VitalsForANewerRelease_AreAddedOnce()
    {
        FleetState addition = new() { CustomHostVitals = [new CustomHostVitalState("Floor")], MicrosoftGraphCredentials = [new MicrosoftGraphCredentialState("t", "c")] };
        GitOpsRun run = new() { FleetVersion = new FleetVersion(4, 89) };
        Dictionary<string, string> files = Files(Fleet);

        Merge(files, addition, Newest, run).Files.Should().ContainSingle();
        Merge(files, addition, Newest, run).Files.Should().BeEmpty();
    }

    [Theory]
    [InlineData("4.95.0")]
    [InlineData("4.77.0")]
    public void Merge_NamesThatNoFileCanHave_AreAddedOnce(string version)
    {
        FleetState addition = Of(new TeamState("Laptops")
        {
            Profiles = [new ProfileState("p[2]", "p.xml") { Contents = "<Replace/>"u8.ToArray() }, new ProfileState("q:2", "q.json") { Contents = Bytes(Declaration) }],
            Assets = [new AssetState("a:b", "com.example.a") { Contents = Bytes(Asset) }],
            Scripts = [new ScriptState("a*b.sh", "#!/bin/sh\n")],
            Policies = [new PolicyState("p", "SELECT 1;") { RunScript = "a*b.sh" }],
        }) with
        {
            YaraRules = [new YaraRuleState("a:b.yar", "rule a { condition: true }")],
        };
        var release = FleetVersion.ParseLenient(version);
        Dictionary<string, string> files = Files(release < new FleetVersion(4, 82) ? Fleet.Replace("labels:\n", "").Replace("settings:", "team_settings:").Replace("reports:", "queries:") : Fleet);

        Merge(files, addition, release);
        Lint(files, release).Message.Should().BeEmpty();
        string before = files["fleets/laptops.yml"];
        MergeResult second = Merge(files, addition with { Teams = [addition.Teams[0] with { Policies = [new PolicyState("later", "SELECT 1;") { RunScript = "a*b.sh" }] }] }, release);

        second.Files.Should().ContainSingle("only the policy is new, and its script is there");
        files["fleets/laptops.yml"].Should().StartWith(before[..before.IndexOf("policies:", StringComparison.Ordinal)]);
        Lint(files, release).Message.Should().BeEmpty();
        Load(files, release).ToState().Teams.Single().Policies!.Select(policy => policy.RunScript).Should().OnlyContain(script => script == "a-b.sh");
    }

    [Theory]
    [InlineData("../lib/*.json", "../lib/*.{sh,mobileconfig}", "../lib/*.yml", "lib/laptops/")]
    [InlineData("../lib/**/*.json", "../lib/**/*", "../lib/**", "lib-2/laptops/")]
    [InlineData("../data/*.json", "../scripts/*.sh", "../policies/*.yml", "lib/")]
    public void Merge_ListsByPatterns_PutsNewFilesWhereNoneMatches(string assets, string scripts, string policies, string folder)
    {
        string fleet = Fleet.Replace("controls:\n", $"controls:\n  apple_settings:\n    assets:\n      - paths: {assets}\n  scripts:\n    - paths: '{scripts}'\n").Replace("policies:\n", $"policies:\n  - paths: '{policies}'\n");
        Dictionary<string, string> files = Files(fleet);
        FleetState addition = Of(new TeamState("Laptops")
        {
            Assets = [new AssetState("new", "com.example.a") { Contents = Bytes(Asset) }],
            Profiles = [new ProfileState("d", "d.json") { Contents = Bytes(Declaration), Activation = Bytes(Activation) }],
            Scripts = [new ScriptState("new.sh", "#!/bin/sh\n")],
            Software = [.. ((string[])["amd64", "arm64"]).Select(cpu => new SoftwareState($"a_{cpu}.deb") { Title = "a", Url = $"https://example.com/a_{cpu}.deb", PostInstallScript = "#!/bin/sh\n# after\n" })],
        });

        MergeResult first = Merge(files, addition, Newest);

        first.Findings.Should().BeEmpty();
        first.Files.Select(file => file.Path).Where(path => path != "fleets/laptops.yml").Should().HaveCount(7).And.OnlyContain(path => path.StartsWith(folder, StringComparison.Ordinal));
        Lint(files, Newest).Message.Should().BeEmpty();
        TeamState team = Load(files, Newest).ToState().Teams.Single();
        team.Assets!.Select(asset => asset.Name).Should().Equal("new");
        team.Scripts!.Select(script => script.Name).Should().Equal("new.sh");
        team.Profiles!.Single().Activation.Should().NotBeNull();
        Merge(files, addition, Newest).Files.Should().BeEmpty();
    }

    [Fact]
    public void Merge_PatternThatMatchesEveryFolder_ChangesNothingAndSaysSo()
    {
        Dictionary<string, string> files = Files(Fleet.Replace("controls:\n", "controls:\n  scripts:\n    - paths: ../**/*.sh\n"));
        MergeResult merge = Merge(files, Of(new TeamState("Laptops") { Scripts = [new ScriptState("new.sh", "#!/bin/sh\n")], Reports = [new ReportState("r", "SELECT 1;")] }), Newest);
        merge.Files.Should().BeEmpty();
        merge.Findings.Should().ContainSingle().Which.Message.Should().StartWith("Nothing is merged: a pattern of the repository (paths) takes in new.sh");
    }

    [Fact]
    public void Merge_FileThatDiffersInCase_GetsAFolderOfItsOwn()
    {
        Dictionary<string, string> files = Files(Fleet);
        files["lib/New.sh"] = "#!/bin/sh\n";
        Merge(files, Of(new TeamState("Laptops") { Scripts = [new ScriptState("new.sh", "#!/bin/sh\n")] }), Newest).Files.Select(file => file.Path).Should().Contain("lib/laptops/new.sh");
    }

    [Fact]
    public void Merge_AssetsForAnOlderRelease_AreLeftAndNamed()
    {
        Dictionary<string, string> files = Files(Fleet);
        MergeResult merge = Merge(files, Of(new TeamState("Laptops") { Assets = [new AssetState("data", "com.example.a") { Contents = Bytes(Asset) }] }), new FleetVersion(4, 89));
        merge.Files.Should().BeEmpty();
        merge.Findings.Should().ContainSingle().Which.Message.Should().Be("Fleet 4.89.0 has no assets (4.90); none of the 1 of Laptops is added.");
    }

    [Fact]
    public void Merge_LabelThatTheReleaseCannotHold_LeavesOutWhatTargetsIt()
    {
        var label = new LabelState("Leased") { MembershipType = "host_vitals", Vital = "custom_host_vital", VitalValue = "1", CustomHostVitalId = 7 };
        FleetState addition = Of(OmissionTests.Targeting) with { Labels = [label] };
        var release = new FleetVersion(4, 89);
        Dictionary<string, string> files = Files(Fleet);

        MergeResult merge = Merge(files, addition, release);

        Lint(files, release).Message.Should().BeEmpty();
        TeamState team = Load(files, release).ToState().Teams.Single();
        (team.Profiles!.Count + team.Software!.Count + team.AppStoreApps!.Count + team.MaintainedApps!.Count + team.Reports!.Count).Should().Be(0);
        team.Policies.Should().HaveCount(4);
        merge.Findings.Should().HaveCount(12);

        Dictionary<string, string> labelled = Files(Fleet);
        labelled["default.yml"] = Global.Replace("labels:\n", "labels:\n  - {name: Leased, query: SELECT 1;}\n");
        Merge(labelled, addition, release).Findings.Should().BeEmpty("a label of the name is there");
        Lint(labelled, release).Message.Should().BeEmpty();
    }

    [Fact]
    public void Merge_ContentsThatAreNotKnown_AddsNothing()
    {
        Dictionary<string, string> files = Files(Fleet);
        FleetState addition = Of(new TeamState("Laptops") { Scripts = [new ScriptState("s.sh", null)], Profiles = [new ProfileState("p", "p.xml")] }) with { YaraRules = [new YaraRuleState("a.yar", null)] };
        MergeResult merge = Merge(files, addition, Newest);
        merge.Files.Should().BeEmpty();
        merge.Findings.Should().HaveCount(3).And.OnlyContain(finding => finding.Message.Contains("its contents are not known"));
    }

    private static FleetState Of(TeamState team) => new() { Teams = [team] };

    private static Dictionary<string, string> Files(string fleet) => new() { ["default.yml"] = Global, ["fleets/laptops.yml"] = fleet };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    // Merges into the files themselves.
    private static MergeResult Merge(Dictionary<string, string> files, FleetState addition, FleetVersion version, GitOpsRun? run = null)
    {
        MergeResult merge = FleetRepositoryMerger.Merge(Load(files, version, run), addition, new RepositoryWriteOptions { FleetVersion = version });
        foreach (RepositoryFile file in merge.Files)
        {
            files[file.Path] = Encoding.UTF8.GetString(file.Contents.Span);
        }

        return merge;
    }

    private static FleetRepository Load(Dictionary<string, string> files, FleetVersion version, GitOpsRun? run = null)
    {
        var source = new MemoryFiles(files);
        return FleetRepository.Load(source, (run ?? new GitOpsRun { FleetVersion = version }) with { Arguments = GitOpsRun.OnAll(source).Arguments });
    }

    private static Verdict Lint(Dictionary<string, string> files, FleetVersion version) => new GitOpsLinter().Lint(Load(files, version)).Verdict;
}
