using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Every call of the client over a socket, against a server that shares no code with it.</summary>
public sealed partial class SocketTests(SocketWorld world) : IClassFixture<SocketWorld>
{
    private FleetClient Fleet => world.Client;

    private long Mac => world.MacHost.HostId;

    [Fact]
    public void Client_EveryPublicCall_IsMadeHere()
    {
        HashSet<System.Reflection.MethodBase> made = CalledMethods.In(typeof(SocketTests));

        CalledMethods.Public(typeof(FleetClient).Assembly).Where(call => !made.Contains(call)).Select(CalledMethods.Name).Should().BeEmpty();
    }

    [Fact]
    public async Task SessionsAndUsers_OverASocket_Agree()
    {
        LoginResult login = await Fleet.Sessions.LoginAsync("admin@example.org", new Secret(SocketWorld.Password));
        using FleetClient session = world.ClientOf(login.Token);
        (await session.Sessions.GetMeAsync()).User.GlobalRole.Should().Be(FleetRole.Admin);
        await session.Sessions.LogoutAsync();
        await session.Invoking(s => s.Sessions.GetMeAsync()).Should().ThrowAsync<FleetApiException>().Where(e => e.Status == System.Net.HttpStatusCode.Unauthorized);

        CreatedUser person = await Fleet.Users.CreateAsync(new() { Name = "Ines", Email = "ines@example.org", Password = new Secret(SocketWorld.Password), GlobalRole = FleetRole.Observer });
        person.Token.Should().BeNull();
        (await Fleet.Users.UpdateAsync(person.User.Id, new() { Name = "Ines Okafor", TeamRoles = new Dictionary<long, FleetRole> { [world.TeamId] = FleetRole.Maintainer } })).GlobalRole.Should().BeNull();
        (await Fleet.Users.ListAsync(world.TeamId)).Should().ContainSingle().Which.Name.Should().Be("Ines Okafor");
        (await Fleet.Users.ListEndpointsAsync("hosts/count")).Should().ContainSingle().Which.Method.Should().Be("GET");
        CreatedUser program = await Fleet.Users.CreateApiOnlyAsync(new() { Name = "sync", GlobalRole = FleetRole.Observer, Endpoints = [new("GET", "/api/v1/fleet/hosts")] });
        using (FleetClient bound = world.ClientOf(program.Token!))
        {
            await bound.Invoking(c => c.Labels.ListAsync()).Should().ThrowAsync<FleetApiException>().Where(e => e.Status == System.Net.HttpStatusCode.Forbidden);
        }

        (await Fleet.Users.UpdateApiOnlyAsync(program.User.Id, new() { Name = "sync 2" })).User.Name.Should().Be("sync 2");
        await Fleet.Users.DeleteAsync(program.User.Id);
        await Fleet.Users.DeleteAsync(person.User.Id);
        await Fleet.Invoking(c => c.Users.GetAsync(program.User.Id)).Should().ThrowAsync<FleetApiException>().Where(e => e.IsNotFound);
    }

    [Fact]
    public async Task ConfigurationAndRaw_OverASocket_Agree()
    {
        (await Fleet.GetVersionAsync()).Should().Be(world.Fleet.Version);
        (await Fleet.Configuration.GetAsync()).License.IsPremium.Should().BeTrue();
        (await Fleet.Configuration.GetDocumentAsync()).GetProperty("smtp_settings").GetProperty("port").GetInt32().Should().Be(587);
        await Fleet.Configuration.PatchAsync(new JsonObject { ["server_settings"] = new JsonObject { ["report_cap"] = 5 }, ["gitops"] = new JsonObject { ["repository_url"] = "https://git.example" } });
        FleetConfiguration changed = await Fleet.Configuration.PatchAsync(new JsonObject { ["server_settings"] = new JsonObject { ["scripts_disabled"] = false } });
        changed.ServerSettings.ReportCap.Should().Be(5, "objects are merged");
        changed.GitOps.RepositoryUrl.Should().Be("https://git.example");
        JsonElement version = await Fleet.SendAsync(HttpMethod.Get, "version", FleetJsonContext.Default.JsonElement);
        version.GetProperty("branch").GetString().Should().Be("HEAD");
        await Fleet.SendAsync(HttpMethod.Get, "version");
    }

    [Fact]
    public async Task YaraRules_OverASocket_Agree()
    {
        (await Fleet.Configuration.ListYaraRulesAsync()).Should().BeEmpty();
        await Fleet.Configuration.ReplaceYaraRulesAsync([new("a.yar", "rule a { strings: $b = \"c\" }"), new("b.yar", "")]);
        await Fleet.Configuration.PatchAsync(new JsonObject { ["server_settings"] = new JsonObject { ["scripts_disabled"] = false } });
        (await Fleet.Configuration.ListYaraRulesAsync()).Should().Equal([new("a.yar", "rule a { strings: $b = \"c\" }"), new("b.yar", "")], "a change without the member leaves them");
        (await Fleet.Configuration.GetDocumentAsync()).TryGetProperty("yara_rules", out _).Should().BeFalse();
        await Fleet.Invoking(c => c.Configuration.ReplaceYaraRulesAsync([new("a.yar", ""), new("A.yar", "")])).Should().ThrowAsync<FleetApiException>();
        (await Fleet.Configuration.ListYaraRulesAsync()).Should().HaveCount(2);
        await Fleet.Configuration.ReplaceYaraRulesAsync([]);
        (await Fleet.Configuration.ListYaraRulesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Logos_OverASocket_Agree()
    {
        byte[] image = Convert.FromHexString("89504E470D0A1A0A0000000D49484452");
        (await Fleet.Configuration.DownloadLogoAsync(LogoMode.Dark)).Should().BeNull();
        await Fleet.Configuration.UploadLogoAsync(LogoMode.Dark, "acme.png", image);
        (await Fleet.Configuration.DownloadLogoAsync(LogoMode.Dark)).Should().Equal(image);
        (await Fleet.Configuration.DownloadLogoAsync(LogoMode.Light)).Should().BeNull();
        JsonElement info = (await Fleet.Configuration.GetDocumentAsync()).GetProperty("org_info");
        info.GetProperty("org_logo_url").GetString().Should().StartWith(world.Fleet.BaseAddress + "api/latest/fleet/logo?mode=dark&v=").And.Be(info.GetProperty("org_logo_url_dark_mode").GetString());
        await Fleet.Invoking(c => c.Configuration.UploadLogoAsync(LogoMode.Dark, "a.txt", "text"u8.ToArray())).Should().ThrowAsync<FleetApiException>().WithMessage("*logo must be a valid PNG, JPEG, or WebP image*");
        await Fleet.Invoking(c => c.Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", new byte[(100 * 1024) + 1])).Should().ThrowAsync<FleetApiException>().WithMessage("*logo must be 100KB or less*");
        await Fleet.Configuration.DeleteLogoAsync(LogoMode.Dark);
        await Fleet.Invoking(c => c.Configuration.DeleteLogoAsync(LogoMode.Dark)).Should().ThrowAsync<FleetApiException>().WithMessage("*no org logo to delete for the given mode*");
        (await Fleet.Configuration.GetDocumentAsync()).GetProperty("org_info").GetProperty("org_logo_url_dark_mode").GetString().Should().BeEmpty();
    }

    [Fact]
    public async Task Hosts_OverASocket_Agree()
    {
        List<Host> all = await Fleet.Hosts.ListAsync(new() { PopulateSoftware = true, PopulatePolicies = true, PopulateUsers = true, PopulateLabels = true, PopulateEndUsers = true, IncludeDeviceStatus = true, IncludeIssues = true, DeviceMapping = true, AdditionalInfo = "*" }).ToListAsync();
        all.Select(host => host.Id).Should().Contain([Mac, world.WindowsHost.HostId]);
        (await Fleet.Hosts.ListSummariesAsync(new() { TeamId = world.TeamId }, Paging.Stable).ToListAsync()).Should().HaveCount(2);
        (await Fleet.Hosts.CountAsync(new() { Query = "KX9TEST0001" })).Should().Be(1);
        (await Fleet.Hosts.GetCountsAsync(world.TeamId, lowDiskSpaceGigabytes: 100)).Total.Should().Be(2);
        MdmSummary mdm = await Fleet.Hosts.GetMdmSummaryAsync(world.TeamId);
        mdm.Enrollment.Automatic.Should().Be(2);
        mdm.Solutions.Should().ContainSingle().Which.HostsCount.Should().Be(2);
        (await Fleet.Hosts.GetAsync(Mac, excludeSoftware: false)).HardwareSerial.Should().Be("KX9TEST0001");
        (await Fleet.Hosts.GetByIdentifierAsync("KX9TEST0001")).Id.Should().Be(Mac);
        (await Fleet.Hosts.GetMdmAsync(Mac))!.Name.Should().Be("Fleet");
        (await Fleet.Hosts.GetHealthAsync(Mac)).OsVersion.Should().Be(world.MacHost.Facts.OsVersion);
        (await Fleet.Hosts.SetDeviceMappingAsync(Mac, "ines@example.org", "idp")).Should().Contain(mapping => mapping.Email == "ines@example.org");
        await Fleet.Hosts.DeleteIdpMappingAsync(Mac);
        (await Fleet.Hosts.ListDeviceMappingsAsync(Mac)).Should().BeEmpty();
        (await Fleet.Hosts.ListCertificatesAsync(Mac, HostCertificateOrder.CommonName)).Should().BeEmpty();
        (await Fleet.Hosts.ListSoftwareAsync(world.WindowsHost.HostId).ToListAsync()).Should().BeEmpty();
        await Fleet.Hosts.RefetchAsync(world.WindowsHost.HostId);
        (await Fleet.Hosts.GetAsync(world.WindowsHost.HostId)).RefetchRequested.Should().BeTrue();

        long extra = world.Fleet.AddHost(VirtualDevice.Linux("LNX1")).HostId;
        long other = world.Fleet.AddHost(VirtualDevice.Linux("LNX2")).HostId;
        long team = world.Fleet.AddTeam("Servers");
        await Fleet.Hosts.TransferAsync(team, [extra]);
        await Fleet.Hosts.TransferAsync(team, new HostTransferFilter { Query = "LNX2" });
        (await Fleet.Hosts.CountAsync(new() { TeamId = team })).Should().Be(2);
        await Fleet.Labels.CreateAsync(new() { Name = "Racks" });
        await Fleet.Hosts.AddLabelsAsync(extra, ["Racks"]);
        (await Fleet.Hosts.GetAsync(extra)).Labels.Should().Contain(label => label.Name == "Racks");
        await Fleet.Hosts.RemoveLabelsAsync(extra, ["Racks"]);
        await Fleet.Hosts.DeleteAsync([extra]);
        await Fleet.Hosts.DeleteAsync(new HostTransferFilter { TeamId = team });
        await Fleet.Invoking(c => c.Hosts.GetAsync(other)).Should().ThrowAsync<FleetApiException>().Where(e => e.IsNotFound);
    }

    [Fact]
    public async Task HostFilters_Each_SelectsAsTheServerDoes()
    {
        FleetHost linux = world.Fleet.AddHost(new HostFacts { Uuid = "U9", HardwareSerial = "LNX9", Platform = "ubuntu", PlatformLike = "debian", Hostname = "lnx9", OsVersion = "Ubuntu 24.04", MdmEnrollmentStatus = null, FreeDiskGigabytes = 3 });
        await linux.ReportAsync(new DeviceReport { Software = [new InstalledSoftware("openssl", "3.0.1", "deb_packages")] });
        world.Fleet.AddVulnerability("CVE-2026-7", "openssl", "3.0.1", 9.8, isExploited: true);
        await Fleet.Spec.ApplyPoliciesAsync([new JsonObject { ["name"] = "Is Linux", ["query"] = "SELECT 1 FROM os_version WHERE platform = 'ubuntu';" }]);
        Host found = (await Fleet.Hosts.ListAsync(new() { Query = "LNX9", PopulatePolicies = true, PopulateSoftware = true, IncludeIssues = true }).ToListAsync()).Single();
        JsonElement policy = found.Unknown["policies"].EnumerateArray().Single(p => p.GetProperty("name").GetString() == "Is Linux");
        long version = found.Unknown["software"][0].GetProperty("id").GetInt64();
        found.Issues!.FailingPoliciesCount.Should().Be(0);

        HostQuery[] selecting =
        [
            new() { PolicyId = policy.GetProperty("id").GetInt64(), PolicyPasses = true }, new() { Vulnerability = "CVE-2026-7" }, new() { SoftwareVersionId = version }, new() { SoftwareId = version },
            new() { OsName = "Ubuntu", OsVersion = "24.04" }, new() { LowDiskSpaceGigabytes = 10 }, new() { TeamId = 0, Query = "lnx9", Status = HostStatus.New },
        ];
        foreach (HostQuery query in selecting)
        {
            (await Fleet.Hosts.ListSummariesAsync(query).ToListAsync()).Select(host => host.Id).Should().Equal([linux.HostId], query.ToString());
        }

        HostQuery[] excluding =
        [
            new() { Query = "LNX9", PolicyId = policy.GetProperty("id").GetInt64(), PolicyPasses = false }, new() { Query = "LNX9", ConnectedToFleet = true }, new() { MdmName = "Fleet", Query = "LNX9" },
            new() { MdmId = 7 }, new() { MunkiIssueId = 1 }, new() { DepProfileError = true }, new() { DepAssignProfileResponse = "failed" }, new() { BootstrapPackage = "failed" },
            new() { DiskEncryption = "verified" }, new() { MacosDiskEncryption = "failed" }, new() { OsVersionId = 999_999 }, new() { ScriptBatchExecutionId = "none", ScriptBatchExecutionStatus = "ran" },
            new() { MacosSettings = ProfileStatus.Failed }, new() { OsSettings = ProfileStatus.Failed }, new() { MdmEnrollment = MdmEnrollmentFilter.Pending },
        ];
        foreach (HostQuery query in excluding)
        {
            (await Fleet.Hosts.CountAsync(query)).Should().Be(0, query.ToString());
        }

        (await Fleet.Hosts.ListSoftwareAsync(linux.HostId, new() { Vulnerable = true, MinCvssScore = 9, MaxCvssScore = 10, Exploit = true }).ToListAsync()).Should().ContainSingle().Which.Name.Should().Be("openssl");
        (await Fleet.Software.ListTitlesAsync(new SoftwareTitleQuery { Vulnerable = true, MinCvssScore = 9.9 }).ToListAsync()).Should().BeEmpty();
        await Fleet.Invoking(c => c.Hosts.CountAsync(new() { LowDiskSpaceGigabytes = 500 })).Should().ThrowAsync<FleetApiException>();
        await Fleet.Hosts.DeleteAsync([linux.HostId]);
    }

    [Fact]
    public async Task TeamsAndLabels_OverASocket_Agree()
    {
        Team team = await Fleet.Teams.CreateAsync("Kiosks");
        (await Fleet.Teams.PatchAsync(team.Id, new JsonObject { ["description"] = "d", ["webhook_settings"] = new JsonObject { ["a"] = 1 } })).Description.Should().Be("d");
        (await Fleet.Teams.GetAsync(team.Id)).Unknown["webhook_settings"].GetProperty("a").GetInt32().Should().Be(1);
        (await Fleet.Teams.FindAsync("kiosks"))!.Id.Should().Be(team.Id);
        (await Fleet.Teams.ListAsync("Kio")).Should().ContainSingle();
        (await Fleet.Teams.ReplaceSecretsAsync(team.Id, [new Secret("s1")])).Should().ContainSingle();
        (await Fleet.Teams.ListSecretsAsync(team.Id))[0].Value.Reveal().Should().Be("s1");
        await Fleet.Teams.SetAgentOptionsAsync(team.Id, new JsonObject { ["config"] = new JsonObject() });
        (await Fleet.Teams.GetDocumentAsync(team.Id)).GetProperty("agent_options").TryGetProperty("config", out _).Should().BeTrue();
        await Fleet.Teams.DeleteAsync(team.Id);

        Label label = await Fleet.Labels.CreateAsync(new() { Name = "Arms", Query = "SELECT 1 FROM system_info WHERE cpu_type LIKE '%arm%';" });
        (await Fleet.Labels.GetAsync(label.Id)).Membership.Should().Be(LabelMembership.Dynamic);
        (await Fleet.Labels.PatchAsync(label.Id, new() { Description = "d" })).Description.Should().Be("d");
        (await Fleet.Labels.ListAsync()).Should().Contain(l => l.Name == "Arms");
        (await Fleet.Labels.ListSummariesAsync()).Should().Contain(l => l.Name == "Arms");
        await Fleet.Labels.DeleteAsync(label.Id);
        await Fleet.Labels.CreateAsync(new() { Name = "A / B" });
        await Fleet.Labels.DeleteAsync("A / B");
        (await Fleet.Labels.ListAsync()).Should().NotContain(l => l.Name == "A / B");
    }

    [Fact]
    public async Task Authorities_OverASocket_Agree()
    {
        ConsoleConnection connection = world.Connection;
        CertificateAuthority made = await Fleet.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("SMALLSTEP_AGENT", connection.ScepUrl.AbsoluteUri, connection.ChallengeUrl.AbsoluteUri, connection.ChallengeUsername, connection.ChallengePassword));
        (await Fleet.CertificateAuthorities.ListAsync()).Should().Contain(authority => authority.Id == made.Id);
        (await Fleet.CertificateAuthorities.FindAsync(CertificateAuthorityKind.Smallstep, "smallstep_agent"))!.Id.Should().Be(made.Id);
        (await Fleet.CertificateAuthorities.GetAsync(made.Id)).ChallengeUrl.Should().Be(connection.ChallengeUrl.AbsoluteUri);
        (await Fleet.CertificateAuthorities.PatchAsync(made.Id, new SmallstepCaPatch { Name = "RENAMED" })).Should().BeTrue();
        CertificateAuthoritiesSpec spec = await Fleet.CertificateAuthorities.GetSpecAsync(includeSecrets: true);
        await Fleet.CertificateAuthorities.ApplySpecAsync(spec, dryRun: true);
        (await Fleet.Invoking(c => c.CertificateAuthorities.RequestCertificateAsync(made.Id, "csr")).Should().ThrowAsync<FleetApiException>()).Which.Status.Should().Be(System.Net.HttpStatusCode.BadRequest);
        await Fleet.CertificateAuthorities.DeleteAsync(made.Id);
    }

    [Fact]
    public async Task Profiles_OverASocket_Agree()
    {
        long team = world.Fleet.AddTeam("Profiles");
        VirtualDevice device = VirtualDevice.MacOS("KX9TEST0009");
        long host = world.Fleet.AddHost(device, "Profiles").HostId;
        string uuid = await Fleet.Profiles.UploadAsync(SocketWorld.Mobileconfig("one", team));
        (await Fleet.Profiles.GetAsync(uuid)).Name.Should().Be("one");
        (await Fleet.Profiles.ListAsync(team)).Should().ContainSingle();
        Encoding.UTF8.GetString(await Fleet.Profiles.DownloadAsync(uuid)).Should().Contain("com.example.one");
        (await Fleet.Profiles.ReplaceAsync(uuid, new() { FileName = "one.mobileconfig", Contents = SocketWorld.Mobileconfig("one").Contents })).Should().Be(uuid);
        (await Fleet.Hosts.ListAssignedProfilesAsync(host)).Should().ContainSingle();
        device.Behaviour.RefusesProfiles = "no";
        for (int i = 0; i < 4; i++)
        {
            await world.Fleet.RunCronAsync();
            await device.CheckInAsync();
        }

        (await Fleet.Profiles.GetStatusAsync(uuid)).Failed.Should().Be(1);
        (await Fleet.Hosts.CountAsync(new() { ProfileUuid = uuid, ProfileStatus = ProfileStatus.Failed })).Should().Be(1);
        await Fleet.Profiles.ResendFailedAsync(uuid);
        (await Fleet.Profiles.GetSummaryAsync(team)).Pending.Should().Be(1);
        device.Behaviour.RefusesProfiles = null;
        await world.Fleet.RunCronAsync();
        await device.CheckInAsync();
        await Fleet.Hosts.ResendProfileAsync(host, uuid);
        await Fleet.Profiles.ApplyBatchAsync(new() { TeamId = team, Profiles = [SocketWorld.Mobileconfig("two")] });
        await Fleet.Profiles.ApplyGitOpsBatchAsync(new() { TeamName = "Profiles", Profiles = [SocketWorld.Mobileconfig("two"), SocketWorld.Mobileconfig("three")] });
        IReadOnlyList<ConfigurationProfile> left = await Fleet.Profiles.ListAsync(team);
        left.Select(profile => profile.Name).Should().BeEquivalentTo("two", "three");
        await Fleet.Profiles.DeleteAsync(left[0].ProfileUuid);
    }

    [Fact]
    public async Task Software_OverASocket_Agrees()
    {
        SoftwarePackage package = await Fleet.Software.UploadAsync(new() { FileName = "step-agent.pkg", Content = new MemoryStream(SocketWorld.Package("1.0.0")), TeamId = world.TeamId });
        long title = package.TitleId!.Value;
        (await Fleet.Software.EditAsync(title, new() { TeamId = world.TeamId, SelfService = true })).SelfService.Should().BeTrue();
        (await Fleet.Software.GetPackageAsync(title, world.TeamId)).Name.Should().Be("step-agent.pkg");
        var bytes = new MemoryStream();
        await Fleet.Software.DownloadAsync(title, world.TeamId, bytes);
        bytes.ToArray().Should().Equal(SocketWorld.Package("1.0.0"));
        (await Fleet.Software.HasPackageAsync(package.Sha256)).Should().BeTrue();
        (await Fleet.Software.ListTitlesAsync(world.TeamId).ToListAsync()).Should().Contain(t => t.Id == title);
        (await Fleet.Software.ListTitlesAsync(new SoftwareTitleQuery { TeamId = world.TeamId, Sha256 = package.Sha256, OrderKey = "name" }).ToListAsync()).Should().ContainSingle();

        await Fleet.Hosts.InstallSoftwareAsync(Mac, title);
        await world.CheckInAsync();
        HostSoftware installed = (await Fleet.Hosts.ListSoftwareAsync(Mac, new() { SelfService = true }).ToListAsync()).Single(software => software.Id == title);
        (await Fleet.Software.GetInstallResultAsync(installed.SoftwarePackage!.LastInstall!.InstallUuid)).Status.Should().Be(SoftwareInstallStatus.Installed);
        (await Fleet.Software.GetTitleAsync(title, world.TeamId)).SoftwarePackage!.Status!.Installed.Should().Be(1);
        await Fleet.Hosts.UninstallSoftwareAsync(Mac, title);
        await world.CheckInAsync();
        await Fleet.Software.DeleteAsync(title, world.TeamId);

        world.Fleet.AddTeam("Downloads");
        BatchPackage download = new() { Url = new Uri(world.Smallstep.PackageBaseAddress, "darwin/step-agent_latest.pkg").AbsoluteUri };
        (await Fleet.Software.ApplyBatchAsync("Downloads", [download])).Status.Should().Be(SoftwareBatchStatus.Completed);
        string id = await Fleet.Software.StartBatchAsync("Downloads", []);
        SoftwareBatchStatus status = SoftwareBatchStatus.Processing;
        while (status == SoftwareBatchStatus.Processing)
        {
            status = (await Fleet.Software.GetBatchAsync(id, "Downloads")).Status;
        }

        status.Should().Be(SoftwareBatchStatus.Completed);
        await Fleet.Spec.ApplyAppStoreAppsAsync("Downloads", [new JsonObject { ["app_store_id"] = "497799835" }], dryRun: true);
    }

    [Fact]
    public async Task ScriptsAndVariables_OverASocket_Agree()
    {
        long id = await Fleet.Scripts.UploadAsync(new("restart.sh", "#!/bin/sh\necho 1\n", world.TeamId));
        await Fleet.Scripts.UpdateAsync(id, "restart.sh", "#!/bin/sh\necho 2\n");
        (await Fleet.Scripts.DownloadAsync(id)).Should().Contain("echo 2");
        (await Fleet.Scripts.GetAsync(id)).Name.Should().Be("restart.sh");
        (await Fleet.Scripts.ListAsync(world.TeamId)).Should().Contain(script => script.Id == id);
        ScriptExecution run = await Fleet.Scripts.RunAsync(new() { HostId = Mac, ScriptId = id });
        (await Fleet.Scripts.GetResultAsync(run.ExecutionId)).ExitCode.Should().BeNull();
        (await Fleet.Activities.ListUpcomingAsync(Mac).ToListAsync()).Should().Contain(activity => activity.Uuid == run.ExecutionId);
        await Fleet.Activities.CancelUpcomingAsync(Mac, run.ExecutionId);
        Task<ScriptResult> waiting = Fleet.Scripts.RunAndWaitAsync(new() { HostId = Mac, Contents = "echo" });
        while (!waiting.IsCompleted)
        {
            await world.CheckInAsync();
        }

        (await waiting).ExitCode.Should().Be(0);
        string batch = await Fleet.Scripts.RunBatchAsync(id, [Mac]);
        (await Fleet.Hosts.CountAsync(new() { ScriptBatchExecutionId = batch, ScriptBatchExecutionStatus = "pending" })).Should().Be(1);
        (await Fleet.Scripts.RunBatchAsync(id, new HostTransferFilter { TeamId = world.TeamId, Query = "KX9TEST0001" })).Should().NotBe(batch);
        (await Fleet.Scripts.ListForHostAsync(Mac)).Should().Contain(script => script.ScriptId == id);
        await Fleet.Scripts.DeleteAsync(id);
        long team = world.Fleet.AddTeam("Scripts");
        await Fleet.Scripts.ApplyBatchAsync(team, [new("a.sh", "#!/bin/sh\n")]);
        (await Fleet.Scripts.ListAsync(team)).Should().ContainSingle();

        CustomVariable variable = await Fleet.Variables.CreateAsync("X", new Secret("v"));
        await Fleet.Variables.SetAsync(new Dictionary<string, Secret> { ["Y"] = new("w") });
        (await Fleet.Variables.ListAsync()).Select(v => v.Name).Should().Contain(["X", "Y"]);
        await Fleet.Variables.DeleteAsync(variable.Id);
    }

    [Fact]
    public async Task Commands_OverASocket_Agree()
    {
        byte[] plist = "<plist><dict><key>RequestType</key><string>CertificateList</string></dict></plist>"u8.ToArray();
        MdmCommand command = await Fleet.Commands.RunAsync([world.MacHost.Facts.Uuid], plist);
        command.RequestType.Should().Be("CertificateList");
        (await Fleet.Commands.GetResultsAsync(command.CommandUuid)).Should().BeEmpty("no host has answered");
        (await Fleet.Commands.ListForHostAsync(Mac).ToListAsync()).Should().Contain(c => c.CommandUuid == command.CommandUuid && c.Status == "Pending");
        await world.CheckInAsync();
        MdmCommandResult result = (await Fleet.Commands.GetResultsAsync(command.CommandUuid)).Single();
        result.Status.Should().Be("Acknowledged");
        result.Payload.ToArray().Should().Equal(plist);
        (await Fleet.Commands.ListAsync(new() { HostIdentifier = "KX9TEST0001", RequestType = "CertificateList" }).ToListAsync()).Should().ContainSingle();
        MdmCommand second = await Fleet.Commands.RunAsync([world.WindowsHost.Facts.Uuid], "<Exec/>"u8.ToArray());
        await Fleet.Commands.CancelAsync(world.WindowsHost.HostId, second.CommandUuid);
    }

    [Fact]
    public async Task ReportsAndActivities_OverASocket_Agree()
    {
        Report report = await Fleet.Reports.CreateAsync(new() { Name = "Enrollment", Sql = "SELECT * FROM smallstep_enrollment;" });
        (await Fleet.Reports.GetAsync(report.Id)).Sql.Should().Contain("smallstep_enrollment");
        (await Fleet.Reports.ListAsync(query: "Enroll")).Should().ContainSingle();
        await world.MacHost.ReportAsync(new DeviceReport { Reports = [new ReportRows(report.Id, [new Dictionary<string, string> { ["ek"] = "b" }, new Dictionary<string, string> { ["ek"] = "a" }])] });
        (await Fleet.Reports.GetResultsAsync(report.Id)).Rows.Should().HaveCount(2);
        (await Fleet.Reports.ListRowsAsync(report.Id, new() { OrderKey = "ek" }).ToListAsync()).Select(row => row.Columns["ek"]).Should().Equal("a", "b");
        (await Fleet.Reports.ListRowsAsync(report.Id, new() { Query = "b" }).ToListAsync()).Should().ContainSingle();
        (await Fleet.Reports.GetHostResultsAsync(Mac, report.Id)).GetProperty("results").GetArrayLength().Should().Be(2);
        (await Fleet.Reports.UpdateAsync(report.Id, new() { Interval = 60 })).Interval.Should().Be(60);
        Report second = await Fleet.Reports.CreateAsync(new() { Name = "Second", Sql = "SELECT 1;" });
        await Fleet.Reports.DeleteAsync([second.Id]);
        await Fleet.Reports.DeleteAsync(report.Id);

        (await Fleet.Activities.ListAsync(new() { OldestFirst = true }).ToListAsync()).Select(activity => activity.Id).Should().BeInAscendingOrder();
        _ = await Fleet.Activities.ListForHostAsync(Mac).ToListAsync();
    }

    [Fact]
    public async Task Policies_OverASocket_Agree()
    {
        (await Fleet.Policies.ListAsync(0)).Should().BeEmpty("the server leaves empty lists out");
        long script = await Fleet.Scripts.UploadAsync(new("policy.sh", "#!/bin/sh\n", world.TeamId));
        Policy policy = await Fleet.Policies.CreateAsync(new() { Name = "Socket", Sql = "SELECT 1;", TeamId = world.TeamId, Platform = "darwin", ScriptId = script, ContinuousAutomationsEnabled = true });
        policy.RunScript!.Name.Should().Be("policy.sh");
        (await Fleet.Policies.GetAsync(policy.Id, world.TeamId)).TeamId.Should().Be(world.TeamId);
        (await Fleet.Policies.CountAsync(world.TeamId, "Sock")).Should().Be(1);
        await Fleet.Invoking(c => c.Scripts.DeleteAsync(script)).Should().ThrowAsync<FleetApiException>().Where(e => e.Status == System.Net.HttpStatusCode.Conflict);
        (await Fleet.Policies.UpdateAsync(policy.Id, new() { ScriptId = 0, Description = "d" }, world.TeamId)).RunScript.Should().BeNull();
        await Fleet.Policies.ResetAsync(policy.Id);
        await Fleet.Policies.DeleteAsync([policy.Id], world.TeamId);
        (await Fleet.Policies.ListAsync(world.TeamId, "Socket")).Should().BeEmpty();
        await Fleet.Scripts.DeleteAsync(script);
    }

    [Fact]
    public async Task Spec_OverASocket_Agrees()
    {
        (await Fleet.Spec.ApplyTeamsAsync([new JsonObject { ["name"] = "Declared" }])).Should().ContainKey("Declared");
        await Fleet.Spec.ApplyLabelsAsync([new JsonObject { ["name"] = "Declared", ["label_membership_type"] = "manual" }]);
        (await Fleet.Spec.GetLabelsAsync()).EnumerateArray().Should().Contain(label => label.GetProperty("name").GetString() == "Declared");
        (await Fleet.Spec.GetLabelAsync("Declared")).GetProperty("label_membership_type").GetString().Should().Be("manual");
        await Fleet.Spec.ApplyReportsAsync([new JsonObject { ["name"] = "Declared", ["query"] = "SELECT 1;" }]);
        await Fleet.Spec.ApplyPoliciesAsync([new JsonObject { ["name"] = "Declared", ["query"] = "SELECT 1;" }]);
        await Fleet.Spec.ApplyEnrollSecretsAsync([new Secret("global")]);
        (await Fleet.Spec.ListEnrollSecretsAsync()).Should().ContainSingle().Which.Value.Reveal().Should().Be("global");
        JsonElement secrets = await Fleet.SendAsync(HttpMethod.Get, "spec/enroll_secret", FleetJsonContext.Default.JsonElement);
        secrets.GetProperty("spec").GetProperty("secrets")[0].GetProperty("secret").GetString().Should().Be("global");
        await Fleet.Spec.ApplyCertificateTemplatesAsync([new JsonObject { ["name"] = "wifi", ["certificate_authority_id"] = await CustomScepAsync("SPEC"), ["subject_name"] = "CN=a" }]);
        (await Fleet.CertificateTemplates.ListAsync(0)).Should().Contain(template => template.Name == "wifi");
    }
}
