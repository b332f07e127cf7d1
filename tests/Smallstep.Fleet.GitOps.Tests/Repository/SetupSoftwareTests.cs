namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>What a set-up installs in the old form, and the form beside it: which files' lists count, and for what.</summary>
public sealed class SetupSoftwareTests
{
    private const string Global = "org_settings:\n  certificate_authorities:\nagent_options:\npolicies:\nreports:\nlabels:\n";
    private const string Unassigned = "name: Unassigned\npolicies:\n";
    private const string Fleet = "name: Laptops\nsettings:\nagent_options:\npolicies:\nreports:\nlabels:\n";
    private const string Software = "software:\n  packages:\n    - path: ../lib/one.yml\n";
    private const string NotBoth = "Setup experience may only be specified directly on software or within macos_setup, but not both. See https://fleetdm.com/learn-more-about/yaml-software-setup-experience.";

    [Fact]
    public void LintAndRead_ListBesideThePackageOfHostsWithoutAFleet_IsAcceptedAndMarksIt()
    {
        FleetRepository repository = Load(Global, Unassigned + List("- package_path: ../lib/one.yml") + Software);

        Message(repository).Should().BeEmpty();
        Package(repository).SetupExperience.Should().BeTrue();
    }

    [Fact]
    public void LintAndRead_ListInTheGlobalFile_IsNotLookedAt()
    {
        FleetRepository repository = Load(Global + List("- package_path: lib/one.yml"), Unassigned + Software.TrimEnd() + "\n      setup_experience: true\n");

        Message(repository).Should().BeEmpty("fleetctl takes no list from the global file");
        Package(repository).SetupExperience.Should().BeTrue("the entry says so itself, and no list counts");
        Package(Load(Global + List("- package_path: lib/one.yml"), Unassigned + Software)).SetupExperience.Should().BeNull();
    }

    [Fact]
    public void Lint_ListInTheGlobalFileOfAFreeServer_IsNotLookedAt() =>
        Message(Load(Global + List("- package_path: lib/none.yml"), null, new ServerFacts { IsPremium = false })).Should().BeEmpty();

    [Fact]
    public void Lint_ListOfHostsWithoutAFleet_IsJudgedByTheirSoftware()
    {
        Message(Load(Global, Unassigned + List("- package_path: ../lib/none.yml") + Software))
            .Should().Be("applying macOS setup experience software for fleet \"Unassigned\": software \"lib/none.yml\" does not exist for that fleet");
        Message(Load(Global, Unassigned + List("- package_path: ../lib/one.yml") + Software.TrimEnd() + "\n      setup_experience: false\n"))
            .Should().Be($"applying software installers: Couldn't edit software (https://example.com/one.pkg). {NotBoth}");
    }

    [Fact]
    public void Lint_HostsWithoutAFleetAndBothWrong_SaysFirstWhatFleetctlSaysFirst()
    {
        string both = Software.TrimEnd() + "\n      setup_experience: true\n";
        Message(Load(Global, Unassigned + List("- package_path: ../lib/none.yml") + both)).Should().StartWith("applying macOS setup experience software");
        Message(Load(null, null, fleet: Fleet + List("- package_path: ../lib/none.yml") + both)).Should().StartWith("applying software installers for fleet \"Laptops\": Couldn't edit software");
    }

    [Fact]
    public void Lint_SoftwareOfHostsWithoutAFleetExcepted_IsNotJudged() =>
        Message(Load(Global, Unassigned + List("- {package_path: ../lib/none.yml, app_store_id: \"1\"}"), new ServerFacts { Exceptions = new GitOpsExceptions(Software: true) })).Should().BeEmpty();

    [Theory]
    [InlineData("software: []")]
    [InlineData("software:")]
    public void LintAndRead_ListWithoutAnEntry_LeavesItToTheEntries(string list)
    {
        FleetRepository repository = Load(null, null, fleet: Fleet + $"controls:\n  setup_experience:\n    {list}\n" + Software.TrimEnd() + "\n      setup_experience: true\n  app_store_apps:\n    - app_store_id: \"1\"\n      setup_experience: true\n");
        TeamState team = repository.ToState().Teams.Single();

        Message(repository).Should().BeEmpty();
        (team.Software!.Single().SetupExperience, team.AppStoreApps!.Single().SetupExperience).Should().Be((true, true));
    }

    [Theory]
    [InlineData("app_store_apps:\n    - app_store_id: \"1\"", "Couldn't edit app store apps. " + NotBoth)]
    [InlineData("fleet_maintained_apps:\n    - slug: a/darwin", "applying software installers for fleet \"Laptops\": Couldn't edit software (). " + NotBoth)]
    public void Lint_AppThatSpeaksBesideAList_IsRefused(string app, string words)
    {
        string fleet = Fleet + List("- package_path: ../lib/one.yml") + Software + "  " + app;

        Message(Load(null, null, fleet: fleet + "\n      setup_experience: false\n")).Should().Be(words);
        Message(Load(null, null, fleet: fleet + "\n")).Should().BeEmpty();
    }

    [Fact]
    public void Read_MaintainedAppBesideAList_IsNotInstalledByASetUp()
    {
        const string App = "  fleet_maintained_apps:\n    - slug: a/darwin\n";
        Load(null, null, fleet: Fleet + List("- package_path: ../lib/one.yml") + Software + App).ToState().Teams.Single().MaintainedApps!.Single().SetupExperience.Should().BeFalse("the list cannot name it");
        Load(null, null, fleet: Fleet + "controls:\n" + Software + App).ToState().Teams.Single().MaintainedApps!.Single().SetupExperience.Should().BeNull();
    }

    private static string List(string item) => $"controls:\n  setup_experience:\n    software:\n      {item}\n";

    private static string Message(FleetRepository repository) => new GitOpsLinter().Lint(repository).Verdict.Message;

    private static SoftwareState Package(FleetRepository repository) => repository.ToState().Teams.Single(team => team.Name == TeamState.Unassigned).Software!.Single();

    private static FleetRepository Load(string? global, string? unassigned, ServerFacts? server = null, string? fleet = null)
    {
        Dictionary<string, string?> files = new()
        {
            ["default.yml"] = global,
            ["fleets/unassigned.yml"] = unassigned,
            ["fleets/laptops.yml"] = fleet,
            ["lib/one.yml"] = "url: https://example.com/one.pkg\n",
        };
        var source = new MemoryFiles(files.Where(file => file.Value is not null).ToDictionary(file => file.Key, file => file.Value!));
        return FleetRepository.Load(source, GitOpsRun.OnAll(source) with { Server = server ?? new ServerFacts() });
    }
}
