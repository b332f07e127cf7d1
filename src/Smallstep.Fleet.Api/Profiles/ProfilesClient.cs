using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Configuration profiles.</summary>
public sealed class ProfilesClient
{
    private static readonly FleetOperation List = new("list configuration profiles", Roles.Profiles);
    private static readonly FleetOperation Read = new("read a configuration profile", Roles.Profiles);
    private static readonly FleetOperation Download = new("download a configuration profile", Roles.Profiles);
    private static readonly FleetOperation Upload = new("upload a configuration profile", Roles.Profiles);
    private static readonly FleetOperation Replace = new("replace a configuration profile in place", Roles.Profiles) { Since = new FleetVersion(4, 90) };
    private static readonly FleetOperation Remove = new("delete a configuration profile", Roles.Profiles);
    private static readonly FleetOperation ReadStatus = new("read the states of a configuration profile", Roles.Profiles);
    private static readonly FleetOperation Apply = new("replace all configuration profiles of a fleet", Roles.Profiles) { Since = new FleetVersion(4, 76) };
    private static readonly FleetOperation ApplyGitOps = new("replace all configuration profiles of a fleet as fleetctl does", Roles.Profiles);
    private static readonly FleetOperation Resend = new("resend a configuration profile to all hosts where it failed", Roles.Profiles);
    private const int MaxBatchBytes = 25 * 1024 * 1024;
    private const string ActivationName = "activation.json";

    private readonly FleetTransport _transport;

    internal ProfilesClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the profiles of a fleet, or those of hosts without one.</summary>
    public Task<IReadOnlyList<ConfigurationProfile>> ListAsync(long? teamId = null, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, List, "configuration_profiles", new QueryString().Add("team_id", teamId), FleetJsonContext.Default.ListConfigurationProfile, ["profiles"], cancellationToken);

    /// <summary>Reads a profile's description.</summary>
    public Task<ConfigurationProfile> GetAsync(string uuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, Path(uuid)), FleetJsonContext.Default.ConfigurationProfile, cancellationToken);

    /// <summary>Downloads a profile's bytes.</summary>
    public Task<byte[]> DownloadAsync(string uuid, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(Download, Path(uuid), new QueryString().Add("alt", "media")), body => body.Span.ToArray(), cancellationToken);

    /// <summary>Uploads a profile.</summary>
    /// <returns>The profile's UUID.</returns>
    /// <exception cref="FleetApiException">409 where the name or the PayloadIdentifier is taken in the fleet; 400 and 422 where Fleet refuses the contents.</exception>
    /// <exception cref="FleetVersionException">Include and exclude labels together on a release before 4.87; an activation before 4.91.</exception>
    /// <exception cref="ArgumentException">The profile is larger than Fleet takes.</exception>
    public async Task<string> UploadAsync(ProfileUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        CheckSize(upload.Contents.Length, upload.FileName);
        await RequireAsync([upload], cancellationToken).ConfigureAwait(false);
        FleetMultipart form = new FleetMultipart()
            .Field("team_id", upload.TeamId?.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Fields("labels_include_all", upload.LabelsIncludeAll)
            .Fields("labels_include_any", upload.LabelsIncludeAny)
            .Fields("labels_exclude_any", upload.LabelsExcludeAny)
            .SmallFile("activation", ActivationName, upload.Activation)
            .File("profile", upload.FileName, upload.Contents);
        return await _transport.SendAsync(FleetRequest.Post(Upload, "configuration_profiles", form), FleetJsonContext.Default.String, ["profile_uuid"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces a profile's contents or labels in place: it keeps its UUID, and hosts get an edit instead of a removal and an installation (4.90, Premium).</summary>
    /// <returns>The profile's UUID.</returns>
    public async Task<string> ReplaceAsync(string uuid, ProfileReplacement replacement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        FleetMultipart form = new FleetMultipart()
            .Fields("labels_include_all", replacement.LabelsIncludeAll)
            .Fields("labels_include_any", replacement.LabelsIncludeAny)
            .Fields("labels_exclude_any", replacement.LabelsExcludeAny)
            .Field("labels_include_all", replacement.ClearsLabels ? "" : null);
        if (replacement.Activation is { } activation)
        {
            await _transport.RequireAsync(FleetFeature.Activations, cancellationToken).ConfigureAwait(false);
            _ = activation.IsEmpty ? form.Field("activation", "") : form.SmallFile("activation", ActivationName, activation);
        }

        if (replacement.Contents is { } contents)
        {
            CheckSize(contents.Length, replacement.FileName ?? throw new ArgumentException("New contents need a file name, since the extension decides the kind.", nameof(replacement)));
            form.File("profile", replacement.FileName, contents);
        }

        return await _transport.ReadAsync(
            FleetRequest.Patch(Replace, Path(uuid), form),
            body => !body.IsEmpty && JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.String, ["profile_uuid"], out string? kept) ? kept! : uuid,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a profile; hosts lose it (Windows hosts from 4.84).</summary>
    public Task DeleteAsync(string uuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, Path(uuid)), cancellationToken);

    /// <summary>Counts hosts by how far one profile is on them.</summary>
    public Task<ProfileStatusCounts> GetStatusAsync(string uuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(ReadStatus, Path(uuid) + "/status"), FleetJsonContext.Default.ProfileStatusCounts, cancellationToken);

    /// <summary>Counts hosts by how far all their profiles are.</summary>
    public Task<ProfileStatusCounts> GetSummaryAsync(long? teamId = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(ReadStatus, "configuration_profiles/summary", new QueryString().Add("team_id", teamId)), FleetJsonContext.Default.ProfileStatusCounts, cancellationToken);

    /// <summary>Replaces <em>all</em> profiles of a fleet: what is not listed is removed from hosts.</summary>
    /// <param name="batch">The fleet and all profiles that it shall have.</param>
    /// <param name="dryRun">Whether the server only checks. It then looks neither at labels nor at variables.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetVersionException">Include and exclude labels together on a release before 4.87; an activation before 4.91.</exception>
    /// <exception cref="ArgumentException">The profiles are larger together than Fleet takes.</exception>
    public async Task ApplyBatchAsync(ProfileBatch batch, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await RequireAsync(batch.Profiles, cancellationToken).ConfigureAwait(false);
        QueryString query = BatchQuery(batch, dryRun);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("configuration_profiles");
            foreach (ProfileUpload profile in batch.Profiles)
            {
                Write(writer, profile);
            }

            writer.WriteEndArray();
        });
        CheckBatchSize(body);
        await _transport.SendAsync(FleetRequest.Post(Apply, "configuration_profiles/batch", body, query), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does what <see cref="ApplyBatchAsync"/> does through the endpoint of <c>fleetctl</c>, which releases before 4.76 have too.</summary>
    /// <param name="batch">The fleet and all profiles that it shall have.</param>
    /// <param name="dryRun">Whether the server only checks. It then looks neither at labels nor at variables.</param>
    /// <param name="assumeEnabled">Whether a dry run takes Windows MDM for turned on; <see langword="null"/> to look.</param>
    /// <param name="noCache">Whether the server reads its configuration anew.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="ApplyBatchAsync"/>
    public async Task ApplyGitOpsBatchAsync(ProfileBatch batch, bool dryRun = false, bool? assumeEnabled = null, bool noCache = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await RequireAsync(batch.Profiles, cancellationToken).ConfigureAwait(false);
        QueryString query = BatchQuery(batch, dryRun).Add("assume_enabled", assumeEnabled).AddFlag("no_cache", noCache);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("profiles");
            foreach (ProfileUpload profile in batch.Profiles)
            {
                writer.WriteStartObject();
                writer.WriteString("name", System.IO.Path.GetFileNameWithoutExtension(profile.FileName));
                writer.WriteBase64String("contents", profile.Contents.Span);
                WriteTargets(writer, profile);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        CheckBatchSize(body);
        await _transport.SendAsync(FleetRequest.Post(ApplyGitOps, "mdm/profiles/batch", body, query), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a profile once more to all hosts where it failed. SCEP profiles ask for a certificate each: one-time challenges may run out.</summary>
    public Task ResendFailedAsync(string uuid, CancellationToken cancellationToken = default)
    {
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("profile_uuid", uuid);
            writer.WriteStartObject("filters");
            writer.WriteString("profile_status", "failed");
            writer.WriteEndObject();
        });
        return _transport.SendAsync(FleetRequest.Post(Resend, "configuration_profiles/resend/batch", body), cancellationToken);
    }

    private static string Path(string uuid) => "configuration_profiles/" + FleetRequest.Segment(uuid);

    private static void Write(Utf8JsonWriter writer, ProfileUpload profile)
    {
        writer.WriteStartObject();
        writer.WriteBase64String("profile", profile.Contents.Span);
        if (!profile.FileName.EndsWith(".mobileconfig", StringComparison.OrdinalIgnoreCase))
        {
            writer.WriteString("display_name", System.IO.Path.GetFileNameWithoutExtension(profile.FileName));
        }

        WriteTargets(writer, profile);
        writer.WriteEndObject();
    }

    private static void WriteTargets(Utf8JsonWriter writer, ProfileUpload profile)
    {
        if (profile.Activation is { } activation)
        {
            writer.WriteBase64String("activation", activation.Span);
        }

        writer.OptionalStrings("labels_include_all", profile.LabelsIncludeAll);
        writer.OptionalStrings("labels_include_any", profile.LabelsIncludeAny);
        writer.OptionalStrings("labels_exclude_any", profile.LabelsExcludeAny);
    }

    private static QueryString BatchQuery(ProfileBatch batch, bool dryRun) =>
        new QueryString().Add("team_id", batch.TeamId).Add("team_name", batch.TeamId is null ? batch.TeamName : null).AddFlag("dry_run", dryRun);

    private async ValueTask RequireAsync(IReadOnlyList<ProfileUpload> profiles, CancellationToken cancellationToken)
    {
        if (profiles.Any(profile => profile.Activation is not null))
        {
            await _transport.RequireAsync(FleetFeature.Activations, cancellationToken).ConfigureAwait(false);
        }

        if (profiles.Any(profile => profile.LabelsExcludeAny.Count > 0 && profile.LabelsIncludeAll.Count + profile.LabelsIncludeAny.Count > 0))
        {
            await _transport.RequireAsync(FleetFeature.IncludeAndExcludeLabels, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void CheckBatchSize(HttpContent body)
    {
        if (body.Headers.ContentLength is > MaxBatchBytes and { } bytes)
        {
            throw new ArgumentException($"The profiles make a request of {bytes} bytes; Fleet takes {MaxBatchBytes} bytes at most.");
        }
    }

    private static void CheckSize(int bytes, string fileName)
    {
        long limit = FleetVersion.NewestKnown.Capabilities.MaxProfileBytes;
        if (bytes > limit)
        {
            throw new ArgumentException($"{fileName} has {bytes} bytes; Fleet takes profiles of {limit} bytes at most.");
        }
    }
}
