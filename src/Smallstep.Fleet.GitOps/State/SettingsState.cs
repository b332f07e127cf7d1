using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>Settings, as far as a repository can declare them in YAML; files that they point to are not among them.</summary>
/// <param name="Scope">What they belong to.</param>
/// <param name="Values">The sections as JSON, under the newest names. Where a value is secret, <see cref="Masked"/> stands for it.</param>
public sealed record SettingsState(SettingsScope Scope, JsonElement Values)
{
    /// <summary>What stands in the place of a secret, here as in what a server shows.</summary>
    public const string Masked = "********";

    /// <summary>The secrets by path, such as <c>smtp_settings.password</c> or <c>integrations.jira[0].api_token</c>; each value is JSON text.</summary>
    /// <remarks>Besides what Fleet masks, every value that came from an environment variable.</remarks>
    public IReadOnlyDictionary<string, SecretValue> Secrets { get; init; } = new Dictionary<string, SecretValue>();

    /// <summary>The sections that the server does not show to the token's role.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The members, such as <c>org_info.org_logo_url_dark_mode</c>, that the server shows the address of a file of its own for; they are no settings.</summary>
    public IReadOnlyList<string> Hosted { get; init; } = [];

    /// <summary>Whether there is no value.</summary>
    public bool IsEmpty => SettingsValues.IsEmpty(Values);

    /// <summary>Reads what a server shows.</summary>
    /// <param name="scope">What is read.</param>
    /// <param name="document">
    /// The configuration, or the fleet; for controls its member <c>mdm</c>, for agent options the options themselves.
    /// Members that no repository declares are left out.
    /// </param>
    public static SettingsState FromServer(SettingsScope scope, JsonElement document) => SettingsValues.FromServer(scope, document);

    /// <summary>The settings as a request, with their secrets, under the names that every release understands.</summary>
    /// <param name="unknown">Takes the paths whose value is not known; they are left out.</param>
    public JsonObject ToRequest(ICollection<string>? unknown = null)
    {
        JsonObject request = SettingsValues.WithSecrets(this, unknown);
        SettingsNames.ToOldest(request, Scope);
        return request;
    }

    /// <summary>Gives the members of a request the names that every release understands.</summary>
    /// <param name="scope">What the request changes.</param>
    /// <param name="request">The request.</param>
    public static void UseOldestNames(SettingsScope scope, JsonObject request)
    {
        ArgumentNullException.ThrowIfNull(request);
        SettingsNames.ToOldest(request, scope);
    }
}
