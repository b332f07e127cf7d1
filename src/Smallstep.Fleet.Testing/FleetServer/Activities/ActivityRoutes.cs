using System.Globalization;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>The activity feed.</summary>
internal sealed class ActivityRoutes(FleetDatabase data)
{
    private static readonly string[] Keys = ["created_at", "id"];

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/activities", List);
        router.Add("GET", "/hosts/{id}/activities", Past);
        router.Add("GET", "/hosts/{id}/activities/upcoming", Upcoming);
        router.Add("DELETE", "/hosts/{id}/activities/upcoming/{uuid}", Cancel);
    }

    private ApiResult List(FleetCall call)
    {
        call.RequireSomewhere(Permission.ReadActivities);
        Paging paging = Paging.Read(call, Keys);
        string? type = call.Raw("activity_type");
        string search = call.Raw("query") ?? "";
        IEnumerable<ActivityRecord> found = data.Activities
            .Where(activity => type is null || Shown(activity.Type) == type)
            .Where(activity => (Time(call, "start_created_at") is not { } from || activity.At >= from) && (Time(call, "end_created_at") is not { } to || activity.At <= to))
            .Where(activity => search.Length == 0 || activity.Actor?.Name.Contains(search, StringComparison.OrdinalIgnoreCase) == true);
        (IReadOnlyList<ActivityRecord> page, bool hasNext) = paging.Cut(found, (a, key) => key == "id" ? a.Id : a.At, a => paging.IsDescending ? a.Id : -a.Id);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("activities", page, activity => Write(writer, activity));
            writer.WriteMeta(hasNext, paging.Page > 0);
        });
    }

    private static DateTimeOffset? Time(FleetCall call, string name) => call.Raw(name) is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw ApiError.Bad($"Invalid {name}: {text}");

    private ApiResult Past(FleetCall call)
    {
        HostRecord host = HostRoutes.Readable(call, data);
        Paging paging = Paging.Read(call, Keys);
        IEnumerable<ActivityRecord> found = data.Activities.Where(activity => activity.Details.Contains(("host_display_name", host.Facts.Hostname)));
        (IReadOnlyList<ActivityRecord> page, bool hasNext) = paging.Cut(found, (a, key) => key == "id" ? a.Id : a.At, a => paging.IsDescending ? a.Id : -a.Id);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("activities", page, activity => Write(writer, activity));
            writer.WriteMeta(hasNext, paging.Page > 0);
        });
    }

    private ApiResult Upcoming(FleetCall call)
    {
        HostRecord host = HostRoutes.Readable(call, data);
        List<(string Uuid, string Type, DateTimeOffset At)> waiting =
        [
            .. data.Installs.Where(install => install.HostId == host.Id && install.IsPending).Select(install => (install.Uuid, install.IsUninstall ? "uninstalled_software" : "installed_software", install.CreatedAt)),
            .. data.Executions.Where(execution => execution.HostId == host.Id && execution.ExitCode is null).Select(execution => (execution.Id, "ran_script", execution.CreatedAt)),
        ];
        return ApiResult.Object(writer =>
        {
            writer.WriteNumber("count", waiting.Count);
            writer.WriteArray("activities", waiting, item =>
            {
                writer.WriteStartObject();
                writer.WriteString("uuid", item.Uuid);
                writer.WriteTime("created_at", item.At);
                writer.WriteString("type", item.Type);
                writer.WriteEndObject();
            });
            writer.WriteMeta(false, false);
        });
    }

    private ApiResult Cancel(FleetCall call)
    {
        HostRecord host = HostRoutes.Readable(call, data, Permission.InstallSoftware);
        string uuid = call.Route("uuid");
        int removed = data.Installs.RemoveAll(install => install.Uuid == uuid && install.HostId == host.Id && install.IsPending)
            + data.Executions.RemoveAll(execution => execution.Id == uuid && execution.HostId == host.Id && execution.ExitCode is null);
        return removed > 0 ? ApiResult.NoContent() : throw ApiError.NotFound("Upcoming activity was not found in the datastore");
    }

    private string Shown(string type) => data.Capabilities.FleetAndReportNames
        ? type.Replace("_team", "_fleet", StringComparison.Ordinal).Replace("_saved_query", "_saved_report", StringComparison.Ordinal)
        : type;

    private void Write(Utf8JsonWriter writer, ActivityRecord activity)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", activity.Id);
        writer.WriteTime("created_at", activity.At);
        if (activity.Actor is { } actor)
        {
            writer.WriteString("actor_full_name", actor.Name);
            writer.WriteNumber("actor_id", actor.Id);
            writer.WriteString("actor_gravatar", "");
            writer.WriteString("actor_email", actor.Email);
            writer.WriteBoolean("actor_api_only", actor.IsApiOnly);
        }

        writer.WriteString("type", Shown(activity.Type));
        writer.WriteBoolean("fleet_initiated", activity.Actor is null);
        writer.WriteObject("details", () =>
        {
            foreach ((string name, object? value) in activity.Details)
            {
                if (value is long number)
                {
                    writer.WriteNumber(name, number);
                }
                else
                {
                    writer.WriteString(name, value as string);
                }
            }
        });
        writer.WriteEndObject();
    }
}
