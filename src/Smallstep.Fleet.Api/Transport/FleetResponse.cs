using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;

namespace Smallstep.Fleet.Api;

/// <summary>An answer whose body is still to be read.</summary>
internal sealed class FleetResponse : IDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly CallDeadline _deadline;
    private readonly string _operation;
    private Stream? _stream;

    public FleetResponse(HttpResponseMessage message, CallDeadline deadline, string operation)
    {
        _message = message;
        _deadline = deadline;
        _operation = operation;
        deadline.HasAnswered = true;
        deadline.EndWait(); // a page on its way waits for the caller, not for the server
    }

    public HttpStatusCode Status => _message.StatusCode;

    public HttpResponseMessage Message => _message;

    public string Operation => _operation;

    /// <summary>Whether what was to be deleted is gone, after an attempt that may have deleted it.</summary>
    public bool HasDeletedBefore => _message.RequestMessage is { } request && RetryHandler.HasDeletedBefore(request, Status);

    /// <summary>Reads what is there; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (_stream is null)
        {
            return WaitAsync(default, buffer);
        }

        // Most of a page is there when it is asked for; then nothing is waited for.
        ValueTask<int> read = _stream.ReadAsync(buffer, _deadline.Token);
        return read.IsCompletedSuccessfully ? read : WaitAsync(read, default);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read, Memory<byte> buffer)
    {
        try
        {
            _deadline.BeginWait();
            if (_stream is null)
            {
                _stream = await _message.Content.ReadAsStreamAsync(_deadline.Token).ConfigureAwait(false);
                return await _stream.ReadAsync(buffer, _deadline.Token).ConfigureAwait(false);
            }

            return await read.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw _deadline.Translate(exception, _operation);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            throw new FleetApiException(_operation, $"Cannot {_operation}: the connection broke in the middle of the answer.", exception) { Status = Status };
        }
        finally
        {
            _deadline.EndWait();
        }
    }

    /// <summary>Reads the whole body into a pooled buffer.</summary>
    public async ValueTask<PooledBody> ReadAllAsync(long limit)
    {
        if (_message.Content.Headers.ContentLength is { } announced && announced > limit)
        {
            throw TooLarge(limit);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(_message.Content.Headers.ContentLength ?? 4096, 1024, 1 << 20));
        int length = 0;
        try
        {
            while (await ReadAsync(buffer.AsMemory(length)).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
                if (length > limit)
                {
                    throw TooLarge(limit);
                }

                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                    buffer = larger;
                }
            }

            return new PooledBody(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }
    }

    public void Dispose()
    {
        _message.Dispose();
        _deadline.Dispose();
    }

    private FleetApiException TooLarge(long limit) =>
        new(_operation, $"Cannot {_operation}: the answer is larger than {limit} bytes. Raise FleetClientOptions.MaxResponseBytes if that is meant.") { Status = Status };
}
