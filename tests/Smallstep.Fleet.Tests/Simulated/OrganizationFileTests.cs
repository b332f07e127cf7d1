using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>The licence agreement, the logos that Fleet keeps and the YARA rules: planned, applied, and found as they shall be by the second run.</summary>
public sealed class OrganizationFileTests
{
    private const string External = "https://example.com/logo.png";
    private static readonly PlanPolicy Everything = new() { AllowDeletes = true, AllowReplace = true };
    private static readonly byte[] OtherLogo = [.. Server.Logo, 1];

    [Fact]
    public async Task Apply_FilesOfARepository_BringsThemAndASecondRunChangesNothing()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        FleetRepository repository = await LoadAsync(world, Full());

        IntegrationPlan plan = await GitOps(world).PlanAsync(repository);
        (await GitOps(world).ApplyAsync(plan)).EnsureSucceeded();

        Lines(plan).Should().Equal(
            "create YARA rule eicar.yar", "create YARA rule none.yar", "create file of the organization licence agreement", "create file of the organization logo on light ground", "create file of the organization logo on dark ground");
        plan.ToText().Should().Contain("contents: sha256:").And.Contain("(34 bytes)");
        plan.ToJson().Should().Contain("organization-file").And.Contain("yara-rule");
        (await fleet.Configuration.ListYaraRulesAsync()).Should().Equal(new YaraRule("eicar.yar", Server.Rules), new YaraRule("none.yar", "rule none { condition: false }"));
        (await fleet.Configuration.DownloadLogoAsync(LogoMode.Dark)).Should().Equal(OtherLogo);
        EndUserLicenseAgreement agreement = (await fleet.SetupExperience.GetLicenseAgreementAsync())!;
        agreement.Name.Should().Be("terms.pdf");
        (await fleet.SetupExperience.DownloadLicenseAgreementAsync(agreement.DownloadId)).Should().Equal(Server.Agreement);
        (await GitOps(world).PlanAsync(repository, Everything)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Apply_OtherContents_ReplacesWhatDiffersAndLeavesTheRest()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await ApplyAsync(world, Full());
        List<RepositoryFile> files = Full();
        Put(files, "lib/terms.pdf", "%PDF-2");
        Put(files, "lib/eicar.yar", "rule eicar { condition: true }");
        Put(files, "lib/light.png", OtherLogo);

        IntegrationPlan cautious = await GitOps(world).PlanAsync(await LoadAsync(world, files));
        world.Fleet.Requests.Clear();
        await ApplyAsync(world, files);

        Lines(cautious).Should().Equal("update YARA rule eicar.yar", "replace file of the organization licence agreement", "update file of the organization logo on light ground");
        cautious.Changes[1].Blocker.Should().Contain("AllowReplace");
        (await fleet.Configuration.ListYaraRulesAsync()).Select(rule => rule.Name).Should().Equal("eicar.yar", "none.yar");
        EndUserLicenseAgreement agreement = (await fleet.SetupExperience.GetLicenseAgreementAsync())!;
        (await fleet.SetupExperience.DownloadLicenseAgreementAsync(agreement.DownloadId)).Should().Equal("%PDF-2"u8.ToArray());
        (await fleet.Configuration.DownloadLogoAsync(LogoMode.Light)).Should().Equal(OtherLogo);
        world.Fleet.Requests.Writes.Should().HaveCount(4, "one for each, and the former agreement has to go first");
        (await GitOps(world).PlanAsync(await LoadAsync(world, files), Everything)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Plan_SameAgreementUnderAnotherName_ChangesNothing()
    {
        await using World world = await World.StartAsync();
        await ApplyAsync(world, Full());
        List<RepositoryFile> files = Full("end_user_license_agreement: lib/terms.pdf", "end_user_license_agreement: lib/renamed.pdf");
        Put(files, "lib/renamed.pdf", Server.Agreement);

        (await GitOps(world).PlanAsync(await LoadAsync(world, files), Everything)).IsEmpty.Should().BeTrue("fleetctl compares the hash alone");
    }

    [Fact]
    public async Task Apply_KeysThatAreGone_DeletesAgreementAndRulesAndLeavesLogos()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await ApplyAsync(world, Full());
        List<RepositoryFile> files = [Global("")];

        IntegrationPlan cautious = await GitOps(world).PlanAsync(await LoadAsync(world, files));
        await ApplyAsync(world, files);

        Lines(cautious).Should().Equal("delete file of the organization licence agreement", "delete YARA rule eicar.yar", "delete YARA rule none.yar");
        cautious.Changes.Should().OnlyContain(change => change.Blocker == "Deleting needs AllowDeletes.");
        (await fleet.SetupExperience.GetLicenseAgreementAsync()).Should().BeNull();
        (await fleet.Configuration.ListYaraRulesAsync()).Should().BeEmpty();
        (await fleet.Configuration.DownloadLogoAsync(LogoMode.Light)).Should().Equal(Server.Logo, "fleetctl leaves a logo alone that has no key");
    }

    [Theory]
    [InlineData("    org_logo_url_dark_mode: ''\n")]
    [InlineData("    org_logo_url_dark_mode:\n")]
    [InlineData("    org_logo_path_dark_mode: ''\n")]
    public async Task Apply_EmptyKeyOfALogo_DeletesTheFile(string key)
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await ApplyAsync(world, Full());
        List<RepositoryFile> files = [Global($"  org_info:\n    org_name: Beta\n{key}")];

        (await GitOps(world).ApplyAsync(await GitOps(world).PlanAsync(await LoadAsync(world, files)))).Failure.Should().BeNull();
        byte[]? before = await fleet.Configuration.DownloadLogoAsync(LogoMode.Dark);
        await ApplyAsync(world, files);

        before.Should().Equal(OtherLogo, "a change of the section must not take what may not be deleted");
        (await fleet.Configuration.GetAsync()).OrgInfo.OrgName.Should().Be("Beta");
        (await fleet.Configuration.DownloadLogoAsync(LogoMode.Dark)).Should().BeNull();
        (await fleet.Configuration.DownloadLogoAsync(LogoMode.Light)).Should().NotBeNull();
        (await GitOps(world).PlanAsync(await LoadAsync(world, files), Everything)).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Apply_AddressInPlaceOfAFileAndBack_IsOneChangeEach()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await ApplyAsync(world, Full());
        List<RepositoryFile> address = [Global($"  org_info:\n    org_logo_url_dark_mode: {External}\n  mdm:\n    end_user_license_agreement: lib/terms.pdf\n  yara_rules:\n    - path: lib/eicar.yar\n    - path: lib/none.yar\n"), .. Full()[1..]];

        IntegrationPlan away = await GitOps(world).PlanAsync(await LoadAsync(world, address));
        await ApplyAsync(world, address);
        JsonElement info = (await fleet.Configuration.GetDocumentAsync()).GetProperty("org_info");
        byte[]? gone = await fleet.Configuration.DownloadLogoAsync(LogoMode.Dark);
        (await GitOps(world).PlanAsync(await LoadAsync(world, address), Everything)).IsEmpty.Should().BeTrue();
        IntegrationPlan back = await GitOps(world).PlanAsync(await LoadAsync(world, Full()), Everything);
        await ApplyAsync(world, Full());

        away.Changes.Should().ContainSingle().Which.Fields.Should().Equal(new FieldChange("org_info.org_logo_url_dark_mode", "(a file that Fleet keeps)", External));
        info.GetProperty("org_logo_url").GetString().Should().Be(External);
        info.GetProperty("org_logo_url_dark_mode").GetString().Should().Be(External);
        gone.Should().BeNull();
        Lines(back).Should().Equal("create file of the organization logo on dark ground");
        (await fleet.Configuration.DownloadLogoAsync(LogoMode.Dark)).Should().Equal(OtherLogo);
    }

    [Fact]
    public async Task Apply_AgreementThatIsRefused_PutsTheFormerBack()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await ApplyAsync(world, Full());
        List<RepositoryFile> files = Full();
        Put(files, "lib/terms.pdf", "no PDF");

        ApplyResult result = await GitOps(world).ApplyAsync(await GitOps(world).PlanAsync(await LoadAsync(world, files), Everything));

        result.Failure!.Finding.Message.Should().Contain("invalid file type");
        EndUserLicenseAgreement agreement = (await fleet.SetupExperience.GetLicenseAgreementAsync())!;
        agreement.Name.Should().Be("terms.pdf");
        (await fleet.SetupExperience.DownloadLicenseAgreementAsync(agreement.DownloadId)).Should().Equal(Server.Agreement);
    }

    [Fact]
    public async Task Apply_RuleThatSomebodyAddedMeanwhile_Stays()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        IntegrationPlan plan = await GitOps(world).PlanAsync(await LoadAsync(world, Full()), Everything);
        await fleet.Configuration.ReplaceYaraRulesAsync([new YaraRule("mine.yar", "rule mine { condition: true }")]);

        await new PlanRunner(new ReadableClients(fleet, null), new IntegrationServices()).ApplyAsync(plan, null, automaticInstall: false, null, CancellationToken.None);

        (await fleet.Configuration.ListYaraRulesAsync()).Select(rule => rule.Name).Should().Equal("mine.yar", "eicar.yar", "none.yar");
    }

    [Fact]
    public async Task Plan_RuleWithANameInOtherCase_IsTheSameRule()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.Configuration.ReplaceYaraRulesAsync([new YaraRule("EICAR.yar", Server.Rules), new YaraRule("none.yar", "rule none { condition: false }")]);
        IntegrationPlan plan = await GitOps(world).PlanAsync(await LoadAsync(world, Full()), Everything);

        Lines(plan).Should().Contain("update YARA rule eicar.yar");
        await ApplyAsync(world, Full());
        (await fleet.Configuration.ListYaraRulesAsync()).Select(rule => rule.Name).Should().Equal("eicar.yar", "none.yar");
    }

    [Fact]
    public async Task Plan_TokenThatMayNotLook_ShowsThatItIsUnknown()
    {
        await using World world = await World.StartAsync();
        await ApplyAsync(world, Full());
        FleetRepository repository = await LoadAsync(world, Full());
        FleetState observed = await new FleetObserver(world.Client(world.Fleet.CreateUser("maintains", FleetRoles.Maintainer))).ObserveAsync(repository.ToState());

        IntegrationPlan plan = Planner.Plan(repository.ToState(), observed, world.Fleet.Version.Capabilities, Everything);

        observed.YaraRules.Should().BeNull();
        observed.Files!.IsLicenseAgreementOpen.Should().BeTrue();
        observed.Files.LightLogo.Should().NotBeNull("anyone may look at a logo");
        Lines(plan).Where(line => line.Contains("YARA") || line.Contains("organization")).Should().Equal("unknown YARA rule all", "unknown file of the organization licence agreement");
    }

    [Fact]
    public async Task Plan_ServerThatAcceptsNoChangeAtAll_ShowsThatRulesAreUnknown()
    {
        await using World world = await World.StartAsync();
        FleetRepository repository = await LoadAsync(world, Full());
        world.Fleet.Faults.Add(Fault.Answer("PATCH", "/config", HttpStatusCode.UnprocessableEntity));

        IntegrationPlan plan = await GitOps(world).PlanAsync(repository, Everything);

        Lines(plan).Should().Contain("unknown YARA rule all").And.Contain("create file of the organization licence agreement");
        plan.Changes.Single(change => change.ObjectKind == PlannedObjectKind.YaraRule).Reason.Should().Contain("did not accept");
    }

    [Fact]
    public async Task Plan_ServerWithoutAppleMdm_LeavesTheAgreementAside()
    {
        await using World world = await World.StartAsync(options => options.AppleMdm = false);
        IntegrationPlan plan = await GitOps(world).PlanAsync(await LoadAsync(world, Full()), Everything);

        Lines(plan).Should().NotContain(line => line.Contains("licence"));
        plan.Findings.Single(finding => finding.Id == "SSF4041").Message.Should().Contain("org_settings.mdm.end_user_license_agreement");
    }

    [Fact]
    public async Task Plan_ReleaseThatKeepsNoLogos_SaysSo()
    {
        await using World world = await World.StartAsync(options => options.Version = "4.85.0");
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        IntegrationPlan plan = await GitOps(world).PlanAsync(await LoadAsync(world, Full()), Everything);
        ApplyResult result = await GitOps(world).ApplyAsync(plan);

        plan.Changes.Where(change => change.Name.StartsWith("logo")).Should().HaveCount(2).And.OnlyContain(change => change.Blocker!.Contains("4.85.0 keeps no logos"));
        result.Failure.Should().BeNull();
        Func<Task> upload = () => fleet.Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", Server.Logo);
        (await upload.Should().ThrowAsync<FleetVersionException>()).Which.Message.Should().Contain("4.86");
    }

    [Fact]
    public async Task Import_ForAReleaseThatKeepsNoLogos_LeavesThemOut()
    {
        await using World world = await World.StartAsync();
        await world.Client(world.Fleet.AdminToken).Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", Server.Logo);
        ImportedRepository imported = await GitOps(world).ImportAsync(new RepositoryWriteOptions { FleetVersion = FleetVersion.ParseLenient("4.85.0") });

        imported.Files.Should().NotContain(file => file.Path.Contains("logo"));
        imported.Findings.Should().Contain(finding => finding.Message.Contains("The logo on dark ground is left out"));
        Encoding.UTF8.GetString(imported.Files.Single(file => file.Path == "default.yml").Contents.Span).Should().NotContain("logo");
    }

    [Fact]
    public async Task DryRun_Files_AreCheckedByTheServerAndNotStored()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.Configuration.PatchAsync(new JsonObject { ["org_info"] = new JsonObject { ["org_logo_url"] = External, ["org_logo_url_dark_mode"] = External } });
        List<RepositoryFile> files = Full();
        Put(files, "lib/terms.pdf", "no PDF");
        world.Fleet.Requests.Clear();

        DryRunReport report = await GitOps(world).DryRunAsync(await LoadAsync(world, files));

        report.Steps.Single(step => step.Section == "licence agreement").Should().Match<DryRunStep>(step => step.Outcome == DryRunOutcome.Refused && step.Message.Contains("invalid file type"));
        report.Steps.Single(step => step.Section == "organization settings").Outcome.Should().Be(DryRunOutcome.Accepted, report.ToText());
        world.Fleet.Requests.Writes.Should().BeEmpty();
        (await fleet.Configuration.ListYaraRulesAsync()).Should().BeEmpty();
    }

    private static IEnumerable<string> Lines(IntegrationPlan plan) => plan.Changes.Select(change => change.ToString().Split(": ")[0]);

    private static FleetGitOps GitOps(World world) => new(world.Client(world.Fleet.AdminToken));

    private static async Task ApplyAsync(World world, List<RepositoryFile> files) =>
        (await GitOps(world).ApplyAsync(await GitOps(world).PlanAsync(await LoadAsync(world, files), Everything))).EnsureSucceeded();

    private static async Task<FleetRepository> LoadAsync(World world, List<RepositoryFile> files)
    {
        var source = new MemoryFiles(files);
        return FleetRepository.Load(source, await GitOps(world).CompleteAsync(GitOpsRun.OnAll(source) with { Environment = new Dictionary<string, string>() }));
    }

    private static void Put(List<RepositoryFile> files, string path, string contents) => Put(files, path, Encoding.UTF8.GetBytes(contents));

    private static void Put(List<RepositoryFile> files, string path, byte[] contents)
    {
        files.RemoveAll(file => file.Path == path);
        files.Add(new RepositoryFile(path, contents));
    }

    private static RepositoryFile Global(string settings) => new("default.yml", Encoding.UTF8.GetBytes($"org_settings:\n  secrets:\n  certificate_authorities:\n{settings}agent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n"));

    private static List<RepositoryFile> Full(string replace = "?", string with = "") =>
    [
        Global("""
              org_info:
                org_logo_path_light_mode: lib/light.png
                org_logo_path_dark_mode: lib/dark.png
                org_logo_url_dark_mode: ''
              mdm:
                end_user_license_agreement: lib/terms.pdf
              yara_rules:
                - path: lib/eicar.yar
                - path: lib/none.yar

            """.Replace(replace, with)),
        new("lib/light.png", Server.Logo),
        new("lib/dark.png", OtherLogo),
        new("lib/terms.pdf", Server.Agreement),
        new("lib/eicar.yar", Encoding.UTF8.GetBytes(Server.Rules)),
        new("lib/none.yar", "rule none { condition: false }"u8.ToArray()),
    ];
}
