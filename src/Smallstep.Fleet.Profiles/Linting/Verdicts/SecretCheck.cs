using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Custom variables and reserved names, which every kind of document may hold.</summary>
internal static class SecretCheck
{
    public static IReadOnlyList<string> MissingNames(string text, ProfileLintContext context) =>
        context.Secrets is null && context.SecretValues is null
            ? []
            : [.. SecretVariables.Find(text).Where(name => context.Secrets?.Contains(name) != true && context.SecretValues?.ContainsKey(name) != true)];

    public static Refusal? Missing(string text, ProfileLintContext context) =>
        MissingNames(text, context) is { Count: > 0 } missing
            ? At(text, SecretVariables.Prefix + missing[0], FleetWords.CouldNotAdd + SecretVariables.MissingMessage(missing))
            : null;

    /// <summary>Expands the secrets whose values are known; the others stay as they are written.</summary>
    public static string Expand(string text, ProfileLintContext context) =>
        context.SecretValues is { Count: > 0 } values ? SecretVariables.ExpandKnown(text, name => values.GetValueOrDefault(name)?.Reveal()) : text;

    public static IReadOnlyList<int> MissingVitals(string text, ProfileLintContext context) =>
        context.HostVitals is { } known ? [.. HostVitalVariables.Find(text).Where(id => !known.Contains(id))] : [];

    public static Refusal? Vitals(string text, ProfileLintContext context) =>
        MissingVitals(text, context) is { Count: > 0 } missing
            ? At(text, $"FLEET_HOST_VITAL_{missing[0]}", HostVitalVariables.MissingMessage(missing))
            : null;

    public static Refusal? Reserved(string text, ProfileLintContext context) =>
        context.FleetVersion.Capabilities.ReservesHostSecrets && HostVitalVariables.FindReserved(text) is [{ } name, ..]
            ? At(text, "FLEET_HOST_SECRET_" + name, HostVitalVariables.ReservedMessage(name))
            : null;

    private static Refusal At(string text, string name, string message) => Refusal.At(text, text.IndexOf(name, StringComparison.Ordinal), message);
}
