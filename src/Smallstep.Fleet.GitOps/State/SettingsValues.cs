using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>Builds settings from documents and documents from settings.</summary>
internal static class SettingsValues
{
    private static readonly string[] ShownToAdministrators = ["smtp_settings", "sso_settings"];

    public static SettingsState FromServer(SettingsScope scope, JsonElement document)
    {
        if (scope == SettingsScope.AgentOptions)
        {
            return new SettingsState(scope, document.ValueKind == JsonValueKind.Undefined ? Null() : document.Clone());
        }

        JsonObject values = document.ValueKind == JsonValueKind.Object ? JsonObject.Create(document.Clone())! : [];
        var sections = (JsonObject)values.DeepClone();
        SettingsNames.ToNewest(sections, scope);
        IReadOnlyList<string> hosted = scope == SettingsScope.Organization ? HostedLogos.Remove(sections) : [];
        SettingsFilter.Apply(sections, scope);
        var secrets = new Dictionary<string, SecretValue>(StringComparer.Ordinal);
        Cover(sections, "", path => SettingsSecrets.IsSecret(path) ? new SecretValue(null) : null, secrets);
        return new SettingsState(scope, Element(sections))
        {
            Secrets = secrets,
            Hosted = hosted,
            Hidden = scope == SettingsScope.Organization ? [.. ShownToAdministrators.Where(key => values[key] is null)] : [],
        };
    }

    /// <summary>Puts the mask in the place of every secret that has a value.</summary>
    /// <param name="node">The sections.</param>
    /// <param name="path">Where they are.</param>
    /// <param name="secretAt">The secret at a path; <see langword="null"/> where there is none.</param>
    /// <param name="secrets">Takes the secrets.</param>
    public static void Cover(JsonNode node, string path, Func<string, SecretValue?> secretAt, Dictionary<string, SecretValue> secrets)
    {
        foreach ((string at, JsonNode? value, Action<JsonNode?> set) in Members(node, path))
        {
            if (secretAt(at) is { } secret)
            {
                if (value is not null && !(value is JsonValue && value.ToString().Length == 0))
                {
                    secrets[at] = secret;
                    set(JsonValue.Create(SettingsState.Masked));
                }
            }
            else if (value is JsonObject or JsonArray)
            {
                Cover(value, at, secretAt, secrets);
            }
        }
    }

    /// <summary>The values with their secrets in place.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="unknown">Takes the paths whose value is not known; they are left out.</param>
    public static JsonObject WithSecrets(SettingsState settings, ICollection<string>? unknown)
    {
        JsonObject values = settings.Values.ValueKind == JsonValueKind.Object ? (JsonObject)JsonObject.Create(settings.Values)!.DeepClone() : [];
        Uncover(values, "", settings.Secrets, unknown);
        return values;
    }

    private static void Uncover(JsonNode node, string path, IReadOnlyDictionary<string, SecretValue> secrets, ICollection<string>? unknown)
    {
        foreach ((string at, JsonNode? value, Action<JsonNode?> set) in Members(node, path))
        {
            if (!secrets.TryGetValue(at, out SecretValue? secret))
            {
                if (value is JsonObject or JsonArray)
                {
                    Uncover(value, at, secrets, unknown);
                }
            }
            else if (secret.Value is { } known)
            {
                set(JsonNode.Parse(known.Reveal()));
            }
            else
            {
                unknown?.Add(at);
                if (node is JsonObject owner)
                {
                    owner.Remove(at[(at.LastIndexOf('.') + 1)..]);
                }
            }
        }
    }

    /// <summary>Whether a value says nothing: absent, null, an empty text, list or object, false or zero.</summary>
    public static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.EnumerateObject().All(member => IsEmpty(member.Value)),
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.True => false,
        _ => true,
    };

    /// <summary>A document without the object that made it.</summary>
    public static JsonElement Element(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            node.WriteTo(writer);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static JsonElement Null()
    {
        using var document = JsonDocument.Parse("null");
        return document.RootElement.Clone();
    }

    /// <summary>The members or items of a node, each with its path and what replaces it.</summary>
    public static List<(string Path, JsonNode? Value, Action<JsonNode?> Set)> Members(JsonNode node, string path) => node switch
    {
        JsonObject members => [.. members.Select(member => ((path.Length == 0 ? "" : path + ".") + member.Key, member.Value, (Action<JsonNode?>)(value => members[member.Key] = value)))],
        JsonArray items => [.. Enumerable.Range(0, items.Count).Select(i => (path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", items[i], (Action<JsonNode?>)(value => items[i] = value)))],
        _ => [],
    };
}
