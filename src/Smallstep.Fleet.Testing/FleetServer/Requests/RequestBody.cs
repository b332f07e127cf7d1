using System.Globalization;
using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>A JSON object of a request, read by the old names of its members; the new ones count from the release that has them.</summary>
internal readonly struct RequestBody(JsonElement element, FleetCapabilities capabilities)
{
    public JsonElement Element => element;

    public bool Has(string name) => Find(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>Whether the member is there, be it null.</summary>
    public bool Mentions(string name) => Find(name) is not null;

    public string? Text(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Mismatch(name, "string"),
    };

    /// <summary>Bytes in Base64; none where the member is absent.</summary>
    public byte[] Bytes(string name)
    {
        try
        {
            return Convert.FromBase64String(Text(name) ?? "");
        }
        catch (FormatException)
        {
            throw ApiError.Bad("illegal base64 data");
        }
    }

    public bool? Flag(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Mismatch(name, "bool"),
    };

    public long? Number(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out long number) => number,
        _ => throw Mismatch(name, "int"),
    };

    public IReadOnlyList<string>? Strings(string name) => Items(name)?.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Mismatch2(name)).ToList();

    public IReadOnlyList<long>? Numbers(string name) => Items(name)?.Select(item => item.TryGetInt64(out long number) ? number : throw Mismatch2(name)).ToList();

    public RequestBody? Object(string name)
    {
        FleetCapabilities known = capabilities;
        return Find(name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.Object } value => new RequestBody(value, known),
            _ => throw Mismatch(name, "object"),
        };
    }

    public IReadOnlyList<RequestBody>? Objects(string name)
    {
        FleetCapabilities known = capabilities;
        return Items(name)?.Select(item => item.ValueKind == JsonValueKind.Object ? new RequestBody(item, known) : throw Mismatch2(name)).ToList();
    }

    private static ApiErrorException Mismatch2(string name) => ApiError.Bad(string.Create(CultureInfo.InvariantCulture, $"json: cannot unmarshal item of field {name}"));

    private ApiErrorException Mismatch(string name, string type) => ApiError.Bad(
        capabilities.PopulateEndUsers ? $"invalid value type at '{name}': expected {type}" : "json decoder error");

    private List<JsonElement>? Items(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        _ => throw Mismatch(name, "array"),
    };

    private JsonElement? Find(string name) =>
        element.ValueKind != JsonValueKind.Object ? null
        : element.TryGetProperty(name, out JsonElement value) ? value
        : RenamedMembers.NewName(name, capabilities) is { } newName && element.TryGetProperty(newName, out value) ? value
        : null;
}
