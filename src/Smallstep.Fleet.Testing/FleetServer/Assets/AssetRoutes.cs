using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Assets that declarations refer to.</summary>
internal sealed class AssetRoutes(FleetDatabase data)
{
    private const long UploadLimit = 3 * 512 * 1024;
    private const long BatchLimit = 25 * 1024 * 1024;

    public void Register(ApiRouter router)
    {
        static ApiRoute New(ApiRoute route) => route with { Since = new FleetVersion(4, 90), MdmIsOn = data => data.Options.AppleMdm };
        router.Add("GET", "/assets", List, New);
        router.Add("POST", "/assets", Upload, route => New(route) with { ReadsForm = true, MaxBytes = _ => UploadLimit });
        router.Add("POST", "/assets/batch", Apply, route => New(route) with { MaxBytes = _ => BatchLimit });
        router.Add("GET", "/assets/{uuid}", Get, New);
        router.Add("DELETE", "/assets/{uuid}", Delete, New);
    }

    private ApiResult List(FleetCall call)
    {
        call.RequirePremium();
        long? team = Team(call, call.Number("fleet_id"));
        call.Require(Permission.ReadProfiles, team);
        List<AssetRecord> assets = Of(team);
        return ApiResult.Object(writer =>
        {
            if (assets.Count == 0)
            {
                writer.WriteNull("assets");
                return;
            }

            writer.WriteArray("assets", assets.OrderBy(asset => asset.Name, StringComparer.Ordinal), asset => Write(writer, asset));
        });
    }

    private ApiResult Get(FleetCall call)
    {
        AssetRecord asset = Visible(call, Permission.ReadProfiles);
        return call.Raw("alt") switch
        {
            "media" => ApiResult.File(asset.Contents, asset.Name + ".json"),
            null or "" => ApiResult.Object(writer =>
            {
                writer.WritePropertyName("Asset");
                Write(writer, asset);
            }),
            _ => throw ApiError.Bad("Alt query param value is invalid. Supported values are empty and \"media\""),
        };
    }

    private ApiResult Upload(FleetCall call)
    {
        call.RequirePremium();
        long? team = call.Form.Text("fleet_id") is not { Length: > 0 } text ? null
            : long.TryParse(text, out long id) ? Team(call, id)
            : throw ApiError.Bad($"Invalid fleet_id: {text}");
        UploadedFile file = call.Form.File("asset") ?? throw ApiError.Bad("no file headers for asset");
        if (file.Extension != ".json")
        {
            throw ApiError.Bad("Invalid file type for asset. Only \".json\" files are allowed");
        }

        call.Require(Permission.WriteProfiles, team);
        string name = Path.GetFileNameWithoutExtension(file.FileName);
        (string identifier, string type) = AssetRules.Check(data, file.Contents);
        foreach ((string what, string value) in Of(team).Where(one => one.Name == name).Select(_ => ("name", name)).Concat(Of(team).Where(one => one.Identifier == identifier).Select(_ => ("identifier", identifier))))
        {
            throw ApiError.Conflict($"An asset with the {what} \"{value}\" already exists for this team");
        }

        AssetRecord asset = Add(call, team, name, identifier, type, file.Contents);
        return ApiResult.Object(writer => writer.WriteString("asset_uuid", asset.Uuid));
    }

    private ApiResult Delete(FleetCall call)
    {
        AssetRecord asset = Visible(call, Permission.WriteProfiles);
        if (AssetRules.IsReferenced(data, asset))
        {
            throw ApiError.Bad("Couldn't delete. A configuration profile is linked to this asset. Please delete the profile and try again.");
        }

        Remove(call, asset);
        return ApiResult.NoContent();
    }

    private ApiResult Apply(FleetCall call)
    {
        call.RequirePremium();
        if (call.Raw("fleet_id") is not null && call.Raw("fleet_name") is not null)
        {
            throw ApiError.Invalid("team_name", "cannot specify both team_id and team_name");
        }

        long? team = call.Raw("fleet_name") is { Length: > 0 } named
            ? data.Teams.FirstOrDefault(one => one.Name == named)?.Id ?? throw ApiError.NotFound("Team was not found in the datastore")
            : Team(call, call.Number("fleet_id"));
        call.Require(Permission.WriteProfiles, team);
        bool dryRun = call.Flag("dry_run");
        var wanted = new List<(string Name, string Identifier, string Type, byte[] Contents)>();
        foreach (RequestBody item in call.Body.Objects("assets") ?? [])
        {
            byte[] contents = item.Bytes("contents");
            if (dryRun && Encoding.UTF8.GetString(contents).Contains("FLEET_SECRET_", StringComparison.Ordinal))
            {
                continue;
            }

            string name = item.Text("name") ?? "";
            (string identifier, string type) = AssetRules.Check(data, contents);
            RefuseTwice("name", name, wanted.Any(one => one.Name == name));
            RefuseTwice("identifier", identifier, wanted.Any(one => one.Identifier == identifier));
            wanted.Add((name, identifier, type, contents));
        }

        if (!dryRun)
        {
            Replace(call, team, wanted);
        }

        return ApiResult.NoContent();
    }

    private static void RefuseTwice(string what, string value, bool isThere)
    {
        if (isThere)
        {
            throw ApiError.Bad($"Couldn't apply. The asset {what} \"{value}\" is used more than once.");
        }
    }

    private void Replace(FleetCall call, long? team, List<(string Name, string Identifier, string Type, byte[] Contents)> wanted)
    {
        AssetRecord[] gone = [.. Of(team).Where(asset => wanted.All(one => one.Identifier != asset.Identifier))];
        if (gone.FirstOrDefault(asset => AssetRules.IsReferenced(data, asset)) is { } used)
        {
            throw ApiError.Conflict($"Couldn't delete asset \"{used.Identifier}\". A configuration profile is linked to this asset.");
        }

        if (wanted.FirstOrDefault(one => Of(team).Any(asset => asset.Identifier == one.Identifier && asset.Type != one.Type)) is { Identifier: { } changed })
        {
            throw ApiError.Conflict($"Couldn't edit asset \"{changed}\". Its type can't be changed.");
        }

        gone.ToList().ForEach(asset => Remove(call, asset));
        foreach ((string name, string identifier, string type, byte[] contents) in wanted)
        {
            if (Of(team).Find(asset => asset.Identifier == identifier) is not { } there)
            {
                Add(call, team, name, identifier, type, contents);
            }
            else if (there.Name != name || !there.Contents.AsSpan().SequenceEqual(contents))
            {
                (there.Name, there.Contents, there.UploadedAt) = (name, contents, data.Now);
                Log(call, "edited", there);
            }
        }
    }

    private AssetRecord Add(FleetCall call, long? team, string name, string identifier, string type, ReadOnlyMemory<byte> contents)
    {
        var asset = new AssetRecord
        {
            Uuid = Guid.NewGuid().ToString("D"),
            TeamId = team,
            Name = name,
            Identifier = identifier,
            Type = type,
            Contents = contents.ToArray(),
            CreatedAt = data.Now,
            UploadedAt = data.Now,
        };
        data.Assets.Add(asset);
        Log(call, "created", asset);
        return asset;
    }

    private void Remove(FleetCall call, AssetRecord asset)
    {
        data.Assets.Remove(asset);
        Log(call, "deleted", asset);
    }

    private void Log(FleetCall call, string what, AssetRecord asset) =>
        call.Log($"{what}_declaration_asset", ("asset_name", asset.Name), ("team_name", asset.TeamId is null ? null : data.TeamName(asset.TeamId)));

    private List<AssetRecord> Of(long? team) => [.. data.Assets.Where(asset => asset.TeamId == team)];

    private long? Team(FleetCall call, long? id)
    {
        if (id is not > 0)
        {
            return null;
        }

        call.RequirePremium();
        return data.Team(id.Value).Id;
    }

    // Who may not see an asset is told what one is told who names none.
    private AssetRecord Visible(FleetCall call, Permission permission)
    {
        call.RequirePremium();
        string uuid = call.Route("uuid");
        return data.Assets.Find(asset => asset.Uuid == uuid) is { } asset && call.User.May(permission, asset.TeamId, data.Capabilities)
            ? asset
            : throw ApiError.NotFound($"Asset '{uuid}' was not found in the datastore");
    }

    // The checksum is MD5; it identifies bytes and secures nothing.
#pragma warning disable CA5351
    private static void Write(Utf8JsonWriter writer, AssetRecord asset)
    {
        writer.WriteStartObject();
        writer.WriteString("asset_uuid", asset.Uuid);
        writer.WriteString("name", asset.Name);
        writer.WriteString("identifier", asset.Identifier);
        writer.WriteTime("created_at", asset.CreatedAt);
        writer.WriteTime("uploaded_at", asset.UploadedAt);
        writer.WriteBase64String("checksum", System.Security.Cryptography.MD5.HashData(asset.Contents));
        writer.WriteEndObject();
    }
#pragma warning restore CA5351
}
