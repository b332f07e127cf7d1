using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Smallstep.Fleet.Scep.AspNetCore.Tests;

public sealed class FleetScepProxyTests : IScepProxyBackend
{
    private static readonly RsaCertificateIssuer Issuer = RsaCertificateIssuer.CreateHierarchy(new CertificateHierarchyOptions());
    private static readonly RSA Key = RSA.Create(2048);

    private readonly List<(ScepProxyIdentifier Identifier, string Operation)> _asked = [];
    private readonly List<string> _failures = [];
    private Func<ScepProxyDecision> _decide = () => ScepProxyDecision.Refuse(ScepProxyMessages.UnknownIdentifier);

    [Theory]
    [InlineData("")]
    [InlineData("/pkiclient.exe")]
    public async Task Proxy_DeviceEnrols_ThroughIt(string suffix)
    {
        await using LoopbackServer ca = await StartCaAsync();
        await using LoopbackServer fleet = await StartProxyAsync();
        _decide = () => ScepProxyDecision.Relay(new Uri(ca.Address + "/scep"));
        var identifier = new ScepProxyIdentifier("host-1", "a-profile", "SMALLSTEP_AGENT");
        var options = new ScepClientOptions { Url = identifier.ToUrl(fleet.Address) + suffix };
        options.TrustedCertificates.Add(Issuer.CaCertificates[^1]);
        using var client = new ScepClient(fleet.Http, options);

        ScepResult result = await client.EnrollAsync(new ScepEnrollment { Key = Key, Subject = "CN=dev", Challenge = new Secret("c") });

        result.Should().BeOfType<ScepIssued>();
        _asked.Select(ask => ask.Operation).Should().Equal("GetCACaps", "GetCACert", "PKIOperation");
        _asked.Should().OnlyContain(ask => ask.Identifier == identifier);
    }

    [Theory]
    [InlineData("host%2Ca1%2CCA", "", 400, "missing operation")]
    [InlineData("host%2Ca1%2CCA", "?operation=GetNextCACert", 400, "operation not implemented")]
    [InlineData("host%2Ca1%2CCA", "?operation=getcacaps", 400, "operation not implemented")]
    [InlineData("host", "?operation=GetCACaps", 400, "invalid identifier in URL path")]
    [InlineData("%2Ca1", "?operation=GetCACaps", 400, "invalid identifier in URL path")]
    [InlineData("host%2Ca1%2CCA", "?operation=GetCACaps", 400, "unknown identifier in URL path")]
    public async Task Proxy_RequestThatFleetRefuses_GetsFleetsText(string segment, string query, int status, string text)
    {
        await using LoopbackServer fleet = await StartProxyAsync();

        using HttpResponseMessage response = await fleet.Http.GetAsync(fleet.Address + "/mdm/scep/proxy/" + segment + query);

        ((int)response.StatusCode).Should().Be(status);
        (await response.Content.ReadAsStringAsync()).Should().Be(text);
    }

    [Theory]
    [InlineData("MIIB-_")]
    [InlineData("MII")]
    public async Task Proxy_MessageNotInStandardBase64_Is400(string message)
    {
        await using LoopbackServer fleet = await StartProxyAsync();

        using HttpResponseMessage response = await fleet.Http.GetAsync(
            fleet.Address + "/mdm/scep/proxy/h%2Ca1%2CCA?operation=PKIOperation&message=" + message);

        ((int)response.StatusCode).Should().Be(400);
        (await response.Content.ReadAsStringAsync()).Should().StartWith("failed to base64 decode message");
        _asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData("application/x-x509-ca-ra-cert", "application/x-x509-ca-ra-cert")]
    [InlineData("application/x-x509-ca-ra-cert; charset=binary", "application/x-x509-ca-cert")]
    [InlineData("application/x-x509-ca-cert", "application/x-x509-ca-cert")]
    [InlineData("text/html", "application/x-x509-ca-cert")]
    public async Task Proxy_GetCaCert_PassesTheMessageOnAndNamesTheTypeAsFleetDoes(string upstream, string expected)
    {
        string? query = null;
        await using LoopbackServer ca = await LoopbackServer.StartAsync(app => app.MapGet("/scep", context =>
        {
            query = context.Request.QueryString.Value;
            context.Response.ContentType = upstream;
            return context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 }).AsTask();
        }));
        await using LoopbackServer fleet = await StartProxyAsync();
        _decide = () => ScepProxyDecision.Relay(new Uri(ca.Address + "/scep"));

        using HttpResponseMessage response = await fleet.Http.GetAsync(fleet.Address + "/mdm/scep/proxy/h%2Cw1%2CCA?operation=GetCACert&message=default");

        query.Should().Be("?operation=GetCACert&message=default");
        response.Content.Headers.ContentType!.ToString().Should().Be(expected);
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData("SHA-256\nPOSTPKIOperation", "POST")]
    [InlineData("SCEPStandard", "POST")]
    [InlineData("postpkioperation", "GET")]
    [InlineData("", "GET")]
    public async Task Proxy_PkiOperation_RelaysTheBytesAsTheCapabilitiesSay(string capabilities, string method)
    {
        byte[] message = [0xFB, 0xEF, 0xBE, 0xFF, 0xFE, 0x00];
        List<(string Method, string? Type, byte[] Body, string? Message)> relayed = [];
        await using LoopbackServer ca = await LoopbackServer.StartAsync(app => app.Map("/scep", async context =>
        {
            if (context.Request.Query["operation"] == "GetCACaps")
            {
                await context.Response.WriteAsync(capabilities);
                return;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            relayed.Add((context.Request.Method, context.Request.ContentType, body.ToArray(), context.Request.Query["message"]));
            await context.Response.Body.WriteAsync(new byte[] { 9, 8 });
        }));
        await using LoopbackServer fleet = await StartProxyAsync();
        _decide = () => ScepProxyDecision.Relay(new Uri(ca.Address + "/scep"));

        using HttpResponseMessage response = await fleet.Http.PostAsync(
            fleet.Address + "/mdm/scep/proxy/h%2Cw1%2CCA?operation=PKIOperation", new ByteArrayContent(message));

        response.Content.Headers.ContentType!.ToString().Should().Be("application/x-pki-message");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(9, 8);
        (string usedMethod, string? type, byte[] sent, string? query) = relayed.Should().ContainSingle().Subject;
        usedMethod.Should().Be(method);
        (method == "POST" ? sent : Convert.FromBase64String(query!)).Should().Equal(message);
        type.Should().Be(method == "POST" ? "application/octet-stream" : null);
    }

    [Fact]
    public async Task Proxy_CaBreaksOff_Is500AndReported()
    {
        await using LoopbackServer ca = await LoopbackServer.StartAsync(app => app.MapGet("/scep", async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        }));
        await using LoopbackServer fleet = await StartProxyAsync();
        _decide = () => ScepProxyDecision.Relay(new Uri(ca.Address + "/scep"));

        using HttpResponseMessage response = await fleet.Http.PostAsync(
            fleet.Address + "/mdm/scep/proxy/h%2Cw1%2CCA?operation=PKIOperation", new ByteArrayContent([1]));

        ((int)response.StatusCode).Should().Be(500);
        (await response.Content.ReadAsStringAsync()).Should().Be("internal server error");
        _failures.Should().Equal("upstream error");
    }

    [Fact]
    public async Task Proxy_NoCaThere_Is500AndReported()
    {
        LoopbackServer gone = await StartCaAsync();
        string address = gone.Address;
        await gone.DisposeAsync();
        await using LoopbackServer fleet = await StartProxyAsync();
        _decide = () => ScepProxyDecision.Relay(new Uri(address + "/scep"));

        using HttpResponseMessage response = await fleet.Http.PostAsync(
            fleet.Address + "/mdm/scep/proxy/h%2Cw1%2CCA?operation=PKIOperation", new ByteArrayContent([1]));

        ((int)response.StatusCode).Should().Be(500);
        _failures.Should().Equal("connection refused");
    }

    [Fact]
    public async Task Proxy_SlowCa_Is408AndReported()
    {
        await using LoopbackServer ca = await LoopbackServer.StartAsync(app => app.MapGet("/scep", async context =>
            await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted)));
        await using LoopbackServer fleet = await StartProxyAsync(new FleetScepProxyOptions { Timeout = TimeSpan.FromMilliseconds(200) });
        _decide = () => ScepProxyDecision.Relay(new Uri(ca.Address + "/scep"));

        using HttpResponseMessage response = await fleet.Http.PostAsync(
            fleet.Address + "/mdm/scep/proxy/h%2Cw1%2CCA?operation=PKIOperation", new ByteArrayContent([1]));

        ((int)response.StatusCode).Should().Be(408);
        _failures.Should().Equal("timeout");
    }

    [Theory]
    [InlineData(500, "HTTP 500")]
    [InlineData(403, "HTTP 403")]
    public async Task Proxy_CaFails_Is500WithoutDetails(int upstream, string reason)
    {
        await using LoopbackServer ca = await LoopbackServer.StartAsync(app => app.MapGet("/scep", context =>
        {
            context.Response.StatusCode = upstream;
            return context.Response.WriteAsync("secret detail");
        }));
        await using LoopbackServer fleet = await StartProxyAsync();
        _decide = () => ScepProxyDecision.Relay(new Uri(ca.Address + "/scep"));

        using HttpResponseMessage response = await fleet.Http.PostAsync(
            fleet.Address + "/mdm/scep/proxy/h%2Cw1%2CCA?operation=PKIOperation", new ByteArrayContent([1]));

        ((int)response.StatusCode).Should().Be(500);
        (await response.Content.ReadAsStringAsync()).Should().NotContain("detail");
        _failures.Should().Equal(reason);
    }

    ValueTask<ScepProxyDecision> IScepProxyBackend.AuthorizeAsync(ScepProxyIdentifier identifier, string operation, CancellationToken cancellationToken)
    {
        _asked.Add((identifier, operation));
        return ValueTask.FromResult(_decide());
    }

    ValueTask IScepProxyBackend.ReportFailureAsync(ScepProxyIdentifier identifier, string reason, CancellationToken cancellationToken)
    {
        _failures.Add(reason);
        return ValueTask.CompletedTask;
    }

    private static Task<LoopbackServer> StartCaAsync()
    {
        var responder = new ScepResponder(new ScepResponderOptions(), Issuer, new StaticChallengeAuthorizer(new Secret("c")));
        return LoopbackServer.StartAsync(app => app.MapScepResponder("/scep", responder));
    }

    private Task<LoopbackServer> StartProxyAsync(FleetScepProxyOptions? options = null) =>
        LoopbackServer.StartAsync(app => app.MapFleetScepProxy("/mdm/scep/proxy", this, new HttpClient(), options));
}
