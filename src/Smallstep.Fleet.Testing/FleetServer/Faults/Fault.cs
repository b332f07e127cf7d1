using System.Net;

namespace Smallstep.Fleet.Testing;

/// <summary>Something that goes wrong on purpose with a request.</summary>
public sealed record Fault
{
    /// <summary>Which requests it hits: method and path as sent (<c>/api/latest/fleet/labels</c>).</summary>
    /// <value>Every request.</value>
    public Func<string, string, bool> Matches { get; init; } = static (_, _) => true;

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching requests are hit after that.</summary>
    /// <value>1.</value>
    public int Times { get; init; } = 1;

    /// <summary>Whether the server does its work before the fault strikes: the state changes, the caller does not learn of it.</summary>
    public bool AfterServerActed { get; init; }

    /// <summary>How long to wait, by the machine's clock, before answering.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection is cut instead of answered.</summary>
    public bool AbortsConnection { get; init; }

    /// <summary>The status to answer with, or <see langword="null"/> to answer as usual (after <see cref="Delay"/>).</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The body that goes with <see cref="Status"/>.</summary>
    public string Body { get; init; } = "";

    /// <summary>A <c>Retry-After</c> header in seconds that goes with <see cref="Status"/>, or <see langword="null"/>.</summary>
    public int? RetryAfterSeconds { get; init; }

    // Dry runs change nothing, whatever their method.
    internal bool PassesDryRuns { get; init; }

    /// <summary>A fault that cuts the connection.</summary>
    public static Fault Abort(string method, string pathPart, bool afterServerActed = false) =>
        new() { Matches = Like(method, pathPart), AbortsConnection = true, AfterServerActed = afterServerActed };

    /// <summary>A fault that answers with a status.</summary>
    public static Fault Answer(string method, string pathPart, HttpStatusCode status, string body = "", bool afterServerActed = false) =>
        new() { Matches = Like(method, pathPart), Status = status, Body = body, AfterServerActed = afterServerActed };

    /// <summary>A fault that answers late.</summary>
    public static Fault Late(string method, string pathPart, TimeSpan delay) =>
        new() { Matches = Like(method, pathPart), Delay = delay };

    /// <summary>A fault that cuts the connection of the n-th request (from 0) that changes state, whatever it is.</summary>
    public static Fault AbortWrite(int index, bool afterServerActed = false) => new()
    {
        Matches = static (method, path) => method is not ("GET" or "HEAD") && !path.EndsWith("/login", StringComparison.Ordinal),
        PassesDryRuns = true,
        Skip = index,
        AbortsConnection = true,
        AfterServerActed = afterServerActed,
    };

    private static Func<string, string, bool> Like(string method, string pathPart) => (sentMethod, path) =>
        string.Equals(method, sentMethod, StringComparison.OrdinalIgnoreCase) && path.Contains(pathPart, StringComparison.Ordinal);
}
