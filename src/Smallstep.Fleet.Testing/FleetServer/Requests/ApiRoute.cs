namespace Smallstep.Fleet.Testing;

/// <summary>One endpoint: method, path under the API's prefix, what it reads and what answers.</summary>
internal sealed record ApiRoute(string Method, string Pattern, Func<FleetCall, Task<ApiResult>> Handler)
{
    private readonly string[] _segments = Pattern.Trim('/').Split('/');

    /// <summary>Whether no token is needed.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Whether the body is a multipart form.</summary>
    public bool ReadsForm { get; init; }

    /// <summary>Whether an empty body is fine.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>Whether only reading happens although the method says otherwise.</summary>
    public bool IsRead { get; init; }

    /// <summary>The release from which the endpoint exists.</summary>
    public FleetVersion Since { get; init; }

    /// <summary>The largest body in bytes.</summary>
    public Func<FleetCapabilities, long> MaxBytes { get; init; } = static _ => 1024 * 1024;

    /// <summary>Whether the device management that the endpoint is about is turned on; asked before the token.</summary>
    public Func<FleetDatabase, bool> MdmIsOn { get; init; } = static _ => true;

    public Dictionary<string, string>? Match(string[] path)
    {
        if (path.Length != _segments.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < path.Length; i++)
        {
            string segment = _segments[i];
            if (segment.StartsWith('{'))
            {
                values[segment[1..^1]] = Uri.UnescapeDataString(path[i]);
            }
            else if (!string.Equals(segment, path[i], StringComparison.Ordinal))
            {
                return null;
            }
        }

        return values;
    }
}
