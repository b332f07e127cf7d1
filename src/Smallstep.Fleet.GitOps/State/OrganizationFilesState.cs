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

    /// <summary>
    /// Whether the licence agreement is not known (the token may not read it), or not managed (the server has no Premium or no Apple MDM, and
    /// <c>fleetctl</c> leaves it aside).
    /// </summary>
    public bool IsLicenseAgreementOpen { get; init; }

    /// <summary>Whether a logo on light ground that is there stays: the repository names neither a file nor an address, or an address takes its place.</summary>
    public bool IsLightLogoOpen { get; init; }

    /// <summary>Whether a logo on dark ground that is there stays: the repository names neither a file nor an address, or an address takes its place.</summary>
    public bool IsDarkLogoOpen { get; init; }
}
