using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>How the client reads one sample, and where in the sample stands what it reads.</summary>
internal sealed record SampleRow(string Endpoint, string Path, string Member, Func<FleetClient, Task<JsonNode?>> Read)
{
    /// <summary>The same as the client's own type, where it is one.</summary>
    public Func<FleetClient, Task<object?>>? Typed { get; private init; }

    /// <summary>Reads one record; an empty member means the whole answer.</summary>
    public static SampleRow One<T>(string endpoint, string path, string member, JsonTypeInfo<T> type, Func<FleetClient, Task<T>> call) =>
        new(endpoint, path, member, async client => JsonSerializer.SerializeToNode(await call(client), type)) { Typed = async client => await call(client) };

    /// <summary>Reads a list.</summary>
    public static SampleRow Many<T>(string endpoint, string path, string member, JsonTypeInfo<List<T>> type, Func<FleetClient, Task<IReadOnlyList<T>>> call) =>
        new(endpoint, path, member, async client => JsonSerializer.SerializeToNode([.. await call(client)], type)) { Typed = async client => await call(client) };

    /// <summary>Reads a stream.</summary>
    public static SampleRow Stream<T>(string endpoint, string path, string member, JsonTypeInfo<List<T>> type, Func<FleetClient, IAsyncEnumerable<T>> call) =>
        new(endpoint, path, member, async client => JsonSerializer.SerializeToNode(await call(client).ToListAsync(), type)) { Typed = async client => await call(client).ToListAsync() };
}
