using System.Reflection;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Everything that a release cannot do fails before it is sent, and names the release that can.</summary>
public sealed class VersionGateTests
{
    private static readonly ProfileUpload BothLabels = new() { FileName = "a.xml", Contents = default, LabelsIncludeAny = ["a"], LabelsExcludeAny = ["b"] };

    /// <summary>The calls that are bound to a release, by the words of their operation or feature.</summary>
    private static readonly Dictionary<string, Func<FleetClient, Task>[]> Calls = new()
    {
        ["create an API-only user"] = [c => c.Users.CreateApiOnlyAsync(new())],
        ["change an API-only user"] = [c => c.Users.UpdateApiOnlyAsync(1, new())],
        ["list the API's endpoints"] = [c => c.Users.ListEndpointsAsync()],
        ["replace a configuration profile in place"] = [c => c.Profiles.ReplaceAsync("a", new())],
        ["replace all configuration profiles of a fleet"] = [c => c.Profiles.ApplyBatchAsync(new())],
        ["list declaration assets"] = [c => c.Assets.ListAsync()],
        ["read a declaration asset"] = [c => c.Assets.GetAsync("u")],
        ["download a declaration asset"] = [c => c.Assets.DownloadAsync("u")],
        ["upload a declaration asset"] = [c => c.Assets.UploadAsync(new("a", default))],
        ["delete a declaration asset"] = [c => c.Assets.DeleteAsync("u")],
        ["replace all declaration assets of a fleet"] = [c => c.Assets.ApplyBatchAsync(null, [])],
        [FleetFeature.Activations.Name] =
        [
            c => c.Profiles.UploadAsync(new() { FileName = "d.json", Contents = default, Activation = "{}"u8.ToArray() }),
            c => c.Profiles.ReplaceAsync("d", new() { Activation = ReadOnlyMemory<byte>.Empty }),
            c => c.Profiles.ApplyGitOpsBatchAsync(new() { Profiles = [new() { FileName = "d.json", Contents = default, Activation = "{}"u8.ToArray() }] }),
        ],
        ["cancel an MDM command"] = [c => c.Commands.CancelAsync(1, "u")],
        ["list the MDM commands of a host"] = [c => c.Commands.ListForHostAsync(1).ToListAsync().AsTask()],
        ["read the results of a report page by page"] = [c => c.Reports.ListRowsAsync(1).ToListAsync().AsTask()],
        ["download a logo"] = [c => c.Configuration.DownloadLogoAsync(LogoMode.Dark)],
        ["upload a logo"] = [c => c.Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", new byte[1])],
        ["delete a logo"] = [c => c.Configuration.DeleteLogoAsync(LogoMode.Dark)],
        ["reset a policy"] = [c => c.Policies.ResetAsync(1)],
        ["list custom host vitals"] = [c => c.CustomHostVitals.ListAsync()],
        ["create a custom host vital"] = [c => c.CustomHostVitals.CreateAsync("a")],
        ["rename a custom host vital"] = [c => c.CustomHostVitals.RenameAsync(1, "a")],
        ["delete a custom host vital"] = [c => c.CustomHostVitals.DeleteAsync(1)],
        ["set a host's value of a custom host vital"] = [c => c.CustomHostVitals.SetValueAsync(1, 1, "a")],
        ["replace all custom host vitals"] = [c => c.CustomHostVitals.ApplySpecAsync([])],
        ["list Microsoft Graph credentials"] = [c => c.MicrosoftGraph.ListCredentialsAsync()],
        ["replace the Microsoft Graph credentials"] = [c => c.MicrosoftGraph.ReplaceCredentialsAsync([])],
        [FleetFeature.PatchPolicies.Name] = [c => c.Policies.CreateAsync(new() { Name = "n", PatchSoftwareTitleId = 1 })],
        [FleetFeature.PolicyPackages.Name] =
        [
            c => c.Policies.CreateAsync(new() { Name = "n", SoftwareInstallerId = 1 }),
            c => c.Policies.UpdateAsync(1, new() { SoftwareInstallerId = 1 }),
        ],
        [FleetFeature.PolicyProfiles.Name] =
        [
            c => c.Policies.CreateAsync(new() { Name = "n", ProfileUuid = "a" }),
            c => c.Policies.UpdateAsync(1, new() { ProfileUuid = "a" }),
        ],
        [FleetFeature.TechnicianRole.Name] =
        [
            c => c.Users.CreateAsync(new() { Name = "n", Email = "e", Password = new Secret("p"), GlobalRole = FleetRole.Technician }),
            c => c.Users.UpdateAsync(1, new() { TeamRoles = new Dictionary<long, FleetRole> { [3] = FleetRole.Technician } }),
        ],
        [FleetFeature.AndroidCommands.Name] = [c => c.Commands.RunAsync(["u"], " {\"type\":\"LOCK\"}"u8.ToArray())],
        [FleetFeature.SmallstepAuthorities.Name] =
        [
            c => c.CertificateAuthorities.ApplySpecAsync(new() { Authorities = [new SmallstepCaRequest("A", "u", "c", "f", new Secret("p"))] }),
            c => c.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("A", "u", "c", "f", new Secret("p"))),
        ],
        [FleetFeature.ReportLabelsIncludeAll.Name] =
        [
            c => c.Reports.CreateAsync(new() { Name = "n", Sql = "s", LabelsIncludeAll = ["a"] }),
            c => c.Reports.UpdateAsync(1, new() { LabelsIncludeAll = ["a"] }),
        ],
        [FleetFeature.TeamLabels.Name] = [c => c.Labels.CreateAsync(new() { Name = "a", TeamId = 1 })],
        [FleetFeature.DeviceStatus.Name] = OnHosts(new() { IncludeDeviceStatus = true }),
        [FleetFeature.EnrolledStatus.Name] = OnHosts(new() { Status = HostStatus.Enrolled }),
        [FleetFeature.EndUsers.Name] = OnHosts(new() { PopulateEndUsers = true }),
        [FleetFeature.PackageFilters.Name] =
        [
            c => c.Software.ListTitlesAsync(new SoftwareTitleQuery { Sha256 = "a" }).ToListAsync().AsTask(),
            c => c.Software.ListTitlesAsync(new SoftwareTitleQuery { PackageName = "a" }).ToListAsync().AsTask(),
        ],
        [FleetFeature.LargePackages.Name] = [c => c.Software.UploadAsync(new() { FileName = "a.pkg", Content = new HollowStream(3001L * 1024 * 1024) })],
        [FleetFeature.PackageLabelsIncludeAll.Name] =
        [
            c => c.Software.UploadAsync(new() { FileName = "a.pkg", Content = Stream.Null, LabelsIncludeAll = ["a"] }),
            c => c.Software.EditAsync(1, new() { LabelsIncludeAll = ["a"] }),
            c => c.Software.StartBatchAsync("T", [new() { LabelsIncludeAll = ["a"] }]),
            c => c.Apps.AddAppStoreAppAsync(new() { AppStoreId = "1", LabelsIncludeAll = ["a"] }),
            c => c.Apps.EditAppStoreAppAsync(1, new() { LabelsIncludeAll = ["a"] }),
            c => c.Apps.AddMaintainedAppAsync(new() { MaintainedAppId = 1, LabelsIncludeAll = ["a"] }),
        ],
        [FleetFeature.LargeSoftwareBatches.Name] = [c => c.Software.StartBatchAsync("T", [new() { InstallScript = new string('x', 2 * 1024 * 1024) }])],
        [FleetFeature.AlwaysDownload.Name] = [c => c.Software.StartBatchAsync("T", [new() { AlwaysDownload = true }])],
        [FleetFeature.IncludeAndExcludeLabels.Name] =
        [
            c => c.Profiles.UploadAsync(BothLabels),
            c => c.Profiles.ApplyBatchAsync(new() { Profiles = [BothLabels] }),
            c => c.Profiles.ApplyGitOpsBatchAsync(new() { Profiles = [BothLabels] }),
        ],
        [FleetFeature.CustomHostVitals.Name] = [c => c.Labels.CreateAsync(new() { Name = "a", Criteria = new() { Vital = "custom_host_vital", Value = "v", CustomHostVitalId = 1 } })],
        [FleetFeature.PythonPackages.Name] =
        [
            c => c.Software.UploadAsync(new() { FileName = "a.py", Content = Stream.Null }),
            c => c.Software.EditAsync(1, new() { FileName = "a.py", Content = Stream.Null }),
        ],
        [FleetFeature.PackageVersions.Name] = [c => c.Software.EditAsync(1, new() { Version = "2" })],
    };

    public static TheoryData<string, int> Rows
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach ((string name, Func<FleetClient, Task>[] calls) in Calls)
            {
                Enumerable.Range(0, calls.Length).ToList().ForEach(i => rows.Add(name, i));
            }

            return rows;
        }
    }

    [Fact]
    public void Gates_All_AreInTheTable() => Calls.Keys.Should().BeEquivalentTo(Gates().Keys);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Call_OlderServer_FailsBeforeSending(string name, int call)
    {
        FleetVersion since = Gates()[name];
        using var fleet = new FleetFixture($"4.{since.Minor - 1}.9");
        Func<Task> act = () => Calls[name][call](fleet.Client);

        FleetVersionException exception = (await act.Should().ThrowAsync<FleetVersionException>()).Which;

        exception.Required.Should().Be(since);
        exception.Actual.Should().Be(new FleetVersion(4, since.Minor - 1, 9));
        exception.Message.Should().StartWith($"Cannot {name}: Fleet 4.{since.Minor} or later is needed");
        fleet.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Call_FirstServerThatCan_IsSent(string name, int call)
    {
        using var seen = new CatchAll();
        using var client = FleetClientOn(seen, Gates()[name]);

        // Under its first release the call goes out whole; what comes back is not looked at here.
        Exception? failure = await Record.ExceptionAsync(() => Calls[name][call](client));

        failure.Should().Match<Exception?>(exception => exception == null || exception is FleetApiException);
        seen.Count.Should().Be(1);
    }

    [Fact]
    public async Task Call_UnknownVersion_AsksFirst()
    {
        using var fleet = new FleetFixture(version: null);
        fleet.On("GET", "version", """{"version":"4.85.1"}""");
        Func<Task> act = () => fleet.Client.Profiles.ReplaceAsync("a", new());

        (await act.Should().ThrowAsync<FleetVersionException>()).Which.Required.Should().Be(new FleetVersion(4, 90));
    }

    [Fact]
    public async Task Call_VersionIsRefused_TellsHowToDoWithoutTheQuestion()
    {
        using var fleet = new FleetFixture(version: null);
        fleet.On("GET", "version", """{"message":"endpoint not permitted for this API-only user"}""", 403);
        Func<Task> act = () => fleet.Client.Hosts.CountAsync(new() { PopulateEndUsers = true });

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("FleetClientOptions.ServerVersion");
    }

    [Fact]
    public async Task Upload_MoreThanAnyReleaseTakes_IsNotSent()
    {
        using var fleet = new FleetFixture();
        Func<Task> package = () => fleet.Client.Software.UploadAsync(new() { FileName = "a.pkg", Content = new HollowStream((10L * 1024 * 1024 * 1024) + 1) });
        Func<Task> batch = () => fleet.Client.Profiles.ApplyBatchAsync(new() { Profiles = [.. Enumerable.Repeat(new ProfileUpload { FileName = "a.xml", Contents = new byte[1000 * 1000] }, 20)] });

        await package.Should().ThrowAsync<ArgumentException>();
        await batch.Should().ThrowAsync<ArgumentException>();
    }

    /// <summary>Every gate of the client, from its own data.</summary>
    internal static Dictionary<string, FleetVersion> Gates()
    {
        IEnumerable<FieldInfo> fields = typeof(FleetClient).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public));
        return fields.Where(field => field.FieldType == typeof(FleetOperation)).Select(field => (FleetOperation)field.GetValue(null)!)
            .Where(operation => operation.Since is not null).Select(operation => (operation.Name, operation.Since!.Value))
            .Concat(fields.Where(field => field.FieldType == typeof(FleetFeature)).Select(field => (FleetFeature)field.GetValue(null)!).Select(feature => (feature.Name, feature.Since)))
            .ToDictionary();
    }

    private static Func<FleetClient, Task>[] OnHosts(HostQuery query) =>
    [
        c => c.Hosts.CountAsync(query),
        c => c.Hosts.ListAsync(query, Paging.Stable).ToListAsync().AsTask(),
        c => c.Hosts.ListSummariesAsync(query, Paging.Stable).ToListAsync().AsTask(),
    ];

    private static FleetClient FleetClientOn(HttpMessageHandler handler, FleetVersion version) => new(
        new HttpClient(handler, disposeHandler: false),
        new FleetClientOptions { Url = "https://fleet.example.org", Token = "t", ServerVersion = version.ToString() });

    private sealed class CatchAll : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest) { Content = new StringContent("{}") });
        }
    }

    /// <summary>A length without bytes.</summary>
    private sealed class HollowStream(long length) : MemoryStream
    {
        public override long Length => length;
    }
}
