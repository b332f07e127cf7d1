using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Trust over real TLS: private roots widen it, pins narrow it, and a token never reaches a server that is not trusted.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TlsAuthority _authority = new();
    private readonly TlsAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    private FaultServer Serve(X509Certificate2 certificate) =>
        new(exchange => exchange.AnswerAsync("{\"teams\":[]}"), _authority.Options(certificate));

    private static async Task<FleetApiException?> CallAsync(FaultServer server, X509Certificate2? root, params string[] pins)
    {
        using FleetClient client = server.Client(options =>
        {
            options.AllowHttp = false;
            options.MaxRetries = 0;
            options.TrustedRootsPem = root?.ExportCertificatePem();
            foreach (string pin in pins)
            {
                options.PinnedFingerprints.Add(pin);
            }
        });
        try
        {
            await client.Teams.ListAsync().WaitAsync(TimeSpan.FromSeconds(20));
            server.Requests.Should().ContainSingle().Which.Should().Contain(FleetFixture.Token);
            return null;
        }
        catch (FleetApiException exception)
        {
            server.Requests.Should().BeEmpty("the token must not be sent");
            return exception;
        }
    }

    private static string Pin(X509Certificate2 certificate) => Sha256Fingerprint.Of(certificate).Value;

    [Fact]
    public async Task PrivateRoot_Trusted_IsTalkedTo()
    {
        using X509Certificate2 certificate = _authority.IssueServer();
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, _authority.Root)).Should().BeNull();
    }

    [Fact]
    public async Task PrivateRoot_NotTrusted_IsRefused()
    {
        using X509Certificate2 certificate = _authority.IssueServer();
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, null))!.Message.Should().Contain("cannot be reached");
        (await CallAsync(server, _other.Root)).Should().NotBeNull();
    }

    [Fact]
    public async Task PrivateRoot_CertificateOfAnotherName_IsRefused()
    {
        using X509Certificate2 certificate = _authority.IssueServer("fleet.example.org");
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, _authority.Root, Pin(certificate))).Should().NotBeNull();
    }

    [Fact]
    public async Task PrivateRoot_CertificateOfADevice_IsRefused()
    {
        using X509Certificate2 certificate = _authority.IssueDevice();
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, _authority.Root)).Should().NotBeNull("a device that the same root vouches for is no server");
    }

    [Fact]
    public async Task PrivateRoot_ExpiredCertificate_IsRefused()
    {
        using X509Certificate2 certificate = _authority.IssueServer(expired: true);
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, _authority.Root, Pin(certificate))).Should().NotBeNull();
    }

    [Fact]
    public async Task Pin_OfAnyCertificateInTheChain_IsTalkedTo()
    {
        using X509Certificate2 certificate = _authority.IssueServer();
        foreach (X509Certificate2 pinned in new[] { certificate, _authority.Intermediate, _authority.Root })
        {
            await using FaultServer server = Serve(certificate);

            (await CallAsync(server, _authority.Root, Pin(_other.Root), Pin(pinned))).Should().BeNull();
        }
    }

    [Fact]
    public async Task Pin_OfNone_IsRefusedThoughTheRootIsTrusted()
    {
        using X509Certificate2 certificate = _authority.IssueServer();
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, _authority.Root, Pin(_other.Root))).Should().NotBeNull();
    }

    [Fact]
    public async Task Pin_Alone_DoesNotReplaceTrust()
    {
        using X509Certificate2 certificate = _authority.IssueServer();
        await using FaultServer server = Serve(certificate);

        (await CallAsync(server, null, Pin(certificate))).Should().NotBeNull();
    }

    [Fact]
    public async Task List_OverTls_IsReadToTheEnd()
    {
        using X509Certificate2 certificate = _authority.IssueServer();
        await using var server = new FaultServer(
            exchange => exchange.AnswerAsync("{\"hosts\": [" + string.Join(",", Enumerable.Range(1, 999).Select(id => $"{{\"id\":{id},\"uuid\":\"{new string('u', 100)}\"}}")) + "]}"),
            _authority.Options(certificate));
        using FleetClient client = server.Client(options => options.TrustedRootsPem = _authority.Root.ExportCertificatePem());

        (await client.Hosts.ListSummariesAsync(null, Paging.Stable).ToListAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))).Should().HaveCount(999);
    }
}
