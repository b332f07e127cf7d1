namespace Smallstep.Fleet.Api;

/// <summary>One call: operation, verb, path under <c>/api/VERSION/fleet/</c>, query and body.</summary>
internal sealed class FleetRequest(FleetOperation operation, HttpMethod method, string path)
{
    public FleetOperation Operation { get; } = operation;

    public HttpMethod Method { get; } = method;

    /// <summary>The path, each segment already escaped, without a leading slash.</summary>
    public string Path { get; } = path;

    public QueryString Query { get; init; } = new();

    public HttpContent? Content { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What the body holds that must not come back in an exception.</summary>
    public IReadOnlyList<Secret?> Secrets { get; private set; } = [];

    /// <summary>Whether the call may be made again after a failure that leaves its outcome open.</summary>
    public bool IsRepeatable => Operation.IsRepeatable || Method == HttpMethod.Get || Method == HttpMethod.Delete || Method == HttpMethod.Put || Method == HttpMethod.Head;

    /// <summary>Names what the body holds that must not come back in an exception.</summary>
    public FleetRequest Hiding(params IEnumerable<Secret?> secrets)
    {
        Secrets = [.. secrets];
        return this;
    }

    /// <summary>Whether the body is still there to be sent once more.</summary>
    public bool CanSendAgain => Content switch
    {
        FleetMultipart form => form.CanSendAgain,
        null or { Headers.ContentType.MediaType: "application/json" } => true,
        _ => false,
    };

    public static FleetRequest Get(FleetOperation operation, string path, QueryString? query = null) =>
        new(operation, HttpMethod.Get, path) { Query = query ?? new() };

    public static FleetRequest Post(FleetOperation operation, string path, HttpContent? content = null, QueryString? query = null) =>
        new(operation, HttpMethod.Post, path) { Content = content, Query = query ?? new() };

    public static FleetRequest Patch(FleetOperation operation, string path, HttpContent content, QueryString? query = null) =>
        new(operation, HttpMethod.Patch, path) { Content = content, Query = query ?? new() };

    public static FleetRequest Delete(FleetOperation operation, string path, QueryString? query = null, HttpContent? content = null) =>
        new(operation, HttpMethod.Delete, path) { Content = content, Query = query ?? new() };

    /// <summary>Escapes one segment of a path. An empty one would make the call another one: the list instead of one of it.</summary>
    public static string Segment(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return Uri.EscapeDataString(text);
    }
}
