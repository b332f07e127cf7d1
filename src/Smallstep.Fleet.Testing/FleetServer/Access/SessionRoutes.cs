namespace Smallstep.Fleet.Testing;

/// <summary>Sign-in, sign-out, who am I.</summary>
internal sealed class SessionRoutes(FleetDatabase data)
{
    public void Register(ApiRouter router)
    {
        router.Add("POST", "/login", Login, route => route with { IsAnonymous = true, IsRead = true });
        router.Add("POST", "/logout", Logout, route => route with { BodyIsOptional = true, IsRead = true });
        router.Add("GET", "/me", call => ApiResult.Object(writer =>
        {
            writer.WritePropertyName("user");
            writer.Write(call.User, data);
            writer.WriteAvailableTeams(call.User, data);
        }));
    }

    private ApiResult Login(FleetCall call)
    {
        data.Sessions.CountLogin();
        UserRecord? user = data.Users.FirstOrDefault(u => string.Equals(u.Email, call.Body.Text("email"), StringComparison.OrdinalIgnoreCase));
        if (user is null || user.UsesSso || user.IsApiOnly && user.Password.IsEmpty || !user.Password.Equals(new Secret(call.Body.Text("password") ?? "")))
        {
            throw ApiError.Of(401, "Authentication failed", "base", "Authentication failed");
        }

        if (user.UsesMfa)
        {
            return call.Body.Flag("supports_email_verification") == true
                ? ApiResult.Object(writer => writer.WriteString("message", "We sent an email to you. Please click the magic link in the email to sign in."), 202)
                : throw ApiError.Bad("Your login client does not support MFA. Please log in through the web interface.");
        }

        Secret token = data.Sessions.Create(user);
        return ApiResult.Object(writer =>
        {
            writer.WritePropertyName("user");
            writer.Write(user, data);
            writer.WriteAvailableTeams(user, data);
            writer.WriteString("token", token.Reveal());
        });
    }

    private ApiResult Logout(FleetCall call)
    {
        data.Sessions.Delete(call.Http.Request.Headers.Authorization.ToString());
        return ApiResult.Empty();
    }
}
