namespace Smallstep.Fleet.Platform;

/// <summary>One call.</summary>
internal sealed class SmallstepRequest(SmallstepOperation operation, HttpMethod method, string path)
{
    public SmallstepOperation Operation { get; } = operation;

    public HttpMethod Method { get; } = method;

    /// <summary>The path under the API's address, each segment already escaped.</summary>
    public string Path { get; } = path;

    public QueryString Query { get; init; } = new();

    public HttpContent? Content { get; init; }

    /// <summary>What the body holds that must not come back in an exception.</summary>
    public IReadOnlyList<Secret?> Secrets { get; init; } = [];

    // PATCH carries absolute values here, so a second one changes nothing more.
    public bool IsRepeatable => Operation.IsRepeatable || Method != HttpMethod.Post;

    public static SmallstepRequest Get(SmallstepOperation operation, string path, QueryString? query = null) =>
        new(operation, HttpMethod.Get, path) { Query = query ?? new() };
}
