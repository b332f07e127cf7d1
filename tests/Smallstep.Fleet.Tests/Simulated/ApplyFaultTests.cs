using System.Net;
using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Tests.Simulated;

/// <summary>What goes wrong before anything reaches a device: each stops planning or applying with its finding, and goes on once it is put right.</summary>
public sealed class ApplyFaultTests
{
    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["token-unknown"] = new("SSF4002") { Broken = world => world.Integrate(world.Spec(), new Secret("no-such-token")) },
        ["licence-missing"] = new("SSF4004") { Break = world => world.FleetOptions.IsPremium = false, Mend = world => world.FleetOptions.IsPremium = true },
        ["apple-mdm-off"] = new("SSF4005") { Break = world => world.FleetOptions.AppleMdm = false, Mend = world => world.FleetOptions.AppleMdm = true },
        ["windows-mdm-off"] = new("SSF4006") { Break = world => world.FleetOptions.WindowsMdm = false, Mend = world => world.FleetOptions.WindowsMdm = true },
        ["fleet-misspelt"] = new("SSF4007") { Broken = world => world.Integrate(world.Spec() with { Targets = ["Laptps"] }) },
        ["release-too-old"] = new("SSF4008") { Version = "4.70.0" },
        ["smallstep-variables-on-windows"] = new("SSF4025") { Broken = world => world.Integrate(world.Spec() with { Windows = WindowsEnrollment.SmallstepScep }) },
        ["fleet-answers-500"] = new("SSF4001") { Break = world => world.Fleet.Faults.Add(Fault.Answer("POST", "/labels", HttpStatusCode.InternalServerError)) },
        ["fleet-cuts-the-connection"] = new("SSF4001") { Break = world => world.Fleet.Faults.Add(Fault.Abort("POST", "/software/package")) },
        ["fleet-refuses"] = new("SSF4034")
        {
            Break = world => world.Fleet.Faults.Add(Fault.Answer("POST", "/scripts", HttpStatusCode.Conflict) with { Times = 9 }),
            Broken = world => world.Integrate(world.Spec() with { Packages = null }),
        },
        ["scep-url-wrong"] = new("SSF4011") { Broken = world => world.Integrate(Authority(world, scep => scep with { ScepUrl = new Uri(world.Smallstep.BaseAddress, "p/agents/integration-fleet-nothing") })) },
        ["scep-unreachable-for-fleet"] = new("SSF4011") { Break = world => world.Smallstep.Faults.Add(Fault.Answer("GET", "/p/agents/", HttpStatusCode.BadGateway)) },
        ["scep-root-rotated"] = new("SSF4012")
        {
            Break = world => world.Smallstep.RotateRoot(),
            Broken = world => world.Integrate(Way.Spec(world, Way.WindowsNdes)),
            Mended = world => world.Integrate(Way.Spec(world, Way.WindowsNdes) with { Authority = Way.Spec(world, Way.WindowsNdes).Authority with { RootCertificate = world.Smallstep.Root.RawData } }),
        },
        ["challenge-password-wrong"] = new("SSF4014") { Broken = world => world.Integrate(Authority(world, scep => scep with { Password = new Secret("wrong") })) },
        ["challenge-url-wrong"] = new("SSF4014") { Broken = world => world.Integrate(Authority(world, scep => scep with { ChallengeUrl = new Uri(world.Smallstep.BaseAddress, "webhook/none/challenge") })) },
        ["smallstep-token-expired"] = new("SSF4015") { Break = world => world.Smallstep.ExpireApiTokens() },
        ["package-missing"] = new("SSF4022") { Break = world => world.Smallstep.Faults.Add(new Fault { Matches = (_, path) => path.EndsWith(".pkg", StringComparison.Ordinal), Status = HttpStatusCode.NotFound }) },
        ["package-cut-in-the-middle"] = new("SSF4022") { Break = world => world.Smallstep.Faults.Add(new Fault { Matches = (_, path) => path.EndsWith(".pkg", StringComparison.Ordinal), AbortsConnection = true }) },
        ["package-of-another-hash"] = new("SSF4038")
        {
            Broken = world => world.Integrate(world.Spec() with
            {
                Packages = new AgentPackages { BaseAddress = world.Smallstep.PackageBaseAddress, PinnedHashes = AgentFacts.Packages(AgentPackageNaming.StepAgent).ToDictionary(package => package.FileName, _ => new string('a', 64)) },
            }),
        },
    };

    public static TheoryData<string> Faults => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Apply_Fault_IsExplainedAndCompletedAfterTheRemedy(string fault)
    {
        Case one = Cases[fault];
        await using World world = await World.StartAsync(options => options.Version = one.Version ?? options.Version);
        FleetIntegration broken = one.Broken?.Invoke(world) ?? world.Integrate(world.Spec());
        one.Break?.Invoke(world);

        Finding finding = await FindingAsync(world, broken);

        finding.Id.Should().Be(one.Id, finding.ToString());
        finding.Remedy.Should().NotBeEmpty();
        if (one.Version is null)
        {
            one.Mend?.Invoke(world);
            world.Fleet.Faults.Clear();
            world.Smallstep.Faults.Clear();
            FleetIntegration mended = one.Mended?.Invoke(world) ?? world.Integrate(world.Spec());
            ApplyResult result = await mended.ApplyAsync(await mended.PlanAsync());
            result.IsComplete.Should().BeTrue(result.ToString());
            (await mended.PlanAsync()).IsEmpty.Should().BeTrue();
        }
    }

    private static async Task<Finding> FindingAsync(World world, FleetIntegration integration)
    {
        try
        {
            ApplyResult result = await integration.ApplyAsync(await integration.PlanAsync());
            result.Left.Should().NotBeEmpty();
            return result.Failure!.Finding;
        }
        catch (IntegrationException refused)
        {
            world.Fleet.Requests.Writes.Should().BeEmpty("what cannot work is refused before anything is written");
            return refused.Findings[0];
        }
    }

    private static IntegrationSpec Authority(World world, Func<SmallstepScep, SmallstepScep> change)
    {
        IntegrationSpec spec = world.Spec();
        return spec with { Authority = spec.Authority with { Scep = change(spec.Authority.Scep!) } };
    }

    private sealed record Case(string Id)
    {
        public string? Version { get; init; }

        public Action<World>? Break { get; init; }

        public Func<World, FleetIntegration>? Broken { get; init; }

        public Action<World>? Mend { get; init; }

        public Func<World, FleetIntegration>? Mended { get; init; }
    }
}
