using System.Text.Json;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Reading of full samples: both generations of names, nulls, unknown members and words.</summary>
public sealed class SampleTests
{
    private static async Task<T> ReadAsync<T>(string path, string body, Func<FleetClient, Task<T>> call, string method = "GET")
    {
        using var fleet = new FleetFixture();
        fleet.On(method, path, body);
        return await call(fleet.Client);
    }

    [Fact]
    public async Task Login_Sample_IsRead()
    {
        LoginResult login = await ReadAsync("login", """
            {"user":{"id":41,"created_at":"2026-02-03T10:11:12Z","updated_at":"2026-02-03T10:11:12Z","name":"Ines Okafor","email":"ines@example.org","force_password_reset":false,"gravatar_url":"","sso_enabled":false,"mfa_enabled":false,"global_role":"maintainer","api_only":false,"teams":[]},
             "available_teams":[{"id":3,"name":"Laptops EU","description":""}],"token":"q0Xy7v=="}
            """, client => client.Sessions.LoginAsync("ines@example.org", new Secret("p")), "POST");

        login.User.GlobalRole.Should().Be(FleetRole.Maintainer);
        login.AvailableTeams.Should().ContainSingle().Which.Name.Should().Be("Laptops EU");
        login.Token.Reveal().Should().Be("q0Xy7v==");
        login.ToString().Should().NotContain("q0Xy7v");
        login.User.Unknown.Should().ContainKey("gravatar_url");
    }

    [Fact]
    public async Task Me_NewNames_ArePreferred()
    {
        CurrentUser me = await ReadAsync("me", """{"user":{"id":1,"global_role":null,"teams":[{"id":1,"role":"observer"}],"fleets":[{"id":2,"name":"F","role":"smith"}]},"available_teams":[{"id":1}],"available_fleets":[{"id":2}]}""", client => client.Sessions.GetMeAsync());

        me.User.GlobalRole.Should().BeNull();
        me.User.Teams.Should().ContainSingle().Which.Role.Value.Should().Be("smith");
        me.AvailableTeams.Should().ContainSingle().Which.Id.Should().Be(2);
    }

    [Fact]
    public async Task Config_Sample_IsRead()
    {
        FleetConfiguration config = await ReadAsync("config", """
            {"org_info":{"org_name":"Acme Rail"},
             "server_settings":{"server_url":"https://mdm.example.org","scripts_disabled":false,"query_report_cap":0,"report_cap":1000},
             "mdm":{"enabled_and_configured":true,"windows_enabled_and_configured":true,"android_enabled_and_configured":false,"apple_server_url":"","macos_settings":{"custom_settings":null}},
             "integrations":{"jira":[]},"gitops":{"gitops_mode_enabled":true,"repository_url":"https://git.example"},
             "license":{"tier":"premium","organization":"Acme Rail","device_count":500,"expiration":"2027-01-31T00:00:00Z"}}
            """, client => client.Configuration.GetAsync());

        config.License.IsPremium.Should().BeTrue();
        config.License.Expiration.Should().Be(new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero));
        config.Mdm.AppleEnabled.Should().BeTrue();
        config.Mdm.WindowsEnabled.Should().BeTrue();
        config.ServerSettings.ServerUrl.Should().Be("https://mdm.example.org");
        config.ServerSettings.ReportCap.Should().Be(1000);
        config.GitOps.IsEnabled.Should().BeTrue();
        config.Unknown.Should().ContainKey("integrations");
        JsonSerializer.Serialize(config, FleetJsonContext.Default.FleetConfiguration).Should().Contain("\"macos_settings\":{\"custom_settings\":null}").And.Contain("\"jira\":[]");
    }

    [Theory]
    [InlineData("""{"query_reports_disabled":true}""", true)]
    [InlineData("""{"query_reports_disabled":false,"discard_reports_data":true}""", true)]
    [InlineData("""{"discard_reports_data":true}""", true)]
    [InlineData("{}", false)]
    public async Task Config_ReportsNotStored_IsReadUnderEitherName(string settings, bool expected) =>
        (await ReadAsync("config", "{\"server_settings\":" + settings + "}", client => client.Configuration.GetAsync())).ServerSettings.QueryReportsDisabled.Should().Be(expected);

    [Fact]
    public async Task Teams_Sample_PrefersFleets()
    {
        IReadOnlyList<Team> teams = await ReadAsync("teams?page=0&per_page=100", """{"teams":[{"id":3,"name":"Old"}],"fleets":[{"id":3,"created_at":"2026-01-05T00:00:00Z","name":"Laptops EU","description":"","agent_options":null,"user_count":4,"host_count":121}]}""", client => client.Teams.ListAsync());

        teams.Should().ContainSingle().Which.Name.Should().Be("Laptops EU");
        teams[0].HostCount.Should().Be(121);
    }

    [Fact]
    public async Task Label_Sample_IsRead()
    {
        Label label = await ReadAsync("labels/55", """{"label":{"id":55,"created_at":"2026-06-01T00:00:00Z","author_id":41,"name":"Smallstep pilot","description":"","query":"SELECT 1","platform":"darwin","label_type":"regular","label_membership_type":"dynamic","team_id":null,"display_text":"Smallstep pilot","count":2,"host_ids":null}}""", client => client.Labels.GetAsync(55));

        label.Membership.Should().Be(LabelMembership.Dynamic);
        label.Kind.Should().Be(LabelKind.Regular);
        label.HostCount.Should().Be(2);
        label.TeamId.Should().BeNull();
        label.HostIds.Should().BeNull();
    }

    [Fact]
    public async Task CertificateAuthority_Sample_IsRead()
    {
        CertificateAuthority authority = await ReadAsync("certificate_authorities/12", """{"id":12,"type":"smallstep","name":"ACME_AGENT","url":"https://u.example","challenge_url":"https://c.example","username":"fleet","password":"********","created_at":"2026-06-01T10:00:00Z","updated_at":"2026-06-01T10:00:00Z"}""", client => client.CertificateAuthorities.GetAsync(12));

        authority.Kind.Should().Be(CertificateAuthorityKind.Smallstep);
        authority.ChallengeUrl.Should().Be("https://c.example");
        authority.CertificateUserPrincipalNames.Should().BeEmpty();
    }

    [Fact]
    public async Task CertificateAuthorities_UnknownKind_IsKept()
    {
        IReadOnlyList<CertificateAuthority> all = await ReadAsync("certificate_authorities", """{"certificate_authorities":[{"id":1,"name":"E","type":"ejbca"}]}""", client => client.CertificateAuthorities.ListAsync());

        all[0].Kind.Should().Be(new CertificateAuthorityKind("ejbca"));
    }

    [Theory]
    [InlineData("""{"ndes_scep_proxy":{"url":"n","admin_url":"a","username":"u","password":"p"},"smallstep":[{"name":"S","url":"u","challenge_url":"c","username":"f","password":"p"}],"ejbca":[{"name":"E"}],"digicert":null}""")]
    [InlineData("""{"certificate_authorities":{"ndes_scep_proxy":[{"url":"n","admin_url":"a","username":"u","password":"p"}],"smallstep":[{"name":"S","url":"u","challenge_url":"c","username":"f","password":"p"}],"ejbca":[{"name":"E"}]}}""")]
    public async Task CertificateAuthoritiesSpec_EitherForm_IsReadAndKeepsUnknownKinds(string body)
    {
        CertificateAuthoritiesSpec spec = await ReadAsync("spec/certificate_authorities", body, client => client.CertificateAuthorities.GetSpecAsync());

        spec.Authorities.OfType<SmallstepCaRequest>().Should().ContainSingle().Which.Password.Reveal().Should().Be("p");
        spec.Authorities.OfType<NdesCaRequest>().Should().ContainSingle();
        spec.Unknown.Should().ContainKey("ejbca");
        string sent = await JsonBody.Object(writer => spec.Write(writer, false)).ReadAsStringAsync();
        sent.Should().Contain("\"ejbca\":[{\"name\":\"E\"}]");
    }

    [Fact]
    public async Task CertificateAuthoritiesSpec_UnknownMembers_AreSentBack()
    {
        CertificateAuthoritiesSpec spec = await ReadAsync("spec/certificate_authorities", """{"smallstep":[{"name":"S","url":"u","challenge_url":"c","username":"f","password":"p","later":{"a":[1]}}],"ndes_scep_proxy":{"url":"n","admin_url":"a","username":"u","password":"p","challenge":"new here"}}""", client => client.CertificateAuthorities.GetSpecAsync());

        string sent = await JsonBody.Object(writer => spec.Write(writer, false)).ReadAsStringAsync();

        sent.Should().Contain("\"password\":\"p\",\"later\":{\"a\":[1]}}").And.Contain("\"challenge\":\"new here\"");
    }

    [Fact]
    public async Task Profiles_Sample_IsRead()
    {
        IReadOnlyList<ConfigurationProfile> profiles = await ReadAsync("configuration_profiles?team_id=3&page=0&per_page=100", """
            {"profiles":[{"profile_uuid":"a4d2","team_id":3,"fleet_id":3,"name":"Smallstep agent","platform":"darwin","identifier":"com.example.smallstep.agent","scope":"System","checksum":"q1v2","created_at":"2026-06-01T10:00:00Z","updated_at":"2026-06-01T11:00:00Z","labels_include_any":[{"name":"Smallstep pilot","id":55},{"name":"gone","broken":true}]},
                         {"profile_uuid":"w91e","team_id":0,"name":"Corp trust","platform":"windows","uploaded_at":"2026-06-02T10:00:00Z"}],
             "meta":{"has_next_results":false,"has_previous_results":false}}
            """, client => client.Profiles.ListAsync(3));

        profiles[0].UploadedAt.Should().Be(new DateTimeOffset(2026, 6, 1, 11, 0, 0, TimeSpan.Zero));
        profiles[0].LabelsIncludeAny.Select(label => label.Broken).Should().Equal(false, true);
        profiles[1].TeamId.Should().BeNull("0 and null both mean hosts without a fleet");
        profiles[1].Identifier.Should().BeEmpty();
        profiles[1].UploadedAt.Should().Be(new DateTimeOffset(2026, 6, 2, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task HostCertificates_Sample_ReadsSerialAsTextOrNumber()
    {
        IReadOnlyList<HostCertificate> certificates = await ReadAsync("hosts/208/certificates?page=0&per_page=100", """
            {"certificates":[{"id":901,"not_valid_after":"2026-12-01T00:00:00Z","not_valid_before":"2026-06-01T00:00:00Z","certificate_authority":false,"common_name":"7E0F4C2A","key_algorithm":"rsaEncryption","key_strength":2048,"key_usage":"Digital Signature","serial":"3f91c0","signing_algorithm":"sha256WithRSAEncryption","source":"system","username":"",
              "subject":{"common_name":"7E0F4C2A","country":"","organization":"acme","organizational_unit":"fleet-a4d2"},"issuer":{"common_name":"Acme Intermediate","country":"","organization":"acme","organizational_unit":""}},
              {"id":902,"serial":4711}],"meta":{"has_next_results":false}}
            """, client => client.Hosts.ListCertificatesAsync(208));

        certificates[0].Serial.Should().Be("3f91c0");
        certificates[0].Subject.OrganizationalUnit.Should().Be("fleet-a4d2");
        certificates[0].Issuer.CommonName.Should().Be("Acme Intermediate");
        certificates[1].Serial.Should().Be("4711");
        certificates[1].Subject.CommonName.Should().BeEmpty();
    }

    [Fact]
    public async Task HostSoftware_Sample_IsRead()
    {
        List<HostSoftware> software = await ReadAsync("hosts/208/software?page=0&per_page=100", """
            {"count":1,"software":[{"id":77,"name":"step-agent","display_name":"","icon_url":null,"source":"pkg_packages","status":"installed","installed_versions":[{"version":"0.31.0","bundle_identifier":"com.example.stepagent","last_opened_at":null,"vulnerabilities":[],"installed_paths":["/Applications/Agent.app"]}],
              "software_package":{"name":"step-agent_latest.pkg","version":"0.31.0","platform":"darwin","self_service":false,"last_install":{"install_uuid":"6a1b","installed_at":"2026-06-01T12:00:00Z"},"last_uninstall":null},"app_store_app":null}],"meta":{"has_next_results":false}}
            """, client => client.Hosts.ListSoftwareAsync(208).ToListAsync().AsTask());

        software[0].Status.Should().Be(SoftwareInstallStatus.Installed);
        software[0].InstalledVersions[0].InstalledPaths.Should().Equal("/Applications/Agent.app");
        software[0].SoftwarePackage!.LastInstall!.InstallUuid.Should().Be("6a1b");
        software[0].SoftwarePackage!.LastUninstall.Should().BeNull();
    }

    [Fact]
    public async Task Title_Details_AreRead()
    {
        SoftwareTitle title = await ReadAsync("software/titles/77?team_id=3", """
            {"software_title":{"id":77,"name":"step-agent","software_package":{"name":"a.pkg","version":"0.31.0","platform":"darwin","installer_id":19,"hash_sha256":"9b1d","labels_include_any":[{"name":"L","id":1}],"labels_exclude_any":null,"status":{"installed":40,"pending_install":2,"failed_install":1,"pending_uninstall":0,"failed_uninstall":0},"url":"https://dl.example"},
              "packages":[{"name":"a.pkg","installer_id":19},{"name":"b.pkg","installer_id":20}]}}
            """, client => client.Software.GetTitleAsync(77, 3));

        title.SoftwarePackage!.Sha256.Should().Be("9b1d");
        title.SoftwarePackage.Status!.Installed.Should().Be(40);
        title.SoftwarePackage.Url.Should().Be("https://dl.example");
        title.SoftwarePackage.LabelsExcludeAny.Should().BeEmpty();
        title.Packages.Select(package => package.InstallerId).Should().Equal(19, 20);
    }

    [Fact]
    public async Task Titles_ListSample_GivesOnePackage()
    {
        List<SoftwareTitle> titles = await ReadAsync("software/titles?team_id=3&page=0&per_page=100", """{"counts_updated_at":"2026-06-01T12:00:00Z","count":1,"software_titles":[{"id":77,"name":"step-agent","software_package":{"name":"step-agent_latest.pkg","version":"0.31.0","platform":"darwin","package_url":null,"status":null},"hosts_count":40,"versions":[{"id":310}],"bundle_identifier":"com.example.stepagent"}],"meta":{"has_next_results":false}}""", client => client.Software.ListTitlesAsync(3).ToListAsync().AsTask());

        titles[0].Packages.Should().ContainSingle().Which.Name.Should().Be("step-agent_latest.pkg");
        titles[0].SoftwarePackage!.Status.Should().BeNull();
        titles[0].HostsCount.Should().Be(40);
    }

    [Fact]
    public async Task Report_QueryInside_IsTheSql()
    {
        Report report = await ReadAsync("queries/31", """{"query":{"id":31,"name":"Old","query":"SELECT 1"},"report":{"id":31,"name":"New","query":"SELECT 2","team_id":null}}""", client => client.Reports.GetAsync(31));

        report.Name.Should().Be("New");
        report.Sql.Should().Be("SELECT 2");
    }

    [Fact]
    public async Task ReportResults_Sample_IsRead()
    {
        ReportResults results = await ReadAsync("queries/31/report", """{"query_id":31,"report_id":31,"report_clipped":true,"results":[{"host_id":208,"host_name":"osprey","last_fetched":"2026-08-01T10:00:00Z","columns":{"ek_pub":"MIIB","serial":"KX9TEST0002"}}]}""", client => client.Reports.GetResultsAsync(31));

        results.IsClipped.Should().BeTrue();
        results.Rows[0].Columns["ek_pub"].Should().Be("MIIB");
        results.Rows[0].HostName.Should().Be("osprey");
    }

    [Fact]
    public async Task Activities_Sample_IsRead()
    {
        List<Activity> activities = await ReadAsync("activities?order_key=id&order_direction=desc&per_page=100", """{"activities":[{"id":5001,"created_at":"2026-06-01T10:00:01Z","actor_full_name":"Ines Okafor","actor_id":41,"actor_email":"ines@example.org","actor_api_only":false,"type":"added_smallstep","fleet_initiated":false,"details":{"name":"ACME_AGENT"}},{"id":5000,"type":"x","actor_id":null}],"meta":{"has_next_results":false}}""", client => client.Activities.ListAsync().ToListAsync().AsTask());

        activities[0].Details!.Value.GetProperty("name").GetString().Should().Be("ACME_AGENT");
        activities[1].ActorId.Should().BeNull();
    }

    [Fact]
    public async Task ScriptResult_Pending_HasNoExitCode()
    {
        ScriptResult result = await ReadAsync("scripts/results/b2", """{"script_contents":"x","exit_code":null,"output":"","message":"m","hostname":"h","host_timeout":false,"host_id":208,"execution_id":"b2","runtime":3,"created_at":"2026-06-01T10:00:00Z"}""", client => client.Scripts.GetResultAsync("b2"));

        result.ExitCode.Should().BeNull();
        result.Runtime.Should().Be(3);
    }

    [Fact]
    public async Task RunAndWait_408WithTheResult_IsTheResult()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "scripts/run/sync", """{"host_id":208,"execution_id":"b2","exit_code":null,"host_timeout":true,"message":"Fleet hasn't heard from the host"}""", 408)
            .On("POST", "scripts/run/sync", """{"message":"read tcp: i/o timeout","errors":[{"name":"base","reason":"read tcp: i/o timeout"}]}""", 408);

        ScriptResult result = await fleet.Client.Scripts.RunAndWaitAsync(new() { HostId = 208, Contents = "x" });
        FleetApiException error = (await fleet.Client.Invoking(c => c.Scripts.RunAndWaitAsync(new() { HostId = 208, Contents = "x" })).Should().ThrowAsync<FleetApiException>()).Which;

        (result.HostTimeout, result.ExecutionId).Should().Be((true, "b2"));
        error.Status.Should().Be(System.Net.HttpStatusCode.RequestTimeout);
    }

    [Fact]
    public async Task CommandResults_Sample_DecodesBase64()
    {
        IReadOnlyList<MdmCommandResult> results = await ReadAsync("commands/results?command_uuid=5b", """{"results":[{"host_uuid":"U","command_uuid":"5b","status":"Acknowledged","updated_at":"2026-06-01T10:00:00Z","request_type":"CertificateList","hostname":"h","payload":"eA==","result":null}]}""", client => client.Commands.GetResultsAsync("5b"));

        results[0].Payload.ToArray().Should().Equal((byte)'x');
        results[0].Result.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2000-01-01T00:00:00Z")]
    public async Task Times_Sentinels_MeanNever(string time)
    {
        Host host = await ReadAsync("hosts/1?exclude_software=true", "{\"host\":{\"id\":1,\"seen_time\":\"" + time + "\"}}", client => client.Hosts.GetAsync(1));

        host.SeenTime.Should().BeNull();
    }

    [Fact]
    public async Task HostMdm_NullBody_IsNull() =>
        (await ReadAsync("hosts/208/mdm", "null", client => client.Hosts.GetMdmAsync(208))).Should().BeNull();

    [Fact]
    public async Task SpecTeams_Answer_PrefersFleetIds() =>
        (await ReadAsync("spec/teams", """{"team_ids_by_name":{"T":1},"fleet_ids_by_name":{"T":2}}""", client => client.Spec.ApplyTeamsAsync([]), "POST"))["T"].Should().Be(2);
}
