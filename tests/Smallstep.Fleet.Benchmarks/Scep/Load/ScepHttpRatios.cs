using System.Security.Cryptography;
using Smallstep.Fleet.Benchmarks.Ratios;

namespace Smallstep.Fleet.Benchmarks.Scep.Load;

/// <summary>
/// Enrolments per second over HTTP on loopback: the ScepServer sample against Debian's scepserver (package <c>scep</c>), in turns, each
/// at the number of connections that suits it best without a failed request: from two connections on, scepserver's depot loses races.
/// What it issues beside its failures is shown too.
/// </summary>
internal sealed class ScepHttpRatios : IRatioArea
{
    private const int Rounds = 7;
    private const int SampleSlice = 500;
    private const int PeerSlice = 100;
    private const int WarmUp = 3000;
    private static readonly int[] Workers = [1, 2, 4];

    public string Name => "scep-http";

    public IEnumerable<RatioFigure> Measure()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "scepserver"))))
        {
            Console.Error.WriteLine("scep-http needs Debian's scepserver (apt-get install scep); not measured.");
            return [];
        }

        return MeasureAsync().GetAwaiter().GetResult();
    }

    private static async Task<IReadOnlyList<RatioFigure>> MeasureAsync()
    {
        using var http = new HttpClient();
        using RSA key = RSA.Create(2048);
        string depot = LoadedServer.CreateDepot();
        using var sample = LoadedServer.StartSample();
        var generator = new LoadGenerator(http);
        Queue<byte[]> ours = (await LoadMessages.ForAsync(http, sample.Url, key)).Write(WarmUp + (Rounds * Workers.Length * SampleSlice));
        Queue<byte[]> theirs = await PreparePeerAsync(http, key, depot);
        int failed = (await generator.RunAsync(sample.Url, ours, WarmUp, workers: 2)).Failed;

        var rounds = new List<Round>();
        int peerFailed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            LoadResult[] own = new LoadResult[Workers.Length], peer = new LoadResult[Workers.Length];
            for (int i = 0; i < Workers.Length; i++)
            {
                own[i] = await generator.RunAsync(sample.Url, ours, SampleSlice, Workers[i]);
                using var peerServer = LoadedServer.StartScepserver(depot);
                peer[i] = await generator.RunAsync(peerServer.Url, theirs, PeerSlice, Workers[i]);
                failed += own[i].Failed;
                peerFailed += peer[i].Failed;
            }

            rounds.Add(new Round(own, peer));
        }

        return Figures(rounds, failed, peerFailed);
    }

    private static async Task<Queue<byte[]>> PreparePeerAsync(HttpClient http, RSA key, string depot)
    {
        using var peer = LoadedServer.StartScepserver(depot);
        return (await LoadMessages.ForAsync(http, peer.Url, key)).Write(Rounds * Workers.Length * PeerSlice);
    }

    private static List<RatioFigure> Figures(List<Round> rounds, int failed, int peerFailed)
    {
        List<RatioFigure> figures = [];
        for (int i = 0; i < Workers.Length; i++)
        {
            figures.Add(new RatioFigure($"scep-http-sample-per-second-{Workers[i]}-connections", RatioRunner.Median([.. rounds.Select(round => round.Ours[i].PerSecond)])));
            figures.Add(new RatioFigure($"scep-http-scepserver-per-second-{Workers[i]}-connections", RatioRunner.Median([.. rounds.Select(round => round.Theirs[i].PerSecond)])));
        }

        figures.Add(new RatioFigure("scep-http-sample/scepserver", RatioRunner.Median([.. rounds.Select(round => Best(round.Ours, 0) / Best(round.Theirs, 0))]), AtLeast: 4));
        figures.Add(new RatioFigure("scep-http-sample/scepserver-that-may-fail", RatioRunner.Median([.. rounds.Select(round => Best(round.Ours, 0) / Best(round.Theirs, PeerSlice))])));
        figures.Add(new RatioFigure("scep-http-sample-failures", failed, AtMost: 0));
        figures.Add(new RatioFigure("scep-http-scepserver-failures", peerFailed));
        return figures;
    }

    // Without a run that counts there is no number, and no goal is met.
    private static double Best(LoadResult[] results, int failures) =>
        results.Where(result => result.Failed <= failures).Select(result => result.PerSecond).DefaultIfEmpty(double.NaN).Max();

    private sealed record Round(LoadResult[] Ours, LoadResult[] Theirs);
}
