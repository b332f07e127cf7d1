using Smallstep.Fleet.Api.Tests;

namespace Smallstep.Fleet.Platform.Tests;

/// <summary>Every endpoint: verb, exact encoded address, headers and body.</summary>
public sealed class ContractTests
{
    private const string Urn = "urn%3Aek%3Asha256%3Ah6qYd1Hf%2FIJ1WUptXy1%2FWqKNLpPn%2FMbkQRMSxDa0nHs%3D";
    private static readonly DeviceId Tpm = DeviceId.Parse("urn:ek:sha256:h6qYd1Hf/IJ1WUptXy1/WqKNLpPn/MbkQRMSxDa0nHs=");

    private static readonly Dictionary<string, (string Method, string Path, Func<SmallstepClient, Task> Call, string Body, string Answer, int Status)> Cases = new()
    {
        ["list devices"] = ("GET", "devices?pagination%5Bfirst%5D=100", c => c.Devices.ListAsync().ToListAsync().AsTask(), "", "[]", 200),
        ["list devices filtered"] = ("GET", "devices?filters%5Bassurance%5D%5B0%5D=high&filters%5BoperatingSystem%5D%5B0%5D=macOS&filters%5BoperatingSystem%5D%5B1%5D=iOS&filters%5Bownership%5D%5B0%5D=company&filters%5Bsource%5D%5B0%5D=Smallstep%20API&filters%5BonlyManaged%5D=true&filters%5BonlyPendingApproval%5D=true&filters%5BonlyUnassigned%5D=true&filters%5Bstatus%5D=warning&sort%5Bfield%5D=lastSeen&sort%5Bascending%5D=false&pagination%5Bfirst%5D=100", c => c.Devices.ListAsync(new() { Assurance = [DeviceAssurance.High], OperatingSystems = [DeviceOs.MacOS, DeviceOs.IOS], Ownership = [DeviceOwnership.Company], Sources = [DeviceSource.SmallstepApi], OnlyManaged = true, OnlyPendingApproval = true, OnlyUnassigned = true, Health = DeviceHealth.Warning, SortBy = DeviceSortKey.LastSeen, Ascending = false }).ToListAsync().AsTask(), "", "[]", 200),
        ["get device"] = ("GET", "devices/" + Urn, c => c.Devices.GetAsync(Tpm), "", "{}", 200),
        ["create device"] = ("POST", "devices", c => c.Devices.CreateAsync(new() { PermanentIdentifier = "C02XK1TESTZZ", Serial = "C02XK1TESTZZ", DisplayId = "fleet-host-4711", DisplayName = "ada-mbp", Os = DeviceOs.MacOS, Ownership = DeviceOwnership.Company, Tags = ["fleet"], Metadata = new Dictionary<string, string> { ["fleet_host_uuid"] = "6C2A" }, UserEmail = "ada@example.org" }), """{"permanentIdentifier":"C02XK1TESTZZ","serial":"C02XK1TESTZZ","displayId":"fleet-host-4711","displayName":"ada-mbp","os":"macOS","ownership":"company","tags":["fleet"],"metadata":{"fleet_host_uuid":"6C2A"},"user":{"email":"ada@example.org"}}""", "{}", 201),
        ["create smallest device"] = ("POST", "devices", c => c.Devices.CreateAsync(new() { PermanentIdentifier = "X" }), """{"permanentIdentifier":"X"}""", "{}", 201),
        ["patch device"] = ("PATCH", "devices/" + Urn, c => c.Devices.PatchAsync(Tpm, new() { DisplayName = null, Tags = new string[] { "fleet", "q" }, UserEmail = "grace@example.org", Shared = false }), """{"displayName":null,"tags":["fleet","q"],"user":{"email":"grace@example.org"},"shared":false}""", "{}", 200),
        ["clear device"] = ("PATCH", "devices/" + Urn, c => c.Devices.PatchAsync(Tpm, new() { DisplayId = null, Serial = null, Os = (DeviceOs?)null, Ownership = (DeviceOwnership?)null, Tags = new Optional<IReadOnlyList<string>?>(null), Metadata = new Optional<IReadOnlyDictionary<string, string>?>(null) }), """{"displayId":null,"serial":null,"os":null,"ownership":null,"tags":null,"metadata":null}""", "{}", 200),
        ["patch nothing"] = ("PATCH", "devices/" + Urn, c => c.Devices.PatchAsync(Tpm, new()), "{}", "{}", 200),
        ["delete device"] = ("DELETE", "devices/" + Urn, c => c.Devices.DeleteAsync(Tpm), "", "", 204),
        ["lifecycle"] = ("PATCH", "devices/" + Urn + "/lifecycle", c => c.Devices.SetLifecycleAsync(Tpm, DeviceLifecycle.Quarantined), """{"status":"quarantined"}""", "{}", 200),
        ["get policy"] = ("GET", "device-enrollment-policy", c => c.EnrollmentPolicy.GetAsync(), "", "{}", 200),
        ["put policy"] = ("PUT", "device-enrollment-policy", c => c.EnrollmentPolicy.PutAsync(new() { AllowedSources = [DeviceSource.Fleet, DeviceSource.ScepWebhook], AutoApproveSources = [DeviceSource.Fleet], RequireUserBinding = false }), """{"allowedSources":["Fleet","SCEP Webhook"],"autoApproveSources":["Fleet"],"requireUserBinding":false}""", "{}", 200),
        ["put policy that blocks all"] = ("PUT", "device-enrollment-policy", c => c.EnrollmentPolicy.PutAsync(new(), blockAll: true), """{"allowedSources":[],"autoApproveSources":[],"requireUserBinding":true}""", "{}", 200),
        ["authorities"] = ("GET", "authorities", c => c.Authorities.ListAsync(), "", "[]", 200),
        ["authority"] = ("GET", "authorities/agents.acme.ca.smallstep.com", c => c.Authorities.GetAsync("agents.acme.ca.smallstep.com"), "", "{}", 200),
        ["provisioners"] = ("GET", "authorities/7c2b/provisioners", c => c.Authorities.ListProvisionersAsync("7c2b"), "", "[]", 200),
        ["provisioner"] = ("GET", "authorities/7c2b/provisioners/integration-fleet-1a%2F2", c => c.Authorities.GetProvisionerAsync("7c2b", "integration-fleet-1a/2"), "", "{}", 200),
        ["certificates"] = ("GET", "certificates?pagination%5Bfirst%5D=100", c => c.Certificates.ListAsync().ToListAsync().AsTask(), "", "[]", 200),
        ["certificate"] = ("GET", "certificates/18%2F4467", c => c.Certificates.GetAsync("18/4467"), "", RoundTripTests.Sample("GET /certificates/:serial").ToJsonString(), 200),
        ["certificates filtered"] = ("GET", "certificates?deviceID=0d7a&expirationStatus=ACTIVE&notBefore=2026-06-01T00%3A00%3A00Z&notAfter=2026-07-01T00%3A00%3A00Z&san=s&commonName=step-agent-bootstrap&organization=o&organizationalUnit=fleet-a4d2&country=AT&locality=l&province=v&postalCode=8010&streetAddress=A%201&provisioner=p&authorityID=7c2b&pagination%5Bfirst%5D=100", c => c.Certificates.ListAsync(new() { DeviceId = "0d7a", Expiration = ExpirationStatus.Active, NotBefore = new DateTimeOffset(2026, 6, 1, 2, 0, 0, TimeSpan.FromHours(2)), NotAfter = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), San = "s", CommonName = "step-agent-bootstrap", Organization = "o", OrganizationalUnit = "fleet-a4d2", Country = "AT", Locality = "l", Province = "v", PostalCode = "8010", StreetAddress = "A 1", Provisioner = "p", AuthorityId = "7c2b" }).ToListAsync().AsTask(), "", "[]", 200),
        ["own call"] = ("GET", "credentials?pagination%5Bfirst%5D=1", c => c.SendAsync(HttpMethod.Get, "/credentials?pagination%5Bfirst%5D=1", SmallstepJsonContext.Default.ListDevice), "", "[]", 200),
        ["own call without answer"] = ("DELETE", "credential/w", c => c.SendAsync(HttpMethod.Delete, "credential/w"), "", "", 204),
        ["webhooks"] = ("GET", "authorities/7c2b/provisioners/a%2Fb/webhooks", c => c.Authorities.ListWebhooksAsync("7c2b", "a/b"), "", "[]", 200),
        ["webhook"] = ("GET", "authorities/7c2b/provisioners/p/webhooks/w%201", c => c.Authorities.GetWebhookAsync("7c2b", "p", "w 1"), "", "{}", 200),
        ["create webhook"] = ("POST", "authorities/7c2b/provisioners/p/webhooks", c => c.Authorities.CreateWebhookAsync("7c2b", "p", new() { Name = "w", CertType = WebhookCertificateKind.X509, Url = "https://hooks.example.org/", Username = "u", Password = new("s"), DisableTlsClientAuth = true }), """{"name":"w","kind":"ENRICHING","certType":"X509","serverType":"EXTERNAL","url":"https://hooks.example.org/","basicAuth":{"username":"u","password":"s"},"disableTLSClientAuth":true}""", "{}", 201),
        ["create hosted webhook"] = ("POST", "authorities/7c2b/provisioners/p/webhooks", c => c.Authorities.CreateWebhookAsync("7c2b", "p", new() { Name = "w", ServerType = WebhookServerKind.HostedAttestation, CollectionSlug = "laptops", BearerToken = new("t") }), """{"name":"w","kind":"ENRICHING","certType":"ALL","serverType":"HOSTED_ATTESTATION","collectionSlug":"laptops","bearerToken":"t"}""", "{}", 201),
        ["delete webhook"] = ("DELETE", "authorities/7c2b/provisioners/p/webhooks/w", c => c.Authorities.DeleteWebhookAsync("7c2b", "p", "w"), "", "", 204),
        ["revoke"] = ("POST", "certificates/184467/revoke", c => c.Certificates.RevokeAsync("184467", "Fleet host unenrolled", RevocationReason.CessationOfOperation), """{"reason":"Fleet host unenrolled","reasonCode":"cessationOfOperation"}""", "", 204),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public void Client_EveryPublicCall_IsInTheContractTests()
    {
        HashSet<System.Reflection.MethodBase> tested = CalledMethods.In(typeof(ContractTests), typeof(DeviceTests), typeof(EnrollmentPolicyTests), typeof(AuthorityTests));
        IReadOnlyList<System.Reflection.MethodInfo> calls = CalledMethods.Public(typeof(SmallstepClient).Assembly);

        calls.Should().HaveCountGreaterThan(22);
        calls.Where(call => !tested.Contains(call)).Select(CalledMethods.Name).Should().BeEmpty("each call needs a row in the table above, or a test of its form");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_Endpoint_SendsExactly(string name)
    {
        var contract = Cases[name];
        using var smallstep = new SmallstepFixture();
        smallstep.On(contract.Method, contract.Path, contract.Answer, contract.Status);

        await contract.Call(smallstep.Client);

        (string _, string body, IReadOnlyDictionary<string, string> headers) = smallstep.Requests.Should().ContainSingle().Subject;
        body.Should().Be(contract.Body);
        headers["Authorization"].Should().Be("Bearer " + SmallstepFixture.Token);
        headers["X-Smallstep-Api-Version"].Should().Be("2026-05-01");
        headers["Accept"].Should().Be("application/json");
        Guid.TryParse(headers["X-Request-Id"], out _).Should().BeTrue();
    }

    [Theory]
    [InlineData(FilterArrayStyle.Repeated, "filters%5BoperatingSystem%5D=macOS&filters%5BoperatingSystem%5D=iOS")]
    [InlineData(FilterArrayStyle.Scalar, "filters%5Bownership%5D=company")]
    public async Task ListDevices_OtherArrayStyles_AreSent(FilterArrayStyle style, string filter)
    {
        using var smallstep = new SmallstepFixture(options => (options.FilterArrays, options.PageSize) = (style, 7));
        smallstep.On("GET", $"devices?{filter}&pagination%5Bfirst%5D=7", """[{"id":"a","os":"macOS"},{"id":"b","os":"iOS"},{"id":"c","os":"Linux"}]""");
        DeviceQuery query = style == FilterArrayStyle.Scalar ? new() { Ownership = [DeviceOwnership.Company] } : new();

        List<Device> devices = await smallstep.Client.Devices.ListAsync(query with { OperatingSystems = [DeviceOs.MacOS, DeviceOs.IOS] }).ToListAsync();

        devices.Select(device => device.Id).Should().Equal("a", "b");
    }

    [Fact]
    public async Task ListDevices_SeveralSourcesAsAScalar_AreRefused()
    {
        using var smallstep = new SmallstepFixture(options => options.FilterArrays = FilterArrayStyle.Scalar);
        Func<Task> act = () => smallstep.Client.Devices.ListAsync(new() { Sources = [DeviceSource.Fleet, DeviceSource.Iru] }).ToListAsync().AsTask();

        await act.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task ListDevices_Cursor_IsEscapedAndFollowed()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "devices?pagination%5Bfirst%5D=100", """[{"id":"a"}]""", cursor: "b2Zm+/c=")
            .On("GET", "devices?pagination%5Bfirst%5D=100&pagination%5Bafter%5D=b2Zm%2B%2Fc%3D", """[{"id":"b"}]""");

        (await smallstep.Client.Devices.ListAsync().ToListAsync()).Select(device => device.Id).Should().Equal("a", "b");
    }

    [Fact]
    public async Task ListDevices_RepeatedCursor_Throws()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "devices?pagination%5Bfirst%5D=100", "[]", cursor: "x").On("GET", "devices?pagination%5Bfirst%5D=100&pagination%5Bafter%5D=x", "[]", cursor: "x");
        Func<Task> act = () => smallstep.Client.Devices.ListAsync().ToListAsync().AsTask();

        await act.Should().ThrowAsync<SmallstepApiException>().WithMessage("*repeats the cursor*");
    }

    [Fact]
    public async Task ListDevices_CursorsInACircle_Throws()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "devices?pagination%5Bfirst%5D=100", "[]", cursor: "x").On("GET", "devices?pagination%5Bfirst%5D=100&pagination%5Bafter%5D=x", "[]", cursor: "y").On("GET", "devices?pagination%5Bfirst%5D=100&pagination%5Bafter%5D=y", "[]", cursor: "x");
        Func<Task> act = () => smallstep.Client.Devices.ListAsync().ToListAsync().AsTask();

        await act.Should().ThrowAsync<SmallstepApiException>().WithMessage("*repeats the cursor*");
    }

    [Fact]
    public async Task SendAsync_PathWithALineBreak_IsRefused()
    {
        using var smallstep = new SmallstepFixture();
        Func<Task> act = () => smallstep.Client.SendAsync(HttpMethod.Get, "credentials\r\nX: 1");

        await act.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task ListDevices_ServerIgnoresTheFilter_IsFilteredHere()
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "devices?filters%5BoperatingSystem%5D%5B0%5D=Linux&pagination%5Bfirst%5D=100", """[{"id":"a","os":"Linux"},{"id":"b","os":"macOS"},{"id":"c"}]""");

        (await smallstep.Client.Devices.ListAsync(new() { OperatingSystems = [DeviceOs.Linux] }).ToListAsync()).Select(device => device.Id).Should().Equal("a", "c");
    }

    [Theory]
    [InlineData("policy")]
    [InlineData("filter")]
    [InlineData("revoke")]
    public async Task Call_OlderApiVersion_FailsBeforeSending(string what)
    {
        using var smallstep = new SmallstepFixture(options => options.ApiVersion = "2025-01-01");
        Func<Task> act = () => what switch
        {
            "policy" => smallstep.Client.EnrollmentPolicy.GetAsync(),
            "filter" => smallstep.Client.Certificates.ListAsync(new() { DeviceId = "x" }).ToListAsync().AsTask(),
            _ => smallstep.Client.Certificates.RevokeAsync("1", "r", RevocationReason.Superseded),
        };

        (await act.Should().ThrowAsync<SmallstepVersionException>()).Which.Required.Should().Be("2026-05-01");
        smallstep.Requests.Should().BeEmpty();
    }
}
