using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Interop.Tests;

/// <summary>The samples as they were built.</summary>
internal static partial class SampleProgram
{
    /// <summary>The program's assembly, for <c>dotnet</c> to run.</summary>
    public static string Path(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Smallstep.Fleet.sln")))
        {
            folder = folder.Parent;
        }

        string configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return System.IO.Path.Combine(folder!.FullName, "docs", "samples", name, "bin", configuration, "net10.0", name + ".dll");
    }

    /// <summary>Starts a web program on a free port, in its own folder as <c>dotnet run</c> does, and waits until it listens.</summary>
    /// <param name="name">The sample.</param>
    /// <param name="options">What its configuration names under <c>Integration</c>.</param>
    public static async Task<(Process Process, Uri Address)> StartWebAsync(string name, IReadOnlyDictionary<string, string>? options = null)
    {
        string program = Path(name);
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(program)!, "..", "..", "..")),
        };
        foreach ((string option, string value) in options ?? new Dictionary<string, string>())
        {
            start.Environment["Integration__" + option] = value;
        }

        Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            string line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"{name} ended at its start.");
            if (Listening().Match(line) is { Success: true } match)
            {
                return (process, new Uri(match.Groups[1].Value));
            }
        }
    }

    [GeneratedRegex("Now listening on: (http://[^ ]+)")]
    private static partial Regex Listening();
}
