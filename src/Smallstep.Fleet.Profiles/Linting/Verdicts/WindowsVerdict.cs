using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Fleet's checks of an uploaded Windows profile, in its order; the first problem wins.</summary>
internal sealed class WindowsVerdict(string text, string name, ProfileLintContext context)
{
    public const string UpdatePolicy = "/Vendor/MSFT/Policy/Config/Update";

    public Refusal? Judge() =>
        Structure() ?? SecretCheck.Missing(text, context) ?? SecretCheck.Vitals(text, context) ?? SecretCheck.Reserved(text, context) ?? Variables() ?? Updates();

    private Refusal? Structure()
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return FleetWords.CouldNotAdd + "The file should include valid XML.";
        }

        if (FleetWords.ReservedNames.Contains(name))
        {
            return $"{FleetWords.CouldNotAdd}Profile name \"{name}\" is not allowed.";
        }

        Refusal? problem = new WindowsStructure(text, context).Judge();
        return problem is null ? null : problem with { Message = Worded(problem.Message) };
    }

    private static string Worded(string problem)
    {
        if (problem == FleetWords.BitLocker)
        {
            return problem + FleetWords.DiskEncryptionEndpoint;
        }

        int advice = problem.IndexOf("To control these settings,", StringComparison.Ordinal);
        return FleetWords.CouldNotAdd + (advice < 0 ? problem : problem[..advice].Trim());
    }

    private Refusal? Variables()
    {
        IReadOnlyList<string> names = VariableFinder.Find(text);
        if (names.Count == 0)
        {
            return null;
        }

        var places = new VariablePlaces(text);
        if (!context.IsPremium)
        {
            return places.At(names, FleetWords.License);
        }

        if (names.FirstOrDefault(variable => !VariableCatalog.IsSupported(variable, VariableTargets.WindowsProfile, context.FleetVersion, context.SmallstepVariablesOnWindows)) is { } unsupported)
        {
            return places.At(unsupported, $"Fleet variable $FLEET_VAR_{unsupported} is not supported in Windows profiles.");
        }

        // Windows documents are no property lists, so the renewal id alone is never enough.
        var placement = new WindowsPlacement(text, context);
        return new AuthorityVariables(text, context, places).Judge(() => false, context.FleetVersion.Capabilities.RenewalIdOnWindows, _ => null, placement.Judge);
    }

    private Refusal? Updates() =>
        WindowsItem.Collect(text).FirstOrDefault(item => item.Target?.Contains(UpdatePolicy, StringComparison.Ordinal) == true) is not { } update ? null
        : !context.IsPremium ? Refusal.At(text, update.Start, FleetWords.License)
        : context.OsUpdatesConfigured ? Refusal.At(text, update.Start, FleetWords.OsUpdates)
        : null;
}
