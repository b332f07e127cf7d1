using System.Globalization;
using System.Text.Json.Nodes;

namespace Smallstep.Fleet.GitOps;

/// <summary>Writes settings, controls, agent options and enroll secrets: sorted by name, in the names of the target release, secrets as placeholders.</summary>
/// <param name="draft">The repository.</param>
/// <param name="settings">The settings.</param>
/// <param name="prefix">What the names of their variables begin with.</param>
/// <param name="owner">Whose they are, such as <c>of the server</c>.</param>
internal sealed class SettingsWriter(RepositoryDraft draft, SettingsState settings, string prefix, string owner)
{
    // Stands before the path of a secret until the names are those of the target.
    private const char Mark = '\u0001';
    private readonly JsonObject _values = Marked(settings, draft.Options.FleetVersion);

    /// <summary>Writes the sections.</summary>
    /// <param name="yaml">Takes them.</param>
    /// <param name="without">Sections that are written elsewhere.</param>
    public void Write(YamlText yaml, params string[] without) => Members(yaml, _values, without);

    /// <summary>Whether a section has something to write.</summary>
    public bool Has(string name) => IsWritten(_values[name]);

    /// <summary>Writes what one section holds.</summary>
    public static YamlText Section(SettingsWriter? writer, YamlText yaml, string name)
    {
        if (writer?._values[name] is JsonObject section)
        {
            writer.Members(yaml, section, []);
        }

        return yaml;
    }

    /// <summary>Writes agent options; a bare key where there are none.</summary>
    public static void AgentOptions(RepositoryDraft draft, YamlText yaml, SettingsState? options, string prefix, string owner)
    {
        if (options is not { Values.ValueKind: System.Text.Json.JsonValueKind.Object } || !options.Values.EnumerateObject().Any())
        {
            yaml.Empty("agent_options");
            return;
        }

        yaml.Nested("agent_options", inner => new SettingsWriter(draft, options, prefix + "_AGENT_OPTIONS", "in the agent options " + owner).Write(inner));
    }

    /// <summary>Writes enroll secrets as placeholders, one where it is not known how many there are: a file without any would remove those of the server.</summary>
    public static void EnrollSecrets(RepositoryDraft draft, YamlText yaml, IReadOnlyList<SecretValue>? secrets, string variable, string purpose)
    {
        if (secrets is { Count: 0 })
        {
            yaml.EmptyList("secrets");
            return;
        }

        string[] names = [.. (secrets ?? [new SecretValue(null)]).Select((secret, index) =>
            secret.EnvironmentVariable is { Length: > 0 } name ? name : index == 0 ? variable : variable + "_" + (index + 1).ToString(CultureInfo.InvariantCulture))];
        yaml.List("secrets", names, (item, name) => draft.Placeholder(item, "secret", name, purpose));
    }

    /// <summary>The server's settings with the name and address that the caller gives.</summary>
    public static SettingsState WithOptions(SettingsState? settings, RepositoryWriteOptions options)
    {
        JsonObject values = settings is null ? [] : (JsonObject)JsonObject.Create(settings.Values)!.DeepClone();
        foreach ((string section, string key, string? value) in ((string, string, string?)[])[("server_settings", "server_url", options.ServerUrl), ("org_info", "org_name", options.OrganizationName)])
        {
            if (value is not null)
            {
                values[section] ??= new JsonObject();
                values[section]![key] = value;
            }
        }

        Dictionary<string, SecretValue> secrets = (settings?.Secrets ?? new Dictionary<string, SecretValue>())
            .Where(secret => !(secret.Key == "server_settings.server_url" && options.ServerUrl is not null) && !(secret.Key == "org_info.org_name" && options.OrganizationName is not null))
            .ToDictionary(StringComparer.Ordinal);
        return new SettingsState(SettingsScope.Organization, SettingsValues.Element(values)) { Secrets = secrets };
    }

    private static JsonObject Marked(SettingsState settings, FleetVersion version)
    {
        JsonObject values = settings.Values.ValueKind == System.Text.Json.JsonValueKind.Object ? (JsonObject)JsonObject.Create(settings.Values)!.DeepClone() : [];
        MarkSecrets(values, "", settings.Secrets);
        SettingsNames.For(values, settings.Scope, version);
        return values;
    }

    private static void MarkSecrets(JsonNode node, string path, IReadOnlyDictionary<string, SecretValue> secrets)
    {
        foreach ((string at, JsonNode? value, Action<JsonNode?> set) in SettingsValues.Members(node, path))
        {
            if (secrets.TryGetValue(at, out SecretValue? secret))
            {
                set(secret.EnvironmentVariable is null && SettingsSecrets.IsKeptWhenOmitted(at) ? null : JsonValue.Create(Mark + at));
            }
            else if (value is JsonObject or JsonArray)
            {
                MarkSecrets(value, at, secrets);
            }
        }
    }

    private void Members(YamlText yaml, JsonObject members, string[] without)
    {
        foreach ((string name, JsonNode? value) in members.Where(member => !without.Contains(member.Key) && IsWritten(member.Value)).OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            Member(yaml, DollarEscaper.EscapeAll(YamlText.Quoted(name)), value);
        }
    }

    private void Member(YamlText yaml, string key, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                yaml.Nested(key, inner => Members(inner, members, []));
                break;
            case JsonArray { Count: > 0 } items:
                yaml.Nested(key, inner => Items(inner, items));
                break;
            case JsonValue text when Placeholder(text) is { } placeholder:
                draft.Placeholder(yaml, key, placeholder.Variable, placeholder.Purpose);
                break;
            case JsonValue text when text.TryGetValue(out string? plain):
                yaml.Value(key, plain);
                break;
            default:
                yaml.Json(key, value?.ToJsonString() ?? "null");
                break;
        }
    }

    private void Items(YamlText yaml, JsonArray items)
    {
        foreach (JsonNode? item in items)
        {
            switch (item)
            {
                case JsonObject members when members.Any(member => IsWritten(member.Value)):
                    yaml.Item(inner => Members(inner, members, []));
                    break;
                case JsonValue text when Placeholder(text) is { } placeholder:
                    yaml.PlaceholderItem(draft.Remember(placeholder.Variable, placeholder.Purpose));
                    break;
                case JsonValue text when text.TryGetValue(out string? plain):
                    yaml.TextItem(plain);
                    break;
                default:
                    yaml.JsonItem(item?.ToJsonString() ?? "null");
                    break;
            }
        }
    }

    // What says nothing is left out: the server has it that way. Agent options are one value, so there every member counts.
    private bool IsWritten(JsonNode? value) => settings.Scope == SettingsScope.AgentOptions || value switch
    {
        null => false,
        JsonObject members => members.Any(member => IsWritten(member.Value)),
        JsonArray items => items.Count > 0,
        JsonValue text => !(text.TryGetValue(out string? plain) && plain.Length == 0),
        _ => true,
    };

    private (string Variable, string Purpose)? Placeholder(JsonValue value)
    {
        if (!value.TryGetValue(out string? text) || text.Length < 2 || text[0] != Mark)
        {
            return null;
        }

        string path = text[1..];
        string name = string.Join('_', path.Split(['.', '[', ']', '-', ' ', '/'], StringSplitOptions.RemoveEmptyEntries).Select(part => new string([.. part.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')])));
        return (settings.Secrets[path].EnvironmentVariable ?? $"{prefix}_{name.ToUpperInvariant()}", $"{path} {owner}");
    }
}
