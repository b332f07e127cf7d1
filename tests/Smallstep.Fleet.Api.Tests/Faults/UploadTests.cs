using System.Security.Cryptography;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Packages go from the disk to a real socket, tell how far they are, and stop when asked to.</summary>
public sealed class UploadTests : IDisposable
{
    private const int Size = 5 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(Size);

    public UploadTests() => File.WriteAllBytes(_path, _bytes);

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Upload_FromDisk_SendsEveryByteAndTellsHowFar()
    {
        byte[] received = [];
        await using var server = new FaultServer(async exchange =>
        {
            received = await exchange.ReadBytesAsync();
            await exchange.AnswerAsync("{\"software_package\":{\"title_id\":77}}");
        });
        using FleetClient client = server.Client();
        var progress = new Steps();

        SoftwarePackage package = await client.Software.UploadAsync(new() { FileName = "a.pkg", FilePath = _path, InstallScript = "i" }, progress).WaitAsync(Patience);

        package.TitleId.Should().Be(77);
        received.AsSpan().IndexOf(_bytes).Should().BePositive("the fields come first");
        progress.Values.Should().BeInAscendingOrder().And.HaveCountGreaterThan(10);
        progress.Values[^1].Should().Be(Size);
    }

    [Fact]
    public async Task Upload_Cancelled_ClosesTheSocketAndTheFile()
    {
        var closed = new TaskCompletionSource();
        await using var server = new FaultServer(async exchange =>
        {
            try
            {
                await exchange.ReadBytesAsync(slow: true);
            }
            catch (IOException)
            {
                closed.SetResult();
            }
        });
        using FleetClient client = server.Client();
        using var stop = new CancellationTokenSource();
        var progress = new Steps(_ => stop.Cancel());
        Func<Task> act = () => client.Software.UploadAsync(new() { FileName = "a.pkg", FilePath = _path }, progress, stop.Token).WaitAsync(Patience);

        (await act.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(stop.Token);
        await closed.Task.WaitAsync(Patience);
        progress.Values.Max().Should().BeLessThan(Size);
        using FileStream exclusive = File.Open(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public async Task Upload_ConnectionBreaks_IsNotRepeated()
    {
        await using var server = new FaultServer(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Software.UploadAsync(new() { FileName = "a.pkg", FilePath = _path }).WaitAsync(Patience);

        await act.Should().ThrowAsync<FleetApiException>();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Upload_TokenRefused_IsHandedOut()
    {
        await using var server = new FaultServer(async exchange =>
        {
            await exchange.ReadBytesAsync();
            await exchange.AnswerAsync("{\"message\":\"Authentication required\"}", "401 Unauthorized");
        });
        using FleetClient client = server.Client();
        Func<Task> act = () => client.Software.UploadAsync(new() { FileName = "a.pkg", FilePath = _path }).WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Status.Should().Be(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Upload_TokenRefusedBeforeTheBody_SendsTheBodyOnceWithTheNextToken()
    {
        byte[] received = [];
        await using var server = new FaultServer(async exchange =>
        {
            if (exchange.Number == 1)
            {
                await exchange.AnswerAsync("{\"message\":\"Authentication required\"}", "401 Unauthorized");
                return;
            }

            await exchange.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            received = await ReadChunksAsync(exchange.Stream);
            await exchange.AnswerAsync("{\"software_package\":{\"title_id\":77}}");
        });
        using FleetClient client = FleetClient.Create(new() { Url = server.Url, AllowHttp = true, ServerVersion = "4.95.0" }, new Rotating());
        var progress = new Steps();

        await client.Software.UploadAsync(new() { FileName = "a.pkg", Content = new Unseekable(_bytes) }, progress).WaitAsync(Patience);

        received.AsSpan().IndexOf(_bytes).Should().BePositive();
        progress.Values.Should().BeInAscendingOrder("nothing was sent before the server took the token");
        server.Requests.Should().HaveCount(2).And.OnlyContain(head => head.Contains("Expect: 100-continue", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Upload_TokenRefusedAfterTheBody_SendsTheFileFromItsBeginningAgain()
    {
        byte[] received = [];
        await using var server = new FaultServer(async exchange =>
        {
            received = await exchange.ReadBytesAsync();
            await (exchange.Number == 1
                ? exchange.AnswerAsync("{}", "401 Unauthorized")
                : exchange.AnswerAsync("{\"software_package\":{\"title_id\":77}}"));
        });
        using FleetClient client = FleetClient.Create(new() { Url = server.Url, AllowHttp = true, ServerVersion = "4.95.0" }, new Rotating());

        await client.Software.UploadAsync(new() { FileName = "a.pkg", FilePath = _path }).WaitAsync(Patience);

        server.Requests.Should().HaveCount(2);
        received.AsSpan().IndexOf(_bytes).Should().BePositive();
    }

    [Fact]
    public async Task Upload_RefusedBeforeTheBody_TellsWhyAndSendsNothing()
    {
        await using var server = new FaultServer(exchange => exchange.AnswerAsync("{\"message\":\"Requires Fleet Premium license\"}", "402 Payment Required"));
        using FleetClient client = server.Client();
        var progress = new Steps();
        Func<Task> act = () => client.Software.UploadAsync(new() { FileName = "a.pkg", FilePath = _path }, progress).WaitAsync(Patience);

        (await act.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("Fleet Premium");
        progress.Values.Should().BeEmpty();
    }

    [Theory]
    [InlineData(500_001, true)]
    [InlineData(10_001, false)]
    public async Task Script_LargerThanFleetTakes_IsNotSent(int characters, bool saved)
    {
        using var fleet = new FleetFixture();
        string text = string.Concat(Enumerable.Repeat("é", characters));
        Func<Task> act = () => saved ? fleet.Client.Scripts.UploadAsync(new("a.sh", text)) : fleet.Client.Scripts.RunAsync(new() { HostId = 1, Contents = text });

        (await act.Should().ThrowAsync<ArgumentException>()).Which.Message.Should().Contain($"{characters} characters");
        fleet.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Script_OfCharactersThatNeedTwoUnits_CountsThemOnce()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "scripts/run", """{"host_id":1,"execution_id":"e"}""", 202);

        (await fleet.Client.Scripts.RunAsync(new() { HostId = 1, Contents = string.Concat(Enumerable.Repeat("😀", 9000)) })).ExecutionId.Should().Be("e");
    }

    private sealed class Steps(Action<long>? told = null) : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value)
        {
            Values.Add(value);
            told?.Invoke(value);
        }
    }

    /// <summary>Reads a body that does not tell its length.</summary>
    private static async Task<byte[]> ReadChunksAsync(Stream stream)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = new System.Text.StringBuilder();
            byte[] one = new byte[1];
            while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
            {
                line.Append((char)one[0]);
            }

            byte[] chunk = new byte[Convert.ToInt32(line.ToString().Trim(), 16) + 2];
            await stream.ReadExactlyAsync(chunk);
            if (chunk.Length == 2)
            {
                return body.ToArray();
            }

            body.Write(chunk, 0, chunk.Length - 2);
        }
    }

    private sealed class Rotating : IFleetTokenProvider
    {
        public ValueTask<Secret> GetTokenAsync(Secret? rejected, CancellationToken cancellationToken) => ValueTask.FromResult(new Secret(rejected is null ? "one" : "two"));
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
