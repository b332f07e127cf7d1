using Smallstep.Fleet.Testing;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Watching;

public sealed class WatchTests
{
    private const string Rotated = "SSF4035";

    [Fact]
    public async Task Watch_NothingWrong_HasNoFindings()
    {
        await using Journey journey = await EnrolledAsync(Way.MacOS);

        WatchReport report = await journey.Integration.WatchAsync();

        report.Findings.Should().BeEmpty();
        report.StuckHosts.Should().BeEmpty();
        report.At.Should().Be(journey.Clock.GetUtcNow());
        report.Summary.States.Should().Equal(new Dictionary<HostState, int> { [HostState.Enrolled] = 1 });
    }

    [Fact]
    public async Task Watch_RootRotated_SaysWhatIsPublishedServedAndDeployed()
    {
        await using Journey journey = await EnrolledAsync(Way.MacOS);
        journey.World.Smallstep.RotateRoot();

        WatchReport rotated = await journey.Integration.WatchAsync();
        IntegrationSpec renewed = journey.Integration.Spec with { Authority = journey.Integration.Spec.Authority with { RootCertificate = journey.World.Smallstep.Root.RawData } };
        journey.Integration = journey.World.Integrate(renewed);
        WatchReport beforeApply = await journey.Integration.WatchAsync();
        await journey.ApplyAsync();
        WatchReport afterApply = await journey.Integration.WatchAsync();

        rotated.Findings.Should().Contain(finding => finding.Id == Rotated && finding.Message.Contains("authority's root is"), "the API publishes another root");
        rotated.Findings.Should().Contain(finding => finding.Id == "SSF4012", "what is served does not lead to the deployed root");
        beforeApply.Findings.Should().ContainSingle(finding => finding.Id == Rotated).Which.Message.Should().Contain("carries another root", "Fleet still deploys the former");
        afterApply.Findings.Should().NotContain(finding => finding.Id == Rotated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_IntermediateRotated_IsFoundInTheDeployedThumbprint(bool isFreshProcess)
    {
        await using Journey journey = await EnrolledAsync(Way.WindowsNdes);
        WatchReport before = await journey.Integration.WatchAsync();
        journey.World.Smallstep.RotateIntermediate();
        journey.Integration = isFreshProcess ? journey.World.Integrate(Way.Spec(journey.World, Way.WindowsNdes)) : journey.Integration;

        WatchReport rotated = await journey.Integration.WatchAsync();
        await journey.ApplyAsync(spec => spec with { Authority = spec.Authority with { Intermediates = [] } });
        WatchReport applied = await journey.Integration.WatchAsync();

        before.Findings.Should().BeEmpty();
        rotated.Findings.Should().Contain(finding => finding.Id == Rotated && finding.Message.Contains("no longer serves"));
        applied.Findings.Should().NotContain(finding => finding.Id == Rotated);
    }

    [Fact]
    public async Task Watch_CertificatesEnd_IsForecastAndThenSaid()
    {
        await using Journey journey = await EnrolledAsync(Way.IOS);
        WatchReport early = await journey.Integration.WatchAsync();
        journey.Clock.Advance(TimeSpan.FromDays(80));
        WatchReport late = await journey.Integration.WatchAsync();
        journey.Clock.Advance(TimeSpan.FromDays(11));
        WatchReport over = await journey.Integration.WatchAsync();

        DateTimeOffset end = early.Summary.FirstExpiry!.Value;
        early.Summary.Expiries.Should().ContainSingle().Which.Key.Should().Be(DateOnly.FromDateTime(end.UtcDateTime));
        early.Summary.CountEndingBefore(end.AddDays(2)).Should().Be(1);
        early.Summary.CountEndingBefore(end.AddDays(-2)).Should().Be(0);
        early.Findings.Should().BeEmpty();
        late.Findings.Should().ContainSingle().Which.Id.Should().Be("SSF4037");
        over.Findings.Should().ContainSingle().Which.Id.Should().Be("SSF4036");
        over.StuckHosts.Should().ContainSingle().Which.CanHeal.Should().BeTrue();
    }

    [Fact]
    public async Task Watch_AuthorityNearItsEnd_IsSaid()
    {
        await using Journey journey = await EnrolledAsync(Way.MacOS);
        journey.Clock.Advance(TimeSpan.FromDays(3650 - 30));

        WatchReport report = await journey.Integration.WatchAsync();

        report.Findings.Should().Contain(finding => finding.Id == "SSF4037" && finding.Message.Contains("Root CA"));
    }

    [Fact]
    public async Task Watch_FailedProfile_NamesTheStuckHostWithItsFailure()
    {
        await using Journey journey = await EnrolledAsync(Way.MacOS, device => device.Behaviour.RefusesProfiles = "MCInstallationErrorDomain");

        WatchReport report = await journey.Integration.WatchAsync();

        report.StuckHosts.Should().ContainSingle().Which.Failure!.Id.Should().Be("device-refused");
        report.Findings.Should().ContainSingle().Which.Message.Should().Contain("device-refused (1)");
        report.Summary.ToHistogram().Should().Contain("ProfileFailed").And.Contain(" 1\n");
    }

    [Fact]
    public async Task Watch_AgentThatCannotBeInstalled_IsAStuckHost()
    {
        await using Journey journey = await EnrolledAsync(Way.MacOS, device => device.Behaviour.CannotInstallSoftware = true);

        WatchReport report = await journey.Integration.WatchAsync();

        report.StuckHosts.Should().ContainSingle().Which.Failure!.Id.Should().Be("software-failed");
        report.Findings.Should().ContainSingle().Which.Message.Should().StartWith("1 of 1 hosts are stuck").And.Contain("software-failed (1)");
    }

    private static async Task<Journey> EnrolledAsync(string way, Action<VirtualDevice>? behave = null)
    {
        Journey journey = await Journey.StartAsync(new FaultCase(way, HostState.Enrolled));
        behave?.Invoke(journey.Device);
        await journey.ApplyAsync();
        await journey.DeliverAsync();
        return journey;
    }
}
