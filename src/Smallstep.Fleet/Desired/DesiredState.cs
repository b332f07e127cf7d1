using System.Text;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>What a spec wants on Fleet: artefacts, authorities, labels, packages and the report, as one state. Pure.</summary>
public static class DesiredState
{
    /// <summary>Builds the state; it adds to what is there and asks for nothing to go.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="artifacts">The spec's artefacts, from <see cref="IntegrationArtifacts.Build"/>.</param>
    /// <param name="capabilities">What the server's version can do.</param>
    public static FleetState Build(IntegrationSpec spec, IReadOnlyList<ProfileArtifact> artifacts, FleetCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(artifacts);
        ArgumentNullException.ThrowIfNull(capabilities);
        IReadOnlyList<SoftwareState> software = DesiredPackages.Build(spec, artifacts, capabilities);
        HashSet<string> labels = [.. software.SelectMany(package => package.Targets.IncludeAny.Concat(package.Targets.IncludeAll))];
        return new FleetState
        {
            CertificateAuthorities = Authorities(spec),
            Labels = [.. AgentLabels.All.Where(label => labels.Contains(label.Name))],
            Reports = [.. artifacts.Where(artifact => artifact.Kind == ArtifactKind.OsqueryReport).Select(artifact => Report(artifact, spec))],
            Teams = [.. spec.Targets.Distinct(StringComparer.OrdinalIgnoreCase).Select(target => new TeamState(target)
            {
                Profiles = [.. artifacts.Where(IsProfile).Select(artifact => Profile(artifact, spec.Scope))],
                Scripts = spec.Packages is null ? [.. artifacts.Where(IsScript).Select(Script)] : [],
                Software = software,
            })],
        };
    }

    internal static bool IsProfile(ProfileArtifact artifact) => artifact.Kind is ArtifactKind.AppleProfile or ArtifactKind.WindowsProfile;

    internal static bool IsScript(ProfileArtifact artifact) => artifact.Kind is ArtifactKind.ShellScript or ArtifactKind.PowerShellScript;

    internal static IReadOnlyList<CertificateAuthorityState> Authorities(IntegrationSpec spec) => [.. EnumerateAuthorities(spec)];

    private static IEnumerable<CertificateAuthorityState> EnumerateAuthorities(IntegrationSpec spec)
    {
        SmallstepAuthority authority = spec.Authority;
        if (spec.NeedsSmallstepAuthority && authority.Scep is { } scep)
        {
            yield return new CertificateAuthorityState(CertificateAuthorityState.Smallstep, spec.CaName.Value)
            {
                Fields = new Dictionary<string, string>
                {
                    ["url"] = scep.ScepUrl.OriginalString,
                    ["challenge_url"] = scep.ChallengeUrl.OriginalString,
                    ["username"] = scep.Username,
                },
                Secrets = new Dictionary<string, SecretValue> { ["password"] = new(scep.Password, "SMALLSTEP_CHALLENGE_PASSWORD") },
            };
        }

        if (spec.NeedsNdes && authority.Ndes is { } ndes)
        {
            yield return new CertificateAuthorityState(CertificateAuthorityState.Ndes, ndes.Name)
            {
                Fields = new Dictionary<string, string>
                {
                    ["url"] = ndes.ScepUrl.OriginalString,
                    ["admin_url"] = ndes.AdminUrl.OriginalString,
                    ["username"] = ndes.Username,
                },
                Secrets = new Dictionary<string, SecretValue> { ["password"] = new(ndes.Password, "SMALLSTEP_NDES_PASSWORD") },
            };
        }

        if (spec.NeedsCustomScep && authority.CustomScep is { } custom)
        {
            yield return new CertificateAuthorityState(CertificateAuthorityState.CustomScep, custom.Name.Value)
            {
                Fields = new Dictionary<string, string> { ["url"] = custom.ScepUrl.OriginalString },
                Secrets = new Dictionary<string, SecretValue> { ["challenge"] = new(custom.Challenge, "SMALLSTEP_SCEP_CHALLENGE") },
            };
        }
    }

    private static ProfileState Profile(ProfileArtifact artifact, LabelTargets scope) => new(artifact.Name, artifact.FileName)
    {
        Contents = artifact.Contents,
        Identifier = artifact.Kind == ArtifactKind.AppleProfile ? MobileConfig.Parse(artifact.Contents.Span).Identifier : "",
        Targets = scope,
    };

    private static ScriptState Script(ProfileArtifact artifact) => new(artifact.FileName, Encoding.UTF8.GetString(artifact.Contents.Span));

    private static ReportState Report(ProfileArtifact artifact, IntegrationSpec spec) => new(artifact.Name, Encoding.UTF8.GetString(artifact.Contents.Span).Trim())
    {
        Description = "TPM identities that Smallstep reads to recognise devices.",
        Platform = string.Join(',', artifact.Platforms.Where(spec.Covers).Select(platform => platform.Value).Order(StringComparer.Ordinal)),
        Interval = (int)EnrollmentReport.Interval.TotalSeconds,
        AutomationsEnabled = true,
        ObserverCanRun = true,
    };
}
