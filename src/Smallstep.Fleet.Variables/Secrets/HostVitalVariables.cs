using System.Globalization;

namespace Smallstep.Fleet.Variables;

/// <summary>
/// Fleet's custom host vitals, <c>$FLEET_HOST_VITAL_7</c> and <c>${FLEET_HOST_VITAL_7}</c>: the suffix is a decimal id above 0, other
/// suffixes are no variables; and the <c>$FLEET_HOST_SECRET_</c> names that Fleet keeps to itself.
/// </summary>
public static class HostVitalVariables
{
    private const string VitalPrefix = "FLEET_HOST_VITAL_";
    private const string HostSecretPrefix = "FLEET_HOST_SECRET_";

    /// <summary>The ids of the host vitals in a text, each once, in the order of the text.</summary>
    public static IReadOnlyList<int> Find(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return [.. DollarNames.Scan(content).Select(token => IdOf(token.Name)).OfType<int>().Distinct()];
    }

    /// <summary>Fleet's words for host vitals that do not exist.</summary>
    public static string MissingMessage(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string list = string.Join(", ", ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"\"${VitalPrefix}{id}\"")));
        return $"Custom host vital{(ids.Count > 1 ? "s" : "")} {list} is not defined";
    }

    /// <summary>Fleet's words for host vitals that exist and for which the host has no value.</summary>
    /// <param name="vitals">The vitals, by id and name.</param>
    public static string NoValueMessage(IReadOnlyList<KeyValuePair<int, string>> vitals)
    {
        ArgumentNullException.ThrowIfNull(vitals);
        string list = string.Join(", ", vitals.Select(vital => string.Create(CultureInfo.InvariantCulture, $"{vital.Value} (${VitalPrefix}{vital.Key})")));
        return $"Couldn't populate the custom host vital{(vitals.Count > 1 ? "s" : "")} {list} because there's no value set for this host.";
    }

    /// <summary>Expands the host vitals for which there is a value, escaped by the kind of document; others stay.</summary>
    public static string Expand(string content, Func<int, string?> lookup)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(lookup);
        Func<string, string> escape = SecretVariables.EscapingOf(content);
        return DollarNames.Expand(content, name => IdOf(name) is { } id && lookup(id) is { } value ? escape(value) : null);
    }

    /// <summary>The names after <c>$FLEET_HOST_SECRET_</c> in a text, which user content must not hold.</summary>
    public static IReadOnlyList<string> FindReserved(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return [.. DollarNames.Scan(content)
            .Where(token => token.Name.StartsWith(HostSecretPrefix, StringComparison.Ordinal))
            .Select(token => token.Name[HostSecretPrefix.Length..])
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Fleet's words for a reserved name in user content.</summary>
    public static string ReservedMessage(string name) => $"Variable ${HostSecretPrefix}{name} is reserved for profiles managed by Fleet and can't be used.";

    private static int? IdOf(string name) =>
        name.StartsWith(VitalPrefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(VitalPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0
            ? id : null;
}
