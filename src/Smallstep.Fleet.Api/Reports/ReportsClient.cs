using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Reports, called queries before 4.82.</summary>
public sealed class ReportsClient
{
    private static readonly FleetOperation List = new("list reports", Roles.Read);
    private static readonly FleetOperation Read = new("read a report", Roles.Read);
    private static readonly FleetOperation Create = new("create a report", Roles.Reports);
    private static readonly FleetOperation Change = new("change a report", Roles.Reports);
    private static readonly FleetOperation Remove = new("delete a report", Roles.Reports);
    private static readonly FleetOperation Results = new("read the results of a report", Roles.Read);

    private static readonly FleetOperation Rows = new("read the results of a report page by page", Roles.Read) { Since = new FleetVersion(4, 93) };

    private readonly FleetTransport _transport;

    internal ReportsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the reports of a fleet, or the global ones.</summary>
    public Task<IReadOnlyList<Report>> ListAsync(long? teamId = null, string? query = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, List, "queries", new QueryString().Add("team_id", teamId).Add("query", query), FleetJsonContext.Default.ListReport, ["reports", "queries"], cancellationToken);

    /// <summary>Reads a report.</summary>
    public Task<Report> GetAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"queries/{id}"), FleetJsonContext.Default.Report, ["report", "query"], cancellationToken);

    /// <summary>Makes a report.</summary>
    /// <exception cref="FleetApiException">409 or 422 where the name is taken in the fleet.</exception>
    /// <exception cref="FleetVersionException"><see cref="ReportRequest.LabelsIncludeAll"/> on a release that does not have it.</exception>
    public async Task<Report> CreateAsync(ReportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await RequireLabelsAsync(request.LabelsIncludeAll, cancellationToken).ConfigureAwait(false);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("name", request.Name);
            writer.WriteString("query", request.Sql);
            writer.OptionalString("description", request.Description);
            writer.WriteNumber("interval", request.Interval);
            writer.OptionalString("platform", request.Platform);
            writer.OptionalNumber("team_id", request.TeamId);
            writer.WriteBoolean("observer_can_run", request.ObserverCanRun);
            writer.WriteBoolean("automations_enabled", request.AutomationsEnabled);
            writer.WriteString("logging", request.Logging);
            writer.WriteBoolean("discard_data", request.DiscardData);
            writer.OptionalStrings("labels_include_any", request.LabelsIncludeAny);
            writer.OptionalStrings("labels_include_all", request.LabelsIncludeAll);
        });
        return await _transport.SendAsync(FleetRequest.Post(Create, "queries", body), FleetJsonContext.Default.Report, ["report", "query"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a report.</summary>
    public async Task<Report> UpdateAsync(long id, ReportPatch patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        await RequireLabelsAsync(patch.LabelsIncludeAll ?? [], cancellationToken).ConfigureAwait(false);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.OptionalString("name", patch.Name);
            writer.OptionalString("query", patch.Sql);
            writer.OptionalString("description", patch.Description);
            writer.OptionalNumber("interval", patch.Interval);
            writer.OptionalString("platform", patch.Platform);
            writer.OptionalBoolean("observer_can_run", patch.ObserverCanRun);
            writer.OptionalBoolean("automations_enabled", patch.AutomationsEnabled);
            writer.OptionalString("logging", patch.Logging);
            writer.OptionalBoolean("discard_data", patch.DiscardData);
            if (patch.LabelsIncludeAny is { } labels)
            {
                writer.Strings("labels_include_any", labels);
            }

            if (patch.LabelsIncludeAll is { } all)
            {
                writer.Strings("labels_include_all", all);
            }
        });
        return await _transport.SendAsync(FleetRequest.Patch(Change, $"queries/{id}", body), FleetJsonContext.Default.Report, ["report", "query"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a report with its rows.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"queries/id/{id}"), cancellationToken);

    /// <summary>Deletes reports with their rows.</summary>
    public Task DeleteAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Remove, "queries/delete", JsonBody.Object(writer => writer.Numbers("ids", ids))), cancellationToken);

    /// <summary>Reads the stored rows of a report.</summary>
    public Task<ReportResults> GetResultsAsync(long id, long? teamId = null, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(Results, $"queries/{id}/report", new QueryString().Add("team_id", teamId)), ReadResults, cancellationToken);

    /// <summary>Streams the stored rows of a report, page by page (4.93). Before, <see cref="GetResultsAsync"/> reads them at once.</summary>
    public IAsyncEnumerable<ReportRow> ListRowsAsync(long id, ReportRowQuery? query = null, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, Rows, $"queries/{id}/report", (query ?? new()).ToQuery(), FleetJsonContext.Default.ListReportRow, ["results"], cancellationToken, itemsMayRepeat: true);

    /// <summary>Reads the stored rows of a report on one host, as the server writes them.</summary>
    public Task<JsonElement> GetHostResultsAsync(long hostId, long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Results, $"hosts/{hostId}/queries/{id}"), FleetJsonContext.Default.JsonElement, cancellationToken);

    private async ValueTask RequireLabelsAsync(IReadOnlyList<string> all, CancellationToken cancellationToken)
    {
        if (all.Count > 0)
        {
            await _transport.RequireAsync(FleetFeature.ReportLabelsIncludeAll, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ReportResults ReadResults(PooledBody body)
    {
        List<ReportRow>? rows = JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.ListReportRow, ["results"], out rows) ? rows : [];
        bool clipped = JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.Boolean, ["report_clipped"], out clipped) && clipped;
        return new ReportResults(rows ?? [], clipped);
    }
}
