using Microsoft.AspNetCore.Http;

namespace Smallstep.Fleet.Testing;

/// <summary>The faults that wait for their request. Safe to change while requests run.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, int Seen)> _faults = [];

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _faults.Add((fault, 0));
        }
    }

    /// <summary>Drops all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>Counts a request against every fault and returns the first that strikes.</summary>
    internal Fault? Take(string method, string path, bool isDryRun = false)
    {
        lock (_gate)
        {
            Fault? struck = null;
            for (int i = 0; i < _faults.Count; i++)
            {
                (Fault fault, int seen) = _faults[i];
                if (fault.Matches(method, path) && !(isDryRun && fault.PassesDryRuns))
                {
                    _faults[i] = (fault, seen + 1);
                    struck ??= seen >= fault.Skip && seen - fault.Skip < fault.Times ? fault : null;
                }
            }

            return struck;
        }
    }

    /// <summary>Runs a request under the faults; returns whether one answered in the server's place.</summary>
    /// <param name="context">The request.</param>
    /// <param name="serve">What the server does.</param>
    /// <param name="striking">Told just before a fault answers or cuts the connection, while the caller cannot know yet.</param>
    internal async Task<bool> RunAsync(HttpContext context, Func<Task> serve, Action<Fault>? striking = null)
    {
        Fault? fault = Take(context.Request.Method, context.Request.Path.Value ?? "", context.Request.Query["dry_run"] == "true");
        if (fault is null)
        {
            await serve().ConfigureAwait(false);
            return false;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, TimeProvider.System, context.RequestAborted).ConfigureAwait(false);
        }

        bool replaces = fault.AbortsConnection || fault.Status is not null;
        if (!replaces || fault.AfterServerActed)
        {
            await ServeAsync(context, serve, discard: replaces).ConfigureAwait(false);
        }

        if (replaces)
        {
            striking?.Invoke(fault);
            await AnswerAsync(context, fault).ConfigureAwait(false);
        }

        return replaces;
    }

    private static async Task ServeAsync(HttpContext context, Func<Task> serve, bool discard)
    {
        Stream body = context.Response.Body;
        if (discard)
        {
            context.Response.Body = Stream.Null;
        }

        await serve().ConfigureAwait(false);
        context.Response.Body = body;
        if (discard)
        {
            context.Response.Headers.Clear();
        }
    }

    private static Task AnswerAsync(HttpContext context, Fault fault)
    {
        if (fault.AbortsConnection)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.StatusCode = (int)fault.Status!.Value;
        if (fault.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        context.Response.ContentType = fault.Body.StartsWith('{') ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
        return context.Response.WriteAsync(fault.Body, context.RequestAborted);
    }
}
