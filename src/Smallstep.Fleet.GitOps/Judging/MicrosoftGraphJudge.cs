using System.Text.RegularExpressions;

namespace Smallstep.Fleet.GitOps;

/// <summary>Judges the credentials for Microsoft Graph as client and server do, as far as they can be judged offline: the secret is Graph's to judge.</summary>
internal sealed partial class MicrosoftGraphJudge(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    private const string Key = "microsoft_graph_credentials";

    public void Check()
    {
        if (!scope.Capabilities.MicrosoftGraphCredentials || file.Settings?[Key] is not { Items: { Count: > 0 } credentials } section)
        {
            return;
        }

        if (!scope.Run.Server.IsPremium)
        {
            Refuse(GitOpsStage.ClientApply, section, $"Couldn't edit \"{file.Path}\" at \"{Key}\": Missing or invalid license. Microsoft Graph credentials are available in Fleet Premium only.");
        }
        else if (credentials.Count > 1)
        {
            Refuse(GitOpsStage.Server, credentials[1], "Only 1 Microsoft Graph credential can be configured.");
        }
        else
        {
            Id(credentials[0], "tenant_id", "tenant");
            Id(credentials[0], "client_id", "client");
        }
    }

    private void Id(GitOpsNode credential, string key, string what)
    {
        GitOpsNode? node = credential[key];
        if (node is not null && scope.InsertedAt(node) is { Value: null })
        {
            return;
        }

        string id = (node?.AsText() ?? "").Trim().ToLowerInvariant();
        if (!Guid().IsMatch(id))
        {
            Refuse(GitOpsStage.Server, node ?? credential, $"Invalid Entra {what} ID: {id}");
        }
    }

    private void Refuse(string stage, GitOpsNode at, string words) =>
        judgement.Refuse(stage, new GitOpsProblem(GitOpsRules.OrgSettings, words, at.File, at.Line, at.Column));

    [GeneratedRegex("^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Guid();
}
