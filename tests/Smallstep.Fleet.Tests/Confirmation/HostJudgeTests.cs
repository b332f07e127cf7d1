namespace Smallstep.Fleet.Tests.Confirmation;

public sealed class HostJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HostExpectation Scep = new(["Smallstep"], ByScep: true, NeedsMdm: true) { Issuers = ["Acme Intermediate", "Acme Intermediate 2"] };
    private static readonly HostExpectation Attestation = new(["smallstep-root-ca"], ByScep: false, NeedsMdm: true);

    public static TheoryData<string, HostState> States => new()
    {
        { "scep:good", HostState.Enrolled },
        { "scep:unreadable", HostState.Unknown },
        { "scep:certificates-unreadable", HostState.Unknown },
        { "scep:mdm-off", HostState.NotManaged },
        { "scep:no-profile", HostState.AwaitingProfile },
        { "scep:pending", HostState.AwaitingProfile },
        { "scep:failed", HostState.ProfileFailed },
        { "scep:verified-no-certificate", HostState.AwaitingCertificate },
        { "scep:other-issuer", HostState.Mismatch },
        { "scep:second-issuer", HostState.Enrolled },
        { "scep:revoked", HostState.Mismatch },
        { "scep:revoked-and-renewed", HostState.Enrolled },
        { "scep:other-serial", HostState.Mismatch },
        { "scep:not-synced", HostState.NotSynced },
        { "scep:unapproved", HostState.PendingApproval },
        { "scep:quarantined", HostState.Quarantined },
        { "scep:deleted", HostState.Deleted },
        { "scep:lifecycle-of-the-future", HostState.Unknown },
        { "scep:ends-soon", HostState.ExpiresSoon },
        { "scep:ended", HostState.Expired },
        { "tpm:good", HostState.Enrolled },
        { "tpm:no-api", HostState.Unknown },
        { "tpm:not-synced", HostState.NotSynced },
        { "tpm:pending-profile", HostState.AwaitingProfile },
        { "tpm:unapproved", HostState.PendingApproval },
        { "tpm:not-enrolled", HostState.ApprovedNotEnrolled },
        { "tpm:no-certificate", HostState.EnrolledNoCertificate },
        { "tpm:revoked", HostState.EnrolledNoCertificate },
        { "tpm:stale", HostState.Stale },
        { "tpm:ends-soon", HostState.ExpiresSoon },
        { "tpm:ended", HostState.Expired },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Judge_Evidence_GivesTheOneState(string situation, HostState expected)
    {
        (HostEvidence host, HostExpectation expectation) = Situation(situation);

        HostConfirmation confirmation = HostJudge.Judge(host, expectation, new ConfirmationPolicy(), Now);

        confirmation.State.Should().Be(expected);
        confirmation.Reason.Should().NotBeEmpty();
    }

    [Fact]
    public void States_AllOfThem_AreProducedBySomeSituation()
    {
        IEnumerable<HostState> produced = States.Select(row => (HostState)((object[])row)[1]);

        produced.Should().Contain(Enum.GetValues<HostState>());
    }

    [Fact]
    public void Judge_PlatformOutsideTheIntegration_IsNotManaged()
    {
        HostConfirmation confirmation = HostJudge.Judge(GoodScep(), null, new ConfirmationPolicy(), Now);

        confirmation.State.Should().Be(HostState.NotManaged);
    }

    [Fact]
    public void Judge_FailedWithExpiredChallenge_ExplainsAndOffersToResend()
    {
        (HostEvidence host, HostExpectation expectation) = Situation("scep:failed");

        HostConfirmation confirmation = HostJudge.Judge(host, expectation, new ConfirmationPolicy(), Now);

        confirmation.Failure!.Id.Should().Be("challenge-expired");
        confirmation.ResendableProfiles.Should().Equal("a1");
    }

    [Fact]
    public void Judge_RenewalFailed_StillTellsOfTheFormerCertificate()
    {
        HostEvidence host = GoodScep() with { Profiles = [new("a1", "Smallstep", "failed", Detail: "Not today.")] };

        HostConfirmation confirmation = HostJudge.Judge(host, Scep, new ConfirmationPolicy(), Now);

        confirmation.State.Should().Be(HostState.ProfileFailed);
        confirmation.CertificateExpires.Should().Be(Now.AddDays(355));
        confirmation.Reason.Should().StartWith("Smallstep: Not today.").And.Contain("still holds the certificate 3f91c0");
    }

    [Theory]
    [InlineData("scep:ended", "Send the profile again")]
    [InlineData("tpm:ended", "step-agent doctor --renew")]
    [InlineData("scep:ends-soon", "Fleet sends the profile again")]
    [InlineData("tpm:ends-soon", "its agent renews")]
    public void Judge_CertificateThatEnds_IsRenewedByWhoeverIssuedIt(string situation, string remedy)
    {
        (HostEvidence host, HostExpectation expectation) = Situation(situation);

        HostConfirmation confirmation = HostJudge.Judge(host, expectation, new ConfirmationPolicy(), Now);

        confirmation.Remedy.Should().Contain(remedy);
        confirmation.CanHeal.Should().Be(situation == "scep:ended");
    }

    [Theory]
    [InlineData(14 * 24, HostState.Enrolled)]
    [InlineData((14 * 24) - 0.1, HostState.ExpiresSoon)]
    [InlineData(0.1, HostState.ExpiresSoon)]
    [InlineData(0, HostState.Expired)]
    public void Judge_EndOfACertificate_HasExactBounds(double hoursLeft, HostState expected)
    {
        HostEvidence host = GoodScep() with { Certificates = [Certificate(Now.AddDays(-350), Now.AddHours(hoursLeft))] };

        HostJudge.Judge(host, Scep, new ConfirmationPolicy(), Now).State.Should().Be(expected);
    }

    [Theory]
    [InlineData(168, HostState.Enrolled)]
    [InlineData(168.1, HostState.Stale)]
    public void Judge_SilentAgent_HasExactBounds(double hours, HostState expected)
    {
        HostEvidence host = GoodTpm() with { Device = Device() with { LastSeen = Now.AddHours(-hours) } };

        HostJudge.Judge(host, Attestation, new ConfirmationPolicy(), Now).State.Should().Be(expected);
    }

    [Fact]
    public void Judge_WindowsVerifiedWithoutCertificate_IsNotTakenForEnrolled()
    {
        (HostEvidence host, HostExpectation expectation) = Situation("scep:verified-no-certificate");

        HostJudge.Judge(host with { Platform = DevicePlatform.Windows }, expectation, new ConfirmationPolicy(), Now)
            .HasCertificate.Should().BeFalse();
    }

    [Theory]
    [InlineData("pending_install", "has not installed it yet", null)]
    [InlineData("failed_install", "installation failed", "software-failed")]
    [InlineData("", "has not called in.", null)]
    public void Judge_AgentThatNeverCalledIn_TellsHowItsInstallationStands(string install, string expected, string? failure)
    {
        HostEvidence host = GoodTpm() with { Device = Device() with { EnrolledAt = null }, AgentInstall = install };

        HostConfirmation confirmation = HostJudge.Judge(host, Attestation, new ConfirmationPolicy(), Now);

        confirmation.State.Should().Be(HostState.ApprovedNotEnrolled);
        confirmation.Reason.Should().Contain(expected);
        confirmation.Failure?.Id.Should().Be(failure);
        confirmation.CanHeal.Should().BeFalse();
    }

    [Fact]
    public void Judge_ShortLivedCertificateInItsFirstHalf_IsEnrolled()
    {
        HostEvidence host = GoodScep() with { Certificates = [Certificate(Now.AddHours(-10), Now.AddHours(14))] };

        HostJudge.Judge(host, Scep, new ConfirmationPolicy(), Now).State.Should().Be(HostState.Enrolled);
    }

    private static (HostEvidence Host, HostExpectation Expectation) Situation(string name)
    {
        HostEvidence scep = GoodScep();
        HostEvidence tpm = GoodTpm();
        return name switch
        {
            "scep:good" => (scep, Scep),
            "scep:unreadable" => (scep with { IsReadable = false }, Scep),
            "scep:certificates-unreadable" => (scep with { Certificates = null }, Scep),
            "scep:mdm-off" => (scep with { MdmStatus = "Off" }, Scep),
            "scep:no-profile" => (scep with { Profiles = [], Certificates = [] }, Scep),
            "scep:pending" => (scep with { Profiles = [new("a1", "Smallstep", "pending")], Certificates = [] }, Scep),
            "scep:failed" => (scep with { Profiles = [new("a1", "Smallstep", "failed", Detail: "challenge password has expired")], Certificates = [] }, Scep),
            "scep:verified-no-certificate" => (scep with { Certificates = [] }, Scep),
            "scep:other-issuer" => (scep with { Certificates = [scep.Certificates![0] with { Issuer = "Old Intermediate" }] }, Scep),
            "scep:second-issuer" => (scep with { Certificates = [scep.Certificates![0] with { Issuer = "Acme Intermediate 2" }] }, Scep),
            "scep:revoked" => (scep with { Certificates = [scep.Certificates![0] with { IsRevoked = true }] }, Scep),
            "scep:revoked-and-renewed" => (scep with { Certificates = [scep.Certificates![0] with { IsRevoked = true }, scep.Certificates[0] with { NotAfter = Now.AddDays(100) }] }, Scep),
            "scep:other-serial" => (scep with { Device = scep.Device! with { Serial = "OTHER" } }, Scep),
            "scep:not-synced" => (scep with { Device = null }, Scep),
            "scep:unapproved" => (scep with { Device = scep.Device! with { ApprovedAt = null } }, Scep),
            "scep:quarantined" => (scep with { Device = scep.Device! with { Lifecycle = "quarantined" } }, Scep),
            "scep:deleted" => (scep with { Device = scep.Device! with { Lifecycle = "deleted" } }, Scep),
            "scep:lifecycle-of-the-future" => (scep with { Device = scep.Device! with { Lifecycle = "hibernating" } }, Scep),
            "scep:ends-soon" => (scep with { Certificates = [Certificate(Now.AddDays(-355), Now.AddDays(10))] }, Scep),
            "scep:ended" => (scep with { Certificates = [Certificate(Now.AddDays(-365), Now.AddDays(-1))] }, Scep),
            "tpm:good" => (tpm, Attestation),
            "tpm:no-api" => (tpm with { AskedSmallstep = false, Device = null }, Attestation),
            "tpm:not-synced" => (tpm with { Device = null }, Attestation),
            "tpm:pending-profile" => (tpm with { Device = null, Profiles = [new("w1", "smallstep-root-ca", "pending")] }, Attestation),
            "tpm:unapproved" => (tpm with { Device = tpm.Device! with { ApprovedAt = null } }, Attestation),
            "tpm:not-enrolled" => (tpm with { Device = tpm.Device! with { EnrolledAt = null } }, Attestation),
            "tpm:no-certificate" => (tpm with { DeviceCertificates = [] }, Attestation),
            "tpm:revoked" => (tpm with { DeviceCertificates = [tpm.DeviceCertificates![0] with { IsRevoked = true }] }, Attestation),
            "tpm:ends-soon" => (tpm with { DeviceCertificates = [Certificate(Now.AddDays(-355), Now.AddDays(10))] }, Attestation),
            "tpm:ended" => (tpm with { DeviceCertificates = [Certificate(Now.AddDays(-365), Now.AddDays(-1))] }, Attestation),
            "tpm:stale" => (tpm with { Device = tpm.Device! with { LastSeen = Now.AddDays(-8) } }, Attestation),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private static HostEvidence GoodScep() => new()
    {
        HostId = 1,
        Serial = "S1",
        DisplayName = "osprey",
        Platform = DevicePlatform.MacOS,
        MdmStatus = "On (automatic)",
        Profiles = [new("a1", "Smallstep", "verified")],
        Certificates = [Certificate(Now.AddDays(-10), Now.AddDays(355))],
        AskedSmallstep = true,
        Device = Device(),
    };

    private static HostEvidence GoodTpm() => new()
    {
        HostId = 2,
        Serial = "S1",
        DisplayName = "kestrel",
        Platform = DevicePlatform.Windows,
        MdmStatus = "On (manual)",
        Profiles = [new("w1", "smallstep-root-ca", "verified")],
        AskedSmallstep = true,
        Device = Device(),
        DeviceCertificates = [Certificate(Now.AddDays(-10), Now.AddDays(355))],
    };

    private static DeviceEvidence Device() => new("d1") { Serial = "S1", ApprovedAt = Now.AddDays(-9), EnrolledAt = Now.AddDays(-9), LastSeen = Now.AddMinutes(-1) };

    private static CertificateEvidence Certificate(DateTimeOffset from, DateTimeOffset to) =>
        new("3f91c0", from, to) { CommonName = "step-agent-bootstrap", OrganizationalUnit = "fleet-a1", Issuer = "Acme Intermediate" };
}
