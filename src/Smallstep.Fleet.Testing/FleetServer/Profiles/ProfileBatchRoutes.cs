using System.Text;

namespace Smallstep.Fleet.Testing;

/// <summary>A team's profiles as a whole: what is not listed is removed from Fleet and from hosts.</summary>
internal sealed class ProfileBatchRoutes(FleetDatabase data)
{
    private const long Limit = 25 * 1024 * 1024;

    private readonly ProfileStore _store = new(data);
    private readonly ProfileScreening _screening = new(data);

    public void Register(ApiRouter router)
    {
        router.Add("POST", "/configuration_profiles/batch", call => Apply(call, "configuration_profiles", "profile", "display_name"), route => route with { MaxBytes = _ => Limit });
        router.Add("POST", "/mdm/profiles/batch", call => Apply(call, "profiles", "contents", "name"), route => route with { MaxBytes = _ => Limit });
    }

    private ApiResult Apply(FleetCall call, string listName, string contentsName, string nameName)
    {
        long? team = call.TeamByIdOrName();
        call.Require(Permission.WriteProfiles, team);
        bool dryRun = call.Flag("dry_run");
        var listed = new List<(ScreenedProfile Profile, LabelScope Labels, byte[]? Activation)>();
        foreach (RequestBody item in call.Body.Objects(listName) ?? [])
        {
            byte[] contents = item.Bytes(contentsName);
            string fileName = FileName(item.Text(nameName), contents);
            if (dryRun && Encoding.UTF8.GetString(contents).Contains("FLEET_SECRET_", StringComparison.Ordinal))
            {
                continue;
            }

            // A dry run looks neither at labels nor at what variables refer to.
            ScreenedProfile screened = dryRun ? _screening.Parse(fileName, contents) : _screening.Screen(fileName, contents);
            if (!dryRun)
            {
                AssetRules.CheckReferences(data, screened, team);
            }

            listed.Add((screened, dryRun ? LabelScope.All : LabelScopeReader.ReadForProfile(call, item.Strings), Activation(item, screened)));
        }

        RefuseDuplicates(listed);
        if (!dryRun)
        {
            Replace(team, listed);
            call.Log("edited_macos_profile");
            ProfileAssignment.Reconcile(data);
        }

        return ApiResult.NoContent();
    }

    private byte[]? Activation(RequestBody item, ScreenedProfile profile)
    {
        if (!data.Capabilities.DeclarationActivations || item.Text("activation") is not { Length: > 0 })
        {
            return null;
        }

        byte[] activation = item.Bytes("activation");
        ActivationRules.Check(data, profile.Kind, profile.Identifier, activation);
        return activation;
    }

    /// <summary>A file name for a batch item, whose kind Fleet guesses from its first bytes.</summary>
    private static string FileName(string? name, byte[] contents)
    {
        string start = Encoding.UTF8.GetString(contents).TrimStart();
        bool Starts(string text) => start.StartsWith(text, StringComparison.OrdinalIgnoreCase);
        return Starts("<?xml") ? $"{name ?? "profile"}.mobileconfig"
            : Starts("<replace") || Starts("<add") || Starts("<atomic") || Starts("<!--") ? $"{name}.xml"
            : Starts("{") ? $"{name}.json"
            : throw ApiError.Bad("mdm: couldn't determine the platform of the profile; it should be a .mobileconfig, XML, or JSON file.");
    }

    private static void RefuseDuplicates(List<(ScreenedProfile Profile, LabelScope Labels, byte[]? Activation)> listed)
    {
        if (listed.GroupBy(item => item.Profile.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw ApiError.Invalid("profiles", $"Couldn't edit custom_settings. More than one configuration profile have the same name '{same.Key}' (PayloadDisplayName for .mobileconfig and file name for .json and .xml).");
        }
    }

    private void Replace(long? team, List<(ScreenedProfile Profile, LabelScope Labels, byte[]? Activation)> listed)
    {
        List<ProfileRecord> existing = [.. data.Profiles.Where(profile => profile.TeamId == team)];
        List<(ProfileRecord? Stored, ScreenedProfile Profile, LabelScope Labels, byte[]? Activation)> matched = [.. listed.Select(item => (
            existing.FirstOrDefault(profile => profile.Uuid[0] == item.Profile.Kind
                && (item.Profile.Identifier.Length > 0 ? profile.Identifier == item.Profile.Identifier : profile.Name == item.Profile.Name)),
            item.Profile,
            item.Labels,
            item.Activation))];
        foreach (ProfileRecord gone in existing.Where(profile => matched.All(item => item.Stored != profile)))
        {
            _store.Remove(gone);
        }

        foreach ((ProfileRecord? stored, ScreenedProfile profile, LabelScope labels, byte[]? activation) in matched)
        {
            if (stored is null)
            {
                _store.Add(profile, team, labels).Activation = activation;
            }
            else
            {
                _store.Edit(stored, profile, labels);
                stored.Activation = activation;
            }
        }
    }
}
