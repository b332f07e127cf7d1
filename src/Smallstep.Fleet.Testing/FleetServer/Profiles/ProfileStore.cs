namespace Smallstep.Fleet.Testing;

/// <summary>Adds, edits and removes profiles, and refuses duplicates in Fleet's words.</summary>
internal sealed class ProfileStore(FleetDatabase data)
{
    private const string NameTaken = "Couldn't add. A configuration profile with this name already exists (PayloadDisplayName for .mobileconfig and file name for .json and .xml).";
    private const string IdentifierTaken = "Couldn't add. A configuration profile with this identifier (PayloadIdentifier) already exists.";

    public ProfileRecord Add(ScreenedProfile screened, long? teamId, LabelScope labels)
    {
        RefuseDuplicates(screened, teamId, self: null);
        var profile = new ProfileRecord
        {
            Uuid = screened.Kind + Guid.NewGuid().ToString("D"),
            TeamId = teamId,
            Name = screened.Name,
            Platform = screened.Kind == 'w' ? "windows" : "darwin",
            Identifier = screened.Identifier,
            Scope = screened.Scope,
            FileExtension = screened.FileExtension,
            Contents = screened.Contents.ToArray(),
            CreatedAt = data.Now,
            UploadedAt = data.Now,
            Labels = labels,
        };
        data.Profiles.Add(profile);
        return profile;
    }

    /// <summary>Changes a profile in place; hosts get the new contents, and the UUID stays.</summary>
    public void Edit(ProfileRecord profile, ScreenedProfile? screened, LabelScope? labels)
    {
        if (screened is not null)
        {
            RefuseDuplicates(screened, profile.TeamId, profile);
        }

        profile.Labels = labels ?? profile.Labels;
        if (screened is null)
        {
            return;
        }

        bool followsFileName = profile.IsApple || data.Version >= new FleetVersion(4, 92);
        profile.Name = followsFileName ? screened.Name : profile.Name;
        profile.Scope = screened.Scope;
        if (!screened.Contents.Span.SequenceEqual(profile.Contents))
        {
            profile.Contents = screened.Contents.ToArray();
            profile.Revision++;
            profile.UploadedAt = data.Now;
        }
    }

    public void Remove(ProfileRecord profile) => data.Profiles.Remove(profile);

    public ProfileRecord Find(string uuid) => data.Profiles.FirstOrDefault(profile => profile.Uuid == uuid)
        ?? throw ApiError.NotFound($"MDMConfigProfile {uuid} was not found in the datastore");

    private void RefuseDuplicates(ScreenedProfile screened, long? teamId, ProfileRecord? self)
    {
        // 4.95 refuses names that differ only by case or trailing blanks as well.
        bool caseless = data.Version >= new FleetVersion(4, 95);
        bool SameName(string other) => caseless
            ? string.Equals(other.TrimEnd(), screened.Name.TrimEnd(), StringComparison.OrdinalIgnoreCase)
            : other == screened.Name;
        IEnumerable<ProfileRecord> others = data.Profiles.Where(profile => profile != self && profile.TeamId == teamId);
        if (screened.Identifier.Length > 0 && others.Any(profile => profile.Identifier == screened.Identifier))
        {
            throw ApiError.Invalid("profile", IdentifierTaken, 409);
        }

        if (others.Any(profile => SameName(profile.Name)))
        {
            throw ApiError.Invalid("profile", NameTaken, 409);
        }
    }
}
