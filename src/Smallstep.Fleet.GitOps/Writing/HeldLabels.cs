namespace Smallstep.Fleet.GitOps;

/// <summary>Which labels of a state the target release cannot hold; what targets one of them cannot be written either.</summary>
internal sealed class HeldLabels
{
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);

    /// <summary>Looks through the labels.</summary>
    /// <param name="version">The target release.</param>
    /// <param name="state">What is to be written.</param>
    /// <param name="present">What is there already; its labels stay.</param>
    public HeldLabels(FleetVersion version, FleetState state, FleetState? present)
    {
        string? noFleets = version.Capabilities.FleetAndReportNames ? null : $"Fleet {version} reads no labels of fleets (4.82)";
        string? noVitals = version.Capabilities.CustomHostVitals ? null : $"Fleet {version} has no custom host vitals (4.90)";
        HashSet<string> there = [.. (present?.Labels ?? []).Concat(OfFleets(present)).Select(label => label.Name)];
        foreach (LabelState label in state.Labels ?? [])
        {
            Judge(label, ByVital(label));
        }

        foreach (LabelState label in OfFleets(state))
        {
            Judge(label, noFleets ?? ByVital(label));
        }

        string? ByVital(LabelState label) => label.CustomHostVitalId is null ? null : noVitals;

        void Judge(LabelState label, string? reason)
        {
            if (reason is not null && !there.Contains(label.Name))
            {
                _reasons[label.Name] = reason;
            }
        }
    }

    /// <summary>Why there is no such label; <see langword="null"/> where there is one.</summary>
    public string? WhyNot(string name) => _reasons.GetValueOrDefault(name);

    private static IEnumerable<LabelState> OfFleets(FleetState? state) => (state?.Teams ?? []).SelectMany(team => team.Labels ?? []);
}
