namespace Smallstep.Fleet.Testing;

/// <summary>What waits for a host when it checks in.</summary>
internal static class CheckIn
{
    public static DeviceWork Collect(FleetDatabase data, HostRecord host)
    {
        host.SeenAt = data.Now;
        host.RefetchRequested = false;
        LabelMembership.Evaluate(data, host);
        HashSet<string> labels = [.. data.LabelsOf(host).Select(label => label.Name)];
        bool fleetd = host.Facts.RunsFleetd;
        return new DeviceWork
        {
            Profiles = [.. Profiles(host)],
            Packages = fleetd ? [.. data.Installs.Where(install => install.HostId == host.Id && install.IsPending).Select(install => Package(data, install, host))] : [],
            Scripts = fleetd ? [.. data.Executions.Where(execution => execution.HostId == host.Id && execution.ExitCode is null && !(execution.NotBefore > data.Now))
                .Select(execution => new DeliveredScript(execution.Id, execution.Name, data.Expand(execution.Contents, host)))] : [],
            Commands = host.Facts.IsMdmEnrolled ? [.. data.Commands.Where(command => command.HostId == host.Id && command.IsOpen)
                .Select(command => new DeliveredCommand(command.Uuid, command.RequestType, command.Payload))] : [],
            Reports = fleetd ? [.. data.Queries.Where(query => IsDue(query, host, labels)).Select(query => new DeliveredReport(query.Id, query.Name, query.Sql))] : [],
            Labels = [.. labels.Order(StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<DeliveredProfile> Profiles(HostRecord host) => host.Profiles.Values
        .Where(row => row.Status == "pending" && host.Facts.IsMdmEnrolled)
        .OrderByDescending(row => row.IsRemoval).ThenBy(row => row.Name, StringComparer.Ordinal)
        .Select(row => new DeliveredProfile(row.ProfileUuid, row.Name, row.IsRemoval, row.Contents));

    private static DeliveredPackage Package(FleetDatabase data, InstallRecord install, HostRecord host) =>
        new(install.Uuid, install.Title.Name, install.Package.FileName, install.Package.Version, install.Package.Contents)
        {
            IsUninstall = install.IsUninstall,
            Source = install.Title.Source,
            InstallScript = data.Expand(install.Package.InstallScript, host),
            PostInstallScript = data.Expand(install.Package.PostInstallScript, host),
            UninstallScript = data.Expand(install.Package.UninstallScript, host),
        };

    private static bool IsDue(QueryRecord query, HostRecord host, HashSet<string> labels)
    {
        bool platform = query.Platform.Length == 0
            || query.Platform.Split(',', StringSplitOptions.TrimEntries).Any(name => name == host.Facts.Platform || (name == "linux" && host.IsLinux));
        return query.Interval > 0 && platform && !query.DiscardData && query.Logging == "snapshot"
            && (query.TeamId is null || query.TeamId == host.TeamId) && query.Labels.Includes(labels);
    }
}
