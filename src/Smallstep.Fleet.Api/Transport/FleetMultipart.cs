using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Smallstep.Fleet.Api;

/// <summary>A multipart/form-data body: the fields first, then the file, which is streamed and reports its progress.</summary>
/// <remarks>Written here because the framework's writes file names that are not ASCII in a way that Go does not read.</remarks>
internal sealed class FleetMultipart : HttpContent
{
    private readonly MemoryStream _head = new();
    private readonly string _boundary = "fleet-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private Stream? _file;
    private IProgress<long>? _progress;
    private byte[] _tail = [];
    private long _start;
    private bool _hasBegun;

    public FleetMultipart()
    {
        Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data");
        Headers.ContentType.Parameters.Add(new NameValueHeaderValue("boundary", _boundary));
        Close();
    }

    /// <summary>Whether the file is still there to be sent, from its beginning.</summary>
    public bool CanSendAgain => _file is null or { CanSeek: true } || !_hasBegun;

    /// <summary>Adds a text field; nothing where the value is null.</summary>
    public FleetMultipart Field(string name, string? value)
    {
        if (value is not null)
        {
            Write($"--{_boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }

        return this;
    }

    /// <summary>Adds one field for each value, all under the same name.</summary>
    public FleetMultipart Fields(string name, IReadOnlyList<string>? values)
    {
        foreach (string value in values ?? [])
        {
            Field(name, value);
        }

        return this;
    }

    /// <summary>As <see cref="Fields"/>; an empty list is one empty field, which clears what there is.</summary>
    public FleetMultipart ReplacingFields(string name, IReadOnlyList<string>? values) =>
        values is { Count: 0 } ? Field(name, "") : Fields(name, values);

    /// <summary>Adds a small file before the one that is streamed; nothing where there is none.</summary>
    public FleetMultipart SmallFile(string name, string fileName, ReadOnlyMemory<byte>? content)
    {
        if (content is { } bytes)
        {
            Write($"--{_boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{Escape(fileName)}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
            _head.Write(bytes.Span);
            Write("\r\n");
        }

        return this;
    }

    /// <summary>Sets the file, which comes last. The stream stays the caller's.</summary>
    public FleetMultipart File(string name, string fileName, Stream content, IProgress<long>? progress = null)
    {
        Write($"--{_boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{Escape(fileName)}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        _file = content;
        _progress = progress;
        _start = content.CanSeek ? content.Position : 0;
        _tail = Encoding.UTF8.GetBytes($"\r\n--{_boundary}--\r\n");
        return this;
    }

    /// <summary>Sets the file from memory.</summary>
    public FleetMultipart File(string name, string fileName, ReadOnlyMemory<byte> content) =>
        File(name, fileName, new MemoryStream(content.ToArray(), writable: false));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_head.GetBuffer().AsMemory(0, (int)_head.Length), cancellationToken).ConfigureAwait(false);
        if (_file is not null)
        {
            _hasBegun = true;
            if (_file.CanSeek)
            {
                _file.Position = _start;
            }

            await CopyAsync(_file, stream, cancellationToken).ConfigureAwait(false);
        }

        await stream.WriteAsync(_tail, cancellationToken).ConfigureAwait(false);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _head.Length + _tail.Length + (_file is { CanSeek: true } ? _file.Length - _start : 0);
        return _file is null or { CanSeek: true };
    }

    private async Task CopyAsync(Stream file, Stream destination, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[128 * 1024];
        long sent = 0;
        while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            sent += read;
            _progress?.Report(sent);
        }
    }

    private void Close() => _tail = Encoding.UTF8.GetBytes($"--{_boundary}--\r\n");

    private void Write(string text) => _head.Write(Encoding.UTF8.GetBytes(text));

    // A quoted string (RFC 2045), as Go reads it: browsers' %22 would become part of a Windows profile's name.
    private static string Escape(string fileName) =>
        fileName.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
