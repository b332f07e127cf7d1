using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Testing;

/// <summary>Version and configuration.</summary>
internal sealed class SettingsRoutes(FleetDatabase data)
{
    public void Register(ApiRouter router)
    {
        router.Add("GET", "/version", call =>
        {
            _ = call.User;
            return ApiResult.Object(writer =>
            {
                writer.WriteString("version", data.Options.Version);
                writer.WriteString("branch", "HEAD");
                writer.WriteString("revision", "0000000000");
                writer.WriteString("go_version", "go1.26.2");
                writer.WriteString("build_date", "2026-01-01");
                writer.WriteString("build_user", "simulator");
            });
        });
        router.Add("GET", "/config", call =>
        {
            call.RequireSomewhere(Permission.ReadConfig);
            JsonObject shown = data.Settings.Show(call.User);
            return ApiResult.Json(writer => shown.WriteTo(writer));
        });
        router.Add("PATCH", "/config", Patch);
    }

    private ApiResult Patch(FleetCall call)
    {
        call.Require(Permission.WriteConfig);
        JsonObject given = RenamedMembers.Canonical(call.Json, data.Capabilities) is { ValueKind: System.Text.Json.JsonValueKind.Object } json
            ? JsonObject.Create(json)!
            : throw ApiError.Bad("failed to decode app config");
        JsonObject shown = data.Settings.Patch(call.User, given, call.Flag("overwrite"), call.Flag("force"), call.Flag("dry_run"));
        return ApiResult.Json(writer => shown.WriteTo(writer));
    }
}
