using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>Brings Fleet's hosts into Smallstep's inventory: stateless, idempotent, never deleting.</summary>
internal sealed class InventorySync(ReadableClients fleet, SmallstepClient smallstep, IntegrationSpec spec, SyncOptions options)
{
    private const int KeptFailures = 100;

    private readonly ConcurrentDictionary<SyncOutcome, int> _counts = [];
    private readonly ConcurrentQueue<SyncedDevice> _failures = [];
    private readonly Dictionary<string, long> _claims = new(StringComparer.OrdinalIgnoreCase);

    public async Task<SyncResult> RunAsync(IReadOnlyList<long> teams, IProgress<SyncedDevice>? progress, CancellationToken cancellationToken)
    {
        DeviceIndex<Device> devices = await DeviceIndex<Device>.LoadAsync(smallstep, device => device, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<long, string> keys = await EndorsementKeys.ReadAsync(fleet, EnrollmentReport.Name, cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism), CancellationToken = cancellationToken };
        foreach (long team in teams)
        {
            IAsyncEnumerable<HostSummary> hosts = fleet.Observer.Hosts.ListSummariesAsync(new HostQuery { TeamId = team, DeviceMapping = true }, ReadableClients.WhileHostsComeAndGo, cancellationToken);
            await Parallel.ForEachAsync(ClaimAsync(hosts, devices, keys, cancellationToken), parallel, async (claim, token) =>
                Count(await SyncAsync(claim, token).ConfigureAwait(false), progress)).ConfigureAwait(false);
        }

        return new SyncResult(_counts.ToDictionary(), [.. _failures.Take(KeptFailures)]);
    }

    /// <summary>
    /// Gives each device to the first host that it may belong to. Two hosts with one serial number, such as a stale record beside a
    /// new one, would otherwise change the device in turns for ever.
    /// </summary>
    private async IAsyncEnumerable<Claim> ClaimAsync(
        IAsyncEnumerable<HostSummary> hosts, DeviceIndex<Device> devices, IReadOnlyDictionary<long, string> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (HostSummary host in hosts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!spec.Covers(host.DevicePlatform))
            {
                continue;
            }

            string? key = keys.GetValueOrDefault(host.Id);
            Device? device = devices.Find(key, host.HardwareSerial, host.Uuid);
            string? identifier = device?.PermanentIdentifier ?? HostIdentity.PermanentIdentifier(host, key);
            bool isFirst = identifier is null || _claims.TryAdd(identifier, host.Id);
            yield return new Claim(host, device, identifier, isFirst ? null : _claims[identifier!]);
        }
    }

    private async Task<SyncedDevice> SyncAsync(Claim claim, CancellationToken cancellationToken)
    {
        (HostSummary host, Device? device, string? identifier, long? other) = claim;
        string name = HostIdentity.Name(host);
        if (other is not null)
        {
            return new SyncedDevice(host.Id, name, SyncOutcome.Skipped, $"The host {other} has the same identity; delete the stale record in Fleet.");
        }

        try
        {
            return device is null
                ? await CreateAsync(host, name, identifier, cancellationToken).ConfigureAwait(false)
                : await UpdateAsync(host, name, device, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is SmallstepApiException { Status: not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) } or TimeoutException)
        {
            // One device that Smallstep refuses ends no run; a token that may not write would be refused for each.
            return new SyncedDevice(host.Id, name, SyncOutcome.Failed, problem.Message);
        }
    }

    private async Task<SyncedDevice> CreateAsync(HostSummary host, string name, string? identifier, CancellationToken cancellationToken)
    {
        if (identifier is null)
        {
            string reason = host.DevicePlatform.IsApple ? "The host has no serial number." : "The host has not reported its TPM yet.";
            return new SyncedDevice(host.Id, name, SyncOutcome.Skipped, reason);
        }

        if (!options.DryRun)
        {
            await smallstep.Devices.EnsureAsync(DeviceDescription.Of(host, identifier, options.Tags), cancellationToken).ConfigureAwait(false);
        }

        return new SyncedDevice(host.Id, name, SyncOutcome.Created);
    }

    private async Task<SyncedDevice> UpdateAsync(HostSummary host, string name, Device device, CancellationToken cancellationToken)
    {
        DevicePatch patch = DeviceDescription.Difference(device, DeviceDescription.Of(host, device.PermanentIdentifier, []));
        if (patch.IsEmpty)
        {
            return new SyncedDevice(host.Id, name, SyncOutcome.Unchanged);
        }

        if (!options.DryRun)
        {
            await smallstep.Devices.PatchAsync(device.DeviceId, patch, cancellationToken).ConfigureAwait(false);
        }

        return new SyncedDevice(host.Id, name, SyncOutcome.Updated);
    }

    private void Count(SyncedDevice device, IProgress<SyncedDevice>? progress)
    {
        _counts.AddOrUpdate(device.Outcome, 1, static (_, count) => count + 1);
        if (device.Outcome == SyncOutcome.Failed)
        {
            _failures.Enqueue(device);
        }

        Telemetry.DevicesSynced.Add(1, new KeyValuePair<string, object?>("outcome", device.Outcome.ToString()));
        progress?.Report(device);
    }

    /// <summary>A host, the device that it is, and the host that was given the device before.</summary>
    private sealed record Claim(HostSummary Host, Device? Device, string? Identifier, long? Other);
}
