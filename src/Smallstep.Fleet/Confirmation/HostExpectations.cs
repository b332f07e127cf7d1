using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>What hosts should come to, by platform.</summary>
internal static class HostExpectations
{
    /// <param name="spec">The spec.</param>
    /// <param name="artifacts">Its profiles.</param>
    /// <param name="issuers">The common names of the authorities that a SCEP URL enrols with; a URL without any is unknown.</param>
    public static IReadOnlyDictionary<DevicePlatform, HostExpectation> Of(IntegrationSpec spec, IReadOnlyList<ProfileArtifact> artifacts, IReadOnlyDictionary<Uri, IReadOnlyList<string>> issuers) =>
        spec.Platforms.ToDictionary(platform => platform, platform => new HostExpectation(
            [.. artifacts.Where(artifact => DesiredState.IsProfile(artifact) && artifact.Platforms.Contains(platform)).Select(artifact => artifact.Name)],
            ByScep: IsByScep(spec, platform),
            NeedsMdm: platform != DevicePlatform.Linux)
        {
            Issuers = IsByScep(spec, platform) && spec.ScepUrls is [.., var last] ? issuers.GetValueOrDefault(platform.IsApple && spec.Authority.Scep is { } scep ? scep.ScepUrl : last) ?? [] : [],
            HasAgent = spec.Packages is not null && !platform.IsAppleMobile,
        });

    private static bool IsByScep(IntegrationSpec spec, DevicePlatform platform) =>
        platform.IsApple || (platform == DevicePlatform.Windows && spec.EffectiveWindows != WindowsEnrollment.TpmAttestation);
}
