using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>What Fleet asks of the activation of a declaration: the same wherever one is uploaded.</summary>
internal static class ActivationRules
{
    public static void Check(FleetDatabase data, char kind, string identifier, ReadOnlyMemory<byte> activation)
    {
        Require(kind == 'd', "activation is only supported for declaration (DDM) profiles.");
        if (!data.Options.IsPremium)
        {
            throw ApiError.Premium();
        }

        Require(data.Options.AllowCustomActivations, "Couldn't add. Custom activations aren't allowed. Set mdm.allow_custom_activations in the server's configuration.");
        SecretReferences.Check(data, Encoding.UTF8.GetString(activation.Span));
        JsonElement document = Parse(activation);
        Require(Text(document, "Type").StartsWith("com.apple.activation.", StringComparison.Ordinal), "Couldn't add. The activation's Type must begin with com.apple.activation.");
        Require(Text(document, "Identifier").Length > 0, "Couldn't add. The activation must have an Identifier.");
        JsonElement configurations = Member(Member(document, "Payload"), "StandardConfigurations");
        Require(
            configurations.ValueKind == JsonValueKind.Array && configurations.GetArrayLength() == 1 && configurations[0].ValueKind == JsonValueKind.String && configurations[0].GetString() == identifier,
            "Couldn't add. The activation's StandardConfigurations must name the profile's Identifier alone.");
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> activation)
    {
        try
        {
            return GoJson.Parse(activation.Span);
        }
        catch (JsonException)
        {
            throw ApiError.Bad("Couldn't add. The activation should include valid JSON.");
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
