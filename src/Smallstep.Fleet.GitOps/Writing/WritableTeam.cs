namespace Smallstep.Fleet.GitOps;

/// <summary>What of a fleet is written: what is not there yet and can be held, and policies without what would need something that is left out.</summary>
/// <param name="draft">The repository in the making.</param>
/// <param name="path">The fleet's file.</param>
/// <param name="present">What is there already, where there is something; packages are told apart elsewhere.</param>
internal sealed class WritableTeam(RepositoryDraft draft, string path, TeamState? present = null)
{
    public TeamState Of(TeamState team)
    {
        TeamState written = team with
        {
            Profiles = draft.Writable(team.Profiles, Entry.Of, path, present?.Profiles),
            Assets = draft.Writable(team.Assets, Entry.Of, path, present?.Assets),
            Scripts = draft.Writable(team.Scripts, Entry.Of, path, present?.Scripts),
            Software = draft.Exceptions.Software ? [] : draft.Writable(team.Software, Entry.Of, path),
            AppStoreApps = draft.Exceptions.Software ? [] : draft.Writable(team.AppStoreApps, Entry.Of, path, present?.AppStoreApps),
            MaintainedApps = draft.Exceptions.Software ? [] : draft.Writable(team.MaintainedApps, Entry.Of, path, present?.MaintainedApps),
            Reports = draft.Writable(team.Reports, Entry.Of, path, present?.Reports),
        };
        return written with { Policies = [.. draft.Writable(team.Policies, Entry.Of, path, present?.Policies).Where(policy => HasItsApp(policy, team)).Select(policy => WithAutomations(policy, team))] };
    }

    private bool HasItsApp(PolicyState policy, TeamState team)
    {
        bool isWithout = policy.IsPatch && IsLeftOut(team.MaintainedApps, app => app.Slug == policy.PatchedApp);
        if (isWithout)
        {
            draft.Omit(GitOpsRules.Policy.At($"The policy {policy.Name} is left out with the app {policy.PatchedApp} that it patches.", path, severity: FindingSeverity.Warning));
        }

        return !isWithout;
    }

    private PolicyState WithAutomations(PolicyState policy, TeamState team)
    {
        if (IsLeftOut(team.Scripts, script => script.Name == policy.RunScript))
        {
            policy = Without(policy with { RunScript = "" }, $"the script {policy.RunScript}");
        }

        if (IsLeftOut(team.Profiles, profile => profile.Name == policy.ResendProfile))
        {
            policy = Without(policy with { ResendProfile = "" }, $"the profile {policy.ResendProfile}");
        }
        else if (team.Profiles?.FirstOrDefault(profile => profile.Name == policy.ResendProfile) is { } resent)
        {
            policy = policy with { ResendProfile = Entry.Of(resent).NameFor(draft.Options.FleetVersion) };
        }

        return policy.InstallSoftware is { } software && IsLeftOut(team, software)
            ? Without(policy with { InstallSoftware = null }, software.ToString())
            : policy;
    }

    private bool IsLeftOut(TeamState team, PolicySoftwareState software) =>
        IsLeftOut(team.Software, package => (package.Url is not null && package.Url == software.Url) || (package.Sha256 is not null && package.Sha256 == software.Sha256))
        || IsLeftOut(team.AppStoreApps, app => app.AppStoreId == software.AppStoreId)
        || IsLeftOut(team.MaintainedApps, app => app.Slug == software.MaintainedApp);

    private bool IsLeftOut<T>(IReadOnlyList<T>? items, Func<T, bool> isIt)
        where T : class => (items ?? []).Where(isIt).ToArray() is { Length: > 0 } found && found.All(draft.IsLeftOut);

    private PolicyState Without(PolicyState policy, string what)
    {
        draft.Omit(GitOpsRules.Policy.At($"An automation of the policy {policy.Name} is left out with {what}.", path, severity: FindingSeverity.Warning));
        return policy;
    }
}
