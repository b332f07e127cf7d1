using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>Fleet's traps, each walked into by hand and avoided by the workflow.</summary>
public sealed class TrapTests
{
    [Fact]
    public async Task AuthorityPatch_OwnName_IsRefusedByFleetAndNeverSent()
    {
        await using World world = await World.StartAsync();
        IntegrationSpec spec = Way.Spec(world, Way.MacOS);
        FleetIntegration integration = world.Integrate(spec);
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        CertificateAuthority authority = (await world.Client(world.Fleet.AdminToken).CertificateAuthorities.ListAsync())[0];
        using var http = new HttpClient { BaseAddress = world.Fleet.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Fleet.AdminToken.Reveal());
        FleetIntegration changed = world.Integrate(spec with { SendSecretsAgain = true });

        HttpResponseMessage byHand = await http.PatchAsync($"/api/latest/fleet/certificate_authorities/{authority.Id}", new StringContent($$$"""{"smallstep":{"name":"{{{authority.Name}}}"}}""", Encoding.UTF8, "application/json"));
        ApplyResult result = await changed.ApplyAsync(await changed.PlanAsync());

        byHand.StatusCode.Should().Be(HttpStatusCode.Conflict);
        result.Failure.Should().BeNull(result.ToString());
        result.Done.Should().ContainSingle().Which.ObjectKind.Should().Be(PlannedObjectKind.CertificateAuthority);
    }

    [Fact]
    public async Task MaskedPassword_IsNoDriftAndNeverSentBack()
    {
        await using World world = await World.StartAsync();
        VirtualDevice device = Way.Device(world, Way.MacOS, "SN0001");
        world.AddDevices(device);
        IntegrationSpec spec = Way.Spec(world, Way.MacOS);
        FleetIntegration integration = world.Integrate(spec);
        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        IntegrationPlan unchanged = await integration.PlanAsync();
        ConsoleConnection other = world.Reconnect();
        FleetIntegration moved = world.Integrate(spec with
        {
            Authority = spec.Authority with { Scep = new SmallstepScep(other.ScepUrl, other.ChallengeUrl, other.ChallengeUsername, other.ChallengePassword) },
        });

        IntegrationPlan plan = await moved.PlanAsync();
        (await moved.ApplyAsync(plan)).EnsureSucceeded();
        await world.DeliverAsync();

        unchanged.IsEmpty.Should().BeTrue(unchanged.ToText());
        unchanged.UncomparedSecrets.Should().ContainSingle().Which.Should().Contain("password");
        plan.ToText().Should().NotContain(other.ChallengePassword.Reveal());
        device.Certificates.Should().NotBeEmpty("Fleet holds the new password itself, not its mask");
    }

    [Fact]
    public async Task ServerChangedAfterThePlan_NothingIsReplacedThatWasNotShown()
    {
        await using World world = await World.StartAsync(options => options.Version = "4.88.0");
        IntegrationSpec spec = Way.Spec(world, Way.MacOS) with { AllowReplace = true, AllowDeletes = true, Packages = null };
        FleetIntegration integration = world.Integrate(spec);
        IntegrationPlan plan = await integration.PlanAsync();
        FleetIntegration somebodyElse = world.Integrate(spec with { Authority = spec.Authority with { Team = TeamSlug.Parse("others") } });
        (await somebodyElse.ApplyAsync(await somebodyElse.PlanAsync())).EnsureSucceeded();

        ApplyResult result = await integration.ApplyAsync(plan);
        ApplyResult again = await integration.ApplyAsync(await integration.PlanAsync());

        plan.Changes.Should().OnlyContain(change => change.Kind == ChangeKind.Create || change.ObjectKind == PlannedObjectKind.EnrollmentPolicy);
        result.Failure.Should().BeNull(result.ToString());
        result.Skipped.Should().ContainSingle(change => change.Kind == ChangeKind.Replace).Which.Blocker.Should().Contain("plan again");
        result.IsComplete.Should().BeFalse();
        again.Done.Should().ContainSingle().Which.Kind.Should().Be(ChangeKind.Replace);
        again.IsComplete.Should().BeTrue(again.ToString());
    }

    [Fact]
    public async Task AuthorityOfTheSameNameAndAnotherKind_IsDeletedAsShown()
    {
        await using World world = await World.StartAsync();
        FleetClient admin = world.Client(world.Fleet.AdminToken);
        await admin.CertificateAuthorities.CreateAsync(new CustomScepCaRequest("SMALLSTEP_AGENT", world.Connection.ScepUrl.AbsoluteUri, new Secret("c")));
        FleetIntegration integration = world.Integrate(Way.Spec(world, Way.MacOS));
        var desired = new FleetState { CertificateAuthorities = DesiredState.Authorities(integration.Spec), IsComplete = true };

        IntegrationPlan plan = await integration.PlanAsync(desired, new PlanPolicy { AllowDeletes = true });
        ApplyResult result = await integration.ApplyAsync(plan);

        plan.Changes.Select(change => change.Kind).Should().Equal(ChangeKind.Create, ChangeKind.Delete);
        result.IsComplete.Should().BeTrue(result.ToString());
        (await admin.CertificateAuthorities.ListAsync()).Should().ContainSingle().Which.Kind.Should().Be(CertificateAuthorityKind.Smallstep);
    }

    [Fact]
    public async Task LabelInScopeThatFleetLacks_IsNamedBeforeAnythingIsWritten()
    {
        await using World world = await World.StartAsync();
        FleetIntegration integration = world.Integrate(Way.Spec(world, Way.MacOS) with { Scope = new LabelTargets { IncludeAny = ["Pilots", "macOS"] } });

        Func<Task> plan = () => integration.PlanAsync();

        (await plan.Should().ThrowAsync<IntegrationException>()).Which.Findings.Should().ContainSingle(finding => finding.Id == "SSF4043").Which.Message.Should().Contain("'Pilots'");
        (await integration.PreflightAsync()).Findings.Should().ContainSingle(finding => finding.Id == "SSF4043");
        world.Fleet.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task NameTakenOnAnotherPlatform_IsBlockedBeforeAnythingIsWritten()
    {
        await using World world = await World.StartAsync();
        FleetIntegration integration = world.Integrate(Way.Spec(world, Way.MacOS));
        string name = integration.BuildArtifacts()[0].Name;
        await world.Client(world.Fleet.AdminToken).Profiles.UploadAsync(new ProfileUpload
        {
            FileName = name + ".xml",
            Contents = "<Replace><Item><Target><LocURI>./Device/Vendor/MSFT/Policy/Config/Camera/AllowCamera</LocURI></Target></Item></Replace>"u8.ToArray(),
            TeamId = world.TeamId,
        });

        IntegrationPlan plan = await integration.PlanAsync();
        ApplyResult result = await integration.ApplyAsync(plan);

        PlannedChange profile = plan.Changes.Single(change => change.ObjectKind == PlannedObjectKind.Profile);
        profile.IsAllowed.Should().BeFalse();
        profile.Blocker.Should().Contain("across platforms");
        result.Failure.Should().BeNull(result.ToString());
        result.IsComplete.Should().BeFalse();
        result.Skipped.Should().Contain(change => change.Id == profile.Id);
        world.Fleet.Requests.Should().NotContain(request => request.Status == 409);
    }

    [Theory]
    [InlineData("4.95.0")]
    [InlineData("4.80.0")]
    public async Task WhatOthersPutThere_StaysAndNoListEndpointIsUsed(string version)
    {
        await using World world = await World.StartAsync(options => options.Version = version);
        FleetClient admin = world.Client(world.Fleet.AdminToken);
        FleetState others = await PutThingsOfOthersAsync(world, admin);
        world.Fleet.Requests.Clear();
        FleetIntegration integration = world.Integrate(world.Spec() with { AllowReplace = true, AllowDeletes = true });

        (await integration.ApplyAsync(await integration.PlanAsync())).EnsureSucceeded();
        FleetIntegration changed = world.Integrate(integration.Spec with { SendSecretsAgain = true, Authority = integration.Spec.Authority with { Intermediates = [world.Smallstep.Intermediate.RawData] } });
        (await changed.ApplyAsync(await changed.PlanAsync())).EnsureSucceeded();

        FleetState after = await new FleetObserver(admin).ObserveAsync();
        after.CertificateAuthorities!.Select(authority => authority.Name).Should().Contain(others.CertificateAuthorities!.Select(authority => authority.Name));
        after.Labels!.Select(label => label.Name).Should().Contain(others.Labels!.Select(label => label.Name));
        TeamState there = after.Teams.Single(team => team.Name == World.Team);
        there.Profiles!.Select(profile => profile.Name).Should().Contain("Camera");
        there.Scripts!.Select(script => script.Name).Should().Contain("hello.sh");
        world.Fleet.Requests.Writes.Should().NotBeEmpty().And.NotContain(request => request.Path.Contains("batch") || request.Path.Contains("/spec/"));
    }

    [Fact]
    public async Task SeveralPackagesOfATitleBefore490_OneIsChosenAndSaid()
    {
        await using World world = await World.StartAsync(options => options.Version = "4.89.0");
        FleetIntegration integration = world.Integrate(world.Spec(DevicePlatform.Windows, DevicePlatform.Linux));

        IntegrationPlan plan = await integration.PlanAsync();
        ApplyResult result = await integration.ApplyAsync(plan);

        plan.Findings.Should().ContainSingle(finding => finding.Id == "SSF4030");
        plan.Changes.Where(change => change.ObjectKind == PlannedObjectKind.Software).Should().NotBeEmpty().And.NotContain(change => change.Name.Contains("arm64"));
        result.IsComplete.Should().BeTrue(result.ToString());
        (await integration.PlanAsync()).IsEmpty.Should().BeTrue();
    }

    private static async Task<FleetState> PutThingsOfOthersAsync(World world, FleetClient admin)
    {
        ConsoleConnection other = world.Reconnect();
        await admin.CertificateAuthorities.CreateAsync(new SmallstepCaRequest("OTHER_CA", other.ScepUrl.OriginalString, other.ChallengeUrl.OriginalString, other.ChallengeUsername, other.ChallengePassword));
        await admin.Labels.CreateAsync(new LabelRequest { Name = "Others", Query = "SELECT 1;" });
        await admin.Scripts.UploadAsync(new ScriptUpload("hello.sh", "#!/bin/sh\necho hello\n", world.TeamId));
        await admin.Profiles.UploadAsync(new ProfileUpload
        {
            FileName = "Camera.xml",
            Contents = "<Replace><Item><Target><LocURI>./Device/Vendor/MSFT/Policy/Config/Camera/AllowCamera</LocURI></Target></Item></Replace>"u8.ToArray(),
            TeamId = world.TeamId,
        });
        return await new FleetObserver(admin).ObserveAsync();
    }
}
