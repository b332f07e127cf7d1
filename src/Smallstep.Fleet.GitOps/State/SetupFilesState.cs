namespace Smallstep.Fleet.GitOps;

/// <summary>The files of a fleet's set-up experience: what devices get while they are set up.</summary>
public sealed record SetupFilesState
{
    /// <summary>Apple's automatic enrolment profile as JSON, or <see langword="null"/> where there is none.</summary>
    public ScriptState? Assistant { get; init; }

    /// <summary>The address that Fleet got the bootstrap package from, which new Macs install first; <see langword="null"/> where there is none.</summary>
    public string? BootstrapPackageUrl { get; init; }

    /// <summary>Whether there is a bootstrap package whose address the server does not know, because it was uploaded by hand.</summary>
    public bool HasOtherBootstrapPackage { get; init; }

    /// <summary>The script that runs on new Macs, or <see langword="null"/> where there is none.</summary>
    public ScriptState? Script { get; init; }
}
