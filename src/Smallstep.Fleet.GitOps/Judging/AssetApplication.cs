namespace Smallstep.Fleet.GitOps;

/// <summary>What the client checks of the assets that declarations refer to, when it is about to send them.</summary>
internal sealed class AssetApplication(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    public void Check()
    {
        if (scope.Run.Server is not { IsPremium: true, IsAppleMdmEnabled: true })
        {
            return;
        }

        string prefix = file.IsGlobal || file.IsNoTeam ? "applying assets: " : $"applying assets for fleet \"{file.Name}\": ";
        foreach (ParsedProfile asset in file.Assets)
        {
            ExpandedText text = EnvironmentExpander.Expand(scope.Text(asset.Path) ?? "", scope.Run.Environment, SecretHandling.Keep);
            if (text.Errors.Count > 0)
            {
                string words = $"{prefix}expanding environment on file {GoText.Quote(asset.Path)}: {GoText.Errors([.. text.Errors.Select(error => error.Message)])}";
                judgement.Refuse(GitOpsStage.ClientApply, new GitOpsProblem(GitOpsRules.VariableNotSet, words, asset.Node.File, asset.Node.Line, asset.Node.Column));
            }
        }
    }
}
