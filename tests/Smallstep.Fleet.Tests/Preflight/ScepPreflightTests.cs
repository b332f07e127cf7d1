using System.Net;
using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Preflight;

public sealed class ScepPreflightTests
{
    [Fact]
    public async Task ScepUrl_ThatAnswersNothing_IsUnreachable()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = world.Spec(DevicePlatform.MacOS);

        PreflightReport report = await world.Integrate(spec with { Authority = spec.Authority with { Scep = spec.Authority.Scep! with { ScepUrl = new Uri(world.Smallstep.BaseAddress, "p/agents/nobody") } } }).PreflightAsync();

        report.Findings.Select(finding => finding.Id).Should().Contain("SSF4011");
    }

    [Fact]
    public async Task Root_OfAnotherAuthority_BreaksTheChain()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = world.Spec(DevicePlatform.MacOS);

        PreflightReport report = await world.Integrate(spec with { Authority = spec.Authority with { RootCertificate = Specs.CreateRoot() } }).PreflightAsync();

        report.Findings.Select(finding => finding.Id).Should().Contain(["SSF4012", "SSF4018"]);
    }

    [Theory]
    [InlineData("Renewal\nSHA-1\nDES3", true)]
    [InlineData("SHA-256\nDES3", true)]
    [InlineData("AES", true)]
    [InlineData("AES\nSHA-256", false)]
    [InlineData("SCEPStandard", false)]
    public async Task Capabilities_WithoutAesAndSha256_AreWeak(string capabilities, bool isWeak)
    {
        await using World world = await World.StartAsync();
        var handler = new TamperingHandler(request => request.RequestUri!.Query.Contains("GetCACaps") ? TamperingHandler.Json(capabilities) : null);

        PreflightReport report = await world.IntegrateOver(world.Spec(DevicePlatform.MacOS), handler).PreflightAsync();

        report.Findings.Any(finding => finding.Id == "SSF4013").Should().Be(isWeak);
    }

    [Fact]
    public async Task NdesBridge_ItsOwnServerIsChecked()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = world.Spec(DevicePlatform.Windows) with { Windows = WindowsEnrollment.NdesBridge };
        IntegrationSpec wrong = spec with { Authority = spec.Authority with { Ndes = spec.Authority.Ndes! with { ScepUrl = new Uri(world.Smallstep.BaseAddress, "p/agents/nobody") } } };

        (await world.Integrate(spec).PreflightAsync()).Findings.Should().BeEmpty();
        (await world.Integrate(wrong).PreflightAsync()).Findings.Select(finding => finding.Id).Should().Contain(["SSF4011", "SSF4019"]);
    }

    [Fact]
    public async Task TpmAlone_NoScepServerIsAsked()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = world.Spec(DevicePlatform.Linux);

        PreflightReport report = await world.Integrate(spec with { Authority = spec.Authority with { Scep = spec.Authority.Scep! with { ScepUrl = new Uri(world.Smallstep.BaseAddress, "p/agents/nobody") } } }).PreflightAsync();

        report.IsReady.Should().BeTrue(report.ToText());
        report.Checks.Where(check => check.IsSkipped).Select(check => check.Detail).Should().Contain("no platform of the spec enrols by SCEP");
    }

    [Theory]
    [InlineData(WindowsEnrollment.TpmAttestation)]
    [InlineData(WindowsEnrollment.NdesBridge)]
    public async Task Challenge_WrongPassword_IsFoundOnlyWhenAskedFor(WindowsEnrollment windows)
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = (windows == WindowsEnrollment.NdesBridge ? world.Spec(DevicePlatform.Windows) : world.Spec(DevicePlatform.MacOS)) with { Windows = windows };
        var wrong = new Secret("canary-password");
        FleetIntegration integration = world.Integrate(spec with { Authority = spec.Authority with { Scep = spec.Authority.Scep! with { Password = wrong }, Ndes = spec.Authority.Ndes! with { Password = wrong } } });

        PreflightReport quiet = await integration.PreflightAsync();
        world.Smallstep.Console.ChallengesIssued.Should().Be(0);
        PreflightReport asked = await integration.PreflightAsync(new PreflightOptions { TryChallenge = true });
        await world.Integrate(spec).PreflightAsync(new PreflightOptions { TryChallenge = true });

        quiet.Findings.Should().BeEmpty();
        asked.Findings.Should().ContainSingle().Which.Id.Should().Be("SSF4014");
        asked.ToText().Should().NotContain("canary");
        world.Smallstep.Console.ChallengesIssued.Should().Be(1, "the right password consumes one");
    }

    [Theory]
    [InlineData(61, 1)]
    [InlineData(-61, 1)]
    [InlineData(50, 0)]
    public async Task Clocks_MoreThanAMinuteApart_AreFound(int seconds, int expected)
    {
        await using World world = await World.StartAsync();
        var handler = new TamperingHandler(_ => null)
        {
            Edit = (request, response) => response.Headers.Date = DateTimeOffset.UtcNow.AddSeconds(request.RequestUri!.Port == world.Fleet.BaseAddress.Port ? 0 : seconds),
        };

        PreflightReport report = await world.IntegrateOver(world.Spec(DevicePlatform.MacOS), handler).PreflightAsync();

        report.Findings.Count(finding => finding.Id == "SSF4021").Should().Be(expected, report.ToText());
    }

    [Fact]
    public async Task Clock_OfFleet_IsComparedToo()
    {
        await using World world = await World.StartAsync();
        var handler = new TamperingHandler(request => request.RequestUri!.AbsolutePath == "/healthz" ? Told(DateTimeOffset.UtcNow.AddMinutes(-5)) : null);

        PreflightReport report = await world.IntegrateOver(world.Spec(DevicePlatform.MacOS), handler).PreflightAsync();

        report.Findings.Should().ContainSingle(finding => finding.Id == "SSF4021").Which.Message.Should().Contain("behind");
    }

    [Fact]
    public async Task Packages_Missing_AreNamedOneByOne()
    {
        await using World world = await World.StartAsync();
        var handler = new TamperingHandler(request => request.RequestUri!.AbsolutePath.EndsWith(".msi", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.NotFound) : null);

        PreflightReport report = await world.IntegrateOver(world.Spec(), handler).PreflightAsync();
        PreflightReport without = await world.IntegrateOver(world.Spec(DevicePlatform.MacOS, DevicePlatform.Linux), handler).PreflightAsync();

        report.Findings.Where(finding => finding.Id == "SSF4022").Should().HaveCount(2).And.OnlyContain(finding => finding.Message.Contains("404"));
        without.Findings.Should().BeEmpty();
    }

    private static HttpResponseMessage Told(DateTimeOffset time)
    {
        HttpResponseMessage response = TamperingHandler.Json("ok");
        response.Headers.Date = time;
        return response;
    }
}
