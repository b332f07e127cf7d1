using Smallstep.Fleet.Profiles.Linting;

namespace Smallstep.Fleet.GitOps;

/// <summary>What a declaration, an asset or an activation of Apple's says of itself.</summary>
internal static class DeclarationHead
{
    /// <summary>The <c>Identifier</c>; empty where it cannot be read.</summary>
    public static string Identifier(string text) => JsonText.Text(JsonText.Read(text), "Identifier");
}
