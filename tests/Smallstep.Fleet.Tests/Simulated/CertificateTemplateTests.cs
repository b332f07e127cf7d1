using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet.Tests.Simulated;

public sealed class CertificateTemplateTests
{
    [Fact]
    public async Task Apply_ReplacementWhoseAuthorityIsMissing_LeavesTheFormerTemplate()
    {
        await using World world = await World.StartAsync();
        FleetClient fleet = world.Client(world.Fleet.AdminToken);
        await fleet.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("WIFI", world.Connection.ScepUrl.AbsoluteUri, world.Connection.ChallengeUrl.AbsoluteUri, world.Connection.ChallengeUsername, world.Connection.ChallengePassword));
        world.Fleet.Requests.Clear();
        var change = new PlannedChange(ChangeKind.Replace, PlannedObjectKind.CertificateTemplate, World.Team, "Wifi", "The subject differs.")
        {
            Desired = new CertificateTemplateState("Wifi", "WIFI", "CN=$FLEET_VAR_HOST_UUID"),
            Observed = new CertificateTemplateState("Wifi", "OLD", "CN=x") { Id = 1 },
        };

        Func<Task> apply = () => CertificateTemplateApplier.ApplyAsync(change, Context(fleet, world), default);

        (await apply.Should().ThrowAsync<IntegrationException>()).Which.Message.Should().Contain("custom SCEP authority 'WIFI'");
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    private static ApplyContext Context(FleetClient fleet, World world)
    {
        var observed = new FleetState { Teams = [new TeamState(World.Team) { Id = world.TeamId }] };
        return new ApplyContext(new ReadableClients(fleet, null), smallstep: null, observed, FleetVersion.NewestKnown, packages: null!, automaticInstall: false);
    }
}
