using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads labels; built-in ones are left out. The members of manual ones are read where they are compared.</summary>
internal static class LabelReader
{
    public static Task<IReadOnlyList<Label>?> ListAsync(ReadableClients fleet, CancellationToken cancellationToken) =>
        fleet.TryReadAsync(client => client.Labels.ListAsync(includeHostCounts: false, cancellationToken));

    public static async Task<IReadOnlyList<LabelState>?> SelectAsync(
        ReadableClients fleet, IReadOnlyList<Label>? labels, long? team, Func<string, IReadOnlyList<string>?> declaredHosts, bool wantsAllHosts, CancellationToken cancellationToken)
    {
        if (labels is null)
        {
            return null;
        }

        List<LabelState> states = [];
        foreach (Label label in labels.Where(label => label.Kind != LabelKind.BuiltIn && label.TeamId == team))
        {
            IReadOnlyList<string>? declared = declaredHosts(label.Name);
            bool wantsHosts = label.Membership.Value == "manual" && (wantsAllHosts || declared is not null);
            states.Add(new LabelState(label.Name)
            {
                Id = label.Id,
                Description = label.Description,
                Query = label.Query,
                Platform = label.Platform,
                MembershipType = label.Membership.Value ?? "dynamic",
                Vital = label.Criteria?.Vital ?? "",
                VitalValue = label.Criteria?.Value ?? "",
                CustomHostVitalId = label.Criteria?.CustomHostVitalId,
                Hosts = wantsHosts ? await fleet.TryReadAsync(client => HostsAsync(client, label.Id, declared ?? [], cancellationToken)).ConfigureAwait(false) : null,
            });
        }

        return states;
    }

    /// <summary>The members, each by the name that the declaration uses for it: hostname, serial or UUID; otherwise by its serial.</summary>
    private static async Task<IReadOnlyList<string>> HostsAsync(FleetClient client, long label, IReadOnlyList<string> declared, CancellationToken cancellationToken)
    {
        List<string> hosts = [];
        await foreach (HostSummary host in client.Hosts.ListSummariesAsync(new HostQuery { LabelId = label }, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            string[] names = [host.HardwareSerial, host.Uuid, host.Hostname];
            hosts.Add(Array.Find(names, declared.Contains) ?? Array.Find(names, name => name.Length > 0) ?? "");
        }

        return [.. hosts.Where(host => host.Length > 0).Order(StringComparer.Ordinal)];
    }
}
