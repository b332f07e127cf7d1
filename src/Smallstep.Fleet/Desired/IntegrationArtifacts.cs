using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>Builds a spec's profiles and scripts. Pure.</summary>
public static class IntegrationArtifacts
{
    /// <summary>Builds the artefacts for a Fleet version.</summary>
    /// <param name="spec">The spec, with intermediates where the Windows way needs them.</param>
    /// <param name="version">The server's version.</param>
    /// <exception cref="IntegrationException">The spec's Windows way needs what the spec or the version lacks.</exception>
    public static IReadOnlyList<ProfileArtifact> Build(IntegrationSpec spec, FleetVersion version)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.NeedsIntermediate && spec.Authority.Intermediates.Count == 0)
        {
            throw new IntegrationException([WorkflowRules.OptionInvalid.At(
                "The Windows profile needs the issuing certificate's thumbprint, and the spec holds no intermediate certificate.",
                remedy: "Set SmallstepAuthority.Intermediates, or let the integration read it from the SCEP URL (FleetIntegration.CompleteAsync).")]);
        }

        return ArtifactBuilder.Build(new ArtifactOptions
        {
            CaName = spec.CaName,
            Team = spec.Authority.Team,
            RootCertificate = spec.Authority.RootCertificate,
            Intermediates = spec.Authority.Intermediates,
            Edition = spec.Edition,
            Windows = spec.EffectiveWindows,
            FleetVersion = version,
            Platforms = spec.Platforms,
            CustomScepName = spec.Authority.CustomScep?.Name,
        });
    }

    /// <summary>Every reason why the spec cannot work on a Fleet of this version.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="version">The server's version.</param>
    public static IReadOnlyList<Finding> Check(IntegrationSpec spec, FleetVersion version)
    {
        ArgumentNullException.ThrowIfNull(spec);
        FleetCapabilities capabilities = version.Capabilities;
        List<Finding> findings = [];
        if (!capabilities.SmallstepCertificateAuthorities && spec.NeedsSmallstepAuthority)
        {
            findings.Add(WorkflowRules.FleetTooOld.At($"Fleet {version} knows no Smallstep certificate authority."));
        }

        bool usesSmallstepOnWindows = spec.Covers(DevicePlatform.Windows) && spec.EffectiveWindows == WindowsEnrollment.SmallstepScep;
        if (usesSmallstepOnWindows && !capabilities.SmallstepVariablesOnWindows && !spec.AssumeSmallstepVariablesOnWindows)
        {
            findings.Add(WorkflowRules.WindowsWayUnsupported.At($"Fleet {version} does not replace $FLEET_VAR_SMALLSTEP_SCEP_* in Windows profiles, which the guide's Windows way needs."));
        }

        if (spec.NeedsSmallstepAuthority && spec.Authority.Scep is null)
        {
            findings.Add(WorkflowRules.OptionInvalid.At("Apple devices, and Windows in the guide's way, need the SCEP values of the console (SmallstepAuthority.Scep)."));
        }

        if (spec.NeedsNdes && spec.Authority.Ndes is null)
        {
            findings.Add(WorkflowRules.OptionInvalid.At("The Windows way NdesBridge needs the NDES values (SmallstepAuthority.Ndes)."));
        }

        if (spec.NeedsCustomScep && spec.Authority.CustomScep is null)
        {
            findings.Add(WorkflowRules.OptionInvalid.At("The Windows way CustomScep needs the SCEP URL and its static challenge (SmallstepAuthority.CustomScep)."));
        }

        if (spec.NeedsNdes && !capabilities.NdesVariablesOnWindows)
        {
            findings.Add(WorkflowRules.FleetTooOld.At($"Fleet {version} does not replace NDES variables in Windows profiles.", remedy: "Update Fleet to 4.82, or choose TpmAttestation."));
        }

        return [.. findings, .. DesiredPackages.Check(spec, capabilities)];
    }
}
