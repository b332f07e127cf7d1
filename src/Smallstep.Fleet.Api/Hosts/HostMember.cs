namespace Smallstep.Fleet.Api;

/// <summary>The members of a host that a summary is made of; the texts last.</summary>
internal enum HostMember
{
    Other, Id, TeamId, FleetId, SeenTime, Mdm, DeviceMapping, EnrollmentStatus, Email, Source,
    Uuid, HardwareSerial, Hostname, DisplayName, Platform, PlatformLike, OsVersion, TeamName, FleetName,
}
