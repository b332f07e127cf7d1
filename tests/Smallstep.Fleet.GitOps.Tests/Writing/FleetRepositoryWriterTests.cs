namespace Smallstep.Fleet.GitOps.Tests;

public sealed class FleetRepositoryWriterTests
{
    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        IReadOnlyList<RepositoryFile> one = Write("4.95.0");
        IReadOnlyList<RepositoryFile> two = Write("4.95.0");
        one.Select(file => file.Path).Should().Equal(two.Select(file => file.Path));
        one.Zip(two).All(pair => pair.First.Contents.Span.SequenceEqual(pair.Second.Contents.Span)).Should().BeTrue();
    }

    [Fact]
    public void Write_Current_UsesTodaysFoldersAndKeys()
    {
        IReadOnlyList<RepositoryFile> files = Write("4.95.0");
        files.Select(file => file.Path).Should().Equal(
            "default.yml", "fleets/workstations.yml", "lib/check.sh", "lib/smallstep-agent-setup.sh", "lib/smallstep-agent.mobileconfig",
            "lib/smallstep-root-ca.xml", "lib/step-agent-deb.package.yml", "lib/step-agent-msi.package.yml", "lib/step-agent-rpm.package.yml");
        files.Text("fleets/workstations.yml").Should().Contain("apple_settings:\n    configuration_profiles:\n      - path: ../lib/smallstep-agent.mobileconfig")
            .And.Contain("\nsettings:").And.Contain("\nreports:").And.Contain("\nagent_options:").And.Contain("\npolicies:").And.Contain("\nlabels:");
    }

    [Fact]
    public void Write_FourEightyOne_UsesTheGuidesFoldersAndKeys()
    {
        IReadOnlyList<RepositoryFile> files = Write("4.81.0");
        files.Select(file => file.Path).Should().Contain("teams/team.yml").And.NotContain(path => path.StartsWith("fleets/"));
        files.Text("teams/team.yml").Should().Contain("macos_settings:\n    custom_settings:").And.Contain("team_settings:").And.Contain("queries:");
        files.Text("default.yml").Should().Contain("\nqueries:").And.NotContain("\nreports:");
    }

    [Fact]
    public void Write_FourEightyTwo_MixesNewFoldersWithOldProfileKeys()
    {
        IReadOnlyList<RepositoryFile> files = Write("4.82.0");
        files.Text("fleets/workstations.yml").Should().Contain("macos_settings:").And.Contain("\nsettings:").And.Contain("\nreports:");
    }

    [Fact]
    public void Write_Secrets_ArePlaceholdersInLiteralBlocks()
    {
        IReadOnlyList<RepositoryFile> files = Write("4.95.0");
        files.Text("default.yml").Should().Contain("        password: |2-\n          $SMALLSTEP_CHALLENGE_PASSWORD\n")
            .And.Contain("        username: |2-\n          $SMALLSTEP_CHALLENGE_USERNAME\n").And.NotContain("challenge-user");
        FleetRepositoryWriter.RequiredVariables(SampleState.Guide, new RepositoryWriteOptions()).Select(variable => variable.Name)
            .Should().Equal("SMALLSTEP_CHALLENGE_USERNAME", "SMALLSTEP_CHALLENGE_PASSWORD");
    }

    [Fact]
    public void Write_SecretsNotExcepted_AddsEnrollSecretsOfTheirOwn()
    {
        var options = new RepositoryWriteOptions { Exceptions = GitOpsExceptions.None };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(SampleState.Guide, options);
        files.Text("default.yml").Should().Contain("  secrets:\n    - secret: |2-\n        $FLEET_GLOBAL_ENROLL_SECRET\n");
        files.Text("fleets/workstations.yml").Should().Contain("$FLEET_WORKSTATIONS_ENROLL_SECRET");
        Write("4.95.0").Text("default.yml").Should().NotContain("secrets:");
    }

    [Fact]
    public void Write_ExceptedKinds_LeavesTheirKeysOut()
    {
        var options = new RepositoryWriteOptions { Exceptions = new GitOpsExceptions(Labels: true, Secrets: true, Software: true) };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(SampleState.Guide, options);
        files.Text("default.yml").Should().NotContain("\nlabels:");
        files.Text("fleets/workstations.yml").Should().NotContain("software:").And.NotContain("labels:");
    }

    [Fact]
    public void Write_TwoArchitectures_AreAListFromFourNinety()
    {
        IReadOnlyList<RepositoryFile> files = Write("4.90.0");
        files.Text("lib/step-agent-deb.package.yml").Should().Be("""
            - url: https://packages.smallstep.com/stable/linux/step-agent_amd64_latest.deb
              post_install_script:
                path: smallstep-agent-setup.sh
              labels_include_any:
                - Smallstep agent deb x86_64
            - url: https://packages.smallstep.com/stable/linux/step-agent_arm64_latest.deb
              post_install_script:
                path: smallstep-agent-setup.sh
              labels_include_any:
                - Smallstep agent deb arm64

            """);
        FleetRepositoryWriter.Omissions(SampleState.Guide, new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 90) }).Should().BeEmpty();
    }

    [Fact]
    public void Write_TwoArchitecturesBefore490_WritesOneAndNamesTheOther()
    {
        var options = new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 89) };
        string fleet = FleetRepositoryWriter.Write(SampleState.Guide, options).Text("fleets/workstations.yml");
        fleet.Should().Contain("step-agent_amd64_latest.deb").And.NotContain("step-agent_arm64_latest.deb");
        FleetRepositoryWriter.Omissions(SampleState.Guide, options).Should().HaveCount(3).And.OnlyContain(finding => finding.Id == "SSF3109");
    }

    [Fact]
    public void Write_HostsWithoutAFleet_GetTheReservedFile()
    {
        FleetState state = SampleState.Guide with { Teams = [SampleState.Workstations with { Name = TeamState.Unassigned }] };
        FleetRepositoryWriter.Write(state, new RepositoryWriteOptions()).Text("fleets/unassigned.yml").Should().StartWith("name: Unassigned\ncontrols:\n")
            .And.NotContain("agent_options").And.NotContain("\nsettings:").And.NotContain("reports:");
        FleetRepositoryWriter.Write(state, new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 81) }).Text("teams/no-team.yml").Should().StartWith("name: No team\n");
    }

    [Fact]
    public void Write_FilesOfOneNameAndDifferentContents_AreKeptApart()
    {
        TeamState other = SampleState.Workstations with { Name = "Phones", Scripts = [new ScriptState("check.sh", "#!/bin/bash\nexit 1\n")] };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(SampleState.Guide with { Teams = [SampleState.Workstations, other] }, new RepositoryWriteOptions());
        files.Text("fleets/phones.yml").Should().Contain("path: ../lib/phones/check.sh").And.Contain("path: ../lib/smallstep-agent.mobileconfig");
        files.Text("lib/phones/check.sh").Should().Contain("exit 1");
    }

    [Theory]
    [InlineData("4.95.0", "[Allow] {x} $HOME!.xml", "")]
    [InlineData("4.84.0", "-Allow- -x- $HOME!.xml", "[Allow] {x} $HOME!.xml")]
    public void Write_NamesThatFleetKnowsObjectsBy_AreKeptWhereAFileCanHaveThem(string version, string file, string renamed)
    {
        TeamState team = new("Odd [names]*")
        {
            Profiles = [new ProfileState("[Allow] {x} $HOME!", "x.xml") { Contents = "<Replace/>"u8.ToArray() }],
            Scripts = [new ScriptState("a*b?.sh", "#!/bin/sh\n")],
            Policies = [new PolicyState("p", "SELECT 1;") { RunScript = "a*b?.sh" }],
        };
        var options = new RepositoryWriteOptions { FleetVersion = FleetVersion.ParseLenient(version) };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(new FleetState { Teams = [team] }, options);

        files.Select(one => one.Path).Should().Contain("lib/" + file).And.Contain("lib/a-b-.sh").And.NotContain(path => path.IndexOfAny(new[] { '*', '?' }) >= 0);
        string[] omitted = renamed.Length > 0 ? [renamed, "a*b?.sh"] : ["a*b?.sh"];
        IReadOnlyList<Finding> omissions = FleetRepositoryWriter.Omissions(new FleetState { Teams = [team] }, options);
        omissions.Select(finding => finding.Message.Split('\'')[1]).Should().Equal(omitted);
        FleetRepository again = FleetRepository.Load(new MemoryFiles(files), GitOpsRun.OnAll(new MemoryFiles(files)) with { FleetVersion = options.FleetVersion });
        again.ToState().Teams.Single().Profiles!.Single().Name.Should().Be(file[..^".xml".Length]);
    }

    [Theory]
    [InlineData("4.95.0")]
    [InlineData("4.81.0")]
    public void Write_SetUpAndAndroid_ComeBack(string version)
    {
        TeamState team = new("A")
        {
            Profiles = [new ProfileState("wifi", "wifi.json") { Contents = """{"statusReportingSettings": {}}"""u8.ToArray() }, new ProfileState("passcode", "passcode.json") { Contents = """{"Type": "com.apple.x"}"""u8.ToArray() }],
            Scripts = [new ScriptState("hello.sh", "#!/bin/sh\n")],
            CertificateTemplates = [new CertificateTemplateState("Wi-Fi 1", "CUSTOM", "CN=$FLEET_VAR_HOST_UUID") { SubjectAlternativeName = "DNS=a" }],
            SetupFiles = new SetupFilesState { Assistant = new ScriptState("dep.json", "{}"), Script = new ScriptState("hello.sh", "#!/bin/sh\necho $HOME\n"), BootstrapPackageUrl = "https://example.com/a.pkg?x=$1" },
        };
        var options = new RepositoryWriteOptions { FleetVersion = FleetVersion.ParseLenient(version), Exceptions = GitOpsExceptions.None };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(new FleetState { Teams = [team] }, options);
        FleetRepository again = FleetRepository.Load(new MemoryFiles(files), GitOpsRun.OnAll(new MemoryFiles(files)) with { FleetVersion = options.FleetVersion });

        new GitOpsLinter().Lint(again).Verdict.Should().Be(Verdict.Accepted);
        TeamState read = again.ToState().Teams.Single();
        read.CertificateTemplates.Should().BeEquivalentTo(team.CertificateTemplates);
        read.SetupFiles.Should().Be(team.SetupFiles);
        read.Scripts.Should().BeEquivalentTo(team.Scripts);
        again.Files.Single(file => file.Kind == GitOpsFileKind.Fleet).Controls!["android_settings"]!["configuration_profiles"]!.Items.Should().ContainSingle("a declaration is Apple's, a policy Android's");
        IReadOnlyList<RepositoryFile> twice = FleetRepositoryWriter.Write(again.ToState(), options);
        twice.Single(file => file.Path.EndsWith("/team.yml", StringComparison.Ordinal) || file.Path.EndsWith("/a.yml", StringComparison.Ordinal)).Contents.ToArray().Should().Equal(files.Single(file => file.Path.EndsWith("/team.yml", StringComparison.Ordinal) || file.Path.EndsWith("/a.yml", StringComparison.Ordinal)).Contents.ToArray());
    }

    [Theory]
    [InlineData("no", "name: 'no'\n")]
    [InlineData("2026", "name: '2026'\n")]
    [InlineData("a: b", "name: 'a: b'\n")]
    [InlineData("Cost $5", "name: Cost \\$5\n")]
    [InlineData("It's # 1", "name: \"It's # 1\"\n")]
    [InlineData("Büro", "name: 'Büro'\n")]
    [InlineData("🚀", "name: \"\\U0001f680\"\n")]
    public void Write_TextsThatYamlWouldRetype_AreQuoted(string name, string line)
    {
        var state = new FleetState { Teams = [new TeamState(name)] };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(state, new RepositoryWriteOptions());
        files.Select(file => System.Text.Encoding.UTF8.GetString(file.Contents.Span)).Should().Contain(text => text.StartsWith(line));
    }

    [Fact]
    public void Write_ProfileWithDollars_EscapesOnlyWhatFleetctlWouldReplace()
    {
        ProfileState profile = new("p", "p.xml") { Contents = System.Text.Encoding.UTF8.GetBytes("<Data>$HOME \\$X $FLEET_VAR_HOST_UUID $FLEET_SECRET_A</Data>") };
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(new FleetState { Teams = [new TeamState("A") { Profiles = [profile] }] }, new RepositoryWriteOptions());
        files.Text("lib/p.xml").Should().Be("<Data>\\$HOME \\\\\\$X $FLEET_VAR_HOST_UUID $FLEET_SECRET_A</Data>");
    }

    private static IReadOnlyList<RepositoryFile> Write(string version) =>
        FleetRepositoryWriter.Write(SampleState.Guide, new RepositoryWriteOptions { FleetVersion = FleetVersion.ParseLenient(version) });
}
