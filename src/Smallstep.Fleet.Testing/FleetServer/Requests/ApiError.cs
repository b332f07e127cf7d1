namespace Smallstep.Fleet.Testing;

/// <summary>The errors of Fleet's API, by kind.</summary>
internal static class ApiError
{
    public static ApiErrorException Bad(string reason) => Of(400, "Bad request", "base", reason);

    public static ApiErrorException MdmOff() => Bad("MDM features aren't turned on in Fleet. For more information about setting up MDM, please visit https://fleetdm.com/docs/using-fleet");

    public static ApiErrorException Unauthorized(string reason) => Of(401, reason, "base", reason);

    public static ApiErrorException Premium() => Of(402, "Requires Fleet Premium license", "base", "Requires Fleet Premium license");

    public static ApiErrorException Forbidden() => Of(403, "forbidden", "base", "forbidden");

    public static ApiErrorException EndpointNotPermitted() =>
        Of(403, "endpoint not permitted for this API-only user", "base", "endpoint not permitted for this API-only user");

    public static ApiErrorException NotFound(string reason) => Of(404, "Resource Not Found", "base", reason);

    public static ApiErrorException Exists(string reason) => Of(409, "Resource Already Exists", "base", reason);

    public static ApiErrorException Conflict(string reason) => Of(409, "Conflict", "base", reason);

    public static ApiErrorException TooLarge() => Of(413, "Request body too large", "base", "http: request body too large");

    /// <summary>Fleet's InvalidArgument: 422, or the status that the place asks for.</summary>
    public static ApiErrorException Invalid(string name, string reason, int status = 422) => Of(status, "Validation Failed", name, reason);

    public static ApiErrorException LimitExceeded(int seconds) => new(429, seconds < 1 ? "limit exceeded" : $"limit exceeded, retry after: {seconds}s", [("base", "limit exceeded")])
    {
        RetryAfterSeconds = seconds,
    };

    public static ApiErrorException Of(int status, string message, string name, string reason) => new(status, message, [(name, reason)]);
}
