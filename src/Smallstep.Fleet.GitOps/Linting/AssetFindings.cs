using System.Text.Json;
using Smallstep.Fleet.Profiles.Linting;

namespace Smallstep.Fleet.GitOps;

/// <summary>What Fleet refuses in assets, and of declarations that refer to one which their fleet does not have.</summary>
internal sealed class AssetFindings(RunScope scope, IReadOnlyList<ParsedFile> files)
{
    public IEnumerable<Finding> Find() => scope.Run.Server is { IsPremium: true, IsAppleMdmEnabled: true } && scope.Run.FleetVersion.Capabilities.DeclarationAssets
        ? files.SelectMany(file => file.Assets.SelectMany(Of).Concat(Missing(file)))
        : [];

    private IEnumerable<Finding> Of(ParsedProfile asset)
    {
        if (scope.Text(asset.Path) is null)
        {
            return [];
        }

        JsonElement root = Read(asset.Path);
        JsonElement payload = JsonText.Member(root, "Payload");
        (bool IsRight, string Words)[] rules =
        [
            (JsonText.Text(root, "Identifier").Length > 0, "Asset must contain a non-empty identifier"),
            (JsonText.Text(root, "Type").StartsWith("com.apple.asset.", StringComparison.Ordinal), "Asset type must be a valid Apple asset type beginning with 'com.apple.asset.'"),
            (!JsonText.Text(root, "Identifier").Contains("FLEET_SECRET", StringComparison.Ordinal), "Asset identifier must not contain a $FLEET_SECRET"),
            (JsonText.Member(payload, "Authentication").ValueKind is JsonValueKind.Undefined or JsonValueKind.Null, "Asset payload must not contain an authentication key"),
            (JsonText.Text(JsonText.Member(payload, "Reference"), "DataURL").Length > 0, "Asset payload must contain a non-empty reference data URL"),
        ];
        return rules.Where(rule => !rule.IsRight).Take(1).Select(rule => GitOpsRules.Profile.At(rule.Words, asset.Path));
    }

    // What no file lists is deleted in the same run, so that the server's own assets do not help.
    private IEnumerable<Finding> Missing(ParsedFile file)
    {
        HashSet<string> known = [.. file.Assets.Select(asset => JsonText.Text(Read(asset.Path), "Identifier"))];
        return (file.Profiles.GetValueOrDefault("macos") ?? [])
            .Where(profile => RepositoryPath.Extension(profile.Path) == ".json")
            .SelectMany(profile => References(JsonText.Member(Read(profile.Path), "Payload")).Where(reference => !known.Contains(reference)).Select(reference => GitOpsRules.Profile.At(
                $"Couldn't add. Asset (\"{reference}\") doesn't exist: apple_settings.assets of this file has none with this identifier.", profile.Path)));
    }

    // A key that ends so refers to an asset, at any depth.
    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name.EndsWith("AssetReference", StringComparison.Ordinal) && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : References(member.Value)),
        _ => [],
    };

    private JsonElement Read(string path) =>
        JsonText.Read(EnvironmentExpander.Expand(scope.Text(path) ?? "", scope.Run.Environment, SecretHandling.Keep).Text);
}
