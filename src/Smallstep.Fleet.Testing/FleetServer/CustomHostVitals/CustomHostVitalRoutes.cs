using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Custom host vitals and the values that hosts have for them.</summary>
internal sealed class CustomHostVitalRoutes(FleetDatabase data)
{
    public static readonly FleetVersion Since = new(4, 90);
    private const int MaxName = 255;
    private static readonly string[] Keys = ["name", "id", "updated_at"];

    public void Register(ApiRouter router)
    {
        static ApiRoute From(ApiRoute route) => route with { Since = Since };
        router.Add("GET", "/custom_host_vitals", List, From);
        router.Add("POST", "/custom_host_vitals", Create, From);
        router.Add("PATCH", "/custom_host_vitals/{id}", Rename, From);
        router.Add("DELETE", "/custom_host_vitals/{id}", Delete, From);
        router.Add("PUT", "/hosts/{id}/custom_host_vitals/{vital}", SetValue, From);
        router.Add("PUT", "/spec/custom_host_vitals", Spec, From);
    }

    /// <summary>The values of a host, as its details show them.</summary>
    public static void WriteOf(Utf8JsonWriter writer, FleetDatabase data, HostRecord host) =>
        writer.WriteArray("custom_host_vitals", data.CustomHostVitals.Where(vital => host.Vitals.ContainsKey(vital.Id)).OrderBy(vital => vital.Name, StringComparer.Ordinal), vital =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("custom_host_vital_id", vital.Id);
            writer.WriteString("name", vital.Name);
            writer.WriteString("value", host.Vitals[vital.Id]);
            writer.WriteEndObject();
        });

    private ApiResult List(FleetCall call)
    {
        call.RequireSomewhere(Permission.ReadVariables);
        Paging paging = Paging.Read(call, Keys);
        string query = call.Raw("query") ?? "";
        List<CustomHostVitalRecord> matching = [.. data.CustomHostVitals.Where(vital =>
            vital.Name.Contains(query, StringComparison.OrdinalIgnoreCase) || $"$FLEET_HOST_VITAL_{vital.Id}".Contains(query, StringComparison.OrdinalIgnoreCase))];
        (IReadOnlyList<CustomHostVitalRecord> page, bool hasNext) = paging.Cut(
            matching, (vital, key) => key switch { "id" => vital.Id, "updated_at" => vital.UpdatedAt, _ => vital.Name }, vital => vital.Name);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("custom_host_vitals", page, vital =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", vital.Id);
                writer.WriteString("name", vital.Name);
                writer.WriteTime("created_at", vital.CreatedAt);
                writer.WriteTime("updated_at", vital.UpdatedAt);
                writer.WriteEndObject();
            });
            writer.WriteMeta(hasNext, paging.Page > 0);
            writer.WriteNumber("count", matching.Count);
        });
    }

    private ApiResult Create(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        string name = call.Body.Text("name") ?? "";
        Check(name);
        RefuseTaken(name, except: null);
        return Changed(Add(call, name));
    }

    private ApiResult Rename(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        string name = call.Body.Text("name") ?? "";
        Check(name);
        CustomHostVitalRecord vital = Find(call.Id());
        RefuseTaken(name, vital);
        vital.Name = name;
        vital.UpdatedAt = data.Now;
        Log(call, "edited_custom_host_vital", vital);
        return Changed(vital);
    }

    private ApiResult Delete(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        Remove(call, Find(call.Id()));
        return ApiResult.Empty();
    }

    private ApiResult SetValue(FleetCall call)
    {
        HostRecord host = HostRoutes.Readable(call, data, Permission.WriteHosts);
        CustomHostVitalRecord vital = Find(call.Id("vital"));
        host.Vitals[vital.Id] = call.Body.Text("value") ?? "";
        foreach (ProfileRecord profile in data.Profiles.Where(profile => CustomHostVitalUses.Uses(Encoding.UTF8.GetString(profile.Contents), vital.Id)))
        {
            if (host.Profiles.GetValueOrDefault(profile.Uuid) is { IsRemoval: false } delivered)
            {
                delivered.Requeue();
            }
        }

        call.Log("edited_custom_host_vital_value", ("host_id", host.Id), ("host_display_name", host.Facts.Hostname), ("custom_host_vital_id", vital.Id), ("custom_host_vital_name", vital.Name));
        return ApiResult.Empty();
    }

    /// <summary>Replaces the whole list by name: what is not in it is deleted, unless something uses it.</summary>
    private ApiResult Spec(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string name in (call.Body.Objects("custom_host_vitals") ?? []).Select(item => item.Text("name") ?? ""))
        {
            Check(name);
            if (!names.Add(name))
            {
                throw ApiError.Invalid("custom_host_vitals", $"duplicate custom host vital name: \"{name}\"");
            }
        }

        if (call.Body.Flag("dry_run") == true)
        {
            return ApiResult.Empty();
        }

        CustomHostVitalRecord[] gone = [.. data.CustomHostVitals.Where(vital => !names.Contains(vital.Name))];
        foreach (CustomHostVitalRecord vital in gone)
        {
            CustomHostVitalUses.RefuseDeletion(data, vital);
        }

        foreach (CustomHostVitalRecord vital in gone)
        {
            Remove(call, vital);
        }

        foreach (string name in names.Where(name => data.CustomHostVitals.All(vital => vital.Name != name)))
        {
            Add(call, name);
        }

        return ApiResult.Empty();
    }

    private CustomHostVitalRecord Add(FleetCall call, string name)
    {
        var vital = new CustomHostVitalRecord { Id = data.NextId(), Name = name, CreatedAt = data.Now, UpdatedAt = data.Now };
        data.CustomHostVitals.Add(vital);
        Log(call, "created_custom_host_vital", vital);
        return vital;
    }

    private void Remove(FleetCall call, CustomHostVitalRecord vital)
    {
        CustomHostVitalUses.RefuseDeletion(data, vital);
        data.CustomHostVitals.Remove(vital);
        foreach (HostRecord host in data.Hosts.Values)
        {
            host.Vitals.Remove(vital.Id);
        }

        Log(call, "deleted_custom_host_vital", vital);
    }

    private static void Log(FleetCall call, string type, CustomHostVitalRecord vital) =>
        call.Log(type, ("custom_host_vital_id", vital.Id), ("custom_host_vital_name", vital.Name));

    private CustomHostVitalRecord Find(long id) =>
        data.CustomHostVitals.FirstOrDefault(vital => vital.Id == id) ?? throw ApiError.NotFound($"CustomHostVital {id} was not found in the datastore");

    // The database compares names without regard to case.
    private void RefuseTaken(string name, CustomHostVitalRecord? except)
    {
        if (data.CustomHostVitals.Any(vital => vital != except && string.Equals(vital.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiError.Exists($"name {name} already exists");
        }
    }

    private static void Check(string name)
    {
        string? error = name.Length == 0 ? "custom host vital name cannot be empty"
            : name.Trim() != name ? "custom host vital name cannot have leading or trailing whitespace"
            : name.EnumerateRunes().Count() > MaxName ? $"custom host vital name is too long: {name}"
            : null;
        if (error is not null)
        {
            throw ApiError.Invalid("name", error);
        }
    }

    // Fleet answers a change with empty times.
    private static ApiResult Changed(CustomHostVitalRecord vital) => ApiResult.Object(writer => writer.WriteObject("custom_host_vital", () =>
    {
        writer.WriteNumber("id", vital.Id);
        writer.WriteString("name", vital.Name);
        writer.WriteString("created_at", "");
        writer.WriteString("updated_at", "");
    }));
}
