using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>Licence agreement, logos and YARA rules: read, written and merged.</summary>
public sealed class OrganizationFileTests
{
    private const string Rule = "rule a { strings: $a = \"x\" condition: $a or \"${HOME}\" }\n";
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A0000000D49484452000000010000000108060000001F15C489");
    private static readonly byte[] Pdf = "%PDF-1.7 $5\0"u8.ToArray();
    private static readonly RepositoryWriteOptions Options = new() { FleetVersion = new FleetVersion(4, 95) };

    [Fact]
    public void WriteAndRead_Files_AreTheSameToTheByte()
    {
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(Full(), Options);
        FleetState read = Load([.. files]).ToState();

        files.Select(file => file.Path).Should().BeEquivalentTo("default.yml", "lib/a $x.yar", "lib/logo-dark-mode.png", "lib/terms.pdf");
        Yaml(files, "default.yml").Should().Contain("org_logo_path_dark_mode: lib/logo-dark-mode.png\n").And.Contain("end_user_license_agreement: lib/terms.pdf\n").And.Contain("path: lib/a \\$x.yar\n");
        Yaml(files, "lib/a $x.yar").Should().Be(Rule, "fleetctl expands no variables in rules, so nothing is escaped");
        read.YaraRules.Should().Equal(new YaraRuleState("a $x.yar", Rule));
        read.Files!.LicenseAgreement!.Contents!.Value.ToArray().Should().Equal(Pdf);
        read.Files.DarkLogo!.Contents!.Value.ToArray().Should().Equal(Png);
        read.Files.LightLogo.Should().BeNull();
        FleetRepositoryWriter.Write(read, Options).Select(file => file.Path).Should().Equal(files.Select(file => file.Path));
        FleetRepositoryWriter.Omissions(Full(), Options).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", true, null, false)]
    [InlineData("org_logo_path_dark_mode: logo.png", false, null, true)]
    [InlineData("org_logo_path_dark_mode: ''", false, null, false)]
    [InlineData("org_logo_path_dark_mode:", false, null, false)]
    [InlineData("org_logo_url_dark_mode: ''", false, "", false)]
    [InlineData("org_logo_url: ''", false, "", false)]
    [InlineData("org_logo_url_dark_mode: https://example.com/a.png", true, "https://example.com/a.png", false)]
    [InlineData("org_logo_path_dark_mode: logo.png\n    org_logo_url_dark_mode: ''", false, null, true)]
    [InlineData("org_logo_url_dark_mode: /api/latest/fleet/logo?mode=dark&v=1", true, null, false)]
    public void Read_KeysOfALogo_SayWhatFleetctlMakesOfThem(string keys, bool isOpen, string? address, bool hasFile)
    {
        FleetState state = Load([Global($"  org_info:\n    org_name: Acme\n    {keys}\n"), new("logo.png", Png)]).ToState();

        state.Files!.IsDarkLogoOpen.Should().Be(isOpen);
        (state.Files.DarkLogo is not null).Should().Be(hasFile);
        JsonElement info = state.Settings!.Values.GetProperty("org_info");
        (info.TryGetProperty("org_logo_url_dark_mode", out JsonElement url) ? url.GetString() : null).Should().Be(address);
        info.TryGetProperty("org_logo_path_dark_mode", out _).Should().BeFalse();
        state.Files.IsLightLogoOpen.Should().BeTrue();
    }

    [Theory]
    [InlineData("https://fleet.example.com/api/latest/fleet/logo?mode=dark&v=1", true)]
    [InlineData("/api/v1/fleet/logo?mode=dark", true)]
    [InlineData("https://example.com/fleet/logo", false)]
    [InlineData("https://example.com/api/latest/fleet/logo/other.png", false)]
    [InlineData("", false)]
    public void FromServer_AddressOfAFileOfItsOwn_IsNoSetting(string address, bool isHosted)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(new { org_info = new { org_name = "Acme", org_logo_url = address, org_logo_url_dark_mode = address } }));
        var state = SettingsState.FromServer(SettingsScope.Organization, document.RootElement);

        state.Values.GetProperty("org_info").TryGetProperty("org_logo_url_dark_mode", out _).Should().Be(!isHosted);
        state.Hosted.Should().Equal(isHosted ? ["org_info.org_logo_url_dark_mode"] : []);
    }

    [Fact]
    public void Read_SettingsInAFileOfTheirOwn_PathsAreRelativeToIt()
    {
        FleetState state = Load(
        [
            new("default.yml", "org_settings:\n  path: settings/org.yml\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n"u8.ToArray()),
            new("settings/org.yml", "secrets:\ncertificate_authorities:\nyara_rules:\n  - path: rules/a.yar\nmdm:\n  end_user_license_agreement: ../terms.pdf\n"u8.ToArray()),
            new("settings/rules/a.yar", Encoding.UTF8.GetBytes(Rule)),
            new("terms.pdf", Pdf),
        ]).ToState();

        state.YaraRules.Should().Equal(new YaraRuleState("a.yar", Rule));
        state.Files!.LicenseAgreement!.Contents!.Value.ToArray().Should().Equal(Pdf);
    }

    [Fact]
    public void Write_ImageThatFleetctlRefuses_IsLeftOut()
    {
        FleetState state = Full() with { Files = new OrganizationFilesState { LightLogo = new OrganizationFileState("logo", "<svg/>"u8.ToArray()) } };

        FleetRepositoryWriter.Write(state, Options).Should().NotContain(file => file.Path.Contains("logo"));
        FleetRepositoryWriter.Omissions(state, Options).Should().ContainSingle().Which.Message.Should().Contain("logo on light ground is left out: fleetctl refuses it: logo must be a valid PNG, JPEG, or WebP image");
    }

    [Theory]
    [InlineData("", "  yara_rules:\n    - path: lib/a $x.yar\n")]
    [InlineData("  yara_rules: # ours\n  - path: mine.yar\n", "  - path: lib/a $x.yar\n")]
    [InlineData("  yara_rules: []\n", "  yara_rules:\n    - path: lib/a $x.yar\n")]
    public void Merge_Rules_AreAddedByName(string present, string added)
    {
        List<RepositoryFile> files = [Global(present), new("mine.yar", "rule mine { condition: true }"u8.ToArray())];
        MergeResult merge = FleetRepositoryMerger.Merge(Load(files), Full(), Options);
        List<RepositoryFile> merged = [.. merge.Files, .. files.Where(file => merge.Files.All(changed => changed.Path != file.Path))];

        Yaml(merge.Files, "default.yml").Should().Contain(added.Replace("$", "\\$"));
        FleetState state = Load(merged).ToState();
        state.YaraRules!.Single(rule => rule.Name == "a $x.yar").Contents.Should().Be(Rule);
        state.YaraRules.Should().HaveCount(present.Contains("mine") ? 2 : 1);
        FleetRepositoryMerger.Merge(Load(merged), Full(), Options).Files.Should().BeEmpty("a second merge changes nothing");
    }

    [Fact]
    public void Merge_WhatIsThereInAnotherForm_IsLeftAndNamed()
    {
        List<RepositoryFile> files = [Global("  yara_rules:\n    - path: lib/a \\$x.yar\n"), new("lib/a $x.yar", "rule other { condition: true }"u8.ToArray())];
        MergeResult merge = FleetRepositoryMerger.Merge(Load(files), Full(), Options);

        merge.Files.Should().BeEmpty();
        merge.Findings.Select(finding => finding.Message).Should().BeEquivalentTo(
            "The YARA rule a $x.yar is there with other contents and stays as it is.",
            "The licence agreement is not merged: the server has one, and it would replace what is there.",
            "The logo on dark ground is not merged: the server has one, and it would replace what is there.");
    }

    private static FleetState Full() => new()
    {
        CertificateAuthorities = [],
        YaraRules = [new YaraRuleState("a $x.yar", Rule)],
        Files = new OrganizationFilesState { LicenseAgreement = new OrganizationFileState("terms.pdf", Pdf), DarkLogo = new OrganizationFileState("logo on dark ground", Png) },
    };

    private static RepositoryFile Global(string settings) => new("default.yml", Encoding.UTF8.GetBytes($"org_settings:\n  secrets:\n  certificate_authorities:\n{settings}agent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n"));

    private static string Yaml(IEnumerable<RepositoryFile> files, string path) => Encoding.UTF8.GetString(files.Single(file => file.Path == path).Contents.Span);

    private static FleetRepository Load(List<RepositoryFile> files)
    {
        var source = new MemoryFiles(files);
        return FleetRepository.Load(source, GitOpsRun.OnAll(source) with { FleetVersion = Options.FleetVersion, Environment = new Dictionary<string, string>() });
    }
}
