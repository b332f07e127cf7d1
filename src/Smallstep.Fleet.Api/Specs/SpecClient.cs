using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api;

/// <summary>The declarative endpoints that GitOps uses, with documents as the caller builds them.</summary>
public sealed class SpecClient
{
    private static readonly FleetOperation Teams = new("apply fleets", Roles.TeamsWrite);
    private static readonly FleetOperation Labels = new("apply labels", Roles.LabelsWrite) { IsRepeatable = true };
    private static readonly FleetOperation ReadLabels = new("read the labels' declarations", Roles.Any);
    private static readonly FleetOperation Reports = new("apply reports", Roles.Reports) { IsRepeatable = true };
    private static readonly FleetOperation Policies = new("apply policies", Roles.Reports) { IsRepeatable = true };
    private static readonly FleetOperation CertificateTemplates = new("apply certificate templates", Roles.Reports) { IsRepeatable = true };
    private static readonly FleetOperation Apps = new("apply App Store apps", Roles.SoftwareWrite) { IsRepeatable = true };
    private static readonly FleetOperation Secrets = new("apply enrol secrets", Roles.SecretsWrite) { IsRepeatable = true };
    private static readonly FleetOperation ReadSecrets = new("read the enrol secrets", Roles.SecretsRead);

    private readonly FleetTransport _transport;

    internal SpecClient(FleetTransport transport) => _transport = transport;

    /// <summary>Makes or changes fleets; unknown members are refused by the server.</summary>
    /// <param name="specs">The fleets' documents.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="force">Whether the server lets unknown agent options pass.</param>
    /// <param name="assumeWindowsEnabled">What a dry run takes for the state of Windows MDM; <see langword="null"/> to look.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The fleets' ids by name; empty for a dry run.</returns>
    public Task<IReadOnlyDictionary<string, long>> ApplyTeamsAsync(JsonArray specs, bool dryRun = false, bool force = false, bool? assumeWindowsEnabled = null, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync<IReadOnlyDictionary<string, long>>(
            FleetRequest.Post(Teams, "spec/teams", TeamSpecs(specs, assumeWindowsEnabled), new QueryString().AddFlag("dry_run", dryRun).AddFlag("force", force)),
            body => JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.DictionaryStringInt64, ["fleet_ids_by_name", "team_ids_by_name"], out Dictionary<string, long>? ids) ? ids ?? [] : new Dictionary<string, long>(),
            cancellationToken);

    /// <summary>Makes or changes labels. There is no dry run.</summary>
    public Task ApplyLabelsAsync(JsonArray specs, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Labels, "spec/labels", Specs(specs)), cancellationToken);

    /// <summary>Reads the labels as documents.</summary>
    public Task<JsonElement> GetLabelsAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(ReadLabels, "spec/labels"), FleetJsonContext.Default.JsonElement, ["specs"], cancellationToken);

    /// <summary>Reads a label as a document.</summary>
    public Task<JsonElement> GetLabelAsync(string name, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(ReadLabels, "spec/labels/" + FleetRequest.Segment(name)), FleetJsonContext.Default.JsonElement, ["specs"], cancellationToken);

    /// <summary>Makes or changes reports, by name. There is no dry run.</summary>
    public Task ApplyReportsAsync(JsonArray specs, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Reports, "spec/queries", Specs(specs)), cancellationToken);

    /// <summary>Makes or changes policies, by name. There is no dry run.</summary>
    public Task ApplyPoliciesAsync(JsonArray specs, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Policies, "spec/policies", Specs(specs)), cancellationToken);

    /// <summary>Makes or changes certificate templates for Android, by name. There is no dry run.</summary>
    public Task ApplyCertificateTemplatesAsync(JsonArray specs, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(CertificateTemplates, "spec/certificates", Specs(specs)), cancellationToken);

    /// <summary>Replaces <em>all</em> App Store apps of a fleet.</summary>
    /// <param name="teamName">The fleet's name; <see langword="null"/> for hosts without one.</param>
    /// <param name="apps">The apps' documents.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ApplyAppStoreAppsAsync(string? teamName, JsonArray apps, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(apps);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WritePropertyName("app_store_apps");
            apps.WriteTo(writer);
        });
        return _transport.SendAsync(FleetRequest.Post(Apps, "software/app_store_apps/batch", body, new QueryString().Add("team_name", teamName).AddFlag("dry_run", dryRun)), cancellationToken);
    }

    /// <summary>Reads the global enrol secrets.</summary>
    public Task<IReadOnlyList<EnrollSecret>> ListEnrollSecretsAsync(CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(
            FleetRequest.Get(ReadSecrets, "spec/enroll_secret"),
            body => FleetTransport.Member(ReadSecrets, body, FleetJsonContext.Default.JsonElement, "spec").TryGetProperty("secrets", out JsonElement secrets) ? EnrollSecret.ReadList(secrets) : [],
            cancellationToken);

    /// <summary>Replaces the global enrol secrets.</summary>
    /// <param name="secrets">All secrets that the server shall take from new hosts without a fleet.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ApplyEnrollSecretsAsync(IReadOnlyList<Secret> secrets, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartObject("spec");
            EnrollSecret.WriteList(writer, secrets);
            writer.WriteEndObject();
        });
        return _transport.SendAsync(FleetRequest.Post(Secrets, "spec/enroll_secret", body, new QueryString().AddFlag("dry_run", dryRun)).Hiding(secrets), cancellationToken);
    }

    private static HttpContent TeamSpecs(JsonArray specs, bool? assumeWindowsEnabled)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return JsonBody.Object(writer =>
        {
            writer.WritePropertyName("specs");
            specs.WriteTo(writer);
            if (assumeWindowsEnabled is { } enabled)
            {
                writer.WriteStartObject("dry_run_assumptions");
                writer.WriteBoolean("windows_enabled_and_configured", enabled);
                writer.WriteEndObject();
            }
        });
    }

    private static HttpContent Specs(JsonArray specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return JsonBody.Object(writer =>
        {
            writer.WritePropertyName("specs");
            specs.WriteTo(writer);
        });
    }
}
