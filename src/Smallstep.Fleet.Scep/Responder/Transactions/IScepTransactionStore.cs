namespace Smallstep.Fleet.Scep;

/// <summary>Where responders remember transactions. Several responders of one CA share one store.</summary>
public interface IScepTransactionStore
{
    /// <summary>Finds a transaction that has not expired, or returns <see langword="null"/>.</summary>
    ValueTask<ScepTransactionRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a transaction atomically; returns <see langword="false"/> where its id is taken or there is no room.</summary>
    ValueTask<bool> TryAddAsync(ScepTransactionRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces a pending transaction atomically; returns <see langword="false"/> where it is no longer pending.</summary>
    /// <remarks>Two polls may be granted at once, and only one of them may issue.</remarks>
    ValueTask<bool> TryClaimAsync(ScepTransactionRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces a transaction that was added before, whatever its state.</summary>
    ValueTask UpdateAsync(ScepTransactionRecord record, CancellationToken cancellationToken);

    /// <summary>Forgets a transaction that came to nothing.</summary>
    ValueTask RemoveAsync(string id, CancellationToken cancellationToken);
}
