using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>What Fleet asks of an asset, and of the declarations that refer to one.</summary>
internal static class AssetRules
{
    /// <summary>Checks an asset's contents.</summary>
    /// <returns>Its identifier and type.</returns>
    public static (string Identifier, string Type) Check(FleetDatabase data, ReadOnlyMemory<byte> contents)
    {
        string text = Encoding.UTF8.GetString(contents.Span);
        JsonElement asset = Parse(text);
        string identifier = Text(asset, "Identifier");
        string type = Text(asset, "Type");
        Require(identifier.Length > 0, "Asset must contain a non-empty identifier");
        Require(type.StartsWith("com.apple.asset.", StringComparison.Ordinal), "Asset type must be a valid Apple asset type beginning with 'com.apple.asset.'");
        Require(!identifier.Contains("FLEET_SECRET", StringComparison.Ordinal), "Asset identifier must not contain a $FLEET_SECRET");
        SecretReferences.Check(data, text);
        JsonElement payload = Member(Parse(data.Expand(text)), "Payload");
        Require(Member(payload, "Authentication").ValueKind is JsonValueKind.Undefined or JsonValueKind.Null, "Asset payload must not contain an authentication key");
        string address = Text(Member(payload, "Reference"), "DataURL");
        Require(address.Length > 0, "Asset payload must contain a non-empty reference data URL");
        Require(address.StartsWith('/') || Uri.TryCreate(address, UriKind.Absolute, out _), $"Invalid payload data URL: parse \"{address}\": invalid URI for request");
        return (identifier, type);
    }

    /// <summary>Refuses a declaration that refers to an asset which its fleet does not have; a release without assets does not look.</summary>
    public static void CheckReferences(FleetDatabase data, ScreenedProfile profile, long? teamId)
    {
        if (data.Capabilities.DeclarationAssets && profile.Kind == 'd' && References(profile.Contents).FirstOrDefault(identifier => data.Assets.All(asset => asset.TeamId != teamId || asset.Identifier != identifier)) is { } missing)
        {
            throw ApiError.Bad($"Couldn't add. Asset (\"{missing}\") doesn't exist. Make sure the asset is uploaded in OS Settings > Configuration profiles > Assets before referencing it in a profile.");
        }
    }

    /// <summary>Whether a declaration of its fleet refers to an asset.</summary>
    public static bool IsReferenced(FleetDatabase data, AssetRecord asset) =>
        data.Profiles.Any(profile => profile.IsDeclaration && profile.TeamId == asset.TeamId && References(profile.Contents).Contains(asset.Identifier));

    private static List<string> References(ReadOnlyMemory<byte> declaration)
    {
        var found = new List<string>();
        Collect(Member(Parse(Encoding.UTF8.GetString(declaration.Span)), "Payload"), found);
        return found;
    }

    // Whatever key ends so refers to an asset, at any depth.
    private static void Collect(JsonElement element, List<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            element.EnumerateArray().ToList().ForEach(item => Collect(item, found));
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (member.Name.EndsWith("AssetReference", StringComparison.Ordinal) && member.Value.ValueKind == JsonValueKind.String)
                {
                    found.Add(member.Value.GetString()!);
                }

                Collect(member.Value, found);
            }
        }
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return GoJson.Parse(text);
        }
        catch (JsonException e)
        {
            throw ApiError.Bad("unmarshaling asset data: " + e.Message);
        }
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static void Require(bool isRight, string reason)
    {
        if (!isRight)
        {
            throw ApiError.Bad(reason);
        }
    }
}
