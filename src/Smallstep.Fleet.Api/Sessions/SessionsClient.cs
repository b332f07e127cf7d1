using System.Net;

namespace Smallstep.Fleet.Api;

/// <summary>Signing in and out, and the question whose token it is.</summary>
public sealed class SessionsClient
{
    private static readonly FleetOperation Login = new("log in", Roles.None) { IsAnonymous = true };
    private static readonly FleetOperation Logout = new("log out", Roles.Any);
    private static readonly FleetOperation Me = new("ask whose token it is", Roles.Any);

    private readonly FleetTransport _transport;
    private volatile Pause? _pause;

    internal SessionsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Opens a session. Keep the token: the server's budget of about ten logins a minute is shared by all its clients.</summary>
    /// <exception cref="FleetApiException">401 for a wrong address or password; 429 when the budget is spent. Until the time that the server then asked for is over, further logins fail without being sent.</exception>
    public async Task<LoginResult> LoginAsync(string email, Secret password, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(password);
        RespectBudget();
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("email", email);
            writer.WriteString("password", password.Reveal());
        });
        try
        {
            return await _transport.ReadAsync(FleetRequest.Post(Login, "login", body).Hiding(password), ReadLogin, cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException exception) when (exception.Status == HttpStatusCode.TooManyRequests)
        {
            _pause = new Pause(_transport.Time.GetTimestamp(), exception.RetryAfter ?? TimeSpan.FromSeconds(6));
            throw;
        }
    }

    /// <summary>Ends the session of the client's token. With an API-only token this revokes the token.</summary>
    public Task LogoutAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Logout, "logout"), cancellationToken);

    /// <summary>Tells whose token it is: the cheapest check that it works and of what it may do.</summary>
    public Task<CurrentUser> GetMeAsync(CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(
            FleetRequest.Get(Me, "me"),
            body => new CurrentUser(FleetTransport.Member(Me, body, FleetJsonContext.Default.FleetUser, "user"), ReadTeams(body)),
            cancellationToken);

    private void RespectBudget()
    {
        if (_pause is { } pause && pause.Length - _transport.Time.GetElapsedTime(pause.Since) is var left && left > TimeSpan.Zero)
        {
            throw new FleetApiException(Login.Name, $"Cannot log in: the server asked for a pause, which lasts another {left.TotalSeconds:0} s. Nothing was sent.")
            {
                Status = HttpStatusCode.TooManyRequests,
                RetryAfter = left,
            };
        }
    }

    private static LoginResult ReadLogin(PooledBody body) => new(
        FleetTransport.Member(Login, body, FleetJsonContext.Default.FleetUser, "user"),
        ReadTeams(body),
        new Secret(FleetTransport.Member(Login, body, FleetJsonContext.Default.String, "token")));

    private static IReadOnlyList<Team> ReadTeams(PooledBody body) =>
        JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.ListTeam, ["available_fleets", "available_teams"], out List<Team>? teams) ? teams ?? [] : [];

    private sealed record Pause(long Since, TimeSpan Length);
}
