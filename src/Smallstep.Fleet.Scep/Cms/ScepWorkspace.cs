using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// The buffers, writers and key handles that one message needs, reused from message to message, so that an enrolment allocates next
/// to nothing. Never shared between two messages at a time.
/// </summary>
internal sealed class ScepWorkspace : IDisposable
{
    private const int MaxPooled = 64;
    private const int MaxKeptBuffer = 64 * 1024;
    private const int InitialBuffer = 8 * 1024;

    private static readonly ConcurrentQueue<ScepWorkspace> Pool = new();

    private byte[] _plaintext = new byte[InitialBuffer];
    private int _plaintextLength;
    private byte[] _first = new byte[InitialBuffer];
    private byte[] _second = new byte[InitialBuffer];
    private byte[] _third = new byte[InitialBuffer];

    private ScepWorkspace()
    {
    }

    /// <summary>A key handle for the peer's public key; re-imported for every message.</summary>
    public RSA Peer { get; } = RSA.Create();

    public Aes Aes { get; } = Aes.Create();

    public AsnWriter Outer { get; } = new(AsnEncodingRules.DER, InitialBuffer);

    public AsnWriter Inner { get; } = new(AsnEncodingRules.DER, InitialBuffer);

    public static ScepWorkspace Rent() => Pool.TryDequeue(out ScepWorkspace? workspace) ? workspace : new ScepWorkspace();

    /// <summary>A buffer for decrypted content; wiped before the workspace is used again.</summary>
    public Memory<byte> Plaintext(int length)
    {
        _plaintextLength = Math.Max(_plaintextLength, length);
        return Ensure(ref _plaintext, length);
    }

    public Span<byte> First(int length) => Ensure(ref _first, length).Span;

    public Span<byte> Second(int length) => Ensure(ref _second, length).Span;

    public Span<byte> Third(int length) => Ensure(ref _third, length).Span;

    /// <summary>Returns the workspace to the pool.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_plaintext.AsSpan(0, _plaintextLength));
        _plaintextLength = 0;
        Outer.Reset();
        Inner.Reset();
        if (_plaintext.Length + _first.Length + _second.Length + _third.Length > 4 * MaxKeptBuffer || Pool.Count >= MaxPooled)
        {
            Peer.Dispose();
            Aes.Dispose();
            return;
        }

        Pool.Enqueue(this);
    }

    private static Memory<byte> Ensure(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            CryptographicOperations.ZeroMemory(buffer);
            buffer = new byte[length];
        }

        return buffer.AsMemory(0, length);
    }
}
