namespace Smallstep.Fleet.Api;

/// <summary>Custom host vitals (4.90): attributes whose values every host has for itself, which profiles and scripts use as <c>$FLEET_HOST_VITAL_7</c>, and labels as criteria.</summary>
public sealed class CustomHostVitalsClient
{
    private static readonly FleetVersion Since = new(4, 90);
    private static readonly FleetOperation List = new("list custom host vitals", Roles.Any) { Since = Since };
    private static readonly FleetOperation Create = new("create a custom host vital", Roles.Variables) { Since = Since };
    private static readonly FleetOperation Rename = new("rename a custom host vital", Roles.Variables) { Since = Since, IsRepeatable = true };
    private static readonly FleetOperation Remove = new("delete a custom host vital", Roles.Variables) { Since = Since };
    private static readonly FleetOperation Apply = new("replace all custom host vitals", Roles.Variables) { Since = Since };
    private static readonly FleetOperation SetValue = new("set a host's value of a custom host vital", Roles.HostVitals) { Since = Since };

    private readonly FleetTransport _transport;

    internal CustomHostVitalsClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the vitals, by name.</summary>
    public Task<IReadOnlyList<CustomHostVital>> ListAsync(CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, List, "custom_host_vitals", new QueryString(), FleetJsonContext.Default.ListCustomHostVital, ["custom_host_vitals"], cancellationToken);

    /// <summary>Makes a vital.</summary>
    /// <param name="name">The name, at most 255 characters, without blanks around it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">409 where the name is taken.</exception>
    public Task<CustomHostVital> CreateAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _transport.SendAsync(FleetRequest.Post(Create, "custom_host_vitals", Named(name)), FleetJsonContext.Default.CustomHostVital, ["custom_host_vital"], cancellationToken);
    }

    /// <summary>Renames a vital; what refers to it does so by its id, and stays valid.</summary>
    /// <param name="id">The vital.</param>
    /// <param name="name">The new name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">409 where the name is taken.</exception>
    public Task<CustomHostVital> RenameAsync(long id, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _transport.SendAsync(FleetRequest.Patch(Rename, $"custom_host_vitals/{id}", Named(name)), FleetJsonContext.Default.CustomHostVital, ["custom_host_vital"], cancellationToken);
    }

    /// <summary>Deletes a vital with the values of all hosts.</summary>
    /// <exception cref="FleetApiException">409 while a profile, a script, software, a label or a host name template uses it.</exception>
    public Task DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"custom_host_vitals/{id}"), cancellationToken);

    /// <summary>Sets the value of one host. What was delivered with the former value is delivered again.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="id">The vital.</param>
    /// <param name="value">The value; empty for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetValueAsync(long hostId, long id, string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        HttpContent body = JsonBody.Object(writer => writer.WriteString("value", value));
        return _transport.SendAsync(new FleetRequest(SetValue, HttpMethod.Put, $"hosts/{hostId}/custom_host_vitals/{id}") { Content = body }, cancellationToken);
    }

    /// <summary>Replaces the whole list, as <c>fleetctl gitops</c> does: a vital that is not named is deleted.</summary>
    /// <param name="names">The names of all vitals.</param>
    /// <param name="dryRun">Whether the server only checks the names.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">409 while something uses a vital that is not named.</exception>
    public Task ApplySpecAsync(IReadOnlyList<string> names, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteStartArray("custom_host_vitals");
            foreach (string name in names)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteBoolean("dry_run", dryRun);
        });
        return _transport.SendAsync(new FleetRequest(Apply, HttpMethod.Put, "spec/custom_host_vitals") { Content = body }, cancellationToken);
    }

    private static HttpContent Named(string name) => JsonBody.Object(writer => writer.WriteString("name", name));
}
