namespace Smallstep.Fleet;

/// <summary>The kind of object that a planned change is about, in the order in which kinds are applied.</summary>
public enum PlannedObjectKind
{
    /// <summary>A fleet (called team before Fleet 4.82).</summary>
    Team,

    /// <summary>A section of the server's or a fleet's settings, controls, or agent options.</summary>
    Settings,

    /// <summary>The secrets with which hosts enrol in the server or a fleet.</summary>
    EnrollSecrets,

    /// <summary>A certificate authority.</summary>
    CertificateAuthority,

    /// <summary>The app registration with which Fleet reads an Entra tenant.</summary>
    MicrosoftGraphCredential,

    /// <summary>A file of YARA rules.</summary>
    YaraRule,

    /// <summary>A file of the whole organization: licence agreement, logo.</summary>
    OrganizationFile,

    /// <summary>A custom host vital.</summary>
    CustomHostVital,

    /// <summary>A label.</summary>
    Label,

    /// <summary>An asset that declarations refer to.</summary>
    Asset,

    /// <summary>A configuration profile.</summary>
    Profile,

    /// <summary>A template from which Android devices get certificates.</summary>
    CertificateTemplate,

    /// <summary>A report (called query before Fleet 4.82).</summary>
    Report,

    /// <summary>A script of a fleet's library.</summary>
    Script,

    /// <summary>A software package.</summary>
    Software,

    /// <summary>An app of the App Store or of Fleet's own catalogue.</summary>
    App,

    /// <summary>A file of the set-up experience: bootstrap package, set-up assistant, script.</summary>
    SetupExperience,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>Smallstep's device enrolment policy, the one object that is not Fleet's.</summary>
    EnrollmentPolicy,
}
