using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Smallstep.Fleet.Api;

/// <summary>Makes calls: address, token, version gate, deadline, errors.</summary>
internal sealed class FleetTransport
{
    private static readonly FleetOperation VersionOperation = new("ask for the server's version", Roles.Any) { Hint = " FleetClientOptions.ServerVersion saves the question." };
    private static readonly TimeSpan VersionLifetime = TimeSpan.FromHours(1);

    private readonly HttpClient _http;
    private readonly IFleetTokenProvider _tokens;
    private readonly ILogger _logger;
    private readonly string _prefix;
    private readonly string _authority;
    private volatile KnownVersion? _version;

    public FleetTransport(HttpClient http, FleetClientOptions options, IFleetTokenProvider tokens, TimeProvider time, ILogger logger)
    {
        FleetClientOptionsValidator.Check(options);
        _http = http;
        _tokens = tokens;
        _logger = logger;
        Options = options;
        Time = time;
        var url = new Uri(options.Url!);
        _authority = url.GetLeftPart(UriPartial.Authority);
        _prefix = url.AbsoluteUri.TrimEnd('/') + "/api/" + options.ApiVersion + "/fleet/";
    }

    public FleetClientOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>The server's release, asked for once an hour at most.</summary>
    public async ValueTask<FleetVersion> GetVersionAsync(CancellationToken cancellationToken)
    {
        if (Options.ServerVersion is { } known)
        {
            return FleetVersion.ParseLenient(known);
        }

        if (_version is { } cached && Time.GetElapsedTime(cached.At) < VersionLifetime)
        {
            return cached.Version;
        }

        string? text = await SendAsync(FleetRequest.Get(VersionOperation, "version"), FleetJsonContext.Default.String, ["version"], cancellationToken).ConfigureAwait(false);
        FleetVersion version = FleetVersion.ParseLenient(text);
        _version = new KnownVersion(version, Time.GetTimestamp());
        return version;
    }

    /// <summary>Fails before anything is sent where the server is older than a feature.</summary>
    public async ValueTask RequireAsync(FleetVersion since, string operation, CancellationToken cancellationToken)
    {
        FleetVersion version = await GetVersionAsync(cancellationToken).ConfigureAwait(false);
        if (version < since)
        {
            throw new FleetVersionException(operation, since, version);
        }
    }

    /// <summary>Makes a call and drops the answer.</summary>
    public async Task SendAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        using FleetResponse response = await OpenAsync(request, acceptsGone: true, cancellationToken).ConfigureAwait(false);
        using PooledBody body = await response.ReadAllAsync(Options.MaxResponseBytes).ConfigureAwait(false);
    }

    /// <summary>Makes a call and reads the first of the members that is there.</summary>
    public async Task<T> SendAsync<T>(FleetRequest request, JsonTypeInfo<T> type, string[] members, CancellationToken cancellationToken) =>
        await ReadAsync(request, body => Member(request.Operation, body, type, members), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a call and reads the whole answer.</summary>
    public async Task<T> SendAsync<T>(FleetRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await ReadAsync(request, body => JsonSerializer.Deserialize(body.Span, type) ?? throw Malformed(request.Operation, "it is null"), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a call and reads the answer by a function, whose JSON errors become the client's.</summary>
    public async Task<T> ReadAsync<T>(FleetRequest request, Func<PooledBody, T> read, CancellationToken cancellationToken)
    {
        using FleetResponse response = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        using PooledBody body = await response.ReadAllAsync(Options.MaxResponseBytes).ConfigureAwait(false);
        try
        {
            return read(body);
        }
        catch (JsonException exception)
        {
            throw Malformed(request.Operation, $"it is no JSON of the expected shape (at {exception.Path ?? "$"}, line {exception.LineNumber})", exception);
        }
    }

    /// <summary>Makes a call and leaves the body to the caller; a status that is no success throws.</summary>
    public Task<FleetResponse> OpenAsync(FleetRequest request, CancellationToken cancellationToken) =>
        OpenAsync(request, acceptsGone: false, cancellationToken);

    private async Task<FleetResponse> OpenAsync(FleetRequest request, bool acceptsGone, CancellationToken cancellationToken)
    {
        FleetOperation operation = request.Operation;
        if (operation.Since is { } since)
        {
            await RequireAsync(since, operation.Name, cancellationToken).ConfigureAwait(false);
        }

        Secret? token = operation.IsAnonymous ? null : await _tokens.GetTokenAsync(null, cancellationToken).ConfigureAwait(false);
        FleetResponse response = await SendOnceAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.Status == HttpStatusCode.Unauthorized && token is not null && request.CanSendAgain)
        {
            (response, token) = await RepeatWithFreshTokenAsync(request, response, token, cancellationToken).ConfigureAwait(false);
        }

        if ((int)response.Status is >= 200 and < 300 || (operation.AnswersWithTimeout && response.Status == HttpStatusCode.RequestTimeout) || (acceptsGone && response.HasDeletedBefore))
        {
            return response;
        }

        using (response)
        {
            FleetApiException exception = await FleetErrorReader.ReadAsync(response, operation, [token, .. request.Secrets], Time).ConfigureAwait(false);
            Log.Refused(_logger, operation.Name, (int)response.Status, exception.RequestId);
            throw exception;
        }
    }

    public static FleetApiException Malformed(FleetOperation operation, string what, Exception? inner = null) =>
        new(operation.Name, $"Cannot {operation.Name}: the answer cannot be read; {what}. Is the address a Fleet server's?", inner) { Status = HttpStatusCode.OK };

    /// <summary>Reads a member, or says that it is missing.</summary>
    public static T Member<T>(FleetOperation operation, PooledBody body, JsonTypeInfo<T> type, params ReadOnlySpan<string> members) =>
        JsonEnvelope.TryRead(body.Span, type, members, out T? value) && value is not null
            ? value
            : throw Malformed(operation, $"it has no member '{members[^1]}'");

    // The refused answer stays where the provider has no other token.
    private async Task<(FleetResponse Response, Secret Token)> RepeatWithFreshTokenAsync(FleetRequest request, FleetResponse refused, Secret token, CancellationToken cancellationToken)
    {
        Secret fresh;
        try
        {
            fresh = await _tokens.GetTokenAsync(token, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            refused.Dispose();
            throw;
        }

        if (fresh.Equals(token))
        {
            return (refused, token);
        }

        refused.Dispose();
        return (await SendOnceAsync(request, fresh, cancellationToken).ConfigureAwait(false), fresh);
    }

    private async Task<FleetResponse> SendOnceAsync(FleetRequest request, Secret? token, CancellationToken cancellationToken)
    {
        string name = request.Operation.Name;
        var deadline = new CallDeadline(request.Operation.IsTransfer ? Options.TransferTimeout : Options.TotalTimeout, Options.IdleTimeout, Time, cancellationToken);
        using HttpRequestMessage message = Message(request, token);
        try
        {
            long started = Time.GetTimestamp();
            HttpResponseMessage answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            Log.Answered(_logger, request.Method.Method, name, (int)answer.StatusCode, Time.GetElapsedTime(started).TotalMilliseconds);
            RefuseForeign(answer, name);
            message.Content = null; // kept for a repetition with another token
            return new FleetResponse(answer, deadline, name);
        }
        catch (Exception exception)
        {
            Exception? translated = Translate(exception, deadline, name);
            deadline.Dispose();
            if (translated is null)
            {
                throw;
            }

            throw translated;
        }
    }

    private Exception? Translate(Exception exception, CallDeadline deadline, string operation) => exception switch
    {
        OperationCanceledException cancelled => deadline.Translate(cancelled, operation),
        TimeoutException timeout => new TimeoutException($"Cannot {operation}: {timeout.Message}", timeout),
        HttpRequestException request => new FleetApiException(operation, $"Cannot {operation}: {_authority} cannot be reached ({request.HttpRequestError}): {request.Message}", request),
        IOException io => new FleetApiException(operation, $"Cannot {operation}: the connection to {_authority} broke: {io.Message}", io),
        _ => null,
    };

    private HttpRequestMessage Message(FleetRequest request, Secret? token)
    {
        // Canonicalisation off: an escaped slash or a label named ".." must arrive as written.
        var uri = new Uri(_prefix + request.Path + request.Query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(request.Method, uri) { Content = request.Content };
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        }

        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach ((string header, string value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header, value);
        }

        // A refusal then comes before gigabytes are sent, and does not get lost in a connection that the server closes under them.
        message.Headers.ExpectContinue = request is { Operation.IsTransfer: true, Content: FleetMultipart } ? true : null;
        message.Options.Set(RetryHandler.Repeatable, request.IsRepeatable);
        message.Options.Set(RetryHandler.Transfer, request.Operation.IsTransfer);
        return message;
    }

    // A handler of the caller's own may follow redirects; an answer of another host is nobody's word.
    private void RefuseForeign(HttpResponseMessage answer, string operation)
    {
        if (answer.RequestMessage?.RequestUri is { } final && final.GetLeftPart(UriPartial.Authority) != _authority)
        {
            answer.Dispose();
            throw new FleetApiException(operation, $"Cannot {operation}: the call was redirected to {final.GetLeftPart(UriPartial.Authority)}, which is not {_authority}. Turn redirects off in the HttpClient's handler, and set FleetClientOptions.Url to the final address.");
        }
    }

    private sealed record KnownVersion(FleetVersion Version, long At);
}
