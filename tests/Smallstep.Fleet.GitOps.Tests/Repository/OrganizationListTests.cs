using System.Text;

namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>Custom host vitals, labels by them, and credentials for Microsoft Graph: read, written and merged.</summary>
public sealed class OrganizationListTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Client = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private const string Org = "org_settings:\n  secrets:\n  certificate_authorities:\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";

    private static readonly FleetState State = new()
    {
        CustomHostVitals = [new CustomHostVitalState("Asset tag: $5") { Id = 7 }, new CustomHostVitalState("Floor")],
        MicrosoftGraphCredentials = [new MicrosoftGraphCredentialState(Tenant, Client)],
        Labels = [new LabelState("Leased") { MembershipType = "host_vitals", Vital = "custom_host_vital", VitalValue = "LEASE-1", CustomHostVitalId = 7 }],
    };

    [Fact]
    public void Write_AndRead_GiveTheSame()
    {
        IReadOnlyList<RepositoryFile> files = FleetRepositoryWriter.Write(State, new RepositoryWriteOptions());

        FleetState read = Load(Text(files), environment: new() { ["FLEET_MICROSOFT_GRAPH_CLIENT_SECRET"] = "graph #1", ["FLEET_GLOBAL_ENROLL_SECRET"] = "x" });

        read.CustomHostVitals!.Select(vital => vital.Name).Should().Equal("Asset tag: $5", "Floor");
        read.Labels.Should().ContainSingle().Which.CustomHostVitalId.Should().Be(7);
        MicrosoftGraphCredentialState credential = read.MicrosoftGraphCredentials.Should().ContainSingle().Subject;
        (credential.TenantId, credential.ClientId, credential.ClientSecret.Value!.Reveal(), credential.ClientSecret.EnvironmentVariable).Should().Be((Tenant, Client, "graph #1", "FLEET_MICROSOFT_GRAPH_CLIENT_SECRET"));
        FleetRepositoryWriter.RequiredVariables(State, new RepositoryWriteOptions()).Select(variable => variable.Name).Should().Contain("FLEET_MICROSOFT_GRAPH_CLIENT_SECRET");
        FleetRepositoryWriter.Omissions(State, new RepositoryWriteOptions()).Should().BeEmpty();
    }

    [Fact]
    public void Write_ReleaseThatKnowsNone_LeavesThemOutAndSaysSo()
    {
        var options = new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 89) };

        string written = Text(FleetRepositoryWriter.Write(State, options));

        written.Should().NotContain("vital").And.NotContain("microsoft_graph").And.NotContain("Leased");
        FleetRepositoryWriter.Omissions(State, options).Select(finding => finding.Message).Should().SatisfyRespectively(
            message => message.Should().Contain("Microsoft Graph credential is left out"),
            message => message.Should().Contain("label Leased is left out"),
            message => message.Should().Contain("(Asset tag: $5, Floor) are left out"));
    }

    [Theory]
    [InlineData("4.95.0", "", 0, 0)]
    [InlineData("4.95.0", "custom_host_vitals:\n", 0, 0)]
    [InlineData("4.95.0", "custom_host_vitals: [{name: Floor}]\n", 1, 0)]
    [InlineData("4.91.0", "custom_host_vitals: [{name: Floor}]\n", 1, null)]
    [InlineData("4.89.0", "", null, null)]
    public void Read_AbsentKey_IsAnEmptyListWhereTheReleaseKnowsIt(string version, string section, int? vitals, int? credentials)
    {
        FleetState read = Load(Org + section, FleetVersion.ParseLenient(version));
        (read.CustomHostVitals?.Count, read.MicrosoftGraphCredentials?.Count).Should().Be((vitals, credentials));
    }

    [Fact]
    public void Read_CredentialWithoutItsVariable_KnowsTheNameOfTheVariable_AndIdsInLowerCase()
    {
        FleetState read = Load(Org.Replace("agent_options", $"  microsoft_graph_credentials:\n    - tenant_id: ' {Tenant.ToUpperInvariant()}'\n      client_id: {Client.ToUpperInvariant()}\n      client_secret: |2-\n          $GRAPH\nagent_options"), environment: null);
        read.MicrosoftGraphCredentials.Should().ContainSingle().Which.Should().Be(new MicrosoftGraphCredentialState(Tenant, Client) { ClientSecret = new SecretValue(null, "GRAPH") });
    }

    [Fact]
    public void Read_WithoutAGlobalFile_ManagesNeither()
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["fleets/a.yml"] = "name: A\nsettings:\ncontrols:\npolicies:\nsoftware:\n" });
        FleetState read = FleetRepository.Load(files, GitOpsRun.OnAll(files)).ToState();
        (read.CustomHostVitals, read.MicrosoftGraphCredentials).Should().Be((null, null));
    }

    [Fact]
    public void Merge_AddsWhatIsNotThere_AndIsThenDone()
    {
        var files = new Dictionary<string, string> { ["default.yml"] = Org + "custom_host_vitals:\n  - name: Floor # ours\n" };

        MergeResult merge = Merge(files);
        files["default.yml"] = Encoding.UTF8.GetString(merge.Files.Single().Contents.Span);

        files["default.yml"].Should().Contain("  - name: Floor # ours\n").And.Contain("custom_host_vital_id: 7").And.Contain($"tenant_id: '{Tenant}'");
        merge.Findings.Should().BeEmpty();
        merge.Variables.Select(variable => variable.Name).Should().Contain("FLEET_MICROSOFT_GRAPH_CLIENT_SECRET");
        Load(files["default.yml"]).CustomHostVitals!.Select(vital => vital.Name).Should().Equal("Floor", "Asset tag: $5");
        Merge(files).Files.Should().BeEmpty("a second merge changes nothing");
    }

    [Fact]
    public void Merge_CredentialOfAnotherTenant_IsLeftAlone()
    {
        var files = new Dictionary<string, string> { ["default.yml"] = Org.Replace("agent_options", $"  microsoft_graph_credentials: [{{tenant_id: {Client}, client_id: {Client}, client_secret: '********'}}]\nagent_options") };

        MergeResult merge = Merge(files);

        merge.Findings.Should().ContainSingle().Which.Message.Should().Contain("Fleet holds one Microsoft Graph credential");
        Encoding.UTF8.GetString(merge.Files.Single().Contents.Span).Should().NotContain(Tenant);
    }

    [Fact]
    public void Merge_CredentialWithAnotherRegistration_StaysAsItIs()
    {
        var files = new Dictionary<string, string> { ["default.yml"] = Org.Replace("agent_options", $"  microsoft_graph_credentials: [{{tenant_id: {Tenant}, client_id: {Tenant}, client_secret: '********'}}]\nagent_options") };
        Merge(files).Findings.Should().ContainSingle().Which.Message.Should().Contain("is there with another app registration");
    }

    [Fact]
    public void Merge_ReleaseThatKnowsNone_AddsNeither()
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = Org });
        var options = new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 89) };
        MergeResult merge = FleetRepositoryMerger.Merge(FleetRepository.Load(files, GitOpsRun.OnAll(files)), State with { Labels = null }, options);
        merge.Files.Should().BeEmpty();
        merge.Findings.Select(finding => finding.Message).Should().Contain(message => message.Contains("no custom host vitals")).And.Contain(message => message.Contains("no Microsoft Graph credentials"));
    }

    [Theory]
    [InlineData(Tenant, Client, true, "")]
    [InlineData("x", Client, true, "applying microsoft graph credentials: Invalid Entra tenant ID: x")]
    [InlineData(Tenant, "", true, "applying microsoft graph credentials: Invalid Entra client ID: ")]
    [InlineData("$UNKNOWN", "$UNKNOWN", true, "")]
    [InlineData(Tenant, Client, false, "Couldn't edit \"default.yml\" at \"microsoft_graph_credentials\": Missing or invalid license. Microsoft Graph credentials are available in Fleet Premium only.")]
    public void Lint_Credential_IsJudgedAsFleetDoes(string tenant, string client, bool isPremium, string words)
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = Credentials($"{{tenant_id: '{tenant}', client_id: '{client}', client_secret: $GRAPH}}") });
        GitOpsRun run = GitOpsRun.OnAll(files) with { Server = new ServerFacts { IsPremium = isPremium } };
        new GitOpsLinter().Lint(FleetRepository.Load(files, run)).Verdict.Message.Should().Be(words);
    }

    [Fact]
    public void Lint_TwoCredentials_AreOneTooMany()
    {
        const string One = $"{{tenant_id: {Tenant}, client_id: {Client}, client_secret: $GRAPH}}";
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = Credentials($"{One}, {One}") });
        new GitOpsLinter().Lint(FleetRepository.Load(files, GitOpsRun.OnAll(files) with { Server = new ServerFacts { IsPremium = true } })).Verdict.Message.Should().Be("applying microsoft graph credentials: Only 1 Microsoft Graph credential can be configured.");
    }

    [Theory]
    [InlineData("secret", "value of type []fleet.MicrosoftGraphCredential", "string")]
    [InlineData("{tenant_id: x}", "value of type []fleet.MicrosoftGraphCredential", "object")]
    [InlineData("[x, y]", "value of type fleet.MicrosoftGraphCredential", "string")]
    [InlineData("[{tenant_id: x, client_secret: 12345}]", "struct field MicrosoftGraphCredential.client_secret of type string", "number")]
    [InlineData("[{tenant_id: x, client_secret: yes}]", "struct field MicrosoftGraphCredential.client_secret of type string", "bool")]
    [InlineData("[{tenant_id: 5, client_secret: x}]", "struct field MicrosoftGraphCredential.MicrosoftGraphCredentialMetadata.tenant_id of type string", "number")]
    public void Lint_CredentialsOfAnotherShape_AreRefusedBeforeAnythingIsSent(string credentials, string place, string got)
    {
        string global = Org.Replace("agent_options", $"  microsoft_graph_credentials: {credentials}\nagent_options", StringComparison.Ordinal);
        (string Stage, string Message) verdict = Judged(global);
        verdict.Should().Be((GitOpsStage.ClientApply, $"invalid microsoft_graph_credentials: unmarshal microsoft graph credentials: json: cannot unmarshal {got} into Go {place}"));
        Judged(global, new FleetVersion(4, 91)).Message.Should().BeEmpty("the release does not know the key");
    }

    [Fact]
    public void Lint_ValuesOfACredential_AreJudgedJustBeforeThoseOfAuthorities()
    {
        const string Authority = "  certificate_authorities:\n    smallstep:\n      - {name: A-B, url: 'https://a.example.com', challenge_url: 'https://a.example.com', username: u, password: p}\n";
        string both = Credentials($"{{tenant_id: x, client_id: {Client}, client_secret: $GRAPH}}").Replace("  certificate_authorities:\n", Authority, StringComparison.Ordinal);

        Judged(both).Message.Should().StartWith("applying microsoft graph credentials: ");
        Judged(both.Replace("agent_options", "  features: 5\nagent_options", StringComparison.Ordinal)).Message.Should().Be("org_settings.features config is not a map", "the settings are looked at before anything is sent");
        Judged(both.Replace("password: p", "password: 5", StringComparison.Ordinal)).Message.Should().StartWith("invalid certificate_authorities: ");
    }

    [Theory]
    [InlineData("hunter2", "SSF3111")]
    [InlineData("'********'", "SSF3110")]
    [InlineData("$GRAPH", "SSF3101")]
    public void Lint_SecretOfACredential_IsLookedAtLikeAnyOther(string secret, string rule)
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = Org.Replace("agent_options", $"  microsoft_graph_credentials:\n    - tenant_id: {Tenant}\n      client_id: {Client}\n      client_secret: {secret}\nagent_options", StringComparison.Ordinal) });
        IReadOnlyList<Finding> findings = new GitOpsLinter().Lint(FleetRepository.Load(files, GitOpsRun.OnAll(files))).Findings;
        findings.Where(finding => finding.Id is "SSF3101" or "SSF3110" or "SSF3111").Should().ContainSingle().Which.Should().Match<Finding>(finding => finding.Id == rule && finding.Line == 7 && !finding.Message.Contains("hunter2"));
    }

    [Theory]
    [InlineData("[{name: A}, {name: A}]", "duplicate custom host vital name: \"A\"")]
    [InlineData("[{name: Asset tag}, {name: Floor}, {name: asset tag}]", "duplicate custom host vital names")]
    [InlineData("[{name: A}, {name: B}]", "")]
    public void Lint_TwoVitalsOfOneName_AreRefusedByTheServer(string vitals, string words)
    {
        (string Stage, string Message) verdict = Judged(Org + $"custom_host_vitals: {vitals}\n");
        verdict.Message.Should().Be(words);
        (verdict.Stage == GitOpsStage.Server).Should().Be(words.Length > 0);
    }

    [Fact]
    public void Merge_LabelByAVital_IsNotAddedForAReleaseWithoutVitals()
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = Org });
        MergeResult merge = FleetRepositoryMerger.Merge(FleetRepository.Load(files, GitOpsRun.OnAll(files)), new FleetState { Labels = State.Labels }, new RepositoryWriteOptions { FleetVersion = new FleetVersion(4, 89) });
        merge.Files.Should().BeEmpty();
        merge.Findings.Should().ContainSingle().Which.Message.Should().Contain("label Leased");
    }

    private static (string Stage, string Message) Judged(string global, FleetVersion? version = null)
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = global });
        Verdict verdict = new GitOpsLinter().Lint(FleetRepository.Load(files, GitOpsRun.OnAll(files) with { FleetVersion = version ?? FleetVersion.NewestKnown })).Verdict;
        return (verdict.Stage ?? "", verdict.Message ?? "");
    }

    private static string Credentials(string items) => Org.Replace("agent_options", $"  microsoft_graph_credentials: [{items}]\nagent_options", StringComparison.Ordinal);

    private static MergeResult Merge(Dictionary<string, string> files)
    {
        var source = new MemoryFiles(files);
        return FleetRepositoryMerger.Merge(FleetRepository.Load(source, GitOpsRun.OnAll(source)), State, new RepositoryWriteOptions());
    }

    private static string Text(IEnumerable<RepositoryFile> files) => Encoding.UTF8.GetString(files.Single(file => file.Path == "default.yml").Contents.Span);

    private static FleetState Load(string global, FleetVersion? version = null, Dictionary<string, string>? environment = null)
    {
        var files = new MemoryFiles(new Dictionary<string, string> { ["default.yml"] = global });
        return FleetRepository.Load(files, GitOpsRun.OnAll(files) with { FleetVersion = version ?? FleetVersion.NewestKnown, Environment = environment }).ToState();
    }
}
