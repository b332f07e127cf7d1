using System.Globalization;

namespace Smallstep.Fleet;

/// <summary>Judges a host by what is known about it. Pure.</summary>
internal static class HostJudge
{
    private static readonly (string Ended, string EndsSoon) ProfileRenews = ("Send the profile again; the device enrols anew.", "Bring the device online; Fleet sends the profile again in the last 30 days.");
    private static readonly (string Ended, string EndsSoon) AgentRenews = ("Run 'step-agent doctor --renew' on the device; the agent renews by itself while it can reach Smallstep.", "Bring the device online; its agent renews the certificate.");

    public static HostConfirmation Judge(HostEvidence host, HostExpectation? expectation, ConfirmationPolicy policy, DateTimeOffset now)
    {
        (HostState state, string reason, string remedy) = State(host, expectation, policy, now, out CertificateEvidence? certificate);
        KnownFailure? failure = state switch
        {
            HostState.ProfileFailed or HostState.AwaitingProfile or HostState.AwaitingCertificate => FailureOf(host, expectation),
            HostState.ApprovedNotEnrolled or HostState.NotSynced => KnownFailures.Find(host.AgentInstall),
            _ => null,
        };
        return new HostConfirmation
        {
            HostId = host.HostId,
            HostUuid = host.Uuid,
            Serial = host.Serial,
            DisplayName = host.DisplayName,
            Platform = host.Platform,
            Team = host.Team,
            State = state,
            Reason = reason,
            Remedy = failure?.Remedy ?? remedy,
            Failure = failure,
            CertificateSerial = certificate?.Serial ?? "",
            CertificateExpires = certificate?.NotAfter,
            DeviceId = host.Device?.Id ?? "",
            ResendableProfiles = Resendable(host, expectation, state, failure, certificate),
        };
    }

    /// <summary>Failed profiles whose failure is known to go away, and the profile of a certificate that has ended.</summary>
    private static IReadOnlyList<string> Resendable(HostEvidence host, HostExpectation? expectation, HostState state, KnownFailure? failure, CertificateEvidence? certificate) => state switch
    {
        HostState.ProfileFailed when failure is { IsHealedByResend: true } => [.. Failed(host, expectation).Select(profile => profile.Uuid)],
        HostState.Expired when expectation is { ByScep: true } => [.. Expected(host, expectation).Where(profile => IsOwn(certificate!, ["fleet-" + profile.Uuid], byName: false)).Select(profile => profile.Uuid)],
        _ => [],
    };

    private static (HostState State, string Reason, string Remedy) State(
        HostEvidence host, HostExpectation? expectation, ConfirmationPolicy policy, DateTimeOffset now, out CertificateEvidence? certificate)
    {
        certificate = null;
        if (expectation is null)
        {
            return (HostState.NotManaged, $"The platform {host.Platform} is not part of the integration.", "");
        }

        if (!host.IsReadable)
        {
            return host.Problem.Length > 0
                ? (HostState.Unknown, host.Problem, "Confirm again; the host may be gone from Fleet, or a server was busy.")
                : (HostState.Unknown, "The token may not read this host.", "Use a Fleet token with the role observer (the role gitops may not read hosts).");
        }

        if (Lifecycle(host) is { } lifecycle)
        {
            return lifecycle;
        }

        if (expectation.NeedsMdm && host.MdmStatus?.StartsWith("On", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (HostState.NotManaged, $"The host is not enrolled in Fleet's MDM (status: {host.MdmStatus ?? "none"}).", "Enrol the device in MDM.");
        }

        if (Failed(host, expectation).FirstOrDefault() is { } failed)
        {
            // A renewal that failed leaves the former certificate in place: it counts in the forecast.
            certificate = Newest((host.DeviceCertificates ?? host.Certificates ?? []).Where(one => !expectation.ByScep || IsOwn(one, Markers(host, expectation))));
            string still = certificate is not null && certificate.NotAfter > now ? $" The host still holds the certificate {certificate.Serial} until {Day(certificate.NotAfter)}." : "";
            return (HostState.ProfileFailed, (failed.Detail.Length > 0 ? $"{failed.Name}: {failed.Detail}" : $"{failed.Name} failed; Fleet gives no detail.") + still, "Read the detail in Fleet under the host's OS settings.");
        }

        return expectation.ByScep ? ByScep(host, expectation, policy, now, out certificate) : ByAttestation(host, expectation, policy, now, out certificate);
    }

    private static (HostState State, string Reason, string Remedy)? Lifecycle(HostEvidence host) => host.Device?.Lifecycle switch
    {
        null or DeviceEvidence.Active => null,
        "quarantined" => (HostState.Quarantined, "Smallstep put the device in quarantine.", "Release it in Smallstep if that is right."),
        "deleted" => (HostState.Deleted, "The device was deleted in Smallstep.", "Set its lifecycle to active in Smallstep if it should come back."),
        var other => (HostState.Unknown, $"Smallstep gives the device the lifecycle '{other}', which this version does not know.", "Look at the device in Smallstep, or update this library."),
    };

    private static (HostState State, string Reason, string Remedy) ByScep(
        HostEvidence host, HostExpectation expectation, ConfirmationPolicy policy, DateTimeOffset now, out CertificateEvidence? certificate)
    {
        certificate = null;
        if (host.Certificates is null)
        {
            return (HostState.Unknown, "The host's certificates cannot be read.", "Use a Fleet token with the role observer.");
        }

        CertificateEvidence[] own = [.. host.Certificates.Where(one => IsOwn(one, Markers(host, expectation)))];
        CertificateEvidence[] issued = [.. own.Where(one => IsFrom(one, expectation))];
        certificate = Newest(issued);
        if (certificate is null)
        {
            return (issued, own) switch
            {
                ([var revoked, ..], _) => (HostState.Mismatch, $"Smallstep revoked the certificate {revoked.Serial}, and the host still holds it.", "If the device is trusted, send its profile again: it enrols anew. If not, quarantine it in Smallstep."),
                (_, [var foreign, ..]) => (HostState.Mismatch, $"The certificate {foreign.Serial} was issued by '{foreign.Issuer}', not by '{string.Join("' or '", expectation.Issuers)}'.", "The authority was changed or rotated: apply again, so that the profile is delivered anew."),
                _ => NoCertificate(host, expectation),
            };
        }

        if (Contradiction(host) is { } mismatch)
        {
            return mismatch;
        }

        if (host is { AskedSmallstep: true, Device: null })
        {
            return (HostState.NotSynced, "The host holds a certificate, and Smallstep does not list the device.", "Wait for Smallstep's sync with Fleet (about every four hours), or run the inventory sync.");
        }

        if (host.Device is { ApprovedAt: null })
        {
            return PendingApproval();
        }

        return expectation.HasAgent && host.Device is { } device && AgentProblem(host, device, policy, now) is { } problem && certificate.NotAfter > now
            ? problem
            : ByExpiry(certificate, policy, now, ProfileRenews);
    }

    private static (HostState State, string Reason, string Remedy)? AgentProblem(HostEvidence host, DeviceEvidence device, ConfirmationPolicy policy, DateTimeOffset now)
    {
        if (device.EnrolledAt is null)
        {
            return (HostState.ApprovedNotEnrolled, $"Smallstep approved the device, and its agent has not called in{Installation(host)}.", "Check that the agent is installed and runs (step-agent doctor).");
        }

        return device.LastSeen is { } seen && now - seen > policy.Stale
            ? (HostState.Stale, $"The agent was last seen {Day(seen)}.", "Check whether the device is in use and online.")
            : null;
    }

    private static (HostState State, string Reason, string Remedy) NoCertificate(HostEvidence host, HostExpectation expectation)
    {
        foreach (string name in expectation.Profiles)
        {
            ProfileEvidence? profile = host.Profiles.FirstOrDefault(one => one.Name == name);
            if (profile is null)
            {
                return (HostState.AwaitingProfile, $"Fleet does not list the profile {name} for this host.", "Check the fleet and the labels that the profile is for; Fleet assigns profiles within a minute.");
            }

            if (!profile.IsDelivered)
            {
                return (HostState.AwaitingProfile, $"The profile {name} is {profile.Status}.", "The device takes it at its next check-in.");
            }
        }

        return (HostState.AwaitingCertificate,
            "Fleet shows the profile on the device, and no certificate was found there.",
            "Fleet reads certificates about hourly: refetch the host. On Windows 'Verified' does not prove a certificate; look for event 'SCEP: Certificate enroll failed' on the device.");
    }

    private static (HostState State, string Reason, string Remedy) ByAttestation(
        HostEvidence host, HostExpectation expectation, ConfirmationPolicy policy, DateTimeOffset now, out CertificateEvidence? certificate)
    {
        certificate = null;
        if (!host.AskedSmallstep)
        {
            return (HostState.Unknown, "The device proves itself by its TPM, which only Smallstep can confirm.", "Give a Smallstep API token with the scopes list-devices and list-certificates.");
        }

        if (host.Device is null)
        {
            ProfileEvidence? late = Expected(host, expectation).FirstOrDefault(profile => !profile.IsDelivered);
            return late is null
                ? (HostState.NotSynced, $"Smallstep does not know the device{Installation(host)}.", "Check that the agent is installed and runs, and that it reaches Smallstep's domains; or run the inventory sync.")
                : (HostState.AwaitingProfile, $"The profile {late.Name} is {late.Status}.", "The device takes it at its next check-in.");
        }

        if (Contradiction(host) is { } mismatch)
        {
            return mismatch;
        }

        if (host.Device.ApprovedAt is null)
        {
            return PendingApproval();
        }

        if (host.Device.EnrolledAt is null)
        {
            return AgentProblem(host, host.Device, policy, now)!.Value;
        }

        if (host.DeviceCertificates is null)
        {
            return (HostState.Unknown, "The device's certificates cannot be read.", "Give a Smallstep API token with the scope list-certificates.");
        }

        certificate = Newest(host.DeviceCertificates);
        if (certificate is null)
        {
            return (HostState.EnrolledNoCertificate, "The agent called in, and Smallstep lists no certificate for the device.", "Run 'step-agent doctor' on the device; attestation may have failed (no TPM 2.0).");
        }

        return AgentProblem(host, host.Device, policy, now) ?? ByExpiry(certificate, policy, now, AgentRenews);
    }

    private static (HostState State, string Reason, string Remedy) ByExpiry(CertificateEvidence certificate, ConfirmationPolicy policy, DateTimeOffset now, (string Ended, string EndsSoon) remedies)
    {
        if (certificate.NotAfter <= now)
        {
            return (HostState.Expired, $"The certificate {certificate.Serial} ended {Day(certificate.NotAfter)}.", remedies.Ended);
        }

        return certificate.EndsSoon(now, policy.ExpiresSoon)
            ? (HostState.ExpiresSoon, $"The certificate {certificate.Serial} ends {Day(certificate.NotAfter)} and was not renewed.", remedies.EndsSoon)
            : (HostState.Enrolled, $"Holds the certificate {certificate.Serial} until {Day(certificate.NotAfter)}.", "");
    }

    private static (HostState State, string Reason, string Remedy)? Contradiction(HostEvidence host) =>
        host.Device is { Serial.Length: > 0 } device && host.Serial.Length > 0 && !string.Equals(device.Serial, host.Serial, StringComparison.OrdinalIgnoreCase)
            ? (HostState.Mismatch, $"Fleet knows the serial number {host.Serial}, Smallstep {device.Serial}.", "Find out which record is right; delete the wrong one.")
            : null;

    private static (HostState State, string Reason, string Remedy) PendingApproval() =>
        (HostState.PendingApproval, "Smallstep waits for an admin to approve the device.", "Approve it in the Smallstep console, or let the enrolment policy approve the source.");

    private static IEnumerable<ProfileEvidence> Expected(HostEvidence host, HostExpectation? expectation) =>
        host.Profiles.Where(profile => profile.Operation != "remove" && expectation?.Profiles.Contains(profile.Name) == true);

    private static IEnumerable<ProfileEvidence> Failed(HostEvidence host, HostExpectation? expectation) =>
        Expected(host, expectation).Where(profile => profile.IsFailed);

    private static KnownFailure? FailureOf(HostEvidence host, HostExpectation? expectation) =>
        Expected(host, expectation).OrderByDescending(profile => profile.IsFailed).Select(profile => KnownFailures.Find(profile.Detail)).FirstOrDefault(failure => failure is not null);

    private static string Installation(HostEvidence host) => host.AgentInstall switch
    {
        "pending_install" => "; Fleet has not installed it yet",
        "failed_install" => "; its installation failed",
        _ => "",
    };

    private static string[] Markers(HostEvidence host, HostExpectation expectation) => [.. Expected(host, expectation).Select(profile => "fleet-" + profile.Uuid)];

    private static bool IsOwn(CertificateEvidence one, string[] markers, bool byName = true) =>
        markers.Any(marker => one.OrganizationalUnit.Contains(marker, StringComparison.OrdinalIgnoreCase) || one.CommonName.Contains(marker, StringComparison.OrdinalIgnoreCase))
        || (byName && one.CommonName == AgentFacts.BootstrapCommonName);

    private static bool IsFrom(CertificateEvidence one, HostExpectation expectation) =>
        expectation.Issuers.Count == 0 || one.Issuer.Length == 0 || expectation.Issuers.Contains(one.Issuer);

    private static CertificateEvidence? Newest(IEnumerable<CertificateEvidence> certificates) =>
        certificates.Where(one => !one.IsRevoked).MaxBy(one => one.NotAfter);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
