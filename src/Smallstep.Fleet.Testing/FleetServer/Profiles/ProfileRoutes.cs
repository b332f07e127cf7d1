using System.Security.Cryptography;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Configuration profiles, one at a time.</summary>
internal sealed class ProfileRoutes(FleetDatabase data)
{
    private const long UploadLimit = 3 * 512 * 1024;
    private static readonly string[] Keys = ["name", "created_at", "uploaded_at"];

    private readonly ProfileStore _store = new(data);
    private readonly ProfileScreening _screening = new(data);

    public void Register(ApiRouter router)
    {
        router.Add("POST", "/configuration_profiles", Upload, route => route with { ReadsForm = true, MaxBytes = _ => UploadLimit });
        router.Add("GET", "/configuration_profiles", List);
        router.Add("GET", "/configuration_profiles/summary", Summary);
        router.Add("GET", "/mdm/profiles/summary", Summary);
        router.Add("GET", "/configuration_profiles/{uuid}", Get);
        router.Add("GET", "/configuration_profiles/{uuid}/status", Status);
        router.Add("DELETE", "/configuration_profiles/{uuid}", Delete);
        router.Add("PATCH", "/configuration_profiles/{uuid}", Patch, route => route with { ReadsForm = true, MaxBytes = _ => UploadLimit, Since = new FleetVersion(4, 90) });
    }

    private ApiResult Upload(FleetCall call)
    {
        UploadedFile file = call.Form.File("profile") ?? throw ApiError.Bad("no file headers for profile");
        TeamFilter team = call.FormTeam();
        call.Require(Permission.WriteProfiles, team.Id);
        LabelScope labels = LabelScopeReader.ReadForProfile(call, call.Form.Texts);
        ScreenedProfile screened = _screening.Screen(file.FileName, file.Contents);
        AssetRules.CheckReferences(data, screened, team.Id);
        byte[]? activation = NewActivation(call, screened.Kind, screened.Identifier);
        ProfileRecord profile = _store.Add(screened, team.Id, labels);
        profile.Activation = activation;
        call.Log($"created_{ActivityName(profile)}_profile", ("profile_name", profile.Name), ("profile_identifier", profile.Identifier));
        ProfileAssignment.Reconcile(data);
        return Uuid(profile);
    }

    internal static string ActivityName(ProfileRecord profile) => profile.IsDeclaration ? "declaration" : profile.IsApple ? "macos" : "windows";

    private static ApiResult Uuid(ProfileRecord profile) => ApiResult.Object(writer => writer.WriteString("profile_uuid", profile.Uuid));

    private ApiResult List(FleetCall call)
    {
        TeamFilter team = call.Team();
        call.Require(Permission.ReadProfiles, team.Id);
        Paging paging = Paging.Read(call, Keys);
        IEnumerable<ProfileRecord> found = data.Profiles.Where(profile => profile.TeamId == team.Id);
        (IReadOnlyList<ProfileRecord> page, bool hasNext) = paging.Cut(found, (profile, key) => key == "name" ? profile.Name : key == "created_at" ? profile.CreatedAt : profile.UploadedAt, profile => profile.Name);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("profiles", page, profile => Write(writer, profile));
            writer.WriteMeta(hasNext, paging.Page > 0);
        });
    }

    private ApiResult Get(FleetCall call)
    {
        ProfileRecord profile = Visible(call, Permission.ReadProfiles);
        return call.Raw("alt") == "media"
            ? ApiResult.File(profile.Contents, $"{HostInventoryRoutes.DaysOf(data.Now)} {profile.Name}{profile.FileExtension}")
            : ApiResult.Json(writer => Write(writer, profile));
    }

    private ProfileRecord Visible(FleetCall call, Permission permission)
    {
        call.RequireSomewhere(permission);
        ProfileRecord profile = _store.Find(call.Route("uuid"));
        call.Require(permission, profile.TeamId);
        return profile;
    }

    private ApiResult Delete(FleetCall call)
    {
        ProfileRecord profile = Visible(call, Permission.WriteProfiles);
        _store.Remove(profile);
        call.Log($"deleted_{ActivityName(profile)}_profile", ("profile_name", profile.Name), ("profile_identifier", profile.Identifier));
        ProfileAssignment.Reconcile(data);
        return ApiResult.Empty();
    }

    private ApiResult Patch(FleetCall call)
    {
        call.RequirePremium();
        ProfileRecord profile = Visible(call, Permission.WriteProfiles);
        ScreenedProfile? screened = null;
        if (call.Form.File("profile") is { } file)
        {
            screened = _screening.Screen(file.FileName, file.Contents);
            if (screened.Kind != profile.Uuid[0])
            {
                throw ApiError.Bad("The new profile must be for the same platform as the existing profile.");
            }

            if (screened.Identifier != profile.Identifier)
            {
                throw ApiError.Bad("The new profile's Identifier must match the existing profile's.");
            }
        }

        if (screened is not null)
        {
            AssetRules.CheckReferences(data, screened, profile.TeamId);
        }

        byte[]? activation = EditedActivation(call, profile);
        bool mentionsLabels = call.Form.Has("labels") || call.Form.Has("labels_include_all") || call.Form.Has("labels_include_any") || call.Form.Has("labels_exclude_any");
        _store.Edit(profile, screened, mentionsLabels ? LabelScopeReader.ReadForProfile(call, call.Form.Texts) : null);
        profile.Activation = activation;
        call.Log($"edited_{ActivityName(profile)}_profile", ("profile_name", profile.Name));
        ProfileAssignment.Reconcile(data);
        return Uuid(profile);
    }

    // Releases before 4.91 do not look at the part.
    private byte[]? NewActivation(FleetCall call, char kind, string identifier)
    {
        if (!data.Capabilities.DeclarationActivations || call.Form.File("activation") is not { } file)
        {
            return null;
        }

        ActivationRules.Check(data, kind, identifier, file.Contents);
        return file.Contents.ToArray();
    }

    // An absent part keeps what there is, an empty value removes it, a file takes its place.
    private byte[]? EditedActivation(FleetCall call, ProfileRecord profile)
    {
        if (!data.Capabilities.DeclarationActivations || (call.Form.File("activation") is null && !call.Form.Has("activation")))
        {
            return profile.Activation;
        }

        if (call.Form.File("activation") is not { } file)
        {
            return call.Form.Text("activation") is { Length: > 0 } ? throw ApiError.Invalid("activation", "activation must be a file, or empty to remove it")
                : profile.IsDeclaration ? null
                : throw ApiError.Bad("activation is only supported for declaration (DDM) profiles.");
        }

        if (file.Size == 0 || call.Form.Has("activation"))
        {
            throw ApiError.Invalid("activation", "activation must be a file, or empty to remove it");
        }

        return NewActivation(call, profile.Uuid[0], profile.Identifier);
    }

    private ApiResult Status(FleetCall call)
    {
        ProfileRecord profile = Visible(call, Permission.ReadProfiles);
        return Counts(data.Hosts.Values.Select(host => host.Profiles.GetValueOrDefault(profile.Uuid)?.ShownStatus));
    }

    private ApiResult Summary(FleetCall call)
    {
        TeamFilter team = call.Team();
        call.Require(Permission.ReadProfiles, team.Id);
        return Counts(data.Hosts.Values.Where(host => host.TeamId == team.Id).Select(HostFilter.AggregateStatus));
    }

    private static ApiResult Counts(IEnumerable<string?> statuses)
    {
        Dictionary<string, int> counts = statuses.OfType<string>().GroupBy(status => status).ToDictionary(group => group.Key, group => group.Count());
        return ApiResult.Object(writer =>
        {
            foreach (string status in (string[])["verified", "verifying", "failed", "pending"])
            {
                writer.WriteNumber(status, counts.GetValueOrDefault(status));
            }
        });
    }

    private void Write(Utf8JsonWriter writer, ProfileRecord profile)
    {
        writer.WriteStartObject();
        writer.WriteString("profile_uuid", profile.Uuid);
        writer.WriteOptional("team_id", profile.TeamId);
        writer.WriteString("name", profile.Name);
        writer.WriteString("platform", profile.Platform);
        if (profile.IsApple)
        {
            writer.WriteString("identifier", profile.Identifier);
            writer.WriteString("scope", profile.Scope);
            writer.WriteString("checksum", Convert.ToBase64String(Checksum(profile.Contents)));
        }

        if (profile.Activation is { } activation)
        {
            writer.WriteBase64String("activation", activation);
        }

        writer.WriteTime("created_at", profile.CreatedAt);
        writer.WriteTime("updated_at", profile.UploadedAt);
        profile.Labels.Write(writer, data, nullWhereEmpty: false);
        writer.WriteEndObject();
    }

    // Fleet's checksum is MD5; it identifies bytes and secures nothing.
#pragma warning disable CA5351
    private static byte[] Checksum(byte[] contents) => MD5.HashData(contents);
#pragma warning restore CA5351
}
