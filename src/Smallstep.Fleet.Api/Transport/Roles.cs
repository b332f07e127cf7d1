namespace Smallstep.Fleet.Api;

/// <summary>The rows of Fleet's authorisation matrix that matter here.</summary>
internal static class Roles
{
    public const string Any = "any role";
    public const string None = "no token";
    public const string Read = "observer, observer_plus, technician, maintainer, admin";
    public const string Profiles = "gitops, maintainer, admin";
    public const string Authorities = "admin, gitops (both global)";
    public const string AuthoritiesRead = "admin, gitops (both global); from 4.84 also maintainer, admin, gitops of a fleet";
    public const string LabelsWrite = "gitops, maintainer, admin (global; for a fleet's own labels also of that fleet)";
    public const string SoftwareWrite = "gitops, maintainer, admin";
    public const string SoftwareRead = "maintainer, admin";
    public const string SetupWrite = "gitops, maintainer, admin";
    public const string SetupRead = "maintainer, admin; gitops where it asks in order to write";
    public const string HostActions = "maintainer, admin; technician from 4.82";
    public const string HostWrite = "maintainer, admin";
    public const string HostVitals = "maintainer, admin (global, or of the host's fleet)";
    public const string Commands = "gitops, maintainer, admin";
    public const string Variables = "gitops, maintainer, admin (all global)";
    public const string Users = "admin";
    public const string Configuration = "admin, gitops (both global)";
    public const string GlobalAdmin = "admin (global)";
    public const string TeamsWrite = "admin, gitops (both global)";
    public const string SecretsRead = "maintainer, admin (global; for a fleet also of that fleet)";
    public const string SecretsWrite = "gitops, maintainer, admin (global; for a fleet also of that fleet)";
    public const string Policies = "gitops, maintainer, admin";
    public const string Reports = "gitops, maintainer, admin";
    public const string RequestCertificate = "maintainer, admin";
}
