namespace Smallstep.Fleet.Api;

/// <summary>Custom variables, which profiles and scripts use as <c>$FLEET_SECRET_NAME</c>.</summary>
public sealed class CustomVariablesClient
{
    private const string Prefix = "FLEET_SECRET_";

    private static readonly FleetOperation List = new("list custom variables", Roles.Any);
    private static readonly FleetOperation Create = new("create a custom variable", Roles.Variables);
    private static readonly FleetOperation Remove = new("delete a custom variable", Roles.Variables);
    private static readonly FleetOperation Apply = new("set custom variables", Roles.Variables);

    private readonly FleetTransport _transport;

    internal CustomVariablesClient(FleetTransport transport) => _transport = transport;

    /// <summary>Lists the variables.</summary>
    public Task<IReadOnlyList<CustomVariable>> ListAsync(CancellationToken cancellationToken = default) =>
        PagedList.ReadAllAsync(_transport, List, "custom_variables", new QueryString(), FleetJsonContext.Default.ListCustomVariable, ["custom_variables"], cancellationToken);

    /// <summary>Makes a variable.</summary>
    /// <param name="name">Capital letters, digits and underscores, with or without <c>FLEET_SECRET_</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FleetApiException">409 where the name is taken: set it through <see cref="SetAsync"/> instead.</exception>
    public Task<CustomVariable> CreateAsync(string name, Secret value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteString("name", Bare(name));
            writer.WriteString("value", value.Reveal());
        });
        return _transport.SendAsync(FleetRequest.Post(Create, "custom_variables", body).Hiding(value), FleetJsonContext.Default.CustomVariable, cancellationToken);
    }

    /// <summary>Deletes a variable.</summary>
    /// <exception cref="FleetApiException">409 while a profile or script uses it.</exception>
    public Task DeleteAsync(long id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(FleetRequest.Delete(Remove, $"custom_variables/{id}"), cancellationToken);

    /// <summary>Makes or overwrites variables; deletes none.</summary>
    /// <param name="values">The values by name, with or without <c>FLEET_SECRET_</c>.</param>
    /// <param name="dryRun">Whether the server only checks.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetAsync(IReadOnlyDictionary<string, Secret> values, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        HttpContent body = JsonBody.Object(writer =>
        {
            writer.WriteBoolean("dry_run", dryRun);
            writer.WriteStartArray("secrets");
            foreach ((string name, Secret value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("name", Prefix + Bare(name));
                writer.WriteString("value", value.Reveal());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return _transport.SendAsync(new FleetRequest(Apply, HttpMethod.Put, "spec/secret_variables") { Content = body }.Hiding(values.Values), cancellationToken);
    }

    private static string Bare(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
