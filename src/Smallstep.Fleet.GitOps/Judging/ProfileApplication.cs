namespace Smallstep.Fleet.GitOps;

/// <summary>What the client checks of a fleet's profiles when it is about to send them.</summary>
internal sealed class ProfileApplication(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    private static readonly string[] WindowsElements = ["<replace", "<add", "<exec", "<atomic", "<!--"];

    /// <summary>What stands before the client's words: the fleet, where there is one.</summary>
    public static string Prefix(ParsedFile file) => file.IsFleet ? $"Team {file.Name}: " : "";

    /// <summary>The client's words for a second profile or asset of one name.</summary>
    public static string SameName(string name) =>
        $"Couldn't edit custom_settings. More than one configuration profile have the same name '{name}' (PayloadDisplayName for .mobileconfig and file name for .json and .xml).";

    public void Check()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string platform, ParsedProfile profile) in ((string[])["macos", "windows", "android"]).SelectMany(platform => (file.Profiles.GetValueOrDefault(platform) ?? []).Select(profile => (platform, profile))))
        {
            if (scope.Text(profile.Path) is not { } raw)
            {
                continue;
            }

            ExpandedText text = EnvironmentExpander.Expand(raw, scope.Run.Environment, SecretHandling.Keep);
            if (text.Errors.Count > 0)
            {
                Refuse(profile, GitOpsRules.VariableNotSet, $"expanding environment on file {GoText.Quote(profile.Path)}: {GoText.Errors([.. text.Errors.Select(error => error.Message)])}");
            }
            else if (Error(platform, profile.Path, text.Text, out string name) is { } words)
            {
                Refuse(profile, GitOpsRules.Profile, $"Couldn't edit {platform}_settings.custom_settings ({RepositoryPath.Base(profile.Path)}): {words}");
            }
            else if (!names.Add(name))
            {
                Refuse(profile, GitOpsRules.Profile, SameName(name));
            }
            else if (profile.Activation.Length > 0 && (platform != "macos" || RepositoryPath.Extension(profile.Path) != ".json"))
            {
                Refuse(profile, GitOpsRules.Profile, $"Couldn't edit {platform}_settings.custom_settings ({RepositoryPath.Base(profile.Path)}): activation is only supported for declaration (DDM) profiles.");
            }
        }
    }

    private static string? Error(string platform, string path, string text, out string name)
    {
        string extension = RepositoryPath.Extension(path);
        name = RepositoryPath.Stem(path);
        string trimmed = text.Trim();
        if (platform == "windows")
        {
            return extension != ".xml" ? "Windows configuration profiles must be .xml files."
                : WindowsElements.Any(element => trimmed.StartsWith(element, StringComparison.OrdinalIgnoreCase)) ? null
                : "Windows configuration profiles can only have <Replace> or <Add> top level elements";
        }

        if (platform == "android")
        {
            return extension != ".json" ? "Android configuration profiles must be .json files."
                : trimmed.StartsWith('{') ? null
                : "Android profiles should include valid JSON.";
        }

        switch (extension)
        {
            case ".mobileconfig" or ".xml":
                string displayed = MobileConfigHead.DisplayName(text, out string? error);
                name = displayed.Trim();
                return error;
            case ".json":
                return trimmed.StartsWith('{') ? null : "Declaration profiles should include valid JSON.";
            default:
                return "macOS configuration profiles must be .mobileconfig or .json files.";
        }
    }

    private void Refuse(ParsedProfile profile, FindingRule rule, string words)
    {
        judgement.Refuse(GitOpsStage.ClientApply, new GitOpsProblem(rule, words, profile.Node.File, profile.Node.Line, profile.Node.Column), Prefix(file) + words);
    }
}
