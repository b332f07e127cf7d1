using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Smallstep.Fleet.Faults;

/// <summary>One request and the connection to answer it on.</summary>
internal sealed record FaultExchange(Socket Socket, Stream Stream, string Head, int Number, CancellationToken Stop)
{
    /// <summary>The path and query of the request.</summary>
    public string Path => Head.Split(' ')[1];

    /// <summary>The TLS session, where the server speaks it.</summary>
    public SslStream Tls => (SslStream)Stream;

    /// <summary>Reads the body of a request that tells its length.</summary>
    public async Task<string> ReadBodyAsync() => Encoding.UTF8.GetString(await ReadBytesAsync());

    /// <summary>Reads the body, where wanted so slowly that the client has to wait.</summary>
    public async Task<byte[]> ReadBytesAsync(bool slow = false)
    {
        if (Head.Contains("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            await SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
        }

        string length = Head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        byte[] body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
        for (int at = 0; at < body.Length;)
        {
            int read = await Stream.ReadAsync(body.AsMemory(at, slow ? Math.Min(4096, body.Length - at) : body.Length - at), Stop);
            at += read > 0 ? read : throw new EndOfStreamException();
            await Task.Delay(slow ? 5 : 0, Stop);
        }

        return body;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await Stream.WriteAsync(bytes, Stop);

    /// <summary>Sends a whole answer.</summary>
    public Task AnswerAsync(string body, string status = "200 OK", string headers = "", string type = "application/json") =>
        SendAsync($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");

    /// <summary>Sends the head of an answer that ends with the connection.</summary>
    public Task BeginAsync(int? length = null) =>
        SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n{(length is { } bytes ? $"Content-Length: {bytes}\r\n" : "")}\r\n");

    /// <summary>Breaks the connection so that the peer sees a reset.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Close();
    }
}
