namespace Smallstep.Fleet.GitOps;

/// <summary>Where a file refers to labels, and whether they will exist.</summary>
internal sealed class LabelUse(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    private readonly List<(string Label, string Type, string Name, GitOpsNode Node)> _uses = [];

    public void Check(LabelChanges labels)
    {
        Gather();
        foreach (IGrouping<string, (string Label, string Type, string Name, GitOpsNode Node)> use in _uses.GroupBy(use => use.Label).Where(use => labels.NewLabels.Contains(use.Key) && labels.IsValid(file, use.Key)))
        {
            Found(GitOpsRules.NewLabel, use.Take(1), $"The label {use.Key}, a target here, is made in the same run: no host has it yet.");
        }

        bool unknown = false;
        bool builtIn = false;
        foreach (IGrouping<string, (string Label, string Type, string Name, GitOpsNode Node)> use in _uses.GroupBy(use => use.Label).Where(use => !labels.IsValid(file, use.Key)))
        {
            if (FleetCapabilities.BuiltInLabels.Contains(use.Key))
            {
                builtIn = true;
                judgement.Log.Add($"[!] '{use.Key}' label is built-in. Only custom labels are supported. If you want to target a specific platform please use 'platform' instead. If not, please create a custom label and try again. ");
                Found(GitOpsRules.BuiltInLabel, use, $"'{use.Key}' label is built-in. Only custom labels are supported.");
                continue;
            }

            unknown = true;
            judgement.Log.AddRange(use.Select(where => $"[!] Unknown label '{use.Key}' is referenced by {where.Type} '{where.Name}'"));
            Found(GitOpsRules.MissingLabel, use, $"Unknown label '{use.Key}' is referenced.");
        }

        if (unknown)
        {
            judgement.Refuse(GitOpsStage.CrossCheck, "Please create the missing labels, or update your settings to not refer to these labels.");
        }

        if (builtIn)
        {
            judgement.Refuse(GitOpsStage.CrossCheck, "Please update your settings to not refer to built-in labels.");
        }
    }

    private void Found(FindingRule rule, IEnumerable<(string Label, string Type, string Name, GitOpsNode Node)> uses, string words) =>
        judgement.Problems.AddRange(uses.Select(use => new GitOpsProblem(rule, words, use.Node.File, use.Node.Line, use.Node.Column)));

    private void Gather()
    {
        foreach (ParsedItem report in scope.Run.Server.IsPremium ? [] : file.Reports.Where(report => report.Node.Texts("labels_include_any").Count > 0))
        {
            Refuse(report.Node, $"report {GoText.Quote(report.Name)} uses 'labels_include_any', which is only available in Fleet Premium");
        }

        foreach (ParsedProfile profile in ((string[])["macos", "windows"]).SelectMany(platform => file.Profiles.GetValueOrDefault(platform) ?? []))
        {
            Profile(profile);
        }

        foreach (ParsedPackage package in file.Packages)
        {
            Use(package.Labels, package.Url, "Software Package", package.Node);
        }

        foreach (GitOpsNode app in file.AppStoreApps)
        {
            Use(app.Texts, app["app_store_id"]?.Text ?? "", "App Store App", app);
        }

        foreach (GitOpsNode app in file.MaintainedApps)
        {
            Use(app.Texts, app["slug"]?.Text ?? "", "Fleet Maintained App", app);
        }

        foreach (ParsedItem report in file.Reports)
        {
            Use(report.Node.Texts, report.Name, "Query", report.Node);
        }

        foreach (ParsedItem policy in file.Policies)
        {
            if (policy.Node.Texts("labels_include_any").Count > 0 && policy.Node.Texts("labels_exclude_any").Count > 0)
            {
                Refuse(policy.Node, $"Policy '{policy.Name}' has multiple label keys; please choose one of `labels_include_any`, `labels_exclude_any`.");
            }

            Use(policy.Node.Texts, policy.Name, "Policy", policy.Node);
        }
    }

    private void Profile(ParsedProfile profile)
    {
        GitOpsNode node = profile.Node;
        IReadOnlyList<string> all = [.. node.Texts("labels_include_all"), .. node.Texts("labels")];
        IReadOnlyList<string> any = node.Texts("labels_include_any");
        IReadOnlyList<string> exclude = node.Texts("labels_exclude_any");
        int kinds = (all.Count > 0 ? 1 : 0) + (any.Count > 0 ? 1 : 0) + (exclude.Count > 0 ? 1 : 0);
        if (!scope.Capabilities.IncludeAndExcludeLabels && kinds > 1)
        {
            Refuse(node, $"MDM profile '{profile.Path}' has multiple label keys; please choose one of `labels_include_any`, `labels_include_all` or `labels_exclude_any`.");
        }
        else if (all.Count > 0 && any.Count > 0)
        {
            Refuse(node, $"configuration profile '{profile.Path}' cannot use both `labels_include_all` and `labels_include_any`; please choose one.");
        }
        else if (all.Concat(any).Intersect(exclude).FirstOrDefault() is { } both)
        {
            Refuse(node, $"configuration profile '{profile.Path}' cannot both include and exclude label '{both}'.");
        }

        _uses.AddRange(all.Concat(any).Concat(exclude).Select(label => (label, "MDM Profile", profile.Path, node)));
    }

    private void Use(Func<string, IReadOnlyList<string>> labels, string name, string type, GitOpsNode node) =>
        _uses.AddRange(((string[])["labels_include_any", "labels_include_all", "labels_exclude_any"]).SelectMany(labels).Select(label => (label, type, name, node)));

    private void Refuse(GitOpsNode node, string words) =>
        judgement.Refuse(GitOpsStage.CrossCheck, new GitOpsProblem(GitOpsRules.LabelKinds, words, node.File, node.Line, node.Column));
}
