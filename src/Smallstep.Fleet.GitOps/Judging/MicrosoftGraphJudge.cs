using System.Text.RegularExpressions;

namespace Smallstep.Fleet.GitOps;

/// <summary>Judges the credentials for Microsoft Graph as client and server do, as far as they can be judged offline: the secret is Graph's to judge.</summary>
internal sealed partial class MicrosoftGraphJudge(RunScope scope, ParsedFile file, RunJudgement judgement)
{
    private const string Key = "microsoft_graph_credentials";

    private bool _isSound;

    /// <summary>Checks the shape, before anything of the file is sent.</summary>
    public void CheckShape()
    {
        if (!scope.Capabilities.MicrosoftGraphCredentials || file.Settings?[Key] is not { } section)
        {
            return;
        }

        GoMismatch? mismatch = SettingsSchema.MicrosoftGraphCredentials.Check(section);
        _isSound = mismatch is null;
        if (mismatch is not null)
        {
            // The ids are fields of a struct within the struct, which Go names as well.
            mismatch = mismatch with { Field = mismatch.Field is "tenant_id" or "client_id" ? "MicrosoftGraphCredentialMetadata." + mismatch.Field : mismatch.Field };
            Refuse(GitOpsStage.ClientApply, mismatch.Node, $"invalid {Key}: unmarshal microsoft graph credentials: json: cannot unmarshal {mismatch.Got} into Go {mismatch.Where} of type {mismatch.Type}");
        }
    }

    /// <summary>Checks the values as the server does, once the shape is sound.</summary>
    public void CheckValues()
    {
        if (!_isSound || file.Settings?[Key] is not { Items: { Count: > 0 } credentials } section)
        {
            return;
        }

        if (!scope.Run.Server.IsPremium)
        {
            Refuse(GitOpsStage.ClientApply, section, $"Couldn't edit \"{file.Path}\" at \"{Key}\": Missing or invalid license. Microsoft Graph credentials are available in Fleet Premium only.");
        }
        else if (credentials.Count > 1)
        {
            Server(credentials[1], "Only 1 Microsoft Graph credential can be configured.");
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
            Server(node ?? credential, $"Invalid Entra {what} ID: {id}");
        }
    }

    private void Server(GitOpsNode at, string words) => Refuse(GitOpsStage.Server, at, words, "applying microsoft graph credentials: " + words);

    private void Refuse(string stage, GitOpsNode at, string words, string? printed = null) =>
        judgement.Refuse(stage, new GitOpsProblem(GitOpsRules.OrgSettings, words, at.File, at.Line, at.Column), printed);

    [GeneratedRegex("^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Guid();
}
