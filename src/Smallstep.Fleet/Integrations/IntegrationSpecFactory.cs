using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>Turns plain options into a spec.</summary>
public static class IntegrationSpecFactory
{
    private static readonly IntegrationOptionsAnnotationsValidator Annotations = new();

    /// <summary>Creates the spec.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="IntegrationException">Options are missing or malformed; all of them are named.</exception>
    public static IntegrationSpec Create(IntegrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var read = new IntegrationOptionsReader();
        IntegrationSpec? spec = Read(options, read);
        return read.Findings.Count == 0 && spec is not null ? spec : throw new IntegrationException(read.Findings);
    }

    /// <summary>Every reason why options make no integration; empty when they do.</summary>
    /// <param name="options">The options.</param>
    public static IReadOnlyList<Finding> Check(IntegrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var read = new IntegrationOptionsReader();
        _ = Read(options, read);
        _ = read.BaseAddress(nameof(options.FleetUrl), options.FleetUrl, options.AllowHttp);
        _ = read.Text(nameof(options.FleetToken), options.FleetToken);
        if (!string.IsNullOrWhiteSpace(options.SmallstepApiUrl))
        {
            _ = read.BaseAddress(nameof(options.SmallstepApiUrl), options.SmallstepApiUrl, options.AllowHttp);
        }

        if (options.AutoApprove && string.IsNullOrWhiteSpace(options.SmallstepApiToken))
        {
            read.Fail("AutoApprove changes Smallstep's enrolment policy and needs SmallstepApiToken (scopes get- and put-device-enrollment-policy).");
        }

        return read.Findings;
    }

    private static IntegrationSpec? Read(IntegrationOptions options, IntegrationOptionsReader read)
    {
        foreach (string outOfRange in Annotations.Validate(null, options).Failures ?? [])
        {
            read.Fail(outOfRange);
        }

        IReadOnlyList<DevicePlatform> platforms = read.Platforms(options.Platforms);
        ProfileEdition edition = read.Word<ProfileEdition>(nameof(options.Edition), options.Edition);
        WindowsEnrollment windows = read.Word<WindowsEnrollment>(nameof(options.Windows), options.Windows);
        WindowsEnrollment ofWindows = !platforms.Contains(DevicePlatform.Windows) ? WindowsEnrollment.TpmAttestation : edition == ProfileEdition.Guide ? WindowsEnrollment.SmallstepScep : windows;
        bool needsScep = platforms.Any(platform => platform.IsApple) || ofWindows == WindowsEnrollment.SmallstepScep;
        SmallstepAuthority? authority = AuthorityOptions.Read(options, needsScep, ofWindows, read);
        CaName caName = read.CaName(options.CaName);
        AgentPackages? packages = PackageOptions.Read(options, read);
        LabelTargets scope = Scope(options, read);
        IReadOnlyList<string> targets = read.Names(nameof(options.Targets), options.Targets);
        return authority is null || read.Findings.Count > 0 ? null : new IntegrationSpec
        {
            Authority = authority,
            CaName = caName,
            Platforms = platforms,
            Targets = targets.Count == 0 ? [TeamState.Unassigned] : targets,
            Scope = scope,
            Edition = edition,
            Windows = windows,
            Packages = packages,
            AutoApprove = options.AutoApprove,
            AllowDeletes = options.AllowDeletes,
            AllowReplace = options.AllowReplace,
            SendSecretsAgain = options.SendSecretsAgain,
            Confirmation = new ConfirmationPolicy { ExpiresSoon = TimeSpan.FromDays(options.ExpiresSoonDays), Stale = TimeSpan.FromHours(options.StaleHours) },
        };
    }

    /// <summary>Fleet takes one mode to include hosts by labels, and a label cannot both include and exclude.</summary>
    private static LabelTargets Scope(IntegrationOptions options, IntegrationOptionsReader read)
    {
        var scope = new LabelTargets
        {
            IncludeAll = read.Names(nameof(options.IncludeAllLabels), options.IncludeAllLabels),
            IncludeAny = read.Names(nameof(options.IncludeAnyLabels), options.IncludeAnyLabels),
            ExcludeAny = read.Names(nameof(options.ExcludeAnyLabels), options.ExcludeAnyLabels),
        };
        if (scope is { IncludeAll.Count: > 0, IncludeAny.Count: > 0 })
        {
            read.Fail("IncludeAllLabels and IncludeAnyLabels cannot be combined; Fleet takes one of them.");
        }

        foreach (string label in scope.IncludeAll.Concat(scope.IncludeAny).Intersect(scope.ExcludeAny, StringComparer.Ordinal))
        {
            read.Fail($"The label '{label}' both includes and excludes hosts.");
        }

        return scope;
    }
}
