namespace Smallstep.Fleet.GitOps;

/// <summary>Writes the policies of a scope into its file, so that the paths of their automations are relative to it.</summary>
internal sealed class PolicyWriter(RepositoryDraft draft, TeamState? team, string slug, string path)
{
    public void Write(YamlText yaml, IReadOnlyList<PolicyState>? policies) => yaml.List("policies", policies ?? [], Policy);

    /// <summary>The file of a script that stands elsewhere already; <see langword="null"/> for none.</summary>
    public Func<string, string?> ScriptFile { get; init; } = _ => null;

    /// <summary>Writes one policy.</summary>
    public void Policy(YamlText yaml, PolicyState policy)
    {
        yaml.Value("name", policy.Name).Optional("description", policy.Description).Optional("resolution", policy.Resolution);
        if (policy.IsPatch)
        {
            yaml.Value("type", "patch").Value("fleet_maintained_app_slug", policy.PatchedApp);
            Flag(yaml, "patch_when_closed", policy.PatchWhenClosed);
        }
        else
        {
            yaml.Value("query", policy.Query).Optional("platform", policy.Platform);
        }

        Flag(yaml, "critical", policy.IsCritical);
        Flag(yaml, "calendar_events_enabled", policy.CalendarEvents);
        Flag(yaml, "conditional_access_enabled", policy.ConditionalAccess);
        if (policy.ConditionalAccessBypass is { } bypass)
        {
            yaml.Value("conditional_access_bypass_enabled", bypass);
        }

        Flag(yaml, "continuous_automations_enabled", policy.ContinuousAutomations);
        Flag(yaml, "webhooks_and_tickets_enabled", policy.WebhooksAndTickets == true);
        FleetFileWriter.Targets(yaml, policy.Targets);
        Automations(yaml, policy);
    }

    private void Automations(YamlText yaml, PolicyState policy)
    {
        if (policy.RunScript.Length > 0)
        {
            Script(yaml, policy);
        }

        if (policy.InstallSoftware is { } software)
        {
            Software(yaml, policy, software);
        }

        yaml.Optional("resend_configuration_profile", policy.ResendProfile);
    }

    // The same call as in controls gives the same file.
    private void Script(YamlText yaml, PolicyState policy)
    {
        if (ScriptFile(policy.RunScript) is { } there)
        {
            yaml.Nested("run_script", inner => inner.Value("path", LibraryFiles.Relative(path, there)));
            return;
        }

        if (team?.Scripts?.FirstOrDefault(script => script.Name == policy.RunScript) is not { } script)
        {
            Omit(policy, $"the fleet's scripts hold no {policy.RunScript}");
            return;
        }

        string file = draft.AddNamed("script", script.Name, System.Text.Encoding.UTF8.GetBytes(script.Contents!), slug);
        yaml.Nested("run_script", inner => inner.Value("path", LibraryFiles.Relative(path, file)));
    }

    private void Software(YamlText yaml, PolicyState policy, PolicySoftwareState software)
    {
        if (software.AppStoreId.Length > 0)
        {
            yaml.Nested("install_software", inner => inner.Value("app_store_id", software.AppStoreId));
        }
        else if (software.MaintainedApp.Length > 0)
        {
            yaml.Nested("install_software", inner => inner.Value("fleet_maintained_app_slug", software.MaintainedApp));
        }
        else if (software.Sha256 is { } hash)
        {
            yaml.Nested("install_software", inner => inner.Value("hash_sha256", hash));
        }
        else if (software.Url is { } url)
        {
            var package = new YamlText();
            string file = draft.Library.Add($"{FileNames.Slug(Path.GetFileNameWithoutExtension(software.ToString()))}.package.yml", package.Value("url", url).ToBytes(), slug);
            yaml.Nested("install_software", inner => inner.Value("package_path", LibraryFiles.Relative(path, file)));
        }
        else
        {
            Omit(policy, $"neither address nor hash of {software.Title} is known");
        }
    }

    private void Omit(PolicyState policy, string why) =>
        draft.Omit(GitOpsRules.PackageWithoutSource.At($"The automation of the policy {policy.Name} is left out: {why}.", path));

    private static void Flag(YamlText yaml, string key, bool value)
    {
        if (value)
        {
            yaml.Value(key, true);
        }
    }
}
