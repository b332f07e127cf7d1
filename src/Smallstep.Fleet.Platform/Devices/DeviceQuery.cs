using System.Globalization;

namespace Smallstep.Fleet.Platform;

/// <summary>Which devices. An empty list does not restrict.</summary>
public sealed record DeviceQuery
{
    /// <summary>Devices from these sources.</summary>
    public IReadOnlyList<DeviceSource> Sources { get; init; } = [];

    /// <summary>Devices with these operating systems.</summary>
    public IReadOnlyList<DeviceOs> OperatingSystems { get; init; } = [];

    /// <summary>Devices owned like this.</summary>
    public IReadOnlyList<DeviceOwnership> Ownership { get; init; } = [];

    /// <summary>Devices with this assurance.</summary>
    public IReadOnlyList<DeviceAssurance> Assurance { get; init; } = [];

    /// <summary>Devices in this state.</summary>
    public DeviceHealth? Health { get; init; }

    /// <summary>Only devices of an MDM.</summary>
    public bool OnlyManaged { get; init; }

    /// <summary>Only devices that wait for approval.</summary>
    public bool OnlyPendingApproval { get; init; }

    /// <summary>Only devices without a user.</summary>
    public bool OnlyUnassigned { get; init; }

    /// <summary>What to sort by; <see langword="null"/> for the server's order.</summary>
    public DeviceSortKey? SortBy { get; init; }

    /// <summary>Whether the smallest comes first; <see langword="null"/> for the server's choice.</summary>
    public bool? Ascending { get; init; }

    internal QueryString ToQuery(FilterArrayStyle style)
    {
        if (style == FilterArrayStyle.Scalar && Sources.Count > 1)
        {
            throw new ArgumentException("FilterArrayStyle.Scalar takes one source: records do not show theirs, so that several cannot be told apart here. List each source by itself.");
        }

        var query = new QueryString();
        AddArray(query, "assurance", Assurance.Select(value => value.Value), style);
        AddArray(query, "operatingSystem", OperatingSystems.Select(value => value.Value), style);
        AddArray(query, "ownership", Ownership.Select(value => value.Value), style);
        AddArray(query, "source", Sources.Select(value => value.Value), style);
        return query
            .AddFlag("filters%5BonlyManaged%5D", OnlyManaged)
            .AddFlag("filters%5BonlyPendingApproval%5D", OnlyPendingApproval)
            .AddFlag("filters%5BonlyUnassigned%5D", OnlyUnassigned)
            .Add("filters%5Bstatus%5D", Health?.Value)
            .Add("sort%5Bfield%5D", SortBy?.Value)
            .Add("sort%5Bascending%5D", Ascending);
    }

    /// <summary>The filters once more, as far as the record shows them: the server may not have understood the query's arrays.</summary>
    internal bool Matches(Device device) =>
        (OperatingSystems.Count == 0 || device.Os is not { } os || OperatingSystems.Contains(os))
        && (Ownership.Count == 0 || device.Ownership is not { } owner || Ownership.Contains(owner))
        && (Assurance.Count == 0 || Assurance.Contains(device.HighAssurance ? DeviceAssurance.High : DeviceAssurance.Normal) || Assurance.Any(value => value != DeviceAssurance.High && value != DeviceAssurance.Normal))
        && (!OnlyPendingApproval || device.ApprovedAt is null);

    private static void AddArray(QueryString query, string name, IEnumerable<string> values, FilterArrayStyle style)
    {
        int index = 0;
        string[] all = [.. values];
        if (style == FilterArrayStyle.Scalar && all.Length > 1)
        {
            return; // one value would hide the devices of the others; they are all filtered here instead
        }

        foreach (string value in all)
        {
            string suffix = style == FilterArrayStyle.Indexed ? $"%5B{index.ToString(CultureInfo.InvariantCulture)}%5D" : "";
            query.Add($"filters%5B{name}%5D{suffix}", value);
            index++;
        }
    }
}
