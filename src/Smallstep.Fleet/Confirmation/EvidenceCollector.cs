using System.Net;
using System.Security.Cryptography.X509Certificates;
using Smallstep.Fleet.Api;
using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Platform;
using Smallstep.Fleet.Profiles;

namespace Smallstep.Fleet;

/// <summary>Collects what Fleet and Smallstep know about a host.</summary>
internal sealed class EvidenceCollector(ReadableClients fleet, SmallstepClient? smallstep)
{
    private DeviceIndex<DeviceEvidence>? _devices;
    private IReadOnlyDictionary<long, string> _keys = new Dictionary<long, string>();
    private RevokedCertificates _revoked = RevokedCertificates.None;

    /// <summary>Loads what is loaded once for all hosts.</summary>
    public async Task PrepareAsync(string reportName, bool someByScep, CancellationToken cancellationToken)
    {
        if (smallstep is null)
        {
            return;
        }

        _devices = await SmallstepErrors.TryReadAsync<DeviceIndex<DeviceEvidence>>(async () => await DeviceIndex<DeviceEvidence>.LoadAsync(smallstep, ToEvidence, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        _revoked = someByScep
            ? await SmallstepErrors.TryReadAsync<RevokedCertificates>(async () => await RevokedCertificates.LoadAsync(smallstep, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false) ?? _revoked
            : _revoked;
        _keys = await EndorsementKeys.ReadAsync(fleet, reportName, cancellationToken).ConfigureAwait(false);
    }

    public async Task<HostEvidence> CollectAsync(HostSummary summary, HostExpectation? expectation, CancellationToken cancellationToken)
    {
        var evidence = new HostEvidence
        {
            HostId = summary.Id,
            Uuid = summary.Uuid,
            Serial = summary.HardwareSerial,
            DisplayName = summary.DisplayName.Length > 0 ? summary.DisplayName : summary.Hostname,
            Platform = summary.DevicePlatform,
            Team = summary.TeamName ?? TeamState.Unassigned,
            MdmStatus = summary.MdmEnrollmentStatus,
        };
        if (expectation is null)
        {
            return evidence;
        }

        // One host that cannot be shown (deleted in the meantime, a broken record, a lost connection) ends no stream of many; a server
        // that is down altogether ends it at the next page.
        try
        {
            evidence = await AddFleetAsync(evidence, expectation, cancellationToken).ConfigureAwait(false);
            return evidence.IsReadable ? await AddSmallstepAsync(evidence, expectation, cancellationToken).ConfigureAwait(false) : evidence;
        }
        catch (Exception problem) when (problem is FleetApiException { Status: var status } && IsOfThisHostOnly(status))
        {
            return evidence with { IsReadable = false, Problem = $"Fleet cannot show this host: {problem.Message}" };
        }
        catch (Exception problem) when (problem is SmallstepApiException { Status: var status } && IsOfThisHostOnly(status))
        {
            return evidence with { IsReadable = false, Problem = $"Smallstep cannot show this device: {problem.Message}" };
        }
        catch (TimeoutException late)
        {
            return evidence with { IsReadable = false, Problem = late.Message };
        }
    }

    private static bool IsOfThisHostOnly(HttpStatusCode? status) =>
        status is null or HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private async Task<HostEvidence> AddFleetAsync(HostEvidence evidence, HostExpectation expectation, CancellationToken cancellationToken)
    {
        if (expectation.Profiles.Count == 0)
        {
            return evidence;
        }

        Host? host = await fleet.TryObserveAsync(client => client.Hosts.GetAsync(evidence.HostId, true, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (host is null)
        {
            return evidence with { IsReadable = false };
        }

        IReadOnlyList<HostCertificate>? certificates = expectation.ByScep
            ? await fleet.TryObserveAsync(client => client.Hosts.ListCertificatesAsync(evidence.HostId, cancellationToken: cancellationToken)).ConfigureAwait(false)
            : [];
        return evidence with
        {
            MdmStatus = host.Mdm?.EnrollmentStatus ?? evidence.MdmStatus,
            Profiles = [.. host.Profiles.Select(profile => new ProfileEvidence(profile.ProfileUuid, profile.Name, profile.Status.Value, profile.OperationType.Value ?? "install", profile.Detail))],
            Certificates = certificates is null ? null : [.. certificates.Where(one => !one.IsAuthority).Select(ToEvidence)],
        };
    }

    private async Task<HostEvidence> AddSmallstepAsync(HostEvidence evidence, HostExpectation expectation, CancellationToken cancellationToken)
    {
        if (smallstep is null || _devices is null)
        {
            return evidence;
        }

        DeviceEvidence? device = _devices.Find(_keys.GetValueOrDefault(evidence.HostId), evidence.Serial, evidence.Uuid);
        evidence = evidence with { AskedSmallstep = true, Device = device };
        if (expectation.HasAgent && device?.EnrolledAt is null)
        {
            evidence = evidence with { AgentInstall = await AgentInstallAsync(evidence.HostId, cancellationToken).ConfigureAwait(false) };
        }

        return device is null || expectation.ByScep
            ? evidence
            : evidence with { DeviceCertificates = await SmallstepErrors.TryReadAsync<IReadOnlyList<CertificateEvidence>>(async () => await CertificatesAsync(device, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false) };
    }

    /// <summary>Asked only of hosts whose agent has not called in; why may be that it was never installed.</summary>
    private async Task<string> AgentInstallAsync(long host, CancellationToken cancellationToken)
    {
        List<HostSoftware>? software = await fleet.TryObserveAsync(async client =>
        {
            List<HostSoftware> offered = [];
            await foreach (HostSoftware one in client.Hosts.ListSoftwareAsync(host, new HostSoftwareQuery { AvailableForInstall = true }, cancellationToken).ConfigureAwait(false))
            {
                offered.Add(one);
            }

            return offered;
        }).ConfigureAwait(false);
        return software?.FirstOrDefault(one => one is { Status: not null, SoftwarePackage: { } package } && package.Name.StartsWith(AgentFacts.SoftwareTitle, StringComparison.OrdinalIgnoreCase))?.Status?.Value ?? "";
    }

    private async Task<IReadOnlyList<CertificateEvidence>> CertificatesAsync(DeviceEvidence device, CancellationToken cancellationToken)
    {
        List<CertificateEvidence> certificates = [];
        await foreach (IssuedCertificate certificate in smallstep!.Certificates.ListAsync(new CertificateQuery { DeviceId = device.Id }, cancellationToken).ConfigureAwait(false))
        {
            certificates.Add(ToEvidence(certificate));
        }

        return certificates;
    }

    private static DeviceEvidence ToEvidence(Device device) => new(device.Id)
    {
        Serial = device.Serial ?? "",
        Lifecycle = device.LifecycleStatus is { } status && status != DeviceLifecycle.Active ? status.Value ?? DeviceEvidence.Active : DeviceEvidence.Active,
        ApprovedAt = device.ApprovedAt,
        EnrolledAt = device.EnrolledAt,
        LastSeen = device.LastSeen,
    };

    private static CertificateEvidence ToEvidence(IssuedCertificate certificate) => new(Serial(certificate), certificate.NotBefore, certificate.NotAfter)
    {
        CommonName = certificate.Subject.CommonName,
        Issuer = certificate.Issuer.CommonName,
        IsRevoked = certificate.Revoked ?? false,
    };

    /// <summary>As Fleet writes it; Smallstep's own text is decimal.</summary>
    private static string Serial(IssuedCertificate certificate)
    {
        using X509Certificate2 parsed = certificate.GetCertificate();
        return parsed.SerialNumber.ToLowerInvariant();
    }

    private CertificateEvidence ToEvidence(HostCertificate one) => new(one.Serial, one.NotValidBefore ?? DateTimeOffset.MinValue, one.NotValidAfter ?? DateTimeOffset.MaxValue)
    {
        CommonName = one.Subject.CommonName.Length > 0 ? one.Subject.CommonName : one.CommonName,
        OrganizationalUnit = one.Subject.OrganizationalUnit,
        Issuer = one.Issuer.CommonName,
        IsRevoked = _revoked.Contains(one.Serial),
    };
}
