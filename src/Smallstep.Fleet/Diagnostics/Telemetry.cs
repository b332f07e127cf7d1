using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Smallstep.Fleet;

/// <summary>The activity source and the instruments of the workflow. No tag names a person or a device.</summary>
internal static class Telemetry
{
    public const string Name = "Smallstep.Fleet";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Activities { get; } = new(Name);

    public static Counter<long> ChangesApplied { get; } = Meter.CreateCounter<long>("smallstep.fleet.apply.changes", "{change}", "Changes that were carried out on Fleet.");

    public static Counter<long> HostsConfirmed { get; } = Meter.CreateCounter<long>("smallstep.fleet.confirm.hosts", "{host}", "Hosts that were judged, by state.");

    public static Counter<long> DevicesSynced { get; } = Meter.CreateCounter<long>("smallstep.fleet.sync.devices", "{device}", "Devices that were looked at, by outcome.");

    public static Gauge<int> HostsWatched { get; } = Meter.CreateGauge<int>("smallstep.fleet.watch.hosts", "{host}", "Hosts at the last watch, by integration and state.");

    public static Gauge<double> FirstExpiry { get; } = Meter.CreateGauge<double>("smallstep.fleet.watch.first_expiry", "s", "Time to the first end of a host's certificate at the last watch; negative after it.");

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram<double>("smallstep.fleet.operation.duration", "s", "Durations of preflight, plan, apply, confirm, sync and watch.");

    /// <summary>Sets the gauges, a state without hosts to zero.</summary>
    public static void Watched(string integration, WatchReport report)
    {
        var name = new KeyValuePair<string, object?>("integration", integration);
        foreach (HostState state in Enum.GetValues<HostState>())
        {
            HostsWatched.Record(report.Summary.States.GetValueOrDefault(state), name, new KeyValuePair<string, object?>("state", state.ToString()));
        }

        if (report.Summary.FirstExpiry is { } end)
        {
            FirstExpiry.Record((end - report.At).TotalSeconds, name);
        }
    }

    /// <summary>Times an operation and opens its activity; a failure is named by its finding or its type, never by its words.</summary>
    public static async Task<T> RunAsync<T>(string operation, TimeProvider time, Func<Task<T>> run)
    {
        using OperationScope scope = Start(operation, time);
        try
        {
            T result = await run().ConfigureAwait(false);
            scope.Fail((result as ApplyResult)?.Failure?.Finding.Id);
            return result;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            scope.Fail(problem is IntegrationException { Findings: [var first, ..] } ? first.Id : problem.GetType().Name);
            throw;
        }
    }

    /// <summary>Times an operation that streams.</summary>
    public static OperationScope Start(string operation, TimeProvider time) => new(operation, time, Activities.StartActivity("smallstep.fleet." + operation));

    internal sealed class OperationScope(string operation, TimeProvider time, Activity? activity) : IDisposable
    {
        private readonly long _start = time.GetTimestamp();
        private string? _error;

        public void Fail(string? error)
        {
            _error = error;
            if (error is not null)
            {
                activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error);
            }
        }

        public void Dispose()
        {
            var tags = new TagList { { "operation", operation } };
            if (_error is not null)
            {
                tags.Add("error.type", _error);
            }

            Duration.Record(time.GetElapsedTime(_start).TotalSeconds, tags);
            activity?.Dispose();
        }
    }
}
