namespace Smallstep.Fleet.GitOps;

/// <summary>What the client checks of the assets that declarations refer to, when it is about to send them.</summary>
/// <remarks>A fleet's are read whether or not they can be sent; those of the other hosts only where the server has Premium and Apple's MDM.</remarks>
internal sealed class AssetApplication(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    public void Check()
    {
        if (!file.IsFleet && scope.Run.Server is not { IsPremium: true, IsAppleMdmEnabled: true })
        {
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ParsedProfile asset in file.Assets)
        {
            string name = RepositoryPath.Stem(asset.Path);
            ExpandedText text = EnvironmentExpander.Expand(scope.Text(asset.Path) ?? "", scope.Run.Environment, SecretHandling.Keep);
            if (text.Errors.Count > 0)
            {
                Refuse(asset, GitOpsRules.VariableNotSet, $"expanding environment on file {GoText.Quote(asset.Path)}: {GoText.Errors([.. text.Errors.Select(error => error.Message)])}");
            }
            else if (!names.Add(name))
            {
                Refuse(asset, GitOpsRules.Profile, ProfileApplication.SameName(name));
            }
        }
    }

    private void Refuse(ParsedProfile asset, FindingRule rule, string words) =>
        judgement.Refuse(GitOpsStage.ClientApply, new GitOpsProblem(rule, words, asset.Node.File, asset.Node.Line, asset.Node.Column), ProfileApplication.Prefix(file) + words);
}
