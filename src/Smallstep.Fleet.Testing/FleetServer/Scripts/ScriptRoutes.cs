using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Saved scripts.</summary>
internal sealed class ScriptRoutes(FleetDatabase data)
{
    private const int MaxCharacters = 500_000;
    private static readonly string[] Keys = ["name", "id", "created_at"];

    public void Register(ApiRouter router)
    {
        router.Add("POST", "/scripts", Upload, route => route with { ReadsForm = true, MaxBytes = _ => 3 * 1024 * 1024 });
        router.Add("PATCH", "/scripts/{id}", Update, route => route with { ReadsForm = true, MaxBytes = _ => 3 * 1024 * 1024 });
        router.Add("GET", "/scripts", List);
        router.Add("GET", "/scripts/{id}", Get);
        router.Add("DELETE", "/scripts/{id}", Delete);
        router.Add("POST", "/scripts/batch", Batch, route => route with { MaxBytes = _ => 25 * 1024 * 1024 });
    }

    private ApiResult Upload(FleetCall call)
    {
        TeamFilter team = call.FormTeam();
        call.Require(Permission.WriteScripts, team.Id);
        UploadedFile file = call.Form.File("script") ?? throw ApiError.Bad("no file headers for script");
        Check(file.FileName, file.Contents);
        if (data.Scripts.Any(script => script.TeamId == team.Id && script.Name == file.FileName))
        {
            throw ApiError.Exists("A script with this name already exists.");
        }

        ScriptRecord added = Add(team.Id, file.FileName, Encoding.UTF8.GetString(file.Contents.Span));
        call.Log("added_script", ("script_name", added.Name));
        return ApiResult.Object(writer => writer.WriteNumber("script_id", added.Id));
    }

    private ScriptRecord Add(long? team, string name, string contents)
    {
        var script = new ScriptRecord { Id = data.NextId(), TeamId = team, Name = name, Contents = contents, CreatedAt = data.Now, UpdatedAt = data.Now };
        data.Scripts.Add(script);
        return script;
    }

    private void Check(string fileName, ReadOnlyMemory<byte> contents)
    {
        string extension = Path.GetExtension(fileName);
        bool python = extension == ".py" && data.Version >= new FleetVersion(4, 90);
        if (extension is not (".sh" or ".ps1") && !python)
        {
            throw ApiError.Invalid("script", "File type not supported. Only .sh and .ps1 file type is allowed.");
        }

        string text = Encoding.UTF8.GetString(contents.Span);
        string? problem = text.Length == 0 ? "Script contents must not be empty."
            : text.Length > MaxCharacters ? "Script is too large. It's limited to 500,000 characters (approximately 10,000 lines)."
            : extension == ".sh" && text.StartsWith("#!", StringComparison.Ordinal) && !text.Split('\n')[0].Contains("sh", StringComparison.Ordinal) ? "Interpreter not supported. Shell scripts must run in \"#!/bin/sh\", \"#!/bin/bash\", or \"#!/bin/zsh.\""
            : null;
        if (problem is not null)
        {
            throw ApiError.Invalid("script", problem);
        }

        SecretReferences.Check(data, text);
    }

    private ScriptRecord Find(FleetCall call, Permission permission)
    {
        call.RequireSomewhere(permission);
        long id = call.Id();
        ScriptRecord script = data.Scripts.FirstOrDefault(s => s.Id == id) ?? throw ApiError.NotFound($"Script {id} was not found in the datastore");
        call.Require(permission, script.TeamId);
        return script;
    }

    private ApiResult Update(FleetCall call)
    {
        ScriptRecord script = Find(call, Permission.WriteScripts);
        UploadedFile file = call.Form.File("script") ?? throw ApiError.Bad("no file headers for script");
        Check(file.FileName, file.Contents);
        script.Contents = Encoding.UTF8.GetString(file.Contents.Span);
        script.UpdatedAt = data.Now;
        call.Log("updated_script", ("script_name", script.Name));
        return ApiResult.Object(writer => writer.WriteNumber("script_id", script.Id));
    }

    private ApiResult List(FleetCall call)
    {
        TeamFilter team = call.Team();
        call.Require(Permission.ReadScripts, team.Id);
        Paging paging = Paging.Read(call, Keys);
        (IReadOnlyList<ScriptRecord> page, bool hasNext) = paging.Cut(data.Scripts.Where(script => script.TeamId == team.Id), (script, key) => key == "id" ? script.Id : key == "name" ? script.Name : script.CreatedAt, script => script.Name);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("scripts", page, script => Write(writer, script));
            writer.WriteMeta(hasNext, paging.Page > 0);
        });
    }

    private ApiResult Get(FleetCall call)
    {
        ScriptRecord script = Find(call, Permission.ReadScripts);
        return call.Raw("alt") == "media"
            ? ApiResult.File(Encoding.UTF8.GetBytes(script.Contents), $"{HostInventoryRoutes.DaysOf(data.Now)} {script.Name}")
            : ApiResult.Json(writer => Write(writer, script));
    }

    private static void Write(Utf8JsonWriter writer, ScriptRecord script)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", script.Id);
        writer.WriteOptional("team_id", script.TeamId);
        writer.WriteString("name", script.Name);
        writer.WriteTime("created_at", script.CreatedAt);
        writer.WriteTime("updated_at", script.UpdatedAt);
        writer.WriteEndObject();
    }

    private ApiResult Delete(FleetCall call)
    {
        ScriptRecord script = Find(call, Permission.WriteScripts);
        if (data.Policies.Any(policy => policy.ScriptId == script.Id))
        {
            throw ApiError.Conflict("Couldn't delete. Policy automation uses this script. Please remove this script from associated policy automations and try again.");
        }

        data.Scripts.Remove(script);
        data.Executions.RemoveAll(execution => execution.ScriptId == script.Id && execution.ExitCode is null);
        call.Log("deleted_script", ("script_name", script.Name));
        return ApiResult.NoContent();
    }

    private ApiResult Batch(FleetCall call)
    {
        long? team = call.TeamByIdOrName();
        call.Require(Permission.WriteScripts, team);
        List<(string Name, string Contents)> listed = [];
        foreach (RequestBody item in call.Body.Objects("scripts") ?? [])
        {
            byte[] contents = item.Bytes("script_contents");
            Check(item.Text("name") ?? "", contents);
            listed.Add((item.Text("name")!, Encoding.UTF8.GetString(contents)));
        }

        if (!call.Flag("dry_run"))
        {
            data.Scripts.RemoveAll(script => script.TeamId == team && listed.All(item => item.Name != script.Name));
            foreach ((string name, string contents) in listed)
            {
                if (data.Scripts.FirstOrDefault(script => script.TeamId == team && script.Name == name) is { } stored)
                {
                    stored.Contents = contents;
                }
                else
                {
                    Add(team, name, contents);
                }
            }
        }

        return ApiResult.Object(writer => writer.WriteArray("scripts", data.Scripts.Where(script => script.TeamId == team), script => Write(writer, script)));
    }
}
