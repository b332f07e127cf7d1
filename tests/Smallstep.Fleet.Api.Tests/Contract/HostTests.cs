namespace Smallstep.Fleet.Api.Tests;

public sealed class HostTests
{
    private const string Sample = """
        {"host":{"id":208,"created_at":"2026-05-02T08:00:00Z","updated_at":"2026-06-11T09:30:12Z","detail_updated_at":"2026-06-11T09:30:12Z","label_updated_at":"2026-06-11T09:30:12Z","policy_updated_at":"2026-06-11T09:30:12Z","last_enrolled_at":"2026-05-02T08:00:00Z","seen_time":"2026-06-11T09:41:00Z","refetch_requested":false,"refetch_critical_queries_until":null,
         "hostname":"kestrel.local","uuid":"7E0F4C2A-11AB-4F0E-9D55-0C2B7E6A9911","platform":"darwin","platform_like":"darwin","os_version":"macOS 15.5","build":"24F74","code_name":"","osquery_version":"5.17.0","orbit_version":"1.44.0","fleet_desktop_version":"1.44.0","scripts_enabled":true,"uptime":86400000000000,"memory":17179869184,
         "cpu_type":"arm64e","hardware_vendor":"Apple Inc.","hardware_model":"Mac15,3","hardware_version":"","hardware_serial":"KX9TEST0001","computer_name":"Kestrel","display_name":"Kestrel","display_text":"kestrel.local","timezone":null,"public_ip":"203.0.113.9","primary_ip":"192.0.2.14","primary_mac":"02:00:5e:10:00:01",
         "distributed_interval":10,"team_id":2,"fleet_id":3,"team_name":"Old","fleet_name":"Laptops EU","pack_stats":null,"gigs_disk_space_available":210.4,"disk_encryption_enabled":true,"status":"online",
         "issues":{"failing_policies_count":1,"critical_vulnerabilities_count":0,"total_issues_count":1},
         "labels":[{"id":7,"name":"macOS","label_type":"builtin"}],"packs":[],"policies":[],
         "end_users":[{"idp_id":"00u1","idp_username":"ines@example.org","idp_full_name":"Ines Okafor","idp_groups":["eng"],"idp_department":"R&D","idp_info_updated_at":"2026-06-10T00:00:00Z","other_emails":[{"email":"ines@alt.example","source":"custom"}]}],
         "mdm":{"enrollment_status":"On (automatic)","dep_profile_error":false,"server_url":"https://mdm.example.org/mdm/apple/mdm","name":"Fleet","encryption_key_available":true,"connected_to_fleet":true,
           "profiles":[{"profile_uuid":"a4d2c1f0-0000-4c4c-8888-2b1f0c0d0e0f","name":"Smallstep agent","status":"verified","operation_type":"install","detail":"","platform":"darwin","scope":"device","managed_local_account":null},
                       {"profile_uuid":"a5","name":"Later","status":null,"operation_type":"replace","detail":null}]}}}
        """;

    [Fact]
    public async Task Get_Sample_IsRead()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "hosts/208?exclude_software=true", Sample);

        Host host = await fleet.Client.Hosts.GetAsync(208);

        host.Id.Should().Be(208);
        host.HardwareSerial.Should().Be("KX9TEST0001");
        host.TeamId.Should().Be(3, "fleet_id is read before team_id");
        host.TeamName.Should().Be("Laptops EU");
        host.DevicePlatform.Should().Be(DevicePlatform.MacOS);
        host.SeenTime.Should().Be(new DateTimeOffset(2026, 6, 11, 9, 41, 0, TimeSpan.Zero));
        host.Status.Should().Be(HostStatus.Online);
        host.Labels.Should().ContainSingle().Which.Kind.Should().Be(LabelKind.BuiltIn);
        host.EndUsers[0].IdpGroups.Should().Equal("eng");
        host.EndUsers[0].OtherEmails[0].Email.Should().Be("ines@alt.example");
        host.Profiles[0].Status.Should().Be(ProfileStatus.Verified);
        host.Profiles[0].OperationType.Should().Be(ProfileOperation.Install);
        host.Profiles[1].Status.Should().Be(ProfileStatus.Pending, "null counts as pending");
        host.Profiles[1].OperationType.Value.Should().Be("replace", "unknown words are kept");
        host.Profiles[1].Detail.Should().BeEmpty();
        host.DeviceMapping.Should().BeEmpty();
        host.Unknown["uptime"].GetInt64().Should().Be(86400000000000);
        host.Unknown["timezone"].ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task ListSummaries_TwoPages_AreJoined()
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "hosts/count", """{"count":3}""")
            .On("GET", "hosts?disable_issues=true&per_page=1&order_key=id&order_direction=desc", """{"hosts":[{"id":3}]}""")
            .On("GET", "hosts?device_mapping=true&disable_issues=true&per_page=2&order_key=id&order_direction=asc&page=0", """{"hosts": [{"id":1,"uuid":"U1","hardware_serial":"S1","hostname":"h1","display_name":"d1","platform":"ubuntu","platform_like":"debian","os_version":"Ubuntu 24.04","team_id":null,"team_name":null,"seen_time":"2026-06-11T09:41:00Z","mdm":{"profiles":[{"a":{"enrollment_status":"no"}}],"enrollment_status":"On (manual)"},"device_mapping":[{"source":"custom","email":"a@example.org"},{"email":"b@example.org"}]},{"id":2,"team_id":4,"team_name":"T","fleet_id":5,"fleet_name":"F\u00e9"}]}""")
            .On("GET", "hosts?device_mapping=true&disable_issues=true&per_page=2&order_key=id&order_direction=asc&page=1", """{"hosts":[{"id":3}]}""");

        var hosts = new List<HostSummary>();
        await foreach (HostSummary host in fleet.Client.Hosts.ListSummariesAsync(new HostQuery { DeviceMapping = true }, Paging.Prefetch with { PageSize = 2 }))
        {
            hosts.Add(host);
        }

        hosts.Select(host => host.Id).Should().Equal(1, 2, 3);
        hosts[0].Email.Should().Be("a@example.org");
        hosts[0].MdmEnrollmentStatus.Should().Be("On (manual)");
        hosts[0].DevicePlatform.Should().Be(DevicePlatform.Linux);
        hosts[0].TeamId.Should().BeNull();
        hosts[1].TeamId.Should().Be(5);
        hosts[1].TeamName.Should().Be("Fé");
    }

    [Theory]
    [InlineData("""[{"email":"a@private.example","source":"google_chrome_profiles"},{"email":"i@work.example","source":"mdm_idp_accounts"}]""", "i@work.example")]
    [InlineData("""[{"source":"custom","email":"c@work.example"},{"source":"idp","email":"i@work.example"},{"email":"j@work.example","source":"idp"}]""", "i@work.example")]
    [InlineData("""[{"email":"a@private.example","source":"google_chrome_profiles"},{"email":"o@work.example","source":"later"},{"email":"c@work.example","source":"custom"}]""", "c@work.example")]
    [InlineData("""[{"email":"a@private.example","source":"google_chrome_profiles"},{"email":"n@work.example"}]""", "n@work.example")]
    [InlineData("""[{"email":"","source":"idp"},{"email":"b@private.example","source":"google_chrome_profiles"}]""", "b@private.example")]
    [InlineData("""[{"email":null,"source":"idp"},{}]""", null)]
    [InlineData("[]", null)]
    public async Task ListSummaries_SeveralAddresses_PrefersTheIdentityProviders(string mappings, string? expected)
    {
        using var fleet = new FleetFixture();
        fleet.On("GET", "hosts?device_mapping=true&disable_issues=true&per_page=1000&order_key=id&order_direction=asc", $$$"""{"hosts":[{"id":1,"device_mapping":{{{mappings}}},"mdm":{"enrollment_status":"Off"}},{"id":2}]}""");

        List<HostSummary> hosts = await fleet.Client.Hosts.ListSummariesAsync(new() { DeviceMapping = true }, Paging.Stable).ToListAsync();

        hosts.Select(host => host.Email).Should().Equal(expected, null);
        hosts[0].MdmEnrollmentStatus.Should().Be("Off");
    }
}
