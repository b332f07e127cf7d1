using System.Net;
using System.Security.Authentication;
using Smallstep.Fleet.Api;

namespace Smallstep.Fleet.Tests.Preflight;

/// <summary>Addresses of the world, against a Fleet that is a handler.</summary>
public sealed class AddressPreflightTests
{
    [Theory]
    [InlineData("https://10.1.2.3/p/agents/integration-fleet-1", "4.89.0", true)]
    [InlineData("https://[fd00::1]/p/agents/integration-fleet-1", "4.95.0", true)]
    [InlineData("https://localhost/p/agents/integration-fleet-1", "4.89.0", true)]
    [InlineData("https://10.1.2.3/p/agents/integration-fleet-1", "4.89.0", true, "https://10.0.0.5")]
    [InlineData("https://10.1.2.3/p/agents/integration-fleet-1", "4.89.0", false, "https://127.0.0.1")]
    [InlineData("https://10.1.2.3/p/agents/integration-fleet-1", "4.88.2", false)]
    [InlineData("https://203.0.113.7/p/agents/integration-fleet-1", "4.95.0", false)]
    public async Task PrivateAddress_FromFleet489_IsAWarning(string scepUrl, string version, bool isFound, string fleet = "https://fleet.example.org")
    {
        CheckOutcome outcome = await CheckAsync(new Uri(scepUrl), version, address: fleet);

        outcome.Findings.Any(finding => finding.Id == "SSF4023").Should().Be(isFound);
    }

    [Theory]
    [InlineData("https://10.1.2.3/p/agents/integration-fleet-1", "allow_private_network_integrations")]
    [InlineData("https://127.0.0.1/p/agents/integration-fleet-1", "bypass_network_blocking")]
    [InlineData("https://169.254.1.1/p/agents/integration-fleet-1", "bypass_network_blocking")]
    public async Task PrivateAddress_Remedy_NamesTheSettingThatHelps(string scepUrl, string setting)
    {
        CheckOutcome outcome = await CheckAsync(new Uri(scepUrl));

        outcome.Findings.Single(finding => finding.Id == "SSF4023").Remedy.Should().Contain(setting);
    }

    [Theory]
    [InlineData("https://acme.scep.smallstep.com/p/agents/integration-fleet-1a2b", null)]
    [InlineData("https://agents.acme.ca.smallstep.com/scep/integration-fleet-1a2b", "https://acme.scep.smallstep.com/p/agents/integration-fleet-1a2b")]
    [InlineData("https://ca.example.org/scep", "Copy the SCEP URL")]
    public async Task ScepUrl_OfAnotherForm_IsAWarningWithTheRightOne(string scepUrl, string? remedy)
    {
        CheckOutcome outcome = await CheckAsync(new Uri(scepUrl));

        Finding? found = outcome.Findings.SingleOrDefault(finding => finding.Id == "SSF4010");
        (found is not null).Should().Be(remedy is not null);
        (found?.Remedy ?? "").Contains(remedy ?? "", StringComparison.Ordinal).Should().BeTrue(found?.Remedy);
    }

    [Theory]
    [InlineData("https://fleet.example.org", false)]
    [InlineData("https://FLEET.example.org/", false)]
    [InlineData("https://mdm.example.org", true)]
    [InlineData("http://fleet.example.org", true)]
    [InlineData("", true)]
    public async Task ServerUrl_ThatDevicesCannotUse_IsAWarning(string serverUrl, bool isFound)
    {
        CheckOutcome outcome = await CheckAsync(Specs.Any().Authority.Scep!.ScepUrl, serverUrl: serverUrl);

        outcome.Findings.Any(finding => finding.Id == "SSF4009").Should().Be(isFound);
    }

    [Theory]
    [InlineData("https://172.31.0.1", true)]
    [InlineData("https://172.32.0.1", false)]
    [InlineData("https://192.168.7.7", true)]
    [InlineData("https://169.254.1.1", true)]
    [InlineData("https://[::ffff:10.0.0.1]", true)]
    [InlineData("https://[fe80::1]", true)]
    [InlineData("https://[64:ff9b::a00:1]", true)]
    [InlineData("https://[64:ff9b::808:808]", false)]
    [InlineData("https://[2001:db8::1]", false)]
    [InlineData("https://0.0.0.0", true)]
    [InlineData("https://example.org", false)]
    public void PrivateNetwork_EachKind_IsRecognised(string address, bool isPrivate)
    {
        PrivateNetwork.Holds(new Uri(address)).Should().Be(isPrivate);
    }

    [Fact]
    public async Task Domains_EachAnswer_IsToldApart()
    {
        var handler = new TamperingHandler(request => request.RequestUri!.Host switch
        {
            "api.smallstep.com" => throw new HttpRequestException("No such host is known."),
            "agents.acme.ca.smallstep.com" or "control.infra.smallstep.com" => throw new HttpRequestException("TLS", new AuthenticationException("untrusted")),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        }, passesOn: false);
        var domains = new DomainPreflight(handler.Client(), Specs.Any());

        CheckOutcome outcome = await domains.CheckAsync(isWanted: true, CancellationToken.None);

        outcome.Findings.Select(finding => finding.Id).Should().Equal("SSF4024", "SSF4024");
        outcome.Findings[0].Message.Should().Contain("api.smallstep.com").And.Contain("device API");
        outcome.Findings[1].Message.Should().Contain("control.infra.smallstep.com").And.Contain("proxy");
        domains.Required.Should().HaveCount(10).And.OnlyContain(domain => domain.Purpose.Length > 0);
        domains.Required.Where(domain => domain.IsReachable == false).Select(domain => domain.Host).Should().Equal("api.smallstep.com");
    }

    [Fact]
    public async Task Domains_NotAskedFor_AreListedAllTheSame()
    {
        var domains = new DomainPreflight(new TamperingHandler(_ => throw new InvalidOperationException("nobody asked")).Client(), Specs.Any());

        CheckOutcome outcome = await domains.CheckAsync(isWanted: false, CancellationToken.None);

        outcome.IsSkipped.Should().BeTrue();
        domains.Required.Should().HaveCount(10).And.OnlyContain(domain => domain.IsReachable == null);
    }

    private static Task<CheckOutcome> CheckAsync(Uri scepUrl, string version = "4.95.0", string serverUrl = "https://fleet.example.org", string address = "https://fleet.example.org")
    {
        var handler = new TamperingHandler(
            request => TamperingHandler.Json(request.RequestUri!.AbsolutePath.EndsWith("/version", StringComparison.Ordinal)
                ? $$"""{"version":"{{version}}"}"""
                : $$$"""{"server_settings":{"server_url":"{{{serverUrl}}}"}}"""),
            passesOn: false);
        var fleet = new FleetClient(handler.Client(), new FleetClientOptions { Url = address, Token = "t" });
        IntegrationSpec spec = Specs.Any();
        return new AddressPreflight(fleet, spec with { Authority = spec.Authority with { Scep = spec.Authority.Scep! with { ScepUrl = scepUrl, ChallengeUrl = new Uri("https://203.0.113.8/challenge") } } }).CheckAsync(CancellationToken.None);
    }
}
