namespace Smallstep.Fleet.Api;

/// <summary>Something that a release must have for a call, beyond the endpoint itself.</summary>
/// <param name="Name">What it does, in words that follow "Cannot".</param>
/// <param name="Since">The first release that has it.</param>
internal sealed record FleetFeature(string Name, FleetVersion Since)
{
    public static readonly FleetFeature SmallstepAuthorities = new("create a Smallstep certificate authority", new(4, 76));
    public static readonly FleetFeature ReportLabelsIncludeAll = new("give a report labels that hosts must all have", new(4, 78));
    public static readonly FleetFeature TeamLabels = new("create a label of a fleet", new(4, 79));
    public static readonly FleetFeature DeviceStatus = new("list hosts with lock and wipe states (IncludeDeviceStatus)", new(4, 80));
    public static readonly FleetFeature PackageFilters = new("find packages by hash or file name", new(4, 81));
    public static readonly FleetFeature LargePackages = new("upload a package of more than 3000 MiB", new(4, 81));
    public static readonly FleetFeature TechnicianRole = new("make someone a technician", new(4, 82));
    public static readonly FleetFeature PatchPolicies = new("create a policy that patches an app", new(4, 83));
    public static readonly FleetFeature PackageLabelsIncludeAll = new("give a package labels that hosts must all have", new(4, 84));
    public static readonly FleetFeature LargeSoftwareBatches = new("send a batch of packages of more than 1 MiB", new(4, 84));
    public static readonly FleetFeature AlwaysDownload = new("have a package downloaded whether it changed or not", new(4, 85));
    public static readonly FleetFeature IncludeAndExcludeLabels = new("give a profile include and exclude labels", new(4, 87));
    public static readonly FleetFeature CustomHostVitals = new("create a label by a custom host vital", new(4, 90));
    public static readonly FleetFeature PythonPackages = new("upload a .py package", new(4, 90));
    public static readonly FleetFeature PackageVersions = new("choose the version of a package", new(4, 90));
    public static readonly FleetFeature PolicyPackages = new("choose the package that a policy installs", new(4, 90));
    public static readonly FleetFeature Activations = new("give a declaration an activation of its own", new(4, 91));
    public static readonly FleetFeature AndroidCommands = new("run a command on Android devices", new(4, 92));
    public static readonly FleetFeature PolicyProfiles = new("have a policy send a profile again", new(4, 92));
    public static readonly FleetFeature EnrolledStatus = new("list hosts by status enrolled", new(4, 92));
    public static readonly FleetFeature EndUsers = new("list hosts with their people (PopulateEndUsers)", new(4, 93));
}

/// <summary>Fails a call before it is sent.</summary>
internal static class FleetFeatureGate
{
    public static ValueTask RequireAsync(this FleetTransport transport, FleetFeature feature, CancellationToken cancellationToken) =>
        transport.RequireAsync(feature.Since, feature.Name, cancellationToken);
}
