using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>Reads the settings, controls, agent options and enroll secrets that a file declares.</summary>
internal sealed class SettingsReader(RunScope scope)
{
    // Stands in a document for a value that came from a variable, until the document has its final names.
    private const char Mark = '\u0001';
    private readonly List<(SecretValue Secret, JsonNode? Value)> _inserted = [];

    /// <summary>Settings or controls; <see langword="null"/> where there is no such section.</summary>
    public SettingsState? Read(SettingsScope kind, GitOpsNode? node)
    {
        if (node is not { Kind: GitOpsNodeKind.Mapping })
        {
            return null;
        }

        var values = (JsonObject)ToJson(node)!;
        SettingsNames.ToNewest(values, kind);
        if (kind == SettingsScope.Organization)
        {
            HostedLogos.Remove(values);
        }

        SettingsFilter.Apply(values, kind);
        return State(kind, values);
    }

    /// <summary>Agent options; <c>null</c> where there are none.</summary>
    public SettingsState AgentOptions(GitOpsNode? node) => State(SettingsScope.AgentOptions, node is { IsNull: false } ? ToJson(node) : null);

    /// <summary>The enroll secrets of a file; <see langword="null"/> where they are not managed.</summary>
    public IReadOnlyList<SecretValue>? EnrollSecrets(ParsedFile file) => scope.Run.Server.Exceptions.Secrets && !file.SecretsPresent
        ? null
        : [.. file.EnrollSecrets.Select(secret => Secret(secret.Value, scope.InsertedAt(secret.Node["secret"]!)))];

    private static SecretValue Secret(string value, InsertedValue? inserted) =>
        new(inserted is { Value: null } || value == SettingsState.Masked ? null : new Secret(value), inserted?.Name);

    private SettingsState State(SettingsScope kind, JsonNode? values)
    {
        var secrets = new Dictionary<string, SecretValue>(StringComparer.Ordinal);
        var root = new JsonObject { ["values"] = values };
        foreach ((string path, SecretValue secret, Action cover) in Secrets(root, "").ToList())
        {
            secrets[path] = secret;
            cover();
        }

        return new SettingsState(kind, SettingsValues.Element(root).GetProperty("values")) { Secrets = secrets };
    }

    private IEnumerable<(string Path, SecretValue Secret, Action Cover)> Secrets(JsonNode node, string path)
    {
        foreach ((string at, JsonNode? value, Action<JsonNode?> set) in SettingsValues.Members(node, path))
        {
            string inner = path.Length == 0 ? "" : at[(at.StartsWith("values.", StringComparison.Ordinal) ? "values.".Length : 0)..];
            if (value is not null && (Index(value) is not null || SettingsSecrets.IsSecret(inner)) && Of(value) is { } secret)
            {
                yield return (inner, secret, () => set(JsonValue.Create(SettingsState.Masked)));
            }
            else if (value is JsonObject or JsonArray)
            {
                foreach ((string, SecretValue, Action) found in Secrets(value, at))
                {
                    yield return found;
                }
            }
        }
    }

    // A secret as a whole, with what was inserted into parts of it.
    private SecretValue? Of(JsonNode value)
    {
        if (Index(value) is { } index)
        {
            return _inserted[index].Secret;
        }

        if (value is JsonValue && value.ToString() is "" or SettingsState.Masked)
        {
            return value.ToString().Length == 0 ? null : new SecretValue(null);
        }

        var whole = new JsonObject { ["value"] = value.DeepClone() };
        bool isKnown = true;
        foreach ((JsonNode inner, Action<JsonNode?> set) in Leaves(whole).ToList())
        {
            if (Index(inner) is { } at)
            {
                isKnown &= _inserted[at].Secret.Value is not null;
                set(_inserted[at].Value?.DeepClone());
            }
        }

        return new SecretValue(isKnown ? new Secret(whole["value"]!.ToJsonString()) : null);
    }

    private static IEnumerable<(JsonNode Leaf, Action<JsonNode?> Set)> Leaves(JsonNode node) => SettingsValues.Members(node, "")
        .Where(member => member.Value is not null)
        .SelectMany(member => member.Value is JsonValue ? [(member.Value, member.Set)] : Leaves(member.Value!));

    private static int? Index(JsonNode value) => value is JsonValue leaf && leaf.TryGetValue(out string? text) && text.Length > 1 && text[0] == Mark
        ? int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture)
        : null;

    private JsonNode? ToJson(GitOpsNode node)
    {
        JsonNode? value = node.Kind switch
        {
            GitOpsNodeKind.Mapping => new JsonObject(node.Effective().Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
            GitOpsNodeKind.Sequence => new JsonArray([.. node.Items.Select(ToJson)]),
            GitOpsNodeKind.Boolean => JsonValue.Create(node.IsTrue),
            GitOpsNodeKind.Number => Number(node.Text),
            GitOpsNodeKind.Null => null,
            _ => JsonValue.Create(node.Text),
        };
        if (value is JsonObject or JsonArray || scope.InsertedAt(node) is not { } inserted)
        {
            return value;
        }

        bool isWhole = inserted.Value is { } given ? given == node.Text : node.Text == "$" + inserted.Name || node.Text == "${" + inserted.Name + "}";
        Secret? secret = inserted.Value is null || value is null ? null : new Secret(value.ToJsonString());
        _inserted.Add((new SecretValue(secret, isWhole ? inserted.Name : null), value));
        return JsonValue.Create(Mark + (_inserted.Count - 1).ToString(CultureInfo.InvariantCulture));
    }

    private static JsonNode Number(string text)
    {
        try
        {
            return JsonNode.Parse(text)!;
        }
        catch (JsonException)
        {
            // .inf and .nan, which fleetctl cannot pass on either.
            return JsonValue.Create(text);
        }
    }
}
