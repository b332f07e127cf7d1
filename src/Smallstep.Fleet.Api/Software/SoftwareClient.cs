using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Software titles and packages (packages: Premium).</summary>
public sealed class SoftwareClient
{
    private static readonly FleetOperation List = new("list software titles", Roles.Read);
    private static readonly FleetOperation Read = new("read a software title", Roles.Read);
    private static readonly FleetOperation Upload = new("upload a package", Roles.SoftwareWrite) { IsTransfer = true };
    private static readonly FleetOperation Edit = new("change a package", Roles.SoftwareWrite) { IsTransfer = true };
    private static readonly FleetOperation Remove = new("delete a package", Roles.SoftwareWrite);
    private static readonly FleetOperation ReadPackage = new("read a package", Roles.SoftwareRead);
    private static readonly FleetOperation Download = new("download a package", Roles.SoftwareRead) { IsTransfer = true };
    private static readonly FleetOperation Result = new("read the result of an installation", Roles.Read);
    private static readonly FleetOperation Apply = new("replace all packages of a fleet", Roles.SoftwareWrite);
    private static readonly FleetOperation Hash = new("ask for a package by its hash", Roles.SoftwareRead);
    private const int MaxBatchBytes = 25 * 1024 * 1024;
    private const int MaxBatchBytesBefore84 = 1024 * 1024;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly FleetTransport _transport;

    internal SoftwareClient(FleetTransport transport) => _transport = transport;

    /// <summary>Streams software titles.</summary>
    public async IAsyncEnumerable<SoftwareTitle> ListTitlesAsync(SoftwareTitleQuery? query = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new SoftwareTitleQuery();
        if (query.Sha256 is not null || query.PackageName is not null)
        {
            await _transport.RequireAsync(FleetFeature.PackageFilters, cancellationToken).ConfigureAwait(false);
        }

        await foreach (SoftwareTitle title in PagedList.StreamAsync(_transport, List, "software/titles", query.ToQuery(), FleetJsonContext.Default.ListSoftwareTitle, ["software_titles"], cancellationToken).ConfigureAwait(false))
        {
            yield return title;
        }
    }

    /// <summary>Streams the software titles of a fleet.</summary>
    /// <param name="teamId">The fleet; 0 for hosts without one.</param>
    /// <param name="cancellationToken">Cancels the list.</param>
    public IAsyncEnumerable<SoftwareTitle> ListTitlesAsync(long teamId, CancellationToken cancellationToken = default) =>
        ListTitlesAsync(new SoftwareTitleQuery { TeamId = teamId }, cancellationToken);

    /// <summary>Reads a title with its packages in a fleet.</summary>
    /// <param name="id">The title.</param>
    /// <param name="teamId">The fleet; 0 for hosts without one. Without it there are no packages in the answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<SoftwareTitle> GetTitleAsync(long id, long? teamId = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"software/titles/{id}", new QueryString().Add("team_id", teamId)), FleetJsonContext.Default.SoftwareTitle, ["software_title"], cancellationToken);

    /// <summary>Uploads a package, streamed.</summary>
    /// <param name="upload">The package, its scripts and labels.</param>
    /// <param name="progress">Told the bytes sent so far.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FleetApiException">409 where the fleet has a package of the title (before 4.90), or ten.</exception>
    /// <exception cref="FleetVersionException"><see cref="PackageUpload.LabelsIncludeAll"/> before 4.84, <c>.py</c> before 4.90, more than 3000 MiB before 4.81.</exception>
    /// <exception cref="ArgumentException">The package is larger than Fleet takes.</exception>
    public async Task<SoftwarePackage> UploadAsync(PackageUpload upload, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        await RequireLabelsAsync(upload.LabelsIncludeAll, cancellationToken).ConfigureAwait(false);
        FileStream? file = upload.Content is null
            ? new FileStream(upload.FilePath ?? throw new ArgumentException("Give Content or FilePath.", nameof(upload)), FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
        await using (file)
        {
            await RequirePackageAsync(upload.FileName, upload.Content ?? file!, cancellationToken).ConfigureAwait(false);
            var request = new FleetRequest(Upload, HttpMethod.Post, "software/package")
            {
                Content = Form(upload).File("software", upload.FileName, upload.Content ?? file!, progress),
                Headers = upload.EncodeScripts ? [new("X-Fleet-Scripts-Encoded", "base64")] : [],
            };
            return await _transport.SendAsync(request, FleetJsonContext.Default.SoftwarePackage, ["software_package"], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Changes a package.</summary>
    public async Task<SoftwarePackage> EditAsync(long titleId, PackageEdit edit, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        await RequireLabelsAsync(edit.LabelsIncludeAll ?? [], cancellationToken).ConfigureAwait(false);
        if (edit.Version is not null)
        {
            await _transport.RequireAsync(FleetFeature.PackageVersions, cancellationToken).ConfigureAwait(false);
        }

        FleetMultipart form = new FleetMultipart()
            .Field("team_id", Number(edit.TeamId ?? 0))
            .Field("installer_id", Number(edit.InstallerId))
            .Field("install_script", edit.InstallScript)
            .Field("uninstall_script", edit.UninstallScript)
            .Field("pre_install_query", edit.PreInstallQuery)
            .Field("post_install_script", edit.PostInstallScript)
            .Field("self_service", edit.SelfService is { } self ? (self ? "true" : "false") : null)
            .Field("display_name", edit.DisplayName)
            .Field("version", edit.Version)
            .ReplacingFields("labels_include_all", edit.LabelsIncludeAll)
            .ReplacingFields("labels_include_any", edit.LabelsIncludeAny)
            .ReplacingFields("labels_exclude_any", edit.LabelsExcludeAny)
            .ReplacingFields("categories", edit.Categories);
        if (edit.Content is { } content)
        {
            string fileName = edit.FileName ?? throw new ArgumentException("New contents need a file name.", nameof(edit));
            await RequirePackageAsync(fileName, content, cancellationToken).ConfigureAwait(false);
            form.File("software", fileName, content, progress);
        }

        return await _transport.SendAsync(FleetRequest.Patch(Edit, $"software/titles/{titleId}/package", form), FleetJsonContext.Default.SoftwarePackage, ["software_installer", "software_package"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a title's package from a fleet.</summary>
    /// <param name="titleId">The title.</param>
    /// <param name="teamId">The fleet; <see langword="null"/> for hosts without one.</param>
    /// <param name="installerId">Which of several packages (4.90).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteAsync(long titleId, long? teamId, long? installerId = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"software/titles/{titleId}/available_for_install", new QueryString().Add("team_id", teamId ?? 0).Add("installer_id", installerId)), cancellationToken);

    /// <summary>Reads a title's package in a fleet without its bytes.</summary>
    /// <param name="titleId">The title.</param>
    /// <param name="teamId">The fleet; <see langword="null"/> for hosts without one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<SoftwarePackage> GetPackageAsync(long titleId, long? teamId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(ReadPackage, $"software/titles/{titleId}/package", new QueryString().Add("team_id", teamId ?? 0)), FleetJsonContext.Default.SoftwarePackage, ["software_installer", "software_package"], cancellationToken);

    /// <summary>Downloads a package into a stream.</summary>
    public async Task DownloadAsync(long titleId, long? teamId, Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        QueryString query = new QueryString().Add("alt", "media").Add("team_id", teamId ?? 0);
        using FleetResponse response = await _transport.OpenAsync(FleetRequest.Get(Download, $"software/titles/{titleId}/package", query), cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[128 * 1024];
        long received = 0;
        while (await response.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
        {
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            received += read;
            progress?.Report(received);
        }
    }

    /// <summary>Reads how an installation or removal went.</summary>
    public Task<SoftwareInstallResult> GetInstallResultAsync(string installUuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Result, $"software/install/{FleetRequest.Segment(installUuid)}/results"), FleetJsonContext.Default.SoftwareInstallResult, ["results"], cancellationToken);

    /// <summary>Whether the server already has a file of this SHA-256, so that a batch need not name an address.</summary>
    public async Task<bool> HasPackageAsync(string sha256, CancellationToken cancellationToken = default)
    {
        try
        {
            await _transport.SendAsync(FleetRequest.Get(Hash, "software/package_hashes", new QueryString().Add("sha256", sha256)), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (FleetApiException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Replaces <em>all</em> packages of a fleet by ones that the server downloads, and waits for the end.</summary>
    /// <param name="teamName">The fleet's name; <see langword="null"/> for hosts without one.</param>
    /// <param name="packages">All packages that it shall have.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="progress">Told each answer of the server, about one a second.</param>
    /// <param name="cancellationToken">Ends the wait, not the server's work.</param>
    /// <returns>The result, whose status is completed or failed.</returns>
    /// <exception cref="TimeoutException">The server worked longer than <see cref="FleetClientOptions.TransferTimeout"/>; <see cref="GetBatchAsync"/> tells later how it went.</exception>
    public async Task<SoftwareBatchResult> ApplyBatchAsync(string? teamName, IReadOnlyList<BatchPackage> packages, bool dryRun = false, IProgress<SoftwareBatchResult>? progress = null, CancellationToken cancellationToken = default)
    {
        string id = await StartBatchAsync(teamName, packages, dryRun, cancellationToken).ConfigureAwait(false);
        if (id.Length == 0)
        {
            return new SoftwareBatchResult { Status = SoftwareBatchStatus.Completed };
        }

        long started = _transport.Time.GetTimestamp();
        while (_transport.Time.GetElapsedTime(started) < _transport.Options.TransferTimeout)
        {
            SoftwareBatchResult result = await GetBatchAsync(id, teamName, dryRun, cancellationToken).ConfigureAwait(false);
            progress?.Report(result);
            if (result.Status != SoftwareBatchStatus.Processing)
            {
                return result;
            }

            await Task.Delay(PollInterval, _transport.Time, cancellationToken).ConfigureAwait(false);
        }

        throw new TimeoutException($"Cannot {Apply.Name}: the server is at it for longer than {_transport.Options.TransferTimeout}. Its work goes on; ask for batch {id} later.");
    }

    /// <summary>Starts to replace all packages of a fleet.</summary>
    /// <returns>The id of the work; empty where a dry run ended at once.</returns>
    /// <exception cref="FleetVersionException"><see cref="BatchPackage.LabelsIncludeAll"/> and more than 1 MiB before 4.84, <see cref="BatchPackage.AlwaysDownload"/> before 4.85.</exception>
    public async Task<string> StartBatchAsync(string? teamName, IReadOnlyList<BatchPackage> packages, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(packages);
        await RequireLabelsAsync([.. packages.SelectMany(package => package.LabelsIncludeAll)], cancellationToken).ConfigureAwait(false);
        if (packages.Any(package => package.AlwaysDownload))
        {
            await _transport.RequireAsync(FleetFeature.AlwaysDownload, cancellationToken).ConfigureAwait(false);
        }

        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("software");
            foreach (BatchPackage package in packages)
            {
                Write(writer, package);
            }

            writer.WriteEndArray();
        });
        await RequireBatchSizeAsync(body, cancellationToken).ConfigureAwait(false);
        return await _transport.ReadAsync(
            FleetRequest.Post(Apply, "software/batch", body, BatchQuery(teamName, dryRun)),
            answer => !answer.IsEmpty && JsonEnvelope.TryRead(answer.Span, FleetJsonContext.Default.String, ["request_uuid"], out string? id) ? id ?? "" : "",
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads how a batch stands; the server forgets it ten minutes after its end.</summary>
    public Task<SoftwareBatchResult> GetBatchAsync(string requestUuid, string? teamName, bool dryRun = false, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Apply, "software/batch/" + FleetRequest.Segment(requestUuid), BatchQuery(teamName, dryRun)), FleetJsonContext.Default.SoftwareBatchResult, cancellationToken);

    private static QueryString BatchQuery(string? teamName, bool dryRun) => new QueryString().Add("team_name", teamName).AddFlag("dry_run", dryRun);

    private static FleetMultipart Form(PackageUpload upload)
    {
        string? Script(string? text) => text is not null && upload.EncodeScripts ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text;
        return new FleetMultipart()
            .Field("team_id", Number(upload.TeamId))
            .Field("install_script", Script(upload.InstallScript))
            .Field("uninstall_script", Script(upload.UninstallScript))
            .Field("pre_install_query", upload.PreInstallQuery)
            .Field("post_install_script", Script(upload.PostInstallScript))
            .Field("self_service", upload.SelfService ? "true" : null)
            .Field("automatic_install", upload.AutomaticInstall ? "true" : null)
            .Fields("labels_include_all", upload.LabelsIncludeAll)
            .Fields("labels_include_any", upload.LabelsIncludeAny)
            .Fields("labels_exclude_any", upload.LabelsExcludeAny)
            .Fields("categories", upload.Categories)
            .Field("configuration", upload.Configuration);
    }

    private static void Write(Utf8JsonWriter writer, BatchPackage package)
    {
        writer.WriteStartObject();
        writer.WriteString("url", package.Url);
        writer.OptionalString("sha256", package.Sha256);
        writer.OptionalString("install_script", package.InstallScript);
        writer.OptionalString("uninstall_script", package.UninstallScript);
        writer.OptionalString("pre_install_query", package.PreInstallQuery);
        writer.OptionalString("post_install_script", package.PostInstallScript);
        writer.WriteBoolean("self_service", package.SelfService);
        writer.OptionalBoolean("install_during_setup", package.InstallDuringSetup);
        writer.OptionalStrings("labels_include_all", package.LabelsIncludeAll);
        writer.OptionalStrings("labels_include_any", package.LabelsIncludeAny);
        writer.OptionalStrings("labels_exclude_any", package.LabelsExcludeAny);
        writer.OptionalStrings("categories", package.Categories);
        writer.OptionalString("display_name", package.DisplayName);
        writer.OptionalString("slug", package.Slug);
        writer.OptionalBoolean("always_download", package.AlwaysDownload ? true : null);
        writer.WriteEndObject();
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private async ValueTask RequireLabelsAsync(IReadOnlyList<string> all, CancellationToken cancellationToken)
    {
        if (all.Count > 0)
        {
            await _transport.RequireAsync(FleetFeature.PackageLabelsIncludeAll, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask RequirePackageAsync(string fileName, Stream content, CancellationToken cancellationToken)
    {
        if (fileName.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
        {
            await _transport.RequireAsync(FleetFeature.PythonPackages, cancellationToken).ConfigureAwait(false);
        }

        long bytes = content.CanSeek ? content.Length - content.Position : 0;
        if (bytes > FleetVersion.NewestKnown.Capabilities.MaxInstallerBytes)
        {
            throw new ArgumentException($"{fileName} has {bytes} bytes; Fleet takes packages of {FleetVersion.NewestKnown.Capabilities.MaxInstallerBytes} bytes at most.");
        }

        if (bytes > new FleetVersion(4, 80).Capabilities.MaxInstallerBytes)
        {
            await _transport.RequireAsync(FleetFeature.LargePackages, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask RequireBatchSizeAsync(HttpContent body, CancellationToken cancellationToken)
    {
        long bytes = body.Headers.ContentLength ?? 0;
        if (bytes > MaxBatchBytes)
        {
            throw new ArgumentException($"The packages make a request of {bytes} bytes; Fleet takes {MaxBatchBytes} bytes at most.");
        }

        if (bytes > MaxBatchBytesBefore84)
        {
            await _transport.RequireAsync(FleetFeature.LargeSoftwareBatches, cancellationToken).ConfigureAwait(false);
        }
    }
}
