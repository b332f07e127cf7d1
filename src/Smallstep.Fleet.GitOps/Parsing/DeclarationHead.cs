using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.GitOps;

/// <summary>What a declaration, an asset or an activation of Apple's says of itself.</summary>
internal static class DeclarationHead
{
    /// <summary>The <c>Identifier</c>; empty where it cannot be read.</summary>
    public static string Identifier(string text)
    {
        try
        {
            JsonElement root = JsonElement.Parse(Encoding.UTF8.GetBytes(text));
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("Identifier", out JsonElement identifier) && identifier.ValueKind == JsonValueKind.String ? identifier.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
