using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads configuration profiles; bytes only of those that are compared.</summary>
internal static class ProfileReader
{
    public static Task<IReadOnlyList<ProfileState>?> ReadAsync(ReadableClients fleet, long team, TeamSelection selection, CancellationToken cancellationToken) =>
        selection.WantsProfiles
            ? fleet.TryReadAsync(client => ReadAsync(client, team, selection, cancellationToken))
            : Task.FromResult<IReadOnlyList<ProfileState>?>(null);

    private static async Task<IReadOnlyList<ProfileState>> ReadAsync(FleetClient client, long team, TeamSelection selection, CancellationToken cancellationToken)
    {
        List<ProfileState> states = [];
        foreach (ConfigurationProfile profile in await client.Profiles.ListAsync(team, cancellationToken).ConfigureAwait(false))
        {
            var state = new ProfileState(profile.Name, FileName(profile))
            {
                Uuid = profile.ProfileUuid,
                Identifier = profile.Identifier,
                Targets = Targets(profile),
            };
            states.Add(selection.IncludesProfile(profile.Name, profile.Identifier)
                ? state with
                {
                    Contents = await client.Profiles.DownloadAsync(profile.ProfileUuid, cancellationToken).ConfigureAwait(false),
                    Activation = await ActivationAsync(client, profile, cancellationToken).ConfigureAwait(false),
                }
                : state);
        }

        return states;
    }

    // Some releases show an activation only with the profile itself.
    private static async Task<ReadOnlyMemory<byte>?> ActivationAsync(FleetClient client, ConfigurationProfile profile, CancellationToken cancellationToken)
    {
        bool mayHaveOne = profile.ProfileUuid.StartsWith('d') && (await client.GetVersionAsync(cancellationToken).ConfigureAwait(false)).Capabilities.DeclarationActivations;
        return profile.Activation ?? (mayHaveOne ? (await client.Profiles.GetAsync(profile.ProfileUuid, cancellationToken).ConfigureAwait(false)).Activation : null);
    }

    /// <summary>The letter before the UUID tells the kind of file.</summary>
    private static string FileName(ConfigurationProfile profile) => profile.ProfileUuid.FirstOrDefault() switch
    {
        'w' => profile.Name + ".xml",
        'd' or 'g' => profile.Name + ".json",
        _ => profile.Name + ".mobileconfig",
    };

    private static LabelTargets Targets(ConfigurationProfile profile) => new()
    {
        IncludeAll = [.. profile.LabelsIncludeAll.Select(label => label.Name)],
        IncludeAny = [.. profile.LabelsIncludeAny.Select(label => label.Name)],
        ExcludeAny = [.. profile.LabelsExcludeAny.Select(label => label.Name)],
    };
}
