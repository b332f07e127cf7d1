using System.Text.Json;

namespace Smallstep.Fleet.Api;

/// <summary>Hosts: lists, details, and what can be done to them.</summary>
public sealed class HostsClient
{
    private static readonly FleetOperation List = new("list hosts", Roles.Read);
    private static readonly FleetOperation CountHosts = new("count hosts", Roles.Read);
    private static readonly FleetOperation Read = new("read a host", Roles.Read);
    private static readonly FleetOperation ReadMdm = new("read a host's MDM server", Roles.Read);
    private static readonly FleetOperation ReadHealth = new("read a host's health", Roles.Read);
    private static readonly FleetOperation ReadMapping = new("read a host's e-mail addresses", Roles.Read);
    private static readonly FleetOperation ChangeMapping = new("set a host's e-mail address", Roles.HostWrite);
    private static readonly FleetOperation Certificates = new("list a host's certificates", Roles.Read);
    private static readonly FleetOperation Software = new("list a host's software", Roles.Read);
    private static readonly FleetOperation Profiles = new("list the profiles of a host's fleet", Roles.Read);
    private static readonly FleetOperation Resend = new("resend a profile to a host", Roles.Profiles);
    private static readonly FleetOperation Install = new("install software on a host", Roles.HostActions);
    private static readonly FleetOperation Uninstall = new("remove software from a host", Roles.HostActions);
    private static readonly FleetOperation Refetch = new("ask a host for fresh details", Roles.Read) { IsRepeatable = true };
    private static readonly FleetOperation ChangeLabels = new("change a host's labels", Roles.HostWrite) { IsRepeatable = true };
    private static readonly FleetOperation Transfer = new("move hosts to another fleet", Roles.HostWrite) { IsRepeatable = true };
    private static readonly FleetOperation Remove = new("delete hosts", Roles.HostWrite);

    private readonly FleetTransport _transport;

    internal HostsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Streams whole hosts, ordered by id. A page that fails in its middle throws after its first hosts were handed out.</summary>
    /// <param name="query">Which hosts, and what the server adds to each; <see langword="null"/> for all.</param>
    /// <param name="paging">The way to go through them; <see langword="null"/> for <see cref="Paging.Prefetch"/>.</param>
    /// <param name="cancellationToken">Stops the list and closes its connections.</param>
    /// <exception cref="FleetApiException">A page failed, was cut short, or reports a failure of the server in its middle.</exception>
    /// <exception cref="FleetListingException">Hosts may have been missed; only with <see cref="Paging.Prefetch"/>.</exception>
    public IAsyncEnumerable<Host> ListAsync(HostQuery? query = null, Paging? paging = null, CancellationToken cancellationToken = default) =>
        ListAsync<Host, HostParser>(new HostParser(FleetJsonContext.Default.Host), query, paging, cancellationToken);

    /// <summary>Streams what an inventory needs of each host, ordered by id, in one pass over the bytes and with constant memory.</summary>
    /// <inheritdoc cref="ListAsync(HostQuery?, Paging?, CancellationToken)"/>
    public IAsyncEnumerable<HostSummary> ListSummariesAsync(HostQuery? query = null, Paging? paging = null, CancellationToken cancellationToken = default) =>
        ListAsync<HostSummary, HostSummaryParser>(default, query, paging, cancellationToken);

    /// <summary>Counts hosts.</summary>
    public async Task<int> CountAsync(HostQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= new HostQuery();
        await RequireAsync(query, cancellationToken).ConfigureAwait(false);
        return await CountCoreAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts hosts by status, platform and built-in label.</summary>
    /// <param name="teamId">The fleet; 0 for hosts without one, <see langword="null"/> for all.</param>
    /// <param name="platform">Only this platform.</param>
    /// <param name="lowDiskSpaceGigabytes">Also counts hosts with less free disk space than this, 1 to 100 GB.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<HostCounts> GetCountsAsync(long? teamId = null, string? platform = null, int? lowDiskSpaceGigabytes = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(CountHosts, "host_summary", new QueryString().Add("team_id", teamId).Add("platform", platform).Add("low_disk_space", lowDiskSpaceGigabytes)), FleetJsonContext.Default.HostCounts, cancellationToken);

    /// <summary>Counts hosts by how and where they are enrolled in MDM.</summary>
    public Task<MdmSummary> GetMdmSummaryAsync(long? teamId = null, string? platform = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(CountHosts, "hosts/summary/mdm", new QueryString().Add("platform", platform).Add("team_id", teamId)), FleetJsonContext.Default.MdmSummary, cancellationToken);

    /// <summary>Reads a host with its profiles and their states.</summary>
    /// <param name="id">The host's id.</param>
    /// <param name="excludeSoftware">Whether the software is left out, which makes answers much smaller.</param>
    /// <param name="excludeFleetMaintainedPolicies">Whether Fleet's own policies are left out.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Host> GetAsync(long id, bool excludeSoftware = true, bool excludeFleetMaintainedPolicies = false, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, $"hosts/{id}", Excluding(excludeSoftware, excludeFleetMaintainedPolicies)), FleetJsonContext.Default.Host, ["host"], cancellationToken);

    /// <summary>Reads a host by host name, UUID, serial number or node key. Where several match, the server picks any: prefer ids.</summary>
    /// <param name="identifier">Host name, UUID, serial number or node key.</param>
    /// <param name="excludeSoftware">Whether the software is left out, which makes answers much smaller.</param>
    /// <param name="excludeFleetMaintainedPolicies">Whether Fleet's own policies are left out.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Host> GetByIdentifierAsync(string identifier, bool excludeSoftware = true, bool excludeFleetMaintainedPolicies = false, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(Read, "hosts/identifier/" + FleetRequest.Segment(identifier), Excluding(excludeSoftware, excludeFleetMaintainedPolicies)), FleetJsonContext.Default.Host, ["host"], cancellationToken);

    /// <summary>Reads the MDM server of a host, or <see langword="null"/> where it is not enrolled or a Windows server.</summary>
    public Task<HostMdmInfo?> GetMdmAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(FleetRequest.Get(ReadMdm, $"hosts/{id}/mdm"), body => JsonSerializer.Deserialize(body.Span, FleetJsonContext.Default.HostMdmInfo), cancellationToken);

    /// <summary>Reads a host's health in short.</summary>
    public Task<HostHealth> GetHealthAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Get(ReadHealth, $"hosts/{id}/health"), FleetJsonContext.Default.HostHealth, ["health"], cancellationToken);

    /// <summary>Reads the e-mail addresses of a host.</summary>
    public async Task<IReadOnlyList<DeviceMapping>> ListDeviceMappingsAsync(long id, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(FleetRequest.Get(ReadMapping, $"hosts/{id}/device_mapping"), FleetJsonContext.Default.ListDeviceMapping, ["device_mapping"], cancellationToken).ConfigureAwait(false);

    /// <summary>Sets an e-mail address of a host.</summary>
    /// <param name="id">The host's id.</param>
    /// <param name="email">The address, or the user name at the identity provider.</param>
    /// <param name="source"><c>custom</c>, or <c>idp</c> (Premium).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>All addresses afterwards.</returns>
    public async Task<IReadOnlyList<DeviceMapping>> SetDeviceMappingAsync(long id, string email, string? source = null, CancellationToken cancellationToken = default)
    {
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("email", email);
            writer.OptionalString("source", source);
        });
        return await _transport.SendAsync(new FleetRequest(ChangeMapping, HttpMethod.Put, $"hosts/{id}/device_mapping") { Content = body }, FleetJsonContext.Default.ListDeviceMapping, ["device_mapping"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the identity provider's user from a host.</summary>
    public Task DeleteIdpMappingAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(ChangeMapping, $"hosts/{id}/device_mapping/idp"), cancellationToken);

    /// <summary>Lists the certificates that a host reported: macOS, iOS, iPadOS and Windows, not Linux.</summary>
    /// <param name="id">The host's id.</param>
    /// <param name="order">The order; <see langword="null"/> for the server's.</param>
    /// <param name="descending">Whether the order is turned round.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<HostCertificate>> ListCertificatesAsync(long id, HostCertificateOrder? order = null, bool descending = false, CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, Certificates, $"hosts/{id}/certificates", new QueryString().AddOrder(OrderKey(order), descending), FleetJsonContext.Default.ListHostCertificate, ["certificates"], cancellationToken);

    /// <summary>Streams the software of a host.</summary>
    public IAsyncEnumerable<HostSoftware> ListSoftwareAsync(long id, HostSoftwareQuery? query = null, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, Software, $"hosts/{id}/software", (query ?? new()).ToQuery(), FleetJsonContext.Default.ListHostSoftware, ["software"], cancellationToken);

    /// <summary>Lists the Apple profiles assigned to a host's fleet. For their states on the host read <see cref="Host.Profiles"/>.</summary>
    public async Task<IReadOnlyList<ConfigurationProfile>> ListAssignedProfilesAsync(long id, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(FleetRequest.Get(Profiles, $"hosts/{id}/configuration_profiles"), FleetJsonContext.Default.ListConfigurationProfile, ["profiles"], cancellationToken).ConfigureAwait(false);

    /// <summary>Sends a profile to a host once more. With a SCEP profile this asks for another certificate.</summary>
    /// <exception cref="FleetApiException">409 while the profile is pending or verifying; 404 where the host does not have it.</exception>
    public Task ResendProfileAsync(long hostId, string profileUuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Resend, $"hosts/{hostId}/configuration_profiles/{FleetRequest.Segment(profileUuid)}/resend"), cancellationToken);

    /// <summary>Has a package installed on a host; <see cref="ListSoftwareAsync"/> then tells the installation's UUID.</summary>
    public Task InstallSoftwareAsync(long hostId, long titleId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Install, $"hosts/{hostId}/software/{titleId}/install"), cancellationToken);

    /// <summary>Has a package removed from a host.</summary>
    public Task UninstallSoftwareAsync(long hostId, long titleId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Uninstall, $"hosts/{hostId}/software/{titleId}/uninstall"), cancellationToken);

    /// <summary>Asks a host for fresh details at its next check-in.</summary>
    public Task RefetchAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Refetch, $"hosts/{id}/refetch"), cancellationToken);

    /// <summary>Adds manual labels to a host: all of them or, where one is not manual, none.</summary>
    public Task AddLabelsAsync(long id, IReadOnlyList<string> labels, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(ChangeLabels, $"hosts/{id}/labels", JsonBody.Object(writer => writer.Strings("labels", labels))), cancellationToken);

    /// <summary>Takes manual labels from a host: all of them or, where one is not manual, none.</summary>
    public Task RemoveLabelsAsync(long id, IReadOnlyList<string> labels, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(ChangeLabels, $"hosts/{id}/labels", content: JsonBody.Object(writer => writer.Strings("labels", labels))), cancellationToken);

    /// <summary>Moves hosts to a fleet, or out of any.</summary>
    /// <param name="teamId">The fleet, or <see langword="null"/> for none.</param>
    /// <param name="hostIds">The hosts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task TransferAsync(long? teamId, IReadOnlyList<long> hostIds, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            FleetRequest.Post(Transfer, "hosts/transfer", JsonBody.Object(writer =>
            {
                WriteTeam(writer, teamId);
                writer.Numbers("hosts", hostIds);
            })),
            cancellationToken);

    /// <summary>Moves the hosts that a filter selects.</summary>
    public Task TransferAsync(long? teamId, HostTransferFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _transport.SendAsync(
            FleetRequest.Post(Transfer, "hosts/transfer/filter", JsonBody.Object(writer =>
            {
                WriteTeam(writer, teamId);
                filter.Write(writer);
            })),
            cancellationToken);
    }

    /// <summary>Deletes hosts; those still enrolled come back.</summary>
    public Task DeleteAsync(IReadOnlyList<long> hostIds, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Post(Remove, "hosts/delete", JsonBody.Object(writer => writer.Numbers("ids", hostIds))), cancellationToken);

    /// <summary>Deletes the hosts that a filter selects.</summary>
    public Task DeleteAsync(HostTransferFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _transport.SendAsync(FleetRequest.Post(Remove, "hosts/delete", JsonBody.Object(filter.Write)), cancellationToken);
    }

    private static QueryString Excluding(bool software, bool fleetMaintainedPolicies) =>
        new QueryString().AddFlag("exclude_software", software).AddFlag("exclude_fleet_maintained_policies", fleetMaintainedPolicies);

    private static string? OrderKey(HostCertificateOrder? order) => order switch
    {
        HostCertificateOrder.CommonName => "common_name",
        HostCertificateOrder.NotValidAfter => "not_valid_after",
        _ => null,
    };

    private static void WriteTeam(Utf8JsonWriter writer, long? teamId)
    {
        if (teamId is { } id)
        {
            writer.WriteNumber("team_id", id);
        }
        else
        {
            writer.WriteNull("team_id");
        }
    }

    private IAsyncEnumerable<T> ListAsync<T, TParser>(TParser parser, HostQuery? query, Paging? paging, CancellationToken cancellationToken)
        where T : class
        where TParser : struct, IHostParser<T>
    {
        HostQuery wanted = query ?? new HostQuery();
        paging ??= Paging.Prefetch;
        string path = wanted.LabelId is { } label ? $"labels/{label}/hosts" : "hosts";
        var lister = new HostLister<T, TParser>(_transport, List, path, wanted.ForList(), wanted.Filters(), parser, paging, wanted.SizeOf(paging), token => RequireAsync(wanted, token), token => CountCoreAsync(wanted, token));
        return paging.IsStable ? lister.StableAsync(cancellationToken) : lister.PrefetchAsync(cancellationToken);
    }

    private Task<int> CountCoreAsync(HostQuery query, CancellationToken cancellationToken) =>
        _transport.SendAsync(FleetRequest.Get(CountHosts, "hosts/count", query.Filters().Add("label_id", query.LabelId)), FleetJsonContext.Default.Int32, ["count"], cancellationToken);

    private async ValueTask RequireAsync(HostQuery query, CancellationToken cancellationToken)
    {
        foreach (FleetFeature feature in query.Needs())
        {
            await _transport.RequireAsync(feature, cancellationToken).ConfigureAwait(false);
        }
    }
}
