namespace Smallstep.Fleet;

/// <summary>The words of plans; also the JSON spelling.</summary>
internal static class PlanWords
{
    public static string ToWord(this ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Update => "update",
        ChangeKind.Replace => "replace",
        ChangeKind.Delete => "delete",
        _ => "unknown",
    };

    public static string ToSign(this ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "+",
        ChangeKind.Update => "~",
        ChangeKind.Replace => "-/+",
        ChangeKind.Delete => "-",
        _ => "?",
    };

    public static string ToWord(this PlannedObjectKind kind) => kind switch
    {
        PlannedObjectKind.Team => "fleet",
        PlannedObjectKind.Settings => "settings",
        PlannedObjectKind.EnrollSecrets => "enroll-secrets",
        PlannedObjectKind.CertificateAuthority => "certificate-authority",
        PlannedObjectKind.CertificateTemplate => "certificate-template",
        PlannedObjectKind.MicrosoftGraphCredential => "microsoft-graph-credential",
        PlannedObjectKind.YaraRule => "yara-rule",
        PlannedObjectKind.OrganizationFile => "organization-file",
        PlannedObjectKind.CustomHostVital => "custom-host-vital",
        PlannedObjectKind.Asset => "asset",
        PlannedObjectKind.App => "app",
        PlannedObjectKind.SetupExperience => "setup-experience",
        PlannedObjectKind.Policy => "policy",
        PlannedObjectKind.Label => "label",
        PlannedObjectKind.Profile => "profile",
        PlannedObjectKind.Report => "report",
        PlannedObjectKind.Script => "script",
        PlannedObjectKind.EnrollmentPolicy => "enrollment-policy",
        _ => "software",
    };

    public static string ToPhrase(this PlannedObjectKind kind) => kind switch
    {
        PlannedObjectKind.CertificateAuthority => "certificate authority",
        PlannedObjectKind.Profile => "configuration profile",
        PlannedObjectKind.Software => "software package",
        PlannedObjectKind.EnrollSecrets => "enroll secrets",
        PlannedObjectKind.CertificateTemplate => "certificate template",
        PlannedObjectKind.SetupExperience => "set-up experience",
        PlannedObjectKind.MicrosoftGraphCredential => "Microsoft Graph credential of",
        PlannedObjectKind.YaraRule => "YARA rule",
        PlannedObjectKind.OrganizationFile => "file of the organization",
        PlannedObjectKind.CustomHostVital => "custom host vital",
        PlannedObjectKind.EnrollmentPolicy => "device enrolment policy of",
        _ => kind.ToWord(),
    };
}
