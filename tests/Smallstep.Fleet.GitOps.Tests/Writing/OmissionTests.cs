using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>What a repository cannot hold is left out with a finding, and what is written is what fleetctl accepts.</summary>
public sealed class OmissionTests
{
    private const string Declaration = """{"Type":"com.apple.configuration.x","Identifier":"com.example.d","Payload":{}}""";
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A0000000D49484452000000010000000108060000001F15C489");
    private static readonly LabelTargets Leased = new() { IncludeAny = ["Leased"] };
    private static readonly LabelState ByVital = new("Leased") { MembershipType = "host_vitals", Vital = "custom_host_vital", VitalValue = "1", CustomHostVitalId = 7 };

    /// <summary>One object of each kind that can have label targets, and policies that need them.</summary>
    internal static TeamState Targeting { get; } = new("Laptops")
    {
        Profiles = [new ProfileState("p", "p.xml") { Contents = "<Replace/>"u8.ToArray(), Targets = Leased }],
        Software = [new SoftwareState("a.deb") { Url = "https://example.com/a.deb", Targets = new LabelTargets { ExcludeAny = ["Leased"] } }],
        AppStoreApps = [new AppStoreAppState("1", "darwin") { Targets = Leased }],
        MaintainedApps = [new MaintainedAppState("zoom/darwin") { Targets = Leased }],
        Reports = [new ReportState("r", "SELECT 1;") { Targets = Leased }],
        Policies =
        [
            new PolicyState("targets", "SELECT 1;") { Targets = Leased },
            new PolicyState("patches", "") { IsPatch = true, PatchedApp = "zoom/darwin" },
            new PolicyState("resends", "SELECT 1;") { ResendProfile = "p" },
            new PolicyState("installs a package", "SELECT 1;") { InstallSoftware = new PolicySoftwareState { Url = "https://example.com/a.deb" } },
            new PolicyState("installs an app", "SELECT 1;") { InstallSoftware = new PolicySoftwareState { AppStoreId = "1" } },
            new PolicyState("installs a maintained app", "SELECT 1;") { InstallSoftware = new PolicySoftwareState { MaintainedApp = "zoom/darwin" } },
        ],
    };

    [Theory]
    [InlineData("4.77.0", false)]
    [InlineData("4.89.0", false)]
    [InlineData("4.81.0", true)]
    public void Write_LabelThatTheReleaseCannotHold_LeavesOutWhatTargetsIt(string version, bool isOfFleet)
    {
        FleetState state = isOfFleet
            ? new FleetState { Teams = [Targeting with { Labels = [new LabelState("Leased") { Query = "SELECT 1;" }] }] }
            : new FleetState { Labels = [ByVital], Reports = [new ReportState("global", "SELECT 1;") { Targets = Leased }], Teams = [Targeting] };

        (FleetState read, Verdict verdict, string[] omissions) = WriteAndRead(state, version);

        verdict.Message.Should().BeEmpty();
        TeamState team = read.Teams.Single();
        (team.Profiles!.Count + team.Software!.Count + team.AppStoreApps!.Count + team.MaintainedApps!.Count + team.Reports!.Count + read.Reports!.Count).Should().Be(0);
        team.Policies!.Select(policy => policy.Name).Should().Equal("resends", "installs a package", "installs an app", "installs a maintained app");
        team.Policies.Should().OnlyContain(policy => policy.ResendProfile.Length == 0 && policy.InstallSoftware == null);
        string[] lost = ["label Leased is", "profile p is", "package a.deb is", "app 1 (darwin) is", "app zoom/darwin is", "report r is", "policy targets is", "policy patches is", "policy resends is", "policy installs a package is", "policy installs an app is", "policy installs a maintained app is"];
        lost.Should().OnlyContain(words => omissions.Count(omission => omission.Contains(words)) == 1);
    }

    [Fact]
    public void Write_LabelsOfTheServer_KeepsWhatTargetsThem()
    {
        var options = new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 89), Exceptions = new GitOpsExceptions(Labels: true, Secrets: true) };
        FleetRepositoryWriter.Omissions(new FleetState { Labels = [ByVital], Teams = [Targeting] }, options).Should().BeEmpty();
    }

    [Fact]
    public void Write_ContentsThatAreNotKnown_AreLeftOutAndNamed()
    {
        var unknown = new OrganizationFileState("terms.pdf", null);
        FleetState state = new()
        {
            YaraRules = [new YaraRuleState("a.yar", null)],
            Files = new OrganizationFilesState { LicenseAgreement = unknown, LightLogo = unknown, DarkLogo = unknown },
            Teams =
            [
                new TeamState("Laptops")
                {
                    Profiles = [new ProfileState("p", "p.xml"), new ProfileState("M", "m.mobileconfig")],
                    Assets = [new AssetState("data", "com.example.a")],
                    Scripts = [new ScriptState("s.sh", null)],
                    AppStoreApps = [new AppStoreAppState("1", "darwin") { IsPartial = true }],
                    MaintainedApps = [new MaintainedAppState("zoom/darwin") { IsPartial = true }],
                    SetupFiles = new SetupFilesState { Assistant = new ScriptState("dep.json", null), Script = new ScriptState("hello.sh", null) },
                    Policies = [new PolicyState("runs", "SELECT 1;") { RunScript = "s.sh" }],
                },
            ],
        };

        (FleetState read, Verdict verdict, string[] omissions) = WriteAndRead(state, "4.95.0");

        verdict.Message.Should().BeEmpty();
        FleetRepositoryWriter.Write(state, new RepositoryWriteOptions()).Select(file => file.Path).Should().Equal("default.yml", "fleets/laptops.yml");
        read.Teams.Single().Policies!.Single().RunScript.Should().BeEmpty();
        string[] lost = ["YARA rule a.yar is", "licence agreement is", "logo on light ground is", "logo on dark ground is", "profile p is", "profile M is", "asset data is", "script s.sh is", "app 1 (darwin) is", "app zoom/darwin is", "file dep.json of the set-up is", "file hello.sh of the set-up is", "policy runs is"];
        omissions.Should().HaveCount(lost.Length);
        lost.Should().OnlyContain(words => omissions.Count(omission => omission.Contains(words)) == 1);
    }

    [Fact]
    public void Write_NamesThatDifferOnlyInCase_NamesFilesThatAreThere()
    {
        FleetState state = new()
        {
            Teams =
            [
                new TeamState("Laptops")
                {
                    Scripts = [new ScriptState("Setup.sh", "#!/bin/sh\n"), new ScriptState("setup.sh", "#!/bin/sh\n")],
                    Profiles = [Mobileconfig("One", "Wifi.mobileconfig"), Mobileconfig("One", "wifi.mobileconfig")],
                },
            ],
        };

        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(state, new RepositoryWriteOptions());

        files.Select(file => file.Path).Should().Contain(["lib/Setup.sh", "lib/laptops/setup.sh", "lib/Wifi.mobileconfig"]).And.NotContain("lib/laptops/wifi.mobileconfig");
        files.Text("fleets/laptops.yml").Should().Contain("path: ../lib/Setup.sh\n").And.Contain("path: ../lib/laptops/setup.sh\n").And.NotContain("wifi.mobileconfig");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_NamesThatBecomeOneFile_KeepsTheFirst(bool isEqual)
    {
        string other = isEqual ? Declaration : Declaration + "\n";
        FleetState state = new()
        {
            YaraRules = [new YaraRuleState("a:b.yar", "rule a { condition: true }"), new YaraRuleState("a?b.yar", isEqual ? "rule a { condition: true }" : "rule b { condition: true }")],
            Teams =
            [
                new TeamState("Laptops")
                {
                    Assets = [new AssetState("a:b", "com.example.a") { Contents = Bytes(Declaration) }, new AssetState("a?b", "com.example.b") { Contents = Bytes(other) }],
                    Profiles = [new ProfileState("p:q", "x.xml") { Contents = Bytes("<Replace/>") }, new ProfileState("p?q", "y.xml") { Contents = Bytes(isEqual ? "<Replace/>" : "<Replace></Replace>") }],
                    Scripts = [new ScriptState("a:b.sh", "1"), new ScriptState("a?b.sh", isEqual ? "1" : "2")],
                    Policies = [new PolicyState("first", "SELECT 1;") { RunScript = "a:b.sh", ResendProfile = "p:q" }, new PolicyState("second", "SELECT 1;") { RunScript = "a?b.sh", ResendProfile = "p?q" }],
                },
            ],
        };

        (FleetState read, Verdict verdict, string[] omissions) = WriteAndRead(state, "4.95.0");

        verdict.Message.Should().BeEmpty();
        read.YaraRules!.Select(rule => rule.Name).Should().Equal("a-b.yar");
        TeamState team = read.Teams.Single();
        team.Assets!.Select(asset => asset.Name).Should().Equal("a-b");
        team.Profiles!.Select(profile => profile.Name).Should().Equal("p-q");
        team.Policies!.Select(policy => (policy.RunScript, policy.ResendProfile)).Should().Equal(("a-b.sh", "p-q"), ("", ""));
        ((string[])["YARA rule a?b.yar is left out", "asset a?b is left out", "profile p?q is left out", "script a?b.sh is left out", "YARA rule 'a:b.yar' is written as 'a-b.yar'"])
            .Should().OnlyContain(words => omissions.Count(omission => omission.Contains(words)) == 1);
    }

    [Fact]
    public void Write_EqualFilesOfTwoFleets_ReportsEachName()
    {
        FleetState state = new() { Teams = [new TeamState("A") { Scripts = [new ScriptState("a:b.sh", "1")] }, new TeamState("B") { Scripts = [new ScriptState("a?b.sh", "1")] }] };
        (_, _, string[] omissions) = WriteAndRead(state, "4.95.0");
        omissions.Select(omission => omission.Split('\'')[1]).Should().Equal("a:b.sh", "a?b.sh");
    }

    [Fact]
    public void Write_LogoFileAndAddress_WritesTheFile()
    {
        using var settings = JsonDocument.Parse("""{"org_info": {"org_name": "Acme", "org_logo_url_dark_mode": "https://example.com/a.png", "org_logo_url_light_mode": "https://example.com/b.png"}}""");
        FleetState state = new FleetState { Settings = new SettingsState(SettingsScope.Organization, settings.RootElement) }
            .And(new FleetState { Files = new OrganizationFilesState { DarkLogo = new OrganizationFileState("logo.png", Png) } });

        (FleetState read, Verdict verdict, string[] omissions) = WriteAndRead(state, "4.95.0");

        verdict.Message.Should().BeEmpty();
        omissions.Should().BeEmpty();
        read.Files!.DarkLogo.Should().NotBeNull();
        read.Settings!.Values.GetProperty("org_info").GetProperty("org_logo_url_light_mode").GetString().Should().Be("https://example.com/b.png");
    }

    [Fact]
    public void Write_AgreementWhoseNameNoFileCanHave_SaysThatNothingElseIsLost()
    {
        (_, _, string[] omissions) = WriteAndRead(new FleetState { Files = new OrganizationFilesState { LicenseAgreement = new OrganizationFileState("a:b.pdf", Bytes("%PDF-1.7")) } }, "4.95.0");
        omissions.Should().ContainSingle().Which.Should().EndWith("is written as 'a-b.pdf', because a file cannot have its name; Fleet holds one, whatever its name.");
    }

    private static ProfileState Mobileconfig(string name, string file) => new(name, file) { Contents = Bytes(SampleState.Mobileconfig.Replace("Smallstep Certificate", name)) };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static (FleetState Read, Verdict Verdict, string[] Omissions) WriteAndRead(FleetState state, string version)
    {
        var options = new RepositoryWriteOptions { FleetVersion = FleetVersion.ParseLenient(version), Exceptions = GitOpsExceptions.None };
        var files = new MemoryFiles(FleetRepositoryWriter.Write(state, options));
        FleetRepository repository = FleetRepository.Load(files, GitOpsRun.OnAll(files) with { FleetVersion = options.FleetVersion });
        return (repository.ToState(), new GitOpsLinter().Lint(repository).Verdict, [.. FleetRepositoryWriter.Omissions(state, options).Select(finding => finding.Message)]);
    }
}
