using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.Api;

/// <summary>The server's configuration.</summary>
public sealed class ConfigurationClient
{
    private static readonly FleetOperation Read = new("read the configuration", Roles.Any);
    private static readonly FleetOperation Change = new("change the configuration", Roles.Configuration);
    private static readonly FleetOperation ReadRules = new("read the YARA rules", Roles.Configuration) { IsRepeatable = true };
    private static readonly FleetOperation WriteRules = new("replace the YARA rules", Roles.Configuration);
    private static readonly FleetOperation ReadLogo = new("download a logo", Roles.Any) { Since = new(4, 86) };
    private static readonly FleetOperation WriteLogo = new("upload a logo", Roles.GlobalAdmin) { Since = new(4, 86) };
    private static readonly FleetOperation RemoveLogo = new("delete a logo", Roles.GlobalAdmin) { Since = new(4, 86) };

    private readonly FleetTransport _transport;

    internal ConfigurationClient(FleetTransport transport) => _transport = transport;

    /// <summary>Reads the configuration; secrets are masked.</summary>
    public Task<FleetConfiguration> GetAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, "config"), FleetJsonContext.Default.FleetConfiguration, cancellationToken);

    /// <summary>Reads the configuration as the document that the server sends: every section, under every name that the release has for it.</summary>
    /// <remarks>Secrets are masked. Agent options are there for global administrators alone, mail and sign-on for administrators.</remarks>
    public Task<JsonElement> GetDocumentAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, "config"), FleetJsonContext.Default.JsonElement, cancellationToken);

    /// <summary>Changes the configuration: objects are merged, arrays replaced whole, unknown members refused by the server.</summary>
    /// <param name="patch">The members to change.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="force">Whether the server lets unknown agent options pass.</param>
    /// <param name="overwrite">Whether members that are left out go back to their defaults, as GitOps does.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The configuration afterwards.</returns>
    public Task<FleetConfiguration> PatchAsync(JsonObject patch, bool dryRun = false, bool force = false, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        QueryString query = new QueryString().AddFlag("force", force).AddFlag("dry_run", dryRun).AddFlag("overwrite", overwrite);
        return _transport.SendAsync(FleetRequest.Patch(Change, "config", JsonBody.Write(writer => patch.WriteTo(writer)), query), FleetJsonContext.Default.FleetConfiguration, cancellationToken);
    }

    /// <summary>Lists the YARA rules with their contents.</summary>
    /// <remarks>
    /// <c>GET /config</c> does not show them; the answer to a change does. So the server is asked for a change of nothing, and to check it only: a
    /// dry run, which leaves everything as it is and needs the right to write.
    /// </remarks>
    public async Task<IReadOnlyList<YaraRule>> ListYaraRulesAsync(CancellationToken cancellationToken = default)
    {
        HttpContent nothing = JsonBody.Object(_ => { });
        FleetRequest request = FleetRequest.Patch(ReadRules, "config", nothing, new QueryString().AddFlag("dry_run", true));
        JsonElement document = await _transport.SendAsync(request, FleetJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty("yara_rules", out JsonElement rules) && rules.ValueKind == JsonValueKind.Array
            ? rules.Deserialize(FleetJsonContext.Default.ListYaraRule)!
            : [];
    }

    /// <summary>Replaces the YARA rules; those that are left out are deleted.</summary>
    /// <param name="rules">All rules.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ReplaceYaraRulesAsync(IReadOnlyList<YaraRule> rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("yara_rules");
            foreach (YaraRule rule in rules)
            {
                writer.WriteStartObject();
                writer.WriteString("name", rule.Name);
                writer.WriteString("contents", rule.Contents);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return _transport.SendAsync(FleetRequest.Patch(WriteRules, "config", body), cancellationToken);
    }

    /// <summary>Downloads a logo that Fleet keeps itself; anyone may, because the sign-in page shows it.</summary>
    /// <returns>The image, or <see langword="null"/> where Fleet keeps none for this ground.</returns>
    public async Task<byte[]?> DownloadLogoAsync(LogoMode mode, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _transport.ReadAsync(FleetRequest.Get(ReadLogo, "logo", Of(mode)), body => body.Span.ToArray(), cancellationToken).ConfigureAwait(false);
        }
        catch (FleetApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Uploads a logo, in place of the file or the address that there is. Fleet then shows an address of its own in <c>org_info</c>.</summary>
    /// <param name="mode">The ground that it is for.</param>
    /// <param name="fileName">The file's name, which Fleet does not keep.</param>
    /// <param name="contents">The image: PNG, JPEG or WebP, of 100 KiB at most.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FleetApiException">400 where the image is too large or of another kind.</exception>
    public Task UploadLogoAsync(LogoMode mode, string fileName, ReadOnlyMemory<byte> contents, CancellationToken cancellationToken = default) => _transport.SendAsync(
        new FleetRequest(WriteLogo, HttpMethod.Put, "logo") { Query = Of(mode), Content = new FleetMultipart().File("logo", fileName, contents) }, cancellationToken);

    /// <summary>Deletes a logo that Fleet keeps itself, and its address.</summary>
    /// <exception cref="FleetApiException">400 where there is none.</exception>
    public Task DeleteLogoAsync(LogoMode mode, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(RemoveLogo, "logo", Of(mode)), cancellationToken);

    private static QueryString Of(LogoMode mode) => new QueryString().Add("mode", mode == LogoMode.Dark ? "dark" : "light");
}
