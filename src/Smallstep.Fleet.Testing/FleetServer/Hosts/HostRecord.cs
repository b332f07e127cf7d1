using System.Security.Cryptography.X509Certificates;

namespace Smallstep.Fleet.Testing;

/// <summary>A host.</summary>
internal sealed class HostRecord
{
    public required long Id { get; init; }

    public required HostFacts Facts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long? TeamId { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset LabelsUpdatedAt { get; set; }

    public bool RefetchRequested { get; set; }

    public string CustomEmail { get; set; } = "";

    /// <summary>The values of custom host vitals, by their ids.</summary>
    public Dictionary<long, string> Vitals { get; } = [];

    /// <summary>What Fleet knows of profiles on this host, by profile UUID.</summary>
    public Dictionary<string, HostProfile> Profiles { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<X509Certificate2> Certificates { get; set; } = [];

    public List<InstalledSoftware> Software { get; set; } = [];

    public DateTimeOffset SoftwareUpdatedAt { get; set; }

    public bool IsApple => Facts.Platform is "darwin" or "ios" or "ipados";

    public bool IsWindows => Facts.Platform == "windows";

    public bool IsLinux => !IsApple && !IsWindows && Facts.Platform is not ("android" or "chrome");
}
