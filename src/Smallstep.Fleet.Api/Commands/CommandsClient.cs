namespace Smallstep.Fleet.Api;

/// <summary>MDM commands.</summary>
public sealed class CommandsClient
{
    private static readonly FleetOperation Run = new("run an MDM command", Roles.Commands);
    private static readonly FleetOperation Results = new("read the results of an MDM command", Roles.Read);
    private static readonly FleetOperation List = new("list MDM commands", Roles.Read);
    private static readonly FleetOperation OfHost = new("list the MDM commands of a host", Roles.Read) { Since = new FleetVersion(4, 80) };
    private static readonly FleetOperation Cancel = new("cancel an MDM command", Roles.Commands) { Since = new FleetVersion(4, 92) };

    private readonly FleetTransport _transport;

    internal CommandsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Queues a command for hosts of one platform.</summary>
    /// <param name="hostUuids">The hosts' UUIDs.</param>
    /// <param name="command">A property list, SyncML, or JSON for Android (4.92).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetVersionException">JSON before 4.92.</exception>
    public async Task<MdmCommand> RunAsync(IReadOnlyList<string> hostUuids, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        if (command.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            await _transport.RequireAsync(FleetFeature.AndroidCommands, cancellationToken).ConfigureAwait(false);
        }

        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteBase64String("command", command.Span);
            writer.Strings("host_uuids", hostUuids);
        });
        return await _transport.SendAsync(FleetRequest.Post(Run, "commands/run", body), FleetJsonContext.Default.MdmCommand, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads how a command stands on its hosts; empty while none has answered.</summary>
    public Task<IReadOnlyList<MdmCommandResult>> GetResultsAsync(string commandUuid, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync<IReadOnlyList<MdmCommandResult>>(
            FleetRequest.Get(Results, "commands/results", new QueryString().Add("command_uuid", commandUuid)),
            body => JsonEnvelope.TryRead(body.Span, FleetJsonContext.Default.ListMdmCommandResult, ["results"], out List<MdmCommandResult>? results) ? results ?? [] : [],
            cancellationToken);

    /// <summary>Streams commands.</summary>
    public IAsyncEnumerable<MdmCommandResult> ListAsync(MdmCommandQuery? query = null, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, List, "commands", (query ?? new()).ToQuery(), FleetJsonContext.Default.ListMdmCommandResult, ["results"], cancellationToken);

    /// <summary>Streams the commands of a host (a release after 4.79; before, <see cref="ListAsync"/> with <see cref="MdmCommandQuery.HostIdentifier"/>).</summary>
    public IAsyncEnumerable<MdmCommandResult> ListForHostAsync(long hostId, CancellationToken cancellationToken = default) =>
        PagedList.StreamAsync(_transport, OfHost, $"hosts/{hostId}/commands", new QueryString(), FleetJsonContext.Default.ListMdmCommandResult, ["results", "commands"], cancellationToken);

    /// <summary>Cancels a command on a host (4.92).</summary>
    public Task CancelAsync(long hostId, string commandUuid, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Cancel, $"hosts/{hostId}/commands/{FleetRequest.Segment(commandUuid)}"), cancellationToken);
}
