using System.Text;

namespace Smallstep.Fleet.GitOps;

/// <summary>Reads the assets that declarations refer to, and what a set-up installs in the old form.</summary>
internal sealed partial class TeamReader
{
    /// <summary>The assets; <see langword="null"/> where fleetctl passes over them.</summary>
    public IReadOnlyList<AssetState>? Assets() => scope.Run.Server is { IsPremium: true, IsAppleMdmEnabled: true } && scope.Heeds(scope.Capabilities.DeclarationAssets)
        ? [.. file.Assets.Where(asset => asset.Path.Length > 0).Select(Asset)]
        : null;

    private AssetState Asset(ParsedProfile asset)
    {
        (string text, ReadOnlyMemory<byte>? contents) = Expanded(asset.Path);
        return new AssetState(RepositoryPath.Stem(asset.Path), DeclarationHead.Identifier(text)) { Contents = contents };
    }

    /// <summary>A file as fleetctl sends it: with the environment's variables, and the secrets left to the server.</summary>
    private (string Text, ReadOnlyMemory<byte>? Contents) Expanded(string path)
    {
        string raw = scope.Text(path) ?? "";
        ExpandedText expanded = EnvironmentExpander.Expand(raw, scope.Run.Environment, SecretHandling.Keep);
        return (expanded.Text, expanded.Text == raw ? scope.Bytes(path) : Encoding.UTF8.GetBytes(expanded.Text));
    }

    /// <summary>Whether a set-up installs something: in the list of the old form, which stands beside the software, or, without one, as the entry itself says.</summary>
    private bool? InSetup(Func<GitOpsNode, bool> isListed, bool? own) => SetupSoftware.In(file.Controls) is { } listed ? listed.Any(isListed) : own;

    private bool? InSetup(ParsedPackage package, bool? own) =>
        InSetup(item => package.File.Length > 0 && item["package_path"]?.AsText() is { Length: > 0 } path && RepositoryPath.Resolve(RepositoryPath.Folder(RepositoryPath.Normalize(file.Path)), path) == package.File, own);

    private bool? InSetup(GitOpsNode app, bool? own) => InSetup(item => item["app_store_id"]?.AsText() is { Length: > 0 } id && id == Text(app, "app_store_id"), own);
}
