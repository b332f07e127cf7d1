using System.Net;
using System.Text.Json;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Reads settings, controls, agent options and enroll secrets of the server and of fleets.</summary>
internal static class SettingsReader
{
    private static readonly JsonElement None = JsonElement.Parse("{}");

    /// <summary>The server's configuration as a document.</summary>
    public static Task<JsonElement> ReadServerAsync(ReadableClients fleet, CancellationToken cancellationToken) => fleet.Writer.Configuration.GetDocumentAsync(cancellationToken);

    /// <summary>A fleet as a document; empty where the server has no fleets.</summary>
    public static async Task<JsonElement> ReadTeamAsync(ReadableClients fleet, long team, CancellationToken cancellationToken)
    {
        try
        {
            return await fleet.Writer.Teams.GetDocumentAsync(team, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException free) when (free.Status == HttpStatusCode.PaymentRequired)
        {
            return None;
        }
    }

    /// <summary>The server's own agent options, which only global administrators see; <see langword="null"/> where they are hidden.</summary>
    public static SettingsState? AgentOptions(JsonElement configuration) =>
        configuration.TryGetProperty("agent_options", out JsonElement options) ? SettingsState.FromServer(SettingsScope.AgentOptions, options)
        : configuration.TryGetProperty("smtp_settings", out _) ? SettingsState.FromServer(SettingsScope.AgentOptions, default)
        : null;

    /// <summary>A member of a document; nothing where it has no such member.</summary>
    public static JsonElement Member(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>The enroll secrets of a fleet, or of hosts without one; <see langword="null"/> where the tokens may not read them.</summary>
    public static Task<IReadOnlyList<SecretValue>?> ReadSecretsAsync(ReadableClients fleet, long? team, CancellationToken cancellationToken) => fleet.TryReadAsync(async client =>
    {
        IReadOnlyList<EnrollSecret> secrets = team is { } id
            ? await client.Teams.ListSecretsAsync(id, cancellationToken).ConfigureAwait(false)
            : await client.Spec.ListEnrollSecretsAsync(cancellationToken).ConfigureAwait(false);
        return (IReadOnlyList<SecretValue>)[.. secrets.Select(secret => new SecretValue(secret.Value.Reveal() == SettingsState.Masked ? null : secret.Value))];
    });
}
