using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Testing;

/// <summary>Checks that the custom variables and the custom host vitals that a document refers to exist.</summary>
internal static class SecretReferences
{
    public static void Check(FleetDatabase data, params string[] documents)
    {
        List<string> missing = [.. documents.SelectMany(SecretVariables.Find).Distinct().Where(name => data.Variables.All(variable => variable.Name != name))];
        if (missing.Count > 0)
        {
            throw ApiError.Invalid("script", "Couldn't add. " + SecretVariables.MissingMessage(missing));
        }

        List<int> vitals = [.. documents.SelectMany(HostVitalVariables.Find).Distinct().Where(id => data.CustomHostVitals.All(vital => vital.Id != id))];
        if (vitals.Count > 0 && data.Version >= CustomHostVitalRoutes.Since)
        {
            throw ApiError.Invalid("script", HostVitalVariables.MissingMessage(vitals));
        }
    }
}
