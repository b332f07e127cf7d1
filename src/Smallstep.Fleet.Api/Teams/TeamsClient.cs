using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api;

/// <summary>Groups of hosts: fleets since 4.82, teams before (Premium).</summary>
public sealed class TeamsClient
{
    private static readonly FleetOperation List = new("list fleets", Roles.Any);
    private static readonly FleetOperation Read = new("read a fleet", Roles.Any);
    private static readonly FleetOperation Create = new("create a fleet", Roles.TeamsWrite);
    private static readonly FleetOperation Change = new("change a fleet", Roles.TeamsWrite);
    private static readonly FleetOperation Remove = new("delete a fleet", Roles.TeamsWrite);
    private static readonly FleetOperation ReadSecrets = new("read a fleet's enrol secrets", Roles.SecretsRead);
    private static readonly FleetOperation ChangeSecrets = new("change a fleet's enrol secrets", Roles.SecretsWrite);
    private static readonly FleetOperation ChangeAgentOptions = new("change a fleet's agent options", Roles.TeamsWrite) { IsRepeatable = true };

    private readonly FleetTransport _transport;

    internal TeamsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the fleets that the token's user sees.</summary>
    /// <param name="query">A part of the name, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<Team>> ListAsync(string? query = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, List, "teams", new QueryString().Add("query", query), FleetJsonContext.Default.ListTeam, ["fleets", "teams"], cancellationToken);

    /// <summary>Finds a fleet by its name, without regard to case where there is no exact match.</summary>
    public async Task<Team?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Team> teams = await ListAsync(null, cancellationToken).ConfigureAwait(false);
        return teams.FirstOrDefault(team => team.Name == name)
            ?? teams.FirstOrDefault(team => string.Equals(team.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads a fleet; id 0 gives what is set for hosts without one.</summary>
    public Task<Team> GetAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"teams/{id}"), FleetJsonContext.Default.Team, ["fleet", "team"], cancellationToken);

    /// <summary>Reads a fleet as the document that the server sends: with its settings, under every name that the release has for them.</summary>
    /// <param name="id">The fleet; 0 for what is set for hosts without one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JsonElement> GetDocumentAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"teams/{id}"), FleetJsonContext.Default.JsonElement, ["fleet", "team"], cancellationToken);

    /// <summary>Makes a fleet.</summary>
    /// <param name="name">The fleet's name.</param>
    /// <param name="secrets">The secrets with which hosts enrol; <see langword="null"/> for one that the server makes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">409 where the name is taken; 422 where it is reserved.</exception>
    public Task<Team> CreateAsync(string name, IReadOnlyList<Secret>? secrets = null, CancellationToken cancellationToken = default)
    {
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("name", name);
            if (secrets is not null)
            {
                EnrollSecret.WriteList(writer, secrets);
            }
        });
        return _transport.SendAsync(FleetRequest.Post(Create, "teams", body).Hiding(secrets ?? []), FleetJsonContext.Default.Team, ["fleet", "team"], cancellationToken);
    }

    /// <summary>Changes a fleet: name, description, mdm, integrations, host_expiry_settings, webhook_settings.</summary>
    /// <remarks>The last two, integrations apart, are replaced whole; id 0 takes the webhooks and integrations of hosts without a fleet.</remarks>
    public Task<Team> PatchAsync(long id, JsonObject patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return _transport.SendAsync(FleetRequest.Patch(Change, $"teams/{id}", JsonBody.Write(writer => patch.WriteTo(writer))), FleetJsonContext.Default.Team, ["fleet", "team"], cancellationToken);
    }

    /// <summary>Replaces a fleet's agent options, which no other call but the declaration of the whole fleet changes.</summary>
    /// <param name="id">The fleet.</param>
    /// <param name="options">The options, such as <c>config</c> and <c>overrides</c>.</param>
    /// <param name="force">Whether the server takes options that it does not know.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Team> SetAgentOptionsAsync(long id, JsonObject options, bool force = false, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _transport.SendAsync(
            FleetRequest.Post(ChangeAgentOptions, $"teams/{id}/agent_options", JsonBody.Write(writer => options.WriteTo(writer)), new QueryString().AddFlag("force", force).AddFlag("dry_run", dryRun)),
            FleetJsonContext.Default.Team, ["fleet", "team"], cancellationToken);
    }

    /// <summary>Deletes a fleet; its hosts become hosts without one.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"teams/{id}"), cancellationToken);

    /// <summary>Reads the secrets with which hosts enrol.</summary>
    public Task<IReadOnlyList<EnrollSecret>> ListSecretsAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(ReadSecrets, $"teams/{id}/secrets"), body => ReadSecretList(ReadSecrets, body), cancellationToken);

    /// <summary>Replaces the secrets with which hosts enrol.</summary>
    public Task<IReadOnlyList<EnrollSecret>> ReplaceSecretsAsync(long id, IReadOnlyList<Secret> secrets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        HttpContent body = JsonBody.Object(writer => EnrollSecret.WriteList(writer, secrets));
        return _transport.ReadAsync(FleetRequest.Patch(ChangeSecrets, $"teams/{id}/secrets", body).Hiding(secrets), answer => ReadSecretList(ChangeSecrets, answer), cancellationToken);
    }

    private static IReadOnlyList<EnrollSecret> ReadSecretList(FleetOperation operation, PooledBody body) =>
        EnrollSecret.ReadList(FleetTransport.Member(operation, body, FleetJsonContext.Default.JsonElement, "secrets"));
}
