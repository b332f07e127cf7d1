using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>What happens while a device is set up: bootstrap package, set-up assistant, script, licence agreement, software (Premium).</summary>
/// <remarks>Fleets are named by their ids; 0 stands for hosts without one.</remarks>
public sealed class SetupExperienceClient
{
    private static readonly FleetOperation ReadPackage = new("read a bootstrap package", Roles.SetupRead);
    private static readonly FleetOperation UploadPackage = new("upload a bootstrap package", Roles.SetupWrite) { IsTransfer = true };
    private static readonly FleetOperation RemovePackage = new("delete a bootstrap package", Roles.SetupWrite);
    private static readonly FleetOperation DownloadPackage = new("download a bootstrap package", Roles.Any) { IsTransfer = true };
    private static readonly FleetOperation ReadAssistant = new("read a set-up assistant", Roles.SetupRead);
    private static readonly FleetOperation WriteAssistant = new("set a set-up assistant", Roles.SetupWrite) { IsRepeatable = true };
    private static readonly FleetOperation RemoveAssistant = new("delete a set-up assistant", Roles.SetupWrite);
    private static readonly FleetOperation ReadScript = new("read a set-up script", Roles.SetupRead);
    private static readonly FleetOperation UploadScript = new("upload a set-up script", Roles.SetupWrite);
    private static readonly FleetOperation RemoveScript = new("delete a set-up script", Roles.SetupWrite);
    private static readonly FleetOperation ReadAgreement = new("read the licence agreement", Roles.Configuration);
    private static readonly FleetOperation UploadAgreement = new("upload the licence agreement", Roles.Configuration);
    private static readonly FleetOperation RemoveAgreement = new("delete the licence agreement", Roles.Configuration);
    private static readonly FleetOperation DownloadAgreement = new("download the licence agreement", Roles.Any);
    private static readonly FleetOperation ListSoftware = new("list the software of a set-up", Roles.SetupRead);
    private static readonly FleetOperation WriteSoftware = new("choose the software of a set-up", Roles.SetupWrite);

    private readonly FleetTransport _transport;

    internal SetupExperienceClient(FleetTransport transport) => _transport = transport;

    /// <summary>Reads what is known of a fleet's bootstrap package.</summary>
    /// <param name="teamId">The fleet.</param>
    /// <param name="forUpdate">Whether the server asks for the right to write instead of the one to read, for the role gitops.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The package, or <see langword="null"/> where there is none.</returns>
    public Task<BootstrapPackage?> GetBootstrapPackageAsync(long teamId, bool forUpdate = false, CancellationToken cancellationToken = default) => FindAsync(() =>
        _transport.SendAsync(FleetRequest.Get(ReadPackage, $"bootstrap/{teamId}/metadata", new QueryString().AddFlag("for_update", forUpdate)), FleetJsonContext.Default.BootstrapPackage, cancellationToken));

    /// <summary>Uploads a fleet's bootstrap package, streamed.</summary>
    /// <param name="teamId">The fleet.</param>
    /// <param name="fileName">The file's name, <c>.pkg</c>.</param>
    /// <param name="content">The bytes of a signed package; the stream stays the caller's.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="progress">Told the bytes sent so far.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FleetApiException">409 where the fleet has one: delete that first; 400 where the package is not signed.</exception>
    public Task UploadBootstrapPackageAsync(long teamId, string fileName, Stream content, bool dryRun = false, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        FleetMultipart form = new FleetMultipart().Field("team_id", Number(teamId)).File("package", fileName, content, progress);
        return _transport.SendAsync(FleetRequest.Post(UploadPackage, "bootstrap", form, new QueryString().AddFlag("dry_run", dryRun)), cancellationToken);
    }

    /// <summary>Deletes a fleet's bootstrap package.</summary>
    public Task DeleteBootstrapPackageAsync(long teamId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(RemovePackage, $"bootstrap/{teamId}"), cancellationToken);

    /// <summary>Downloads a bootstrap package into a stream.</summary>
    public async Task DownloadBootstrapPackageAsync(string downloadId, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using FleetResponse response = await _transport.OpenAsync(FleetRequest.Get(DownloadPackage, "bootstrap", new QueryString().Add("token", downloadId)), cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[128 * 1024];
        while (await response.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
        {
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a fleet's set-up assistant.</summary>
    /// <returns>The assistant, or <see langword="null"/> where there is none.</returns>
    public Task<SetupAssistant?> GetAssistantAsync(long teamId, CancellationToken cancellationToken = default) => FindAsync(() =>
        _transport.SendAsync(FleetRequest.Get(ReadAssistant, "enrollment_profiles/automatic", Team(teamId)), FleetJsonContext.Default.SetupAssistant, cancellationToken));

    /// <summary>Sets a fleet's set-up assistant, in place of the one that there is.</summary>
    /// <exception cref="FleetApiException">422 where Apple refuses the profile.</exception>
    public Task<SetupAssistant> SetAssistantAsync(long teamId, string name, JsonElement enrollmentProfile, CancellationToken cancellationToken = default)
    {
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.OptionalNumber("team_id", teamId == 0 ? null : teamId);
            writer.WriteString("name", name);
            writer.WritePropertyName("enrollment_profile");
            enrollmentProfile.WriteTo(writer);
        });
        return _transport.SendAsync(FleetRequest.Post(WriteAssistant, "enrollment_profiles/automatic", body), FleetJsonContext.Default.SetupAssistant, cancellationToken);
    }

    /// <summary>Deletes a fleet's set-up assistant.</summary>
    public Task DeleteAssistantAsync(long teamId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(RemoveAssistant, "enrollment_profiles/automatic", Team(teamId)), cancellationToken);

    /// <summary>Reads what is known of the script that runs on a fleet's new Macs.</summary>
    /// <returns>The script, or <see langword="null"/> where there is none.</returns>
    public Task<Script?> GetScriptAsync(long teamId, CancellationToken cancellationToken = default) => FindAsync(() =>
        _transport.SendAsync(FleetRequest.Get(ReadScript, "setup_experience/script", Team(teamId)), FleetJsonContext.Default.Script, cancellationToken));

    /// <summary>Reads the text of the script that runs on a fleet's new Macs.</summary>
    public Task<string> DownloadScriptAsync(long teamId, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(ReadScript, "setup_experience/script", Team(teamId).Add("alt", "media")), body => Encoding.UTF8.GetString(body.Span), cancellationToken);

    /// <summary>Uploads the script that runs on a fleet's new Macs.</summary>
    /// <exception cref="FleetApiException">409 where the fleet has one: delete that first.</exception>
    public Task UploadScriptAsync(ScriptUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        FleetMultipart form = new FleetMultipart().Field("team_id", upload.TeamId is > 0 ? Number(upload.TeamId.Value) : null).File("script", upload.FileName, Encoding.UTF8.GetBytes(upload.Contents));
        return _transport.SendAsync(FleetRequest.Post(UploadScript, "setup_experience/script", form), cancellationToken);
    }

    /// <summary>Deletes the script that runs on a fleet's new Macs.</summary>
    public Task DeleteScriptAsync(long teamId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(RemoveScript, "setup_experience/script", Team(teamId)), cancellationToken);

    /// <summary>Reads what is known of the server's licence agreement.</summary>
    /// <returns>The agreement, or <see langword="null"/> where there is none.</returns>
    public Task<EndUserLicenseAgreement?> GetLicenseAgreementAsync(CancellationToken cancellationToken = default) => FindAsync(() =>
        _transport.SendAsync(FleetRequest.Get(ReadAgreement, "setup_experience/eula/metadata"), FleetJsonContext.Default.EndUserLicenseAgreement, cancellationToken));

    /// <summary>Uploads the server's licence agreement.</summary>
    /// <param name="fileName">The file's name, <c>.pdf</c>.</param>
    /// <param name="contents">The PDF.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FleetApiException">409 where there is one: delete that first; 400 where it is no PDF.</exception>
    public Task UploadLicenseAgreementAsync(string fileName, ReadOnlyMemory<byte> contents, bool dryRun = false, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(UploadAgreement, "setup_experience/eula", new FleetMultipart().File("eula", fileName, contents), new QueryString().AddFlag("dry_run", dryRun)), cancellationToken);

    /// <summary>Deletes the server's licence agreement.</summary>
    public Task DeleteLicenseAgreementAsync(string downloadId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(RemoveAgreement, "setup_experience/eula/" + FleetRequest.Segment(downloadId)), cancellationToken);

    /// <summary>Downloads a licence agreement.</summary>
    public Task<byte[]> DownloadLicenseAgreementAsync(string downloadId, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(DownloadAgreement, "setup_experience/eula/" + FleetRequest.Segment(downloadId)), body => body.Span.ToArray(), cancellationToken);

    /// <summary>Lists a fleet's software that may be installed while a device is set up; each package and app says whether it is.</summary>
    /// <param name="teamId">The fleet.</param>
    /// <param name="platform"><c>macos</c>, <c>windows</c>, <c>linux</c>, <c>ios</c>, <c>ipados</c>, <c>android</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<SoftwareTitle>> ListSoftwareAsync(long teamId, string platform, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, ListSoftware, "setup_experience/software", new QueryString().Add("platform", platform).Add("team_id", teamId), FleetJsonContext.Default.ListSoftwareTitle, ["software_titles"], cancellationToken);

    /// <summary>Chooses what is installed while a device of a fleet and platform is set up, in place of what was chosen.</summary>
    /// <param name="teamId">The fleet.</param>
    /// <param name="platform"><c>macos</c>, <c>windows</c>, <c>linux</c>, <c>ios</c>, <c>ipados</c>, <c>android</c>.</param>
    /// <param name="titleIds">All software titles.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetSoftwareAsync(long teamId, string platform, IReadOnlyList<long> titleIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(titleIds);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("platform", platform);
            writer.WriteNumber("team_id", teamId);
            writer.Numbers("software_title_ids", titleIds);
        });
        return _transport.SendAsync(new FleetRequest(WriteSoftware, HttpMethod.Put, "setup_experience/software") { Content = body }, cancellationToken);
    }

    // Fleet reads an absent fleet as hosts without one, and some of these calls refuse 0.
    private static QueryString Team(long teamId) => new QueryString().Add("team_id", teamId == 0 ? null : teamId);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<T?> FindAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (FleetApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }
}
