namespace Smallstep.Fleet.GitOps;

/// <summary>The files that the server keeps for the whole organization.</summary>
public sealed record OrganizationFilesState
{
    /// <summary>The licence agreement, a PDF, that people see when a Mac enrols by itself; <see langword="null"/> where there is none.</summary>
    public OrganizationFileState? LicenseAgreement { get; init; }

    /// <summary>The logo on light ground that Fleet keeps itself; <see langword="null"/> where there is none.</summary>
    public OrganizationFileState? LightLogo { get; init; }

    /// <summary>The logo on dark ground that Fleet keeps itself; <see langword="null"/> where there is none.</summary>
    public OrganizationFileState? DarkLogo { get; init; }
}
