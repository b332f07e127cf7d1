using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's checks of scripts, which concern only their variables.</summary>
internal static class ScriptVerdict
{
    public static Refusal? Judge(string text, ProfileLintContext context)
    {
        IReadOnlyList<string> names = VariableFinder.Find(text);
        if (names.Count == 0 || !context.FleetVersion.Capabilities.ScriptVariables)
        {
            return Contents(text, context);
        }

        var places = new VariablePlaces(text);
        if (!context.IsPremium)
        {
            return places.At(names, FleetWords.License);
        }

        return names.FirstOrDefault(name => !VariableCatalog.IsSupported(name, VariableTargets.Script, context.FleetVersion)) is { } unsupported
            ? places.At(unsupported, $"Fleet variable $FLEET_VAR_{unsupported} is not supported in scripts.")
            : IsPython(text) ? places.At(names, "Fleet variables are not supported in Python scripts.")
            : Contents(text, context);
    }

    private static Refusal? Contents(string text, ProfileLintContext context) => SecretCheck.Missing(text, context) ?? SecretCheck.Vitals(text, context);

    private static bool IsPython(string text)
    {
        string first = text.Split('\n')[0];
        return first.StartsWith("#!", StringComparison.Ordinal) && first.Contains("python", StringComparison.Ordinal);
    }
}
