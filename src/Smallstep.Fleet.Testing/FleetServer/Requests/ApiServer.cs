using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Smallstep.Fleet.Testing;

/// <summary>Takes a request through Fleet's outer rings: routing, token, body, handler, answer, log.</summary>
internal sealed class ApiServer(FleetDatabase data, ApiRouter router, FaultList faults, RequestLog log)
{
    public Task HandleAsync(HttpContext http)
    {
        (ApiRoute Route, Dictionary<string, string> Values)? found = router.Find(http.Request.Method, RawPath(http));
        UserRecord? user = null;
        return LogAsync(
            http,
            async () =>
            {
                (ApiResult result, user) = await AnswerAsync(http, found).ConfigureAwait(false);
                await SendAsync(http, result).ConfigureAwait(false);
            },
            () => (user?.Name ?? "", http.Request.Method is not ("GET" or "HEAD") && found is { Route.IsRead: false } && !IsDryRun(http)));
    }

    /// <summary>Serves something that is not the API, such as the SCEP proxy, under the same faults and log.</summary>
    public Task HandleOtherAsync(HttpContext http, RequestDelegate next) => LogAsync(http, () => next(http), static () => ("", false));

    /// <summary>Runs a request under the faults and logs it before the caller can see the answer.</summary>
    private async Task LogAsync(HttpContext http, Func<Task> serve, Func<(string User, bool IsWrite)> facts)
    {
        string path = http.Request.Path.Value ?? "";
        bool logged = false;
        void Log(int status, bool faulted)
        {
            (string user, bool isWrite) = facts();
            if (!logged)
            {
                logged = true;
                log.Add(new LoggedRequest(http.Request.Method, path, http.Request.QueryString.Value ?? "", status, user, isWrite) { IsFaulted = faulted });
            }
        }

        http.Response.OnStarting(() =>
        {
            Log(http.Response.StatusCode, faulted: false);
            return Task.CompletedTask;
        });
        await faults.RunAsync(http, serve, fault => Log(fault.AbortsConnection ? 0 : (int)fault.Status!.Value, faulted: true)).ConfigureAwait(false);
    }

    private static bool IsDryRun(HttpContext http) =>
        http.Items.ContainsKey("dry_run") || (http.Request.Query.TryGetValue("dry_run", out Microsoft.Extensions.Primitives.StringValues value) && value.ToString() is "true" or "1");

    private static string RawPath(HttpContext http)
    {
        string target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? http.Request.Path.Value ?? "";
        int question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? target : target[..question];
    }

    private static async Task SendAsync(HttpContext http, ApiResult result)
    {
        HttpResponse response = http.Response;
        response.StatusCode = result.Status;
        if (result.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (result.FileName is { } fileName)
        {
            response.Headers.ContentDisposition = $"attachment;filename=\"{fileName}\"";
        }

        if (result.Status != 204)
        {
            response.ContentType = result.ContentType;
            response.ContentLength = result.Body.Length;
            await response.Body.WriteAsync(result.Body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task<(ApiResult Result, UserRecord? User)> AnswerAsync(HttpContext http, (ApiRoute Route, Dictionary<string, string> Values)? found)
    {
        UserRecord? user = null;
        try
        {
            if (found is not { } match)
            {
                throw ApiError.NotFound("Resource Not Found");
            }

            await RequireMdmAsync(http, match.Route, match.Values).ConfigureAwait(false);
            user = match.Route.IsAnonymous ? null : data.Locked(() => data.Sessions.Authenticate(http.Request.Headers.Authorization.ToString()));
            if (user is not null)
            {
                data.Sessions.RequireEndpoint(user, match.Route);
            }

            var call = new FleetCall(http, data, match.Values, user);
            await ReadBodyAsync(call, match.Route).ConfigureAwait(false);
            ApiResult result = await match.Route.Handler(call).ConfigureAwait(false);
            return (result.WithRenamedMembers(data.Capabilities), user);
        }
        catch (ApiErrorException e)
        {
            return (ApiResult.Error(e), user);
        }
        catch (BadHttpRequestException e)
        {
            return (ApiResult.Error(e.StatusCode == 413 ? ApiError.TooLarge() : ApiError.Bad(e.Message)), user);
        }
    }

    // Before anybody is asked for a token, but after the body was read.
    private async Task RequireMdmAsync(HttpContext http, ApiRoute route, Dictionary<string, string> values)
    {
        if (!data.Locked(() => route.MdmIsOn(data)))
        {
            await ReadBodyAsync(new FleetCall(http, data, values, null), route).ConfigureAwait(false);
            throw ApiError.MdmOff();
        }
    }

    private async Task ReadBodyAsync(FleetCall call, ApiRoute route)
    {
        if (route.Method is "GET" or "DELETE" && call.Http.Request.ContentLength is null or 0)
        {
            return;
        }

        if (route.ReadsForm)
        {
            call.Form = await MultipartForm.ReadAsync(call.Http.Request, route.MaxBytes(data.Capabilities), data.Options.KeepPackageBytes, call.Aborted).ConfigureAwait(false);
            return;
        }

        RefuseForeignForm(call.Http.Request);
        byte[] body = await ReadAsync(call.Http.Request, route.MaxBytes(data.Capabilities), call.Aborted).ConfigureAwait(false);
        if (body.Length == 0)
        {
            if (!route.BodyIsOptional)
            {
                throw ApiError.Bad("Expected JSON Body");
            }

            return;
        }

        try
        {
            call.Json = GoJson.Parse(body);
        }
        catch (JsonException)
        {
            throw ApiError.Bad(data.Capabilities.PopulateEndUsers ? "invalid JSON" : "json decoder error");
        }

        RenamedMembers.RefuseBoth(call.Json, data.Capabilities);
        if (call.Json.ValueKind == JsonValueKind.Object && call.Json.TryGetProperty("dry_run", out JsonElement dryRun) && dryRun.ValueKind == JsonValueKind.True)
        {
            call.Http.Items["dry_run"] = true;
        }
    }

    /// <summary>Browsers could post forms across sites; Fleet wants JSON as soon as a request looks like one of theirs.</summary>
    private static void RefuseForeignForm(HttpRequest request)
    {
        bool fromBrowser = request.Headers.Origin.Count > 0 || request.Headers.Referer.Count > 0;
        if (fromBrowser && request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw ApiError.Of(415, "Unsupported Media Type", "base", "Unsupported Media Type");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        Stream body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var copy = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (copy.Length + read > maxBytes)
            {
                throw ApiError.TooLarge();
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }
}
