using System.Collections.Concurrent;

namespace Smallstep.Fleet.Scep;

/// <summary>
/// Transactions in memory, each for a while, and not more than a number; a pending one counts once more for each 4 KiB of its request.
/// </summary>
public sealed class InMemoryScepTransactionStore : IScepTransactionStore
{
    private const int BytesPerPlace = 4096;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Entry> _expiry = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;
    private readonly int _capacity;
    private long _taken;

    /// <summary>Creates a store.</summary>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="lifetime">How long a transaction is remembered; default one hour.</param>
    /// <param name="capacity">The most transactions at a time; default 100,000.</param>
    public InMemoryScepTransactionStore(TimeProvider? time = null, TimeSpan? lifetime = null, int capacity = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _time = time ?? TimeProvider.System;
        _lifetime = lifetime ?? TimeSpan.FromHours(1);
        _capacity = capacity;
    }

    /// <inheritdoc/>
    public ValueTask<ScepTransactionRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_entries.TryGetValue(id, out Entry? entry) && entry.ExpiresAt > _time.GetUtcNow().UtcTicks ? entry.Record : null);

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(ScepTransactionRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        long now = _time.GetUtcNow().UtcTicks;
        Purge(now);
        var entry = new Entry(record, now + _lifetime.Ticks);
        if (Interlocked.Add(ref _taken, Places(record)) > _capacity || !_entries.TryAdd(record.Id, entry))
        {
            Interlocked.Add(ref _taken, -Places(record));
            return ValueTask.FromResult(false);
        }

        _expiry.Enqueue(entry);
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryClaimAsync(ScepTransactionRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!_entries.TryGetValue(record.Id, out Entry? entry) || entry.Record is not { State: ScepTransactionState.Pending } pending)
        {
            return ValueTask.FromResult(false);
        }

        // What is granted is remembered from now on, however long it waited.
        var claimed = new Entry(record, _time.GetUtcNow().UtcTicks + _lifetime.Ticks);
        if (!_entries.TryUpdate(record.Id, claimed, entry))
        {
            return ValueTask.FromResult(false);
        }

        // The old entry stays in the queue until its time, without the request.
        entry.Replace(record);
        _expiry.Enqueue(claimed);
        Interlocked.Add(ref _taken, Places(record) - Places(pending));
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask UpdateAsync(ScepTransactionRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_entries.TryGetValue(record.Id, out Entry? entry))
        {
            Interlocked.Add(ref _taken, Places(record) - Places(entry.Replace(record)));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (_entries.TryRemove(id, out Entry? entry))
        {
            Interlocked.Add(ref _taken, -Places(entry.Record));
        }

        return ValueTask.CompletedTask;
    }

    private void Purge(long now)
    {
        while (_expiry.TryPeek(out Entry? oldest) && oldest.ExpiresAt <= now && _expiry.TryDequeue(out oldest))
        {
            if (oldest.ExpiresAt <= now && _entries.TryRemove(KeyValuePair.Create(oldest.Record.Id, oldest)))
            {
                Interlocked.Add(ref _taken, -Places(oldest.Record));
            }
        }
    }

    private static int Places(ScepTransactionRecord record) => 1 + (record.Request.Length / BytesPerPlace);

    private sealed class Entry(ScepTransactionRecord record, long expiresAt)
    {
        private ScepTransactionRecord _record = record;

        public ScepTransactionRecord Record => Volatile.Read(ref _record);

        /// <summary>In ticks of UTC.</summary>
        public long ExpiresAt { get; } = expiresAt;

        public ScepTransactionRecord Replace(ScepTransactionRecord record) => Interlocked.Exchange(ref _record, record);
    }
}
