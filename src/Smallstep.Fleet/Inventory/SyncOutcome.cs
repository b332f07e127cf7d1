namespace Smallstep.Fleet;

/// <summary>What the sync did with a host.</summary>
public enum SyncOutcome
{
    /// <summary>Smallstep already has the device as it should be.</summary>
    Unchanged,

    /// <summary>The device was registered (or would be, in a dry run).</summary>
    Created,

    /// <summary>The device was changed (or would be, in a dry run).</summary>
    Updated,

    /// <summary>The host has no identity of its own that Smallstep could attest: no serial number, no TPM reported yet, or those of another host.</summary>
    Skipped,

    /// <summary>Smallstep refused it.</summary>
    Failed,
}
