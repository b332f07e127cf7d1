using System.Net;

namespace Smallstep.Fleet.Platform;

/// <summary>Smallstep refused a call, could not be reached, or answered something that cannot be read or trusted.</summary>
public sealed class SmallstepApiException : SmallstepFleetException
{
    internal SmallstepApiException(string operation, string message, Exception? inner = null)
        : base(message, inner) => Operation = operation;

    /// <summary>What was asked for, such as <c>list devices</c>.</summary>
    public string Operation { get; }

    /// <summary>The HTTP status, or <see langword="null"/> where no answer came.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>The server's own words, if any.</summary>
    public string? ServerMessage { get; internal init; }

    /// <summary>The id under which the server's log holds the call (<c>X-Request-Id</c>); the one that was sent where no answer came.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long the server asks to wait before another attempt, if it does.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The beginning of an answer that is not the API's JSON; at most 512 characters.</summary>
    public string? Excerpt { get; internal init; }

    /// <summary>The scope that the token lacks, where the server answered 403.</summary>
    public string? RequiredScope { get; internal init; }

    /// <summary>Whether the status is 404.</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <summary>Whether the status is 409.</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict;
}
