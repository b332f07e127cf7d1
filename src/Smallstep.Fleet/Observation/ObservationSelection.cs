using Smallstep.Fleet.GitOps;

namespace Smallstep.Fleet;

/// <summary>What of a server is worth reading for a desired state; everything without one, or with a complete one.</summary>
internal sealed class ObservationSelection(FleetState? desired)
{
    private bool IsEverything => desired is null || desired.IsComplete;

    public bool WantsTeams => desired is null || desired.HasAllTeams || desired.Teams.Any(team => !team.IsUnassigned);

    public bool WantsAuthorities => desired is null || desired.CertificateAuthorities is { Count: > 0 } || (desired.IsComplete && desired.CertificateAuthorities is not null);

    public bool WantsReports => desired is null || desired.Reports is { Count: > 0 } || (desired.IsComplete && desired.Reports is not null);

    public bool WantsPolicies => desired is null || desired.Policies is { Count: > 0 } || (desired.IsComplete && desired.Policies is not null);

    public bool WantsCustomHostVitals => desired is null || desired.CustomHostVitals is { Count: > 0 } || (desired.IsComplete && desired.CustomHostVitals is not null);

    public bool WantsMicrosoftGraphCredentials => desired is null || desired.MicrosoftGraphCredentials is { Count: > 0 } || (desired.IsComplete && desired.MicrosoftGraphCredentials is not null);

    /// <summary>Whether the server's configuration is worth reading.</summary>
    public bool WantsSettings => desired is null || desired.Settings is not null || desired.AgentOptions is not null || desired.Files is not null || desired.Teams.Any(team => team.IsUnassigned && (team.Controls is not null || team.SetupFiles is not null));

    public bool WantsFiles => desired is null || desired.Files is not null;

    public bool WantsLightLogo => desired is null || desired.Files is { } files && (files.LightLogo is not null || !files.IsLightLogoOpen);

    public bool WantsDarkLogo => desired is null || desired.Files is { } files && (files.DarkLogo is not null || !files.IsDarkLogoOpen);

    public bool WantsYaraRules => desired is null || desired.YaraRules is { Count: > 0 } || (desired.IsComplete && desired.YaraRules is not null);

    public bool WantsEnrollSecrets => desired is null || desired.EnrollSecrets is not null;

    public bool IncludesTeam(string name) => desired is null || Find(name) is not null;

    public bool IncludesAuthority(string kind, string name) => IsEverything
        || desired!.CertificateAuthorities?.Any(authority => authority.Kind == kind && string.Equals(authority.Name, name, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Whether the members of all manual labels are worth reading: for import only.</summary>
    public bool WantsLabelHosts(string? team) => desired is null && team is not TeamState.Unassigned;

    /// <summary>The members that a label is declared to have, by its name; <see langword="null"/> where they are not compared.</summary>
    public Func<string, IReadOnlyList<string>?> DeclaredHosts(string? team)
    {
        IReadOnlyList<LabelState>? labels = team is null ? desired?.Labels : desired is null ? null : Find(team)?.Labels;
        return name => labels?.FirstOrDefault(label => label.Name == name)?.Hosts;
    }

    /// <summary>What of a fleet is worth reading.</summary>
    public TeamSelection Team(string name) => new(desired is null ? null : Find(name), IsEverything);

    private TeamState? Find(string name) => desired!.Teams.FirstOrDefault(team => string.Equals(team.Name, name, StringComparison.OrdinalIgnoreCase));
}
