using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Hosts as the API shows them.</summary>
internal sealed class HostJson(FleetDatabase data)
{
    private const double CriticalScore = 9.0;
    private const string Never = "2000-01-01T00:00:00Z";

    /// <summary>Writes a host; the members that only the detail has are left out of lists.</summary>
    public void Write(Utf8JsonWriter writer, HostRecord host, HostParts parts)
    {
        bool isDetail = parts.IsDetail;
        HostFacts facts = host.Facts;
        writer.WriteStartObject();
        WriteTimes(writer, host);
        WriteSystem(writer, facts, isDetail);
        WriteHardware(writer, facts);
        writer.WriteOptional("team_id", host.TeamId);
        writer.WriteString("team_name", host.TeamId is { } team ? data.TeamName(team) : null);
        writer.WriteNull("pack_stats");
        writer.WriteNumber("gigs_disk_space_available", facts.FreeDiskGigabytes);
        writer.WriteNumber("percent_disk_space_available", 42);
        writer.WriteNumber("gigs_total_disk_space", 494.4);
        if (isDetail || data.Capabilities.PopulateEndUsers)
        {
            writer.WriteBoolean("disk_encryption_enabled", false);
        }

        writer.WriteObject("issues", () =>
        {
            int failing = parts.WithoutIssues ? 0 : data.Policies.Count(policy => policy.Concerns(data, host) && !policy.Passes(host));
            int critical = parts.WithoutIssues || !data.Options.IsPremium ? 0 : host.Software.SelectMany(software => VulnerabilityFilter.Of(data, software.Name, software.Version)).Count(v => v.CvssScore > CriticalScore);
            writer.WriteNumber("failing_policies_count", failing);
            if (data.Options.IsPremium)
            {
                writer.WriteNumber("critical_vulnerabilities_count", critical);
            }

            writer.WriteNumber("total_issues_count", failing + critical);
        });
        writer.WriteString("status", IsOnline(host) ? "online" : "offline");
        writer.WriteString("last_restarted_at", Never);
        if (parts.Additional)
        {
            writer.WriteObject("additional", static () => { });
        }

        if (parts.DeviceMapping)
        {
            writer.WriteArray("device_mapping", Emails(host), mapping => WriteMapping(writer, mapping));
        }

        if (parts.EndUsers)
        {
            WriteEndUsers(writer, host);
        }

        if (parts.Software)
        {
            writer.WriteArray("software", host.Software, software => WriteInstalled(writer, software, parts.Vulnerabilities));
        }

        if (parts.Users)
        {
            writer.WriteStrings("users", []);
        }

        if (parts.Labels)
        {
            writer.WriteArray("labels", data.LabelsOf(host), label => LabelRoutes.Write(writer, label));
        }

        if (isDetail)
        {
            writer.WriteStrings("packs", []);
            if (data.Version >= CustomHostVitalRoutes.Since)
            {
                CustomHostVitalRoutes.WriteOf(writer, data, host);
            }
        }

        if (parts.Policies)
        {
            new PolicyJson(data).WriteOf(writer, host);
        }

        writer.WriteObject("mdm", () => WriteMdm(writer, host, parts));
        writer.WriteEndObject();
    }

    /// <summary>The e-mail addresses of a host with the source of each.</summary>
    public static IEnumerable<(string Email, string Source)> Emails(HostRecord host)
    {
        if (host.Facts.EndUser is { } user && user.Email.Length > 0)
        {
            yield return (user.Email, "mdm_idp_accounts");
        }

        if (host.CustomEmail.Length > 0)
        {
            yield return (host.CustomEmail, "custom");
        }
    }

    public static void WriteMapping(Utf8JsonWriter writer, (string Email, string Source) mapping)
    {
        writer.WriteStartObject();
        writer.WriteString("email", mapping.Email);
        writer.WriteString("source", mapping.Source);
        writer.WriteEndObject();
    }

    public bool IsOnline(HostRecord host) => host.SeenAt + TimeSpan.FromSeconds(70) >= data.Now;

    private void WriteInstalled(Utf8JsonWriter writer, InstalledSoftware software, bool withVulnerabilities)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", data.VersionId(software));
        writer.WriteString("name", software.Name);
        writer.WriteString("version", software.Version);
        writer.WriteString("source", software.Source);
        writer.WriteString("bundle_identifier", software.BundleIdentifier);
        if (withVulnerabilities)
        {
            writer.WriteArray("vulnerabilities", VulnerabilityFilter.Of(data, software.Name, software.Version), vulnerability =>
            {
                writer.WriteStartObject();
                writer.WriteString("cve", vulnerability.Cve);
                writer.WriteNumber("cvss_score", vulnerability.CvssScore);
                writer.WriteBoolean("cisa_known_exploit", vulnerability.IsExploited);
                writer.WriteEndObject();
            });
        }

        writer.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter writer, HostRecord host)
    {
        writer.WriteNumber("id", host.Id);
        writer.WriteTime("created_at", host.CreatedAt);
        writer.WriteTime("updated_at", host.UpdatedAt);
        writer.WriteTime("detail_updated_at", host.UpdatedAt);
        writer.WriteTime("label_updated_at", host.LabelsUpdatedAt);
        writer.WriteString("policy_updated_at", Never);
        writer.WriteTime("last_enrolled_at", host.CreatedAt);
        writer.WriteTime("seen_time", host.SeenAt);
        writer.WriteBoolean("refetch_requested", host.RefetchRequested);
        writer.WriteNull("refetch_critical_queries_until");
    }

    private static void WriteSystem(Utf8JsonWriter writer, HostFacts facts, bool isDetail)
    {
        writer.WriteString("hostname", facts.Hostname);
        writer.WriteString("uuid", facts.Uuid);
        writer.WriteString("platform", facts.Platform);
        writer.WriteString("platform_like", facts.PlatformLike);
        writer.WriteString("os_version", facts.OsVersion);
        writer.WriteString("build", "");
        writer.WriteString("code_name", "");
        writer.WriteString("osquery_version", facts.RunsFleetd ? "5.17.0" : "");
        string? fleetd = isDetail && facts.RunsFleetd ? "1.44.0" : null;
        writer.WriteString("orbit_version", fleetd);
        writer.WriteString("fleet_desktop_version", fleetd);
        if (facts.RunsFleetd)
        {
            writer.WriteBoolean("scripts_enabled", facts.ScriptsEnabled);
        }
        else
        {
            writer.WriteNull("scripts_enabled");
        }

        writer.WriteNumber("uptime", 86400000000000);
        writer.WriteNumber("memory", 17179869184);
    }

    private static void WriteHardware(Utf8JsonWriter writer, HostFacts facts)
    {
        writer.WriteString("cpu_type", facts.CpuType);
        writer.WriteString("cpu_subtype", "");
        writer.WriteString("cpu_brand", "");
        writer.WriteNumber("cpu_physical_cores", 8);
        writer.WriteNumber("cpu_logical_cores", 8);
        writer.WriteString("hardware_vendor", facts.HardwareVendor);
        writer.WriteString("hardware_model", facts.HardwareModel);
        writer.WriteString("hardware_version", "");
        writer.WriteString("hardware_serial", facts.HardwareSerial);
        string name = facts.ComputerName.Length > 0 ? facts.ComputerName : facts.Hostname;
        writer.WriteString("computer_name", name);
        writer.WriteString("display_name", name);
        writer.WriteString("display_text", facts.Hostname);
        writer.WriteNull("timezone");
        writer.WriteString("public_ip", "203.0.113.9");
        writer.WriteString("primary_ip", "192.0.2.14");
        writer.WriteString("primary_mac", "02:00:5e:10:00:01");
        writer.WriteNumber("distributed_interval", 10);
        writer.WriteNumber("config_tls_refresh", 60);
        writer.WriteNumber("logger_tls_period", 10);
    }

    private static void WriteEndUsers(Utf8JsonWriter writer, HostRecord host)
    {
        HostEndUser[] users = host.Facts.EndUser is { } user ? [user] : [];
        writer.WriteArray("end_users", users, one =>
        {
            writer.WriteStartObject();
            writer.WriteString("idp_id", one.UserName);
            writer.WriteString("idp_username", one.UserName);
            writer.WriteString("idp_full_name", one.FullName);
            writer.WriteStrings("idp_groups", one.Groups);
            writer.WriteString("idp_department", one.Department);
            writer.WriteNull("idp_info_updated_at");
            writer.WriteArray("other_emails", Emails(host), mapping => WriteMapping(writer, mapping));
            writer.WriteEndObject();
        });
    }

    private void WriteMdm(Utf8JsonWriter writer, HostRecord host, HostParts parts)
    {
        bool enrolled = host.Facts.IsMdmEnrolled;
        writer.WriteString("enrollment_status", host.Facts.MdmEnrollmentStatus);
        writer.WriteBoolean("dep_profile_error", false);
        writer.WriteString("server_url", enrolled ? data.ServerUrl : null);
        writer.WriteString("name", enrolled ? "Fleet" : "");
        writer.WriteBoolean("encryption_key_available", false);
        if (enrolled)
        {
            writer.WriteBoolean("connected_to_fleet", true);
        }

        if (parts.DeviceStatus)
        {
            writer.WriteString("device_status", "unlocked");
            writer.WriteString("pending_action", "");
        }

        if (!parts.IsDetail)
        {
            return;
        }

        writer.WriteArray("profiles", host.Profiles.Values.OrderBy(profile => profile.Name, StringComparer.Ordinal), profile =>
        {
            writer.WriteStartObject();
            writer.WriteString("profile_uuid", profile.ProfileUuid);
            writer.WriteString("name", profile.Name);
            writer.WriteString("status", profile.ShownStatus);
            writer.WriteString("operation_type", profile.IsRemoval ? "remove" : "install");
            writer.WriteString("detail", profile.Detail);
            writer.WriteString("platform", host.IsWindows ? "windows" : "darwin");
            writer.WriteString("scope", host.IsApple ? "device" : null);
            writer.WriteNull("managed_local_account");
            writer.WriteEndObject();
        });
        writer.WriteObject("macos_settings", () =>
        {
            writer.WriteNull("disk_encryption");
            writer.WriteNull("action_required");
        });
    }
}
