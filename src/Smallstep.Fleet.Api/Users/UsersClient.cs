using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Users, above all those for programs.</summary>
public sealed class UsersClient
{
    private static readonly FleetOperation List = new("list users", Roles.Users);
    private static readonly FleetOperation Read = new("read a user", Roles.Users);
    private static readonly FleetOperation Create = new("create a user", Roles.Users);
    private static readonly FleetOperation Change = new("change a user", Roles.Users);
    private static readonly FleetOperation CreateApi = new("create an API-only user", Roles.Users) { Since = new FleetVersion(4, 85) };
    private static readonly FleetOperation ChangeApi = new("change an API-only user", Roles.Users) { Since = new FleetVersion(4, 85) };
    private static readonly FleetOperation Remove = new("delete a user", Roles.Users);
    private static readonly FleetOperation Catalogue = new("list the API's endpoints", Roles.Users) { Since = new FleetVersion(4, 85) };

    private readonly FleetTransport _transport;

    internal UsersClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the users, a fleet's where its id is given.</summary>
    public Task<IReadOnlyList<FleetUser>> ListAsync(long? teamId = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, List, "users", new QueryString().Add("team_id", teamId), FleetJsonContext.Default.ListFleetUser, ["users"], cancellationToken);

    /// <summary>Reads a user.</summary>
    public Task<FleetUser> GetAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"users/{id}"), FleetJsonContext.Default.FleetUser, ["user"], cancellationToken);

    /// <summary>Makes a user with an e-mail address and a password (<c>POST /users/admin</c>, every release).</summary>
    /// <exception cref="FleetVersionException">The role technician before 4.82.</exception>
    public async Task<CreatedUser> CreateAsync(UserRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await RequireRolesAsync(request.GlobalRole, request.TeamRoles, cancellationToken).ConfigureAwait(false);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("name", request.Name);
            writer.WriteString("email", request.Email);
            writer.WriteString("password", request.Password.Reveal());
            writer.WriteBoolean("api_only", request.ApiOnly);
            writer.WriteBoolean("admin_forced_password_reset", request.ForcePasswordReset && !request.ApiOnly);
            writer.OptionalBoolean("sso_enabled", request.SsoEnabled ? true : null);
            writer.OptionalBoolean("mfa_enabled", request.MfaEnabled ? true : null);
            WriteRoles(writer, "teams", request.GlobalRole, request.TeamRoles);
        });
        return await SendAsync(FleetRequest.Post(Create, "users/admin", body).Hiding(request.Password), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a user.</summary>
    /// <exception cref="FleetVersionException">The role technician before 4.82.</exception>
    public async Task<FleetUser> UpdateAsync(long id, UserPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        await RequireRolesAsync(patch.GlobalRole, patch.TeamRoles, cancellationToken).ConfigureAwait(false);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.OptionalString("name", patch.Name);
            writer.OptionalString("email", patch.Email);
            writer.OptionalString("password", patch.Password?.Reveal());
            writer.OptionalBoolean("sso_enabled", patch.SsoEnabled);
            writer.OptionalBoolean("mfa_enabled", patch.MfaEnabled);
            WriteRoles(writer, "teams", patch.GlobalRole, patch.TeamRoles ?? new Dictionary<long, FleetRole>());
        });
        return await _transport.SendAsync(FleetRequest.Patch(Change, $"users/{id}", body).Hiding(patch.Password), FleetJsonContext.Default.FleetUser, ["user"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes an API-only user whose e-mail address and password the server invents (4.85).</summary>
    public Task<CreatedUser> CreateApiOnlyAsync(ApiUserRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(FleetRequest.Post(CreateApi, "users/api_only", Body(request)), cancellationToken);
    }

    /// <summary>Changes an API-only user; what is left out stays (4.85).</summary>
    public Task<CreatedUser> UpdateApiOnlyAsync(long id, ApiUserRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(FleetRequest.Patch(ChangeApi, $"users/api_only/{id}", Body(request)), cancellationToken);
    }

    /// <summary>Deletes a user, and with it the user's tokens.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"users/{id}"), cancellationToken);

    /// <summary>Lists the endpoints that a token may be bound to (4.85, Premium).</summary>
    /// <param name="query">A part of name or path, or <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<ApiEndpoint>> ListEndpointsAsync(string? query = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, Catalogue, "rest_api", new QueryString().Add("query", query), FleetJsonContext.Default.ListApiEndpoint, ["api_endpoints"], cancellationToken);

    private static HttpContent Body(ApiUserRequest request) => JsonBody.Object(writer =>
    {
        writer.OptionalString("name", request.Name);
        WriteRoles(writer, "fleets", request.GlobalRole, request.TeamRoles);
        if (request.Endpoints is { } endpoints)
        {
            writer.WriteStartArray("api_endpoints");
            foreach (ApiEndpoint endpoint in endpoints)
            {
                writer.WriteStartObject();
                writer.WriteString("method", endpoint.Method);
                writer.WriteString("path", endpoint.Path);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    });

    private static void WriteRoles(Utf8JsonWriter writer, string name, FleetRole? global, IReadOnlyDictionary<long, FleetRole> roles)
    {
        writer.OptionalString("global_role", global?.Value);
        if (roles.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach ((long id, FleetRole role) in roles.OrderBy(role => role.Key))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("role", role.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private async ValueTask RequireRolesAsync(FleetRole? global, IReadOnlyDictionary<long, FleetRole>? teams, CancellationToken cancellationToken)
    {
        if (global == FleetRole.Technician || teams?.Values.Contains(FleetRole.Technician) == true)
        {
            await _transport.RequireAsync(FleetFeature.TechnicianRole, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<CreatedUser> SendAsync(FleetRequest request, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            request,
            body =>
            {
                FleetUser user = FleetTransport.Member(request.Operation, body, FleetJsonContext.Default.FleetUser, "user");
                return new CreatedUser(user, JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.String, ["token"], out string? token) && token is { Length: > 0 } ? new Secret(token) : null);
            },
            cancellationToken);
}
