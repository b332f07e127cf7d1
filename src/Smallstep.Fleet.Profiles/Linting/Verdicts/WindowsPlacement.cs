using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Profiles.Linting;

/// <summary>Where the variables of a SCEP authority must stand in a Windows profile.</summary>
internal sealed class WindowsPlacement(string text, ProfileLintContext context)
{
    private const string Challenge = "NDES_SCEP_CHALLENGE";
    private const string Url = "NDES_SCEP_PROXY_URL";

    public Refusal? Judge(AuthoritySet set)
    {
        foreach (WindowsItem item in WindowsItem.Collect(text).Where(item => item.Target is not null))
        {
            if ((set.Kind == AuthorityKind.Ndes ? Ndes(item.Target!, item.Data ?? "") : Subject(item)) is { } problem)
            {
                return Refusal.At(text, item.Start, problem);
            }
        }

        return null;
    }

    private string? Subject(WindowsItem item) => item switch
    {
        _ when !item.Target!.EndsWith("/Install/SubjectName", StringComparison.Ordinal) => null,
        { Data: null } => context.FleetVersion.Capabilities.RenewalIdOnWindows ? "SubjectName item is missing data" : null,
        _ => Marker(item.Data),
    };

    private string? Ndes(string target, string data)
    {
        bool challenge = target.EndsWith("/Install/Challenge", StringComparison.Ordinal);
        bool url = target.EndsWith("/Install/ServerURL", StringComparison.Ordinal);
        return !challenge && Holds(data, Challenge) ? Only(Challenge, "Challenge")
            : !url && Holds(data, Url) ? Only(Url, "ServerURL")
            : Holds(target, Challenge) || Holds(target, Url) ? "NDES Fleet variables must not appear in LocURI target paths."
            : challenge && !Is(data, Challenge) ? Exactly(Challenge, "Challenge")
            : url && !Is(data, Url) ? Exactly(Url, "ServerURL")
            : target.EndsWith("/Install/SubjectName", StringComparison.Ordinal) ? Marker(data)
            : null;
    }

    /// <summary>The renewal id must follow <c>OU=</c> immediately, under either name and in either form.</summary>
    private string? Marker(string data)
    {
        bool found = FleetWords.RenewalIds.Any(name =>
            data.Contains("OU=$FLEET_VAR_" + name, StringComparison.Ordinal) || data.Contains("OU=${FLEET_VAR_" + name + "}", StringComparison.Ordinal));
        return found || !context.FleetVersion.Capabilities.RenewalIdOnWindows
            ? null
            : $"SubjectName item must contain the {FleetWords.RenewalId(context.FleetVersion)} variable in the OU field";
    }

    private static string Only(string name, string field) => $"Variable \"$FLEET_VAR_{name}\" must only be in the SCEP certificate's \"{field}\" field.";

    private static string Exactly(string name, string field) => $"Variable \"$FLEET_VAR_{name}\" must be in the SCEP certificate's \"{field}\" field.";

    private static bool Holds(string value, string name) =>
        value.Contains("$FLEET_VAR_" + name, StringComparison.Ordinal) || value.Contains("${FLEET_VAR_" + name + "}", StringComparison.Ordinal);

    private static bool Is(string value, string name) => value == "$FLEET_VAR_" + name || value == "${FLEET_VAR_" + name + "}";
}
