namespace Smallstep.Fleet.Testing;

/// <summary>Decides which labels a host carries, as osquery and Fleet do together.</summary>
internal static class LabelMembership
{
    /// <summary>Evaluates built-in, dynamic and vitals labels for a host; manual ones keep their members.</summary>
    public static void Evaluate(FleetDatabase data, HostRecord host)
    {
        foreach (LabelRecord label in data.Labels)
        {
            bool? member = label.IsBuiltIn ? IsBuiltInMember(label.Name, host, data.Version)
                : label.MembershipType == "host_vitals" ? MeetsCriteria(label, host)
                : label.MembershipType == "dynamic" ? Answers(label, host)
                : null;
            if (member == true)
            {
                label.Members.Add(host.Id);
            }
            else if (member == false)
            {
                label.Members.Remove(host.Id);
            }
        }

        host.LabelsUpdatedAt = data.Now;
    }

    private static bool Answers(LabelRecord label, HostRecord host) =>
        host.Facts.RunsFleetd && RunsOn(label.Platform, host) && LabelQuery.Matches(label.Query, host.Facts);

    private static bool RunsOn(string platform, HostRecord host) =>
        platform.Length == 0 || platform == host.Facts.Platform || (platform == "linux" && host.IsLinux)
        || host.Facts.PlatformLike.Split(' ').Contains(platform);

    private static bool MeetsCriteria(LabelRecord label, HostRecord host) => label.Criteria switch
    {
        ("end_user_idp_group", var group) => host.Facts.EndUser?.Groups.Contains(group) == true,
        ("end_user_idp_department", var department) => host.Facts.EndUser?.Department == department,
        ("custom_host_vital", var value) => label.CustomHostVitalId is { } id && host.Vitals.GetValueOrDefault(id) == value,
        _ => false,
    };

    private static bool IsBuiltInMember(string name, HostRecord host, FleetVersion version)
    {
        string platform = host.Facts.Platform;
        string os = host.Facts.OsVersion;
        bool broad = version >= new FleetVersion(4, 92);
        return name switch
        {
            "All Hosts" => true,
            "macOS" => platform == "darwin",
            "macOS 14+ (Sonoma+)" => platform == "darwin" && MacVersion(os) >= 14,
            "iOS" => platform == "ios",
            "iPadOS" => platform == "ipados",
            "MS Windows" => platform == "windows",
            "Android" => platform == "android",
            "chrome" => platform == "chrome",
            "All Linux" => host.IsLinux,
            "Ubuntu Linux" => platform == "ubuntu" || (broad && platform is "pop" or "linuxmint" or "zorin"),
            "CentOS Linux" => platform == "centos" || os.Contains("CentOS", StringComparison.OrdinalIgnoreCase),
            "Red Hat Linux" => os.Contains("red hat", StringComparison.OrdinalIgnoreCase) || (broad && platform is "rocky" or "almalinux" or "ol"),
            "Fedora Linux" => os.StartsWith("Fedora Linux", StringComparison.Ordinal),
            _ => false,
        };
    }

    private static int MacVersion(string osVersion)
    {
        string number = osVersion.Split(' ').LastOrDefault(part => part.Length > 0 && char.IsAsciiDigit(part[0])) ?? "0";
        return int.TryParse(number.Split('.')[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int major) ? major : 0;
    }
}
