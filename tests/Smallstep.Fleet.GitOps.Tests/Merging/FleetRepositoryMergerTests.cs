using System.Globalization;
using System.Text;

namespace Smallstep.Fleet.GitOps.Tests;

public sealed class FleetRepositoryMergerTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["SMALLSTEP_CHALLENGE_USERNAME"] = "u",
        ["SMALLSTEP_CHALLENGE_PASSWORD"] = "p",
        ["OTHER_PW"] = "o",
    };

    private const string Global = """
        # Ours, by hand.
        org_settings:
          org_info:
            org_name: Acme   # the name
          certificate_authorities:
            custom_scep_proxy:
              - name: OTHER
                url: https://other.example.com/scep
                challenge: |-
                  $OTHER_PW

        agent_options:
        controls:
        policies:
          - name: first
            query: |
              SELECT 1;
              # not a comment

        # the end of the policies
        reports: []
        labels: # none yet
        """;

    private const string Fleet = """
        name: Workstations
        settings:
            webhook_settings:
        agent_options:
        controls:
            macos_settings:
                custom_settings:
                - path: ../lib/mine.mobileconfig
            windows_settings:
            scripts:
        policies:
        reports:
        software:
            packages:
                - url: https://example.com/mine.pkg
        """;

    [Fact]
    public void Merge_IntoALargeRepository_ChangesOnlyTheAddedLines()
    {
        string policies = string.Concat(Enumerable.Range(0, 700).Select(i => string.Create(CultureInfo.InvariantCulture, $"  - name: 'policy {i}'\n    query: SELECT {i};   \n    # about {i}\n")));
        Dictionary<string, string> files = Files(Global.Replace("policies:\n", "policies:\n" + policies, StringComparison.Ordinal) + "\n", Fleet + "\n");

        MergeResult result = Merge(files, SampleState.Guide);

        result.Findings.Should().BeEmpty();
        foreach (string path in (string[])["default.yml", "fleets/ws.yml"])
        {
            AddsOnly(files[path], result.Files.Text(path));
        }

        files["default.yml"].Split('\n').Length.Should().BeGreaterThan(2000);
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
    }

    [Fact]
    public void Merge_Twice_ChangesNothingTheSecondTime()
    {
        Dictionary<string, string> files = Files(Global, Fleet);
        MergeResult first = Merge(files, SampleState.Guide);

        MergeResult second = Merge(Merged(files, first), SampleState.Guide);

        second.Files.Should().BeEmpty();
        second.Findings.Should().BeEmpty();
    }

    [Fact]
    public void Merge_Guide_AddsWhatTheStateHolds()
    {
        MergeResult result = Merge(Files(Global, Fleet), SampleState.Guide);

        string global = result.Files.Text("default.yml");
        global.Should().Contain("          $OTHER_PW\n    smallstep:\n      - name: SMALLSTEP_AGENT\n        url:")
            .And.Contain("labels: # none yet\n  - name: Smallstep agent deb x86_64\n")
            .And.Contain("\nreports:\n  - name: Smallstep enrollment\n");
        string fleet = result.Files.Text("fleets/ws.yml");
        fleet.Should().Contain("        - path: ../lib/mine.mobileconfig\n        - path: ../lib/smallstep-agent.mobileconfig\n    windows_settings:\n      configuration_profiles:\n        - path: ../lib/smallstep-root-ca.xml\n    scripts:\n      - path: ../lib/check.sh\n")
            .And.Contain("        - url: https://example.com/mine.pkg\n        - url: https://packages.smallstep.com/stable/darwin/step-agent_latest.pkg\n");
        result.Files.Select(file => file.Path).Should().Contain("lib/smallstep-agent.mobileconfig").And.NotContain("lib/mine.mobileconfig");
        result.Variables.Select(variable => variable.Name).Should().Equal("SMALLSTEP_CHALLENGE_USERNAME", "SMALLSTEP_CHALLENGE_PASSWORD");
    }

    [Fact]
    public void Merge_WindowsLineEndings_KeepsThem()
    {
        Dictionary<string, string> files = Files(Global.Replace("\n", "\r\n", StringComparison.Ordinal), Fleet.Replace("\n", "\r\n", StringComparison.Ordinal));
        MergeResult result = Merge(files, SampleState.Guide);
        result.Files.Text("default.yml").Replace("\r\n", "", StringComparison.Ordinal).Should().NotContain("\n");
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
    }

    [Fact]
    public void Merge_FleetWithoutFile_GetsOne()
    {
        MergeResult result = Merge(Files(Global, Fleet.Replace("Workstations", "Servers", StringComparison.Ordinal)), SampleState.Guide);
        result.Files.Text("fleets/workstations.yml").Should().StartWith("name: Workstations\n");
        result.Files.Select(file => file.Path).Should().NotContain("fleets/ws.yml");
    }

    [Fact]
    public void Merge_SomethingOfTheSameNameThatDiffers_StaysAndIsReported()
    {
        string global = Global.Replace("    custom_scep_proxy:", "    smallstep:\n      - name: SMALLSTEP_AGENT\n        url: https://elsewhere.example.com\n    custom_scep_proxy:", StringComparison.Ordinal);
        MergeResult result = Merge(Files(global, Fleet), SampleState.Guide);
        result.Findings.Should().ContainSingle(finding => finding.Id == "SSF3121").Which.Message.Should().Contain("SMALLSTEP_AGENT");
        result.Files.Text("default.yml").Should().NotContain("example.scep.smallstep.com");
    }

    [Fact]
    public void Merge_FlowStyle_AddsBetweenTheBrackets()
    {
        Dictionary<string, string> files = Files(Global.Replace("labels: # none yet", "labels: [{name: L, query: SELECT 1;} ] # ours", StringComparison.Ordinal), Fleet.Replace("    scripts:", "    scripts: [ ]", StringComparison.Ordinal));

        MergeResult result = Merge(files, SampleState.Guide);

        result.Findings.Should().BeEmpty();
        result.Files.Text("default.yml").Should().Contain("labels: [{name: L, query: SELECT 1;}, {name: Smallstep agent deb x86_64, description: ").And.Contain("} ] # ours");
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
    }

    [Fact]
    public void Merge_FlowStyleAroundASecret_IsLeftAloneAndSaysWhatToDo()
    {
        string flow = Global[..Global.IndexOf("  certificate_authorities:", StringComparison.Ordinal)] + "  certificate_authorities: {custom_scep_proxy: [{name: OTHER, url: 'https://other.example.com', challenge: c}]}\ncontrols:\nlabels:\n";
        MergeResult result = Merge(Files(flow, Fleet), SampleState.Guide);
        result.Findings.Should().ContainSingle().Which.Should().Match<Finding>(finding => finding.Id == "SSF3121"
            && finding.Message == "Nothing is added under org_settings.certificate_authorities.smallstep: it is in brackets, and a secret's placeholder needs a literal block; write the section as an indented block.");
        result.Variables.Should().BeEmpty();
        result.Files.Text("default.yml").Should().Contain("Smallstep agent deb x86_64").And.NotContain("SMALLSTEP_AGENT");
    }

    [Theory]
    [InlineData("labels: &l\n  - {name: L, query: SELECT 1;}\n", "anchor")]
    [InlineData("labels: &l [{name: L, query: SELECT 1;}]\n", "anchor")]
    [InlineData("labels: &n ~\n", "anchor")]
    [InlineData("labels: &n []\n", "anchor")]
    [InlineData("reports: &n ~\nlabels: *n\n", "alias")]
    [InlineData("labels: L\n", "it is no list")]
    [InlineData("reports: &r [{name: R, query: SELECT 1;}]\nlabels: *r\n", "alias")]
    [InlineData("reports: [&r {name: R, query: SELECT 1;}]\nlabels: [*r]\n", "alias")]
    public void Merge_WhatCannotBeAddedTo_IsReported(string labels, string why)
    {
        Dictionary<string, string> files = Files("org_settings:\ncontrols:\n" + labels, Fleet);
        MergeResult result = Merge(files, new FleetState { Labels = AgentLabels.All });
        result.Findings.Should().ContainSingle(finding => finding.Id == "SSF3121").Which.Message.Should().StartWith("Nothing is added under labels: ").And.Contain(why);
        result.Files.Should().BeEmpty();
    }

    [Fact]
    public void Merge_JsonFile_StaysJson()
    {
        Dictionary<string, string> files = Files("{\"org_settings\": {\"org_info\": {\"org_name\": \"Acme\"}}, \"controls\": null, \"labels\": []}\n", Fleet);
        MergeResult result = Merge(files, new FleetState { Labels = [new LabelState("New") { Query = "SELECT 1;" }], Reports = [new ReportState("r", "SELECT '$1';")] });
        result.Findings.Should().BeEmpty();
        string merged = result.Files.Text("default.yml");
        using var json = System.Text.Json.JsonDocument.Parse(merged.Replace("\\$", "$", StringComparison.Ordinal));
        json.RootElement.GetProperty("labels")[0].GetProperty("name").GetString().Should().Be("New");
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
    }

    [Fact]
    public void Merge_SeveralKindsUnderAnAbsentKey_MakesTheKeyOnce()
    {
        Dictionary<string, string> files = Files("org_settings:\n  org_info:\n    org_name: Acme\ncontrols:\nlabels:\n", "name: Workstations\n");
        CertificateAuthorityState custom = SampleState.Authority with { Kind = CertificateAuthorityState.CustomScep, Name = "CUSTOM", Secrets = new Dictionary<string, SecretValue> { ["challenge"] = new(null, "SMALLSTEP_CHALLENGE_PASSWORD") } };
        MergeResult result = Merge(files, SampleState.Guide with { CertificateAuthorities = [SampleState.Authority, custom with { Fields = new Dictionary<string, string> { ["url"] = "https://c.example.com" } }] });
        result.Findings.Should().BeEmpty();
        Lint(files, result).Findings.Should().NotContain(finding => finding.Id == "SSF3103");
        Load(Merged(files, result)).ToState().CertificateAuthorities.Should().HaveCount(2);
        Load(Merged(files, result)).ToState().Teams.Single().Profiles.Should().HaveCount(2);
    }

    [Fact]
    public void Merge_PolicyWithAScriptThatIsThere_NamesThatFile()
    {
        Dictionary<string, string> files = Files(Global, Fleet.Replace("    scripts:", "    scripts: [{path: ../scripts/mend.sh}]", StringComparison.Ordinal));
        files["scripts/mend.sh"] = "#!/bin/sh\n";
        var policy = new PolicyState("p", "SELECT 1;") { RunScript = "mend.sh" };
        MergeResult result = Merge(files, new FleetState { Teams = [new TeamState("Workstations") { Policies = [policy], Scripts = [new ScriptState("mend.sh", "#!/bin/sh\n# another\n")] }] });
        result.Findings.Should().BeEmpty();
        result.Files.Text("fleets/ws.yml").Should().Contain("    run_script:\n      path: ../scripts/mend.sh\n");
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
    }

    [Fact]
    public void Merge_Settings_AreLeftAloneAndReported()
    {
        SettingsState settings = Load(Files("org_settings:\n  server_settings:\n    server_url: https://fleet.example.com\ncontrols:\n", Fleet)).ToState().Settings!;
        MergeResult result = Merge(Files(Global, Fleet), new FleetState { Settings = settings, Teams = [new TeamState("Workstations") { Settings = settings }] });
        result.Files.Should().BeEmpty();
        result.Findings.Select(finding => finding.Message.Split(" are")[0]).Should().Equal("The settings of the server", "The settings of Workstations");
    }

    [Fact]
    public void Merge_AndroidAndSetUp_GoWhereTheyBelongOrAreReported()
    {
        TeamState team = new("Workstations")
        {
            Profiles = [new ProfileState("wifi", "wifi.json") { Contents = """{"statusReportingSettings": {}}"""u8.ToArray() }],
            CertificateTemplates = [new CertificateTemplateState("Wi-Fi", "OTHER", "CN=$FLEET_VAR_HOST_UUID")],
            SetupFiles = new SetupFilesState { Script = new ScriptState("hello.sh", "#!/bin/sh\n") },
        };
        Dictionary<string, string> files = Files(Global, Fleet);

        MergeResult result = Merge(files, new FleetState { Teams = [team] });

        result.Findings.Should().ContainSingle().Which.Message.Should().StartWith("The files of the set-up experience of Workstations are not merged");
        FleetRepository merged = Load(Merged(files, result));
        merged.ToState().Teams.Single(one => one.Name == "Workstations").CertificateTemplates!.Single().Name.Should().Be("Wi-Fi");
        merged.Files[1].Controls!["android_settings"]!["configuration_profiles"]!.Items.Should().ContainSingle();
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
        Merge(Merged(files, result), new FleetState { Teams = [team] }).Files.Should().BeEmpty();
    }

    [Fact]
    public void Merge_Ndes_AddsOneMappingAndNoSecond()
    {
        CertificateAuthorityState ndes = new(CertificateAuthorityState.Ndes, "NDES")
        {
            Fields = new Dictionary<string, string> { ["url"] = "https://n.example.com", ["admin_url"] = "https://n.example.com/a", ["username"] = "u" },
            Secrets = new Dictionary<string, SecretValue> { ["password"] = new(null, "OTHER_PW") },
        };
        Dictionary<string, string> files = Files(Global, Fleet);
        MergeResult first = Merge(files, new FleetState { CertificateAuthorities = [ndes] });
        first.Findings.Should().BeEmpty();
        first.Files.Text("default.yml").Should().Contain("    ndes_scep_proxy:\n      url: https://n.example.com\n");
        Lint(files, first).Verdict.Should().Be(Verdict.Accepted);

        MergeResult second = Merge(Merged(files, first), new FleetState { CertificateAuthorities = [ndes with { Name = "SECOND" }] });

        second.Files.Should().BeEmpty();
        second.Findings.Should().ContainSingle(finding => finding.Id == "SSF3121").Which.Message.Should().Contain("holds one NDES authority");
    }

    [Fact]
    public void Merge_NdesFromFleet5_AddsToTheList()
    {
        CertificateAuthorityState ndes = new(CertificateAuthorityState.Ndes, "SECOND") { Fields = new Dictionary<string, string> { ["url"] = "https://n.example.com", ["admin_url"] = "https://n.example.com/a", ["username"] = "u" } };
        Dictionary<string, string> files = Files(Global.Replace("    custom_scep_proxy:", "    ndes_scep_proxy:\n      - name: FIRST\n        url: https://f.example.com\n        password: p\n    custom_scep_proxy:", StringComparison.Ordinal), Fleet);

        MergeResult result = FleetRepositoryMerger.Merge(Load(files), new FleetState { CertificateAuthorities = [ndes] }, new RepositoryWriteOptions { FleetVersion = new FleetVersion(5, 0) });

        result.Findings.Should().BeEmpty();
        Load(Merged(files, result)).ToState().CertificateAuthorities!.Where(ca => ca.Kind == CertificateAuthorityState.Ndes).Select(ca => ca.Name).Should().Equal("FIRST", "SECOND");
    }

    [Fact]
    public void Merge_ControlsInAFileOfTheirOwn_AddsThere()
    {
        Dictionary<string, string> files = Files(Global, Fleet[..Fleet.IndexOf("    macos_settings", StringComparison.Ordinal)] + "    path: controls.yml\npolicies:\nreports:\nsoftware:\n");
        files["fleets/controls.yml"] = "scripts:\n";
        MergeResult result = Merge(files, SampleState.Guide);
        result.Files.Text("fleets/controls.yml").Should().StartWith("scripts:\n  - path: ../lib/check.sh\n").And.Contain("apple_settings:\n  configuration_profiles:\n    - path: ../lib/smallstep-agent.mobileconfig\n");
        Lint(files, result).Verdict.Should().Be(Verdict.Accepted);
    }

    [Fact]
    public void Merge_FileOfTheSameNameWithOtherContents_GetsAFolderOfItsOwn()
    {
        Dictionary<string, string> files = Files(Global, Fleet);
        files["lib/check.sh"] = "#!/bin/sh\n# another\n";
        MergeResult result = Merge(files, SampleState.Guide);
        result.Files.Select(file => file.Path).Should().Contain("lib/workstations/check.sh").And.NotContain("lib/check.sh");
    }

    private static Dictionary<string, string> Files(string global, string fleet) => new()
    {
        ["default.yml"] = global,
        ["fleets/ws.yml"] = fleet,
        ["lib/mine.mobileconfig"] = SampleState.Mobileconfig.Replace("Smallstep Certificate", "Mine", StringComparison.Ordinal),
    };

    private static MergeResult Merge(Dictionary<string, string> files, FleetState addition) =>
        FleetRepositoryMerger.Merge(Load(files), addition, new RepositoryWriteOptions());

    private static FleetRepository Load(Dictionary<string, string> files)
    {
        var source = new MemoryFiles(files);
        return FleetRepository.Load(source, GitOpsRun.On("default.yml", "fleets/ws.yml") with { Environment = Environment, Server = new ServerFacts { Exceptions = new GitOpsExceptions(Secrets: true) } });
    }

    private static LintResult Lint(Dictionary<string, string> files, MergeResult result) => new GitOpsLinter().Lint(Load(Merged(files, result)));

    private static Dictionary<string, string> Merged(Dictionary<string, string> files, MergeResult result)
    {
        var merged = new Dictionary<string, string>(files);
        foreach (RepositoryFile file in result.Files)
        {
            merged[file.Path] = Encoding.UTF8.GetString(file.Contents.Span);
        }

        return merged;
    }

    // Every line of the original is there, in order and unchanged; only an empty list's brackets may go.
    private static void AddsOnly(string original, string merged)
    {
        string[] lines = merged.Split('\n');
        int at = 0;
        foreach (string line in original.Split('\n'))
        {
            int found = Array.FindIndex(lines, at, candidate => candidate == line || (line.EndsWith(": []", StringComparison.Ordinal) && candidate == line[..^3]));
            found.Should().BeGreaterThanOrEqualTo(at, "'{0}' should still be there", line);
            at = found + 1;
        }
    }
}
