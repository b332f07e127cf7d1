using System.Text.Json.Serialization;

namespace Smallstep.Fleet.Api;

/// <summary>Settings of the server itself.</summary>
public sealed record ServerSettings : FleetObject
{
    /// <summary>The address that hosts use; Fleet's SCEP proxy is under it unless MDM has its own.</summary>
    public string ServerUrl { get => field ?? ""; init; }

    /// <summary>Whether scripts are off for all hosts.</summary>
    public bool ScriptsDisabled { get; init; }

    /// <summary>Whether results of reports are not stored.</summary>
    [JsonIgnore]
    public bool QueryReportsDisabled => DiscardReportsDataMember ?? QueryReportsDisabledMember ?? false;

    /// <summary>The most rows that a report keeps; 0 where the server did not say.</summary>
    [JsonIgnore]
    public int ReportCap => ReportCapMember ?? QueryReportCapMember ?? 0;

    [JsonInclude, JsonPropertyName("discard_reports_data")]
    internal bool? DiscardReportsDataMember { get; init; }

    [JsonInclude, JsonPropertyName("query_reports_disabled")]
    internal bool? QueryReportsDisabledMember { get; init; }

    [JsonInclude, JsonPropertyName("report_cap")]
    internal int? ReportCapMember { get; init; }

    [JsonInclude, JsonPropertyName("query_report_cap")]
    internal int? QueryReportCapMember { get; init; }
}
