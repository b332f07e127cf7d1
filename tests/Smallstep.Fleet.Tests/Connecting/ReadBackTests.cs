using Smallstep.Fleet.Testing;
using Smallstep.Fleet.Tests.Preflight;
using Smallstep.Fleet.Tests.Simulated;

namespace Smallstep.Fleet.Tests.Connecting;

public sealed class ReadBackTests
{
    [Fact]
    public async Task WholeWay_EachStepThatAnApiShows_ComesToDone()
    {
        await using World world = await World.StartAsync();
        VirtualDevice device = VirtualDevice.Linux("LIN0001", world.Smallstep);
        device.Behaviour.AgentIsStopped = true;
        world.AddDevices(device);
        FleetIntegration integration = world.Integrate(world.Spec(DevicePlatform.MacOS, DevicePlatform.Linux), world.Fleet.CreateUser("apply", "gitops"), world.Fleet.CreateUser("watch", "observer"));

        ConnectGuide before = await integration.ReadBackAsync();
        before.Steps.Where(step => step.Id != "query-id").Should().OnlyContain(step => step.State == ConnectStepState.Done, before.ToText());
        Step(before, "query-id").State.Should().Be(ConnectStepState.Open);
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        await world.DeliverAsync();
        ConnectStep applied = Step(await integration.ReadBackAsync(), "query-id");
        applied.State.Should().Be(ConnectStepState.Open, applied.Evidence);
        world.Smallstep.Console.SetEnrollmentQueryId(long.Parse(applied.Paste.Single().Value, System.Globalization.CultureInfo.InvariantCulture));
        await world.DeliverAsync();
        ConnectGuide after = await integration.ReadBackAsync();

        after.Steps.Should().OnlyContain(step => step.State == ConnectStepState.Done, after.ToText());
        after.ToMarkdown().Should().Contain("✓").And.NotContain("✗");
        device.Behaviour.AgentIsStopped = false;
        await world.DeliverAsync();
        Step(await integration.ReadBackAsync(), "query-id").State.Should().Be(ConnectStepState.Unknown, "the agent itself tells Smallstep its TPM");
    }

    [Fact]
    public async Task WrongValues_AreToldApart()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = world.Spec(DevicePlatform.MacOS) with { AutoApprove = false };

        ConnectGuide root = await world.Integrate(spec with { Authority = spec.Authority with { RootCertificate = Specs.CreateRoot() } }).ReadBackAsync();
        ConnectGuide url = await world.Integrate(spec with { Authority = spec.Authority with { Scep = spec.Authority.Scep! with { ScepUrl = new Uri(world.Smallstep.BaseAddress, "p/agents/integration-fleet-gone") } } }).ReadBackAsync();
        ConnectGuide token = await world.Integrate(spec, new Secret("no-such-token")).ReadBackAsync();
        ConnectGuide scopes = await world.Integrate(spec, scopes: ["get-authority", "list-devices", "list-certificates", "list-authority-provisioners"]).ReadBackAsync();

        Wrong(root).Should().Equal("root");
        Wrong(url).Should().Equal("connect", "values");
        Wrong(token).Should().Contain("users").And.NotContain("root");
        Wrong(scopes).Should().Equal("api-token");
        Step(root, "approval").State.Should().Be(ConnectStepState.Open);
    }

    [Fact]
    public async Task NoSmallstepToken_WhatItWouldShow_StaysUnknown()
    {
        await using World world = await World.StartAsync();

        ConnectGuide guide = await world.Integrate(world.Spec(DevicePlatform.MacOS), withApi: false).ReadBackAsync();

        guide.Steps.Where(step => step.State == ConnectStepState.Unknown).Select(step => step.Id).Should().Equal("connect", "team", "api-token");
        Step(guide, "team").Evidence.Should().StartWith("not read back");
    }

    private static ConnectStep Step(ConnectGuide guide, string id) => guide.Steps.Single(step => step.Id == id);

    private static IEnumerable<string> Wrong(ConnectGuide guide) => guide.Steps.Where(step => step.State == ConnectStepState.Wrong).Select(step => step.Id);
}
