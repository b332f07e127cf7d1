using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>The files of the set-up experience: bootstrap package, set-up assistant, script, licence agreement.</summary>
internal sealed class SetupFileRoutes(FleetDatabase data)
{
    private const string Package = "bootstrap";
    private const string Assistant = "assistant";
    private const string Script = "script";
    private const string Agreement = "eula";

    // Before, Apple's it had to be; the release is dated, not verified.
    private static readonly FleetVersion AnyMdm = new(4, 92);

    public void Register(ApiRouter router)
    {
        static ApiRoute OfMdm(ApiRoute route) => route with { MdmIsOn = data => data.Options.AppleMdm || (data.Options.WindowsMdm && data.Version >= AnyMdm) };
        router.Add("POST", "/bootstrap", UploadPackage, route => route with { ReadsForm = true, MaxBytes = capabilities => capabilities.MaxInstallerBytes });
        router.Add("GET", "/bootstrap", call => Download(call, Package, call.Raw("token") ?? ""));
        router.Add("GET", "/bootstrap/{team}/metadata", ShowPackage);
        router.Add("DELETE", "/bootstrap/{team}", call => Delete(call, Package, PathTeam(call), 200));
        router.Add("POST", "/enrollment_profiles/automatic", SetAssistant);
        router.Add("GET", "/enrollment_profiles/automatic", call => ShowAssistant(Read(call, Assistant)));
        router.Add("DELETE", "/enrollment_profiles/automatic", call => Delete(call, Assistant, call.Team().Id, 204));
        router.Add("POST", "/setup_experience/script", UploadScript, route => route with { ReadsForm = true, MaxBytes = _ => 3 * 1024 * 1024 });
        router.Add("GET", "/setup_experience/script", ShowScript);
        router.Add("DELETE", "/setup_experience/script", call => Delete(call, Script, call.Team().Id, 200));
        router.Add("POST", "/setup_experience/eula", UploadAgreement, route => OfMdm(route) with { ReadsForm = true, MaxBytes = _ => 25 * 1024 * 1024 });
        router.Add("GET", "/setup_experience/eula/metadata", ShowAgreement, OfMdm);
        router.Add("GET", "/setup_experience/eula/{token}", DownloadAgreement, route => OfMdm(route) with { IsAnonymous = true });
        router.Add("DELETE", "/setup_experience/eula/{token}", DeleteAgreement, OfMdm);
    }

    private ApiResult UploadPackage(FleetCall call)
    {
        call.RequirePremium();
        long? team = call.FormTeam().Id;
        call.Require(Permission.WriteSetup, team);
        UploadedFile file = call.Form.File("package") ?? throw ApiError.Bad("package multipart field is required");
        if (file.Extension != ".pkg" || (StandInPackage.Read(file.Contents.Span) is null && !file.Contents.Span.StartsWith("xar!"u8)))
        {
            throw ApiError.Bad("Couldn't edit bootstrap_package. The file must be a package (.pkg).");
        }

        if (data.SetupFiles.ContainsKey((Package, team)) && !call.Flag("dry_run"))
        {
            throw ApiError.Exists("bootstrap package already exists");
        }

        return Store(call, Package, team, file, "added_bootstrap_package");
    }

    private ApiResult ShowPackage(FleetCall call)
    {
        call.RequirePremium();
        long? team = PathTeam(call);
        call.Require(call.Flag("for_update") ? Permission.WriteSetup : Permission.ReadSetup, team);
        SetupFileRecord package = Find(Package, team);
        return ApiResult.Object(writer =>
        {
            writer.WriteString("name", package.Name);
            writer.WriteNumber("team_id", team ?? 0);
            writer.WriteString("sha256", package.Sha256);
            writer.WriteString("token", package.DownloadId);
            writer.WriteTime("created_at", package.CreatedAt);
        });
    }

    private ApiResult SetAssistant(FleetCall call)
    {
        call.RequirePremium();
        long? team = call.Body.Number("team_id") is > 0 and var id ? data.Team(id).Id : null;
        call.Require(Permission.WriteSetup, team);
        string name = call.Body.Text("name") is { Length: > 0 } given ? given : throw ApiError.Invalid("name", "The name of the enrollment profile is required.");
        JsonElement profile = call.Body.Object("enrollment_profile")?.Element ?? throw ApiError.Invalid("enrollment_profile", "The enrollment profile is required.");
        if (profile.TryGetProperty("url", out _) || profile.TryGetProperty("configuration_web_url", out _))
        {
            throw ApiError.Invalid("macos_setup_assistant", "Couldn't edit macos_setup_assistant. The profile can't include \"url\" or \"configuration_web_url\".");
        }

        SetupFileRecord stored = data.SetupFiles[(Assistant, team)] = new SetupFileRecord(data.NextId(), name, Encoding.UTF8.GetBytes(profile.GetRawText()), "", data.Now);
        call.Log("changed_macos_setup_assistant", ("name", name), ("team_name", team is null ? null : data.TeamName(team)));
        return ShowAssistant((team, stored));
    }

    private static ApiResult ShowAssistant((long? Team, SetupFileRecord File) assistant) => ApiResult.Object(writer =>
    {
        writer.WriteOptional("team_id", assistant.Team);
        writer.WriteString("name", assistant.File.Name);
        writer.WriteTime("uploaded_at", assistant.File.CreatedAt);
        writer.WritePropertyName("enrollment_profile");
        writer.WriteRawValue(assistant.File.Contents.Span);
    });

    private ApiResult UploadScript(FleetCall call)
    {
        call.RequirePremium();
        long? team = call.FormTeam().Id;
        call.Require(Permission.WriteSetup, team);
        UploadedFile file = call.Form.File("script") ?? throw ApiError.Bad("no file headers for script");
        if (file.Extension != ".sh")
        {
            throw ApiError.Invalid("script", "File type not supported. Only .sh file type is allowed.");
        }

        SecretReferences.Check(data, Encoding.UTF8.GetString(file.Contents.Span));
        return data.SetupFiles.ContainsKey((Script, team)) ? throw ApiError.Exists("A setup experience script already exists.") : Store(call, Script, team, file, "added_script");
    }

    private ApiResult ShowScript(FleetCall call)
    {
        (long? team, SetupFileRecord script) = Read(call, Script);
        return call.Raw("alt") == "media" ? ApiResult.File(script.Contents, $"{HostInventoryRoutes.DaysOf(data.Now)} {script.Name}") : ApiResult.Object(writer =>
        {
            writer.WriteNumber("id", script.Id);
            writer.WriteOptional("team_id", team);
            writer.WriteString("name", script.Name);
            writer.WriteTime("created_at", script.CreatedAt);
            writer.WriteTime("updated_at", script.CreatedAt);
        });
    }

    private ApiResult UploadAgreement(FleetCall call)
    {
        RequireAgreements(call);
        UploadedFile file = call.Form.File("eula") ?? throw ApiError.Bad("eula multipart field is required");
        if (!file.Contents.Span.StartsWith("%PDF"u8))
        {
            throw ApiError.Bad("invalid file type");
        }

        return data.SetupFiles.ContainsKey((Agreement, null)) && !call.Flag("dry_run") ? throw ApiError.Exists("MDMEULA already exists") : Store(call, Agreement, null, file, null);
    }

    private ApiResult ShowAgreement(FleetCall call)
    {
        RequireAgreements(call);
        SetupFileRecord agreement = Find(Agreement, null);
        return ApiResult.Object(writer =>
        {
            writer.WriteString("name", agreement.Name);
            writer.WriteString("sha256", agreement.Sha256);
            writer.WriteString("token", agreement.DownloadId);
            writer.WriteTime("created_at", agreement.CreatedAt);
        });
    }

    private ApiResult DeleteAgreement(FleetCall call)
    {
        RequireAgreements(call);
        return Find(Agreement, null).DownloadId == call.Route("token") ? Delete(call, Agreement, null, 200) : throw ApiError.NotFound("MDMEULA was not found in the datastore");
    }

    // The token that names the file is the credential.
    private ApiResult DownloadAgreement(FleetCall call)
    {
        SetupFileRecord file = Find(Agreement, null);
        return file.DownloadId == call.Route("token") ? ApiResult.Of("application/pdf", file.Contents) : throw ApiError.NotFound("MDMEULA was not found in the datastore");
    }

    // Whoever writes them reads them, and nobody else.
    private static void RequireAgreements(FleetCall call)
    {
        call.RequirePremium();
        call.Require(Permission.WriteConfig);
    }

    private ApiResult Store(FleetCall call, string kind, long? team, UploadedFile file, string? activity)
    {
        if (!call.Flag("dry_run"))
        {
            data.SetupFiles[(kind, team)] = new SetupFileRecord(data.NextId(), file.FileName, file.Contents, file.Sha256, data.Now);
            if (activity is not null)
            {
                call.Log(activity, ("name", file.FileName), ("team_name", team is null ? null : data.TeamName(team)));
            }
        }

        return ApiResult.Empty();
    }

    private (long? Team, SetupFileRecord File) Read(FleetCall call, string kind)
    {
        call.RequirePremium();
        long? team = call.Team().Id;
        call.Require(Permission.ReadSetup, team);
        return (team, Find(kind, team));
    }

    private ApiResult Download(FleetCall call, string kind, string token)
    {
        call.RequirePremium();
        SetupFileRecord file = data.SetupFiles.FirstOrDefault(item => item.Key.Kind == kind && item.Value.DownloadId == token).Value ?? throw ApiError.NotFound($"{kind} was not found in the datastore");
        return ApiResult.File(file.Contents, file.Name);
    }

    private ApiResult Delete(FleetCall call, string kind, long? team, int status)
    {
        call.RequirePremium();
        call.Require(kind == Agreement ? Permission.WriteConfig : Permission.WriteSetup, team);
        SetupFileRecord file = Find(kind, team);
        data.SetupFiles.Remove((kind, team));
        if (kind != Agreement)
        {
            call.Log(kind switch { Package => "deleted_bootstrap_package", Assistant => "deleted_macos_setup_assistant", _ => "deleted_script" }, ("name", file.Name));
        }

        return status == 204 ? ApiResult.NoContent() : ApiResult.Empty();
    }

    private SetupFileRecord Find(string kind, long? team) => data.SetupFiles.GetValueOrDefault((kind, team)) ?? throw ApiError.NotFound($"{kind} was not found in the datastore");

    private long? PathTeam(FleetCall call) => call.Id("team") is > 0 and var id ? data.Team(id).Id : null;
}
