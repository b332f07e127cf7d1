using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>Compares declared settings with those of a server.</summary>
/// <param name="desired">What is declared.</param>
/// <param name="observed">What the server shows.</param>
/// <param name="isExact">Whether what is not declared has to be absent.</param>
internal sealed partial class SettingsComparison(SettingsState desired, SettingsState observed, bool isExact)
{
    /// <summary>What stands for a value that is not shown.</summary>
    public const string Hidden = "***";

    // Where Fleet puts a value of its own in the place of none.
    private static readonly string[] Defaulted = ["org_info.contact_url", "fleet_desktop.transparency_url"];
    private readonly List<FieldChange> _fields = [];
    private readonly List<string> _uncompared = [];

    /// <summary>The members that differ.</summary>
    public IReadOnlyList<FieldChange> Fields => _fields;

    /// <summary>The members that cannot be compared, because the server masks them or the environment is not known.</summary>
    public IReadOnlyList<string> Uncompared => _uncompared;

    /// <summary>Compares a value.</summary>
    /// <param name="wanted">The declared value.</param>
    /// <param name="path">Its path.</param>
    /// <param name="there">The server's value, or <see langword="null"/> where there is none.</param>
    /// <param name="therePath">Its path, which differs where lists are in another order.</param>
    public void Compare(JsonElement wanted, string path, JsonElement? there, string therePath)
    {
        if (desired.Secrets.TryGetValue(path, out SecretValue? secret))
        {
            Secret(secret, path, there, therePath);
        }
        else if (wanted.ValueKind == JsonValueKind.Object)
        {
            Members(wanted, path, there, therePath);
        }
        else if (wanted.ValueKind == JsonValueKind.Array && there is { ValueKind: JsonValueKind.Array } list)
        {
            Items(wanted, path, list, therePath);
        }
        else if (!IsSame(wanted, there, path))
        {
            string? before = observed.Hosted.Contains(path) ? "(a file that Fleet keeps)" : Show(there, therePath, observed);
            _fields.Add(new FieldChange(path, before, Show(wanted, path, desired)));
        }
    }

    private void Members(JsonElement wanted, string path, JsonElement? there, string therePath)
    {
        JsonElement? Member(string name) => there is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out JsonElement value) ? value : null;
        foreach (JsonProperty member in wanted.EnumerateObject())
        {
            Compare(member.Value, Join(path, member.Name), Member(member.Name), Join(therePath, member.Name));
        }

        if (isExact && there is { ValueKind: JsonValueKind.Object } all)
        {
            _fields.AddRange(all.EnumerateObject().Where(member => !wanted.TryGetProperty(member.Name, out _) && !IsNothing(member.Value))
                .Select(member => new FieldChange(Join(path, member.Name), ShowRemoved(member.Value), null)));
        }
    }

    // Of lists that a server keeps in an order of its own, every item has to be there; agent options are compared as they stand.
    private void Items(JsonElement wanted, string path, JsonElement there, string therePath)
    {
        List<int> left = [.. Enumerable.Range(0, there.GetArrayLength())];
        List<string> uncompared = [];
        int index = 0;
        bool same = wanted.GetArrayLength() == left.Count;
        foreach (JsonElement item in wanted.EnumerateArray().TakeWhile(_ => same))
        {
            int found = (isExact ? left.Take(1) : left).FirstOrDefault(candidate => IsItem(item, At(path, index), there[candidate], At(therePath, candidate), uncompared), -1);
            same = found >= 0;
            left.Remove(found);
            index++;
        }

        if (same)
        {
            _uncompared.AddRange(uncompared);
        }
        else
        {
            // Items that came from the environment before are shown by their number on both sides.
            _fields.Add(new FieldChange(path, HasSecrets(desired, path) ? Count(there) : Show(there, therePath, observed), Show(wanted, path, desired)));
        }
    }

    private bool IsItem(JsonElement wanted, string path, JsonElement there, string therePath, List<string> uncompared)
    {
        var inner = new SettingsComparison(desired, observed, isExact);
        inner.Compare(wanted, path, there, therePath);
        if (inner.Fields.Count > 0)
        {
            return false;
        }

        uncompared.AddRange(inner.Uncompared);
        return true;
    }

    // What came from the environment is not shown, though the server may show what it has.
    private void Secret(SecretValue secret, string path, JsonElement? there, string therePath)
    {
        bool isMasked = observed.Secrets.ContainsKey(therePath) || there is { ValueKind: JsonValueKind.Null };
        if (isMasked || secret.Value is null)
        {
            _uncompared.Add(path);
            return;
        }

        JsonElement value = JsonElement.Parse(secret.Value.Reveal());
        var inner = new SettingsComparison(desired with { Secrets = new Dictionary<string, SecretValue>() }, observed, isExact);
        inner.Compare(value, path, there, therePath);
        if (inner.Fields.Count > 0)
        {
            _fields.Add(new FieldChange(path, IsNothing(there) ? null : Hidden, secret.EnvironmentVariable is { } variable ? "$" + variable : Hidden));
        }
    }

    private static bool IsSame(JsonElement wanted, JsonElement? there, string path) => wanted.ValueKind switch
    {
        // A bare key says nothing of what should be there, and Fleet's defaults are not nothing.
        JsonValueKind.Null => true,
        JsonValueKind.String when wanted.GetString()!.Length == 0 => IsNothing(there) || Defaulted.Contains(path),
        JsonValueKind.Array when wanted.GetArrayLength() == 0 => IsNothing(there),
        JsonValueKind.False => there is null or { ValueKind: JsonValueKind.False or JsonValueKind.Null },
        JsonValueKind.Number when wanted.GetDouble() == 0 => there is null || (there is { ValueKind: JsonValueKind.Number } zero && zero.GetDouble() == 0),
        JsonValueKind.Number => there is { ValueKind: JsonValueKind.Number } number && number.GetDouble() == wanted.GetDouble(),
        JsonValueKind.String => there is { ValueKind: JsonValueKind.String } text && Normal(text.GetString()!) == Normal(wanted.GetString()!),
        _ => there is { } value && JsonElement.DeepEquals(wanted, value),
    };

    private static bool IsNothing(JsonElement? value) => value is not { } there || there.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => there.GetString()!.Length == 0,
        JsonValueKind.Array => there.GetArrayLength() == 0,
        JsonValueKind.Object => there.EnumerateObject().All(member => IsNothing(member.Value) || member.Value.ValueKind == JsonValueKind.False),
        _ => false,
    };

    // Go writes the duration 24h as 24h0m0s; line ends are no drift.
    private static string Normal(string text) => Duration().Match(text) is { Success: true, Length: > 0 } time
        ? (Part(time, 1) * 3600 + Part(time, 2) * 60 + Part(time, 3)).ToString(CultureInfo.InvariantCulture) + "s"
        : text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static long Part(Match time, int group) => time.Groups[group].Success ? long.Parse(time.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    private static string? Show(JsonElement? value, string path, SettingsState settings)
    {
        if (IsNothing(value))
        {
            return null;
        }

        return value!.Value.ValueKind switch
        {
            _ when HasSecrets(settings, path) => value.Value.ValueKind == JsonValueKind.Array ? Count(value.Value) : Hidden,
            JsonValueKind.String => PlanFields.Show(value.Value.GetString()!),
            JsonValueKind.Array when value.Value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array) => Count(value.Value),
            JsonValueKind.Array => PlanFields.Show(string.Join(", ", value.Value.EnumerateArray())),
            _ => PlanFields.Show(value.Value.GetRawText()),
        };
    }

    // What is declared no more may have come from the environment once, and nothing tells any longer.
    private static string ShowRemoved(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number ? value.GetRawText() : Hidden;

    private static bool HasSecrets(SettingsState settings, string path) => settings.Secrets.Keys.Any(secret =>
        secret == path || secret.StartsWith(path + ".", StringComparison.Ordinal) || secret.StartsWith(path + "[", StringComparison.Ordinal));

    private static string Count(JsonElement list) => list.GetArrayLength() == 1 ? "1 entry" : list.GetArrayLength().ToString(CultureInfo.InvariantCulture) + " entries";

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    private static string At(string path, int index) => path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    [GeneratedRegex(@"^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
