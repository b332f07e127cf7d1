using System.Diagnostics;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Interop.Tests;

/// <summary>The pipeline sample as a process of its own: its exit code is what a pipeline sees.</summary>
public sealed class GitOpsPipelineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gitops-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_ExampleRepositoryAgainstAnEmptyServer_WritesThePlanAndExitsWith2()
    {
        string plan = Path.Combine(_folder.FullName, "plan.md");
        (int exitCode, string output) = await RunAsync([], Path.Combine(Path.GetDirectoryName(SampleProgram.Path("GitOpsPipeline"))!, "../../../repository"), plan);
        exitCode.Should().Be(2, output);
        (await File.ReadAllTextAsync(plan)).Should().Contain("| create | certificate authority `SMALLSTEP_AGENT`").And.Contain("| create | fleet `Workstations`").And.NotContain("s3cret");
    }

    [Fact]
    public async Task Run_AppliedRepository_ExitsWith0()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        Dictionary<string, string> server = new() { ["FLEET_URL"] = fleet.BaseAddress.AbsoluteUri, ["FLEET_API_TOKEN"] = fleet.AdminToken.Reveal() };
        Write("default.yml", "org_settings:\ncontrols:\nreports:\n  - {name: r, query: SELECT 1;, interval: 60}\n");

        (await RunAsync(server, _folder.FullName)).ExitCode.Should().Be(2);
        (await RunAsync(server, _folder.FullName, "--apply")).ExitCode.Should().Be(0);
        (int exitCode, string output) = await RunAsync(server, _folder.FullName);

        exitCode.Should().Be(0, output);
        output.Should().Contain("Nothing to change.");
    }

    [Fact]
    public async Task Run_DeletionWithoutLeave_ShowsItAndExitsWith2()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        Dictionary<string, string> server = new() { ["FLEET_URL"] = fleet.BaseAddress.AbsoluteUri, ["FLEET_API_TOKEN"] = fleet.AdminToken.Reveal() };
        Write("default.yml", "org_settings:\ncontrols:\nreports:\n  - {name: r, query: SELECT 1;, interval: 60}\n");
        (await RunAsync(server, _folder.FullName, "--apply")).ExitCode.Should().Be(0);
        Write("default.yml", "org_settings:\ncontrols:\nreports:\n");

        (int exitCode, string output) = await RunAsync(server, _folder.FullName, "--apply");

        exitCode.Should().Be(2, output);
        output.Should().Contain("not carried out: Deleting needs AllowDeletes.");
        (await RunAsync(server, _folder.FullName, "--apply", "--allow-deletes")).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_RefusedRepository_ExitsWith1()
    {
        Write("default.yml", "org_settings:\ncontrols:\nprofiles: []\n");
        (int exitCode, string output) = await RunAsync([], _folder.FullName);
        exitCode.Should().Be(1, output);
        output.Should().Contain("unknown top-level field: profiles");
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private static async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [SampleProgram.Path("GitOpsPipeline"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SMALLSTEP_CHALLENGE_USERNAME"] = "user";
        start.Environment["SMALLSTEP_CHALLENGE_PASSWORD"] = "s3cret";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }
}
