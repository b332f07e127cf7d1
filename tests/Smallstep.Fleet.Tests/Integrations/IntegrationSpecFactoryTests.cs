using Smallstep.Fleet.GitOps;
using Smallstep.Fleet.Tests.Preflight;

namespace Smallstep.Fleet.Tests.Integrations;

public sealed class IntegrationSpecFactoryTests
{
    [Fact]
    public void Create_CompleteOptions_FillsTheSpec()
    {
        IntegrationSpec spec = IntegrationSpecFactory.Create(Specs.Options());

        spec.CaName.Should().Be(CaName.SmallstepAgent);
        spec.Platforms.Should().Equal(DevicePlatform.Supported);
        spec.Targets.Should().Equal(TeamState.Unassigned);
        spec.Authority.Team.Value.Should().Be("acme");
        spec.AllowDeletes.Should().BeFalse();
    }

    [Theory]
    [InlineData("SMALLSTEP-AGENT", "letters, digits and underscores")]
    [InlineData("NDES", "reserved")]
    public void Create_BadCaName_SaysWhatFleetTakes(string name, string expected)
    {
        Finding finding = Fail(options => options.CaName = name);

        finding.Message.Should().Contain(expected);
    }

    [Fact]
    public void Create_SlugWithAngleBracket_IsRefused()
    {
        Fail(options => options.TeamSlug = "<team-slug>").Message.Should().Contain("team slug");
    }

    [Theory]
    [InlineData("hello", "no PEM block")]
    [InlineData("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n", "no readable certificate")]
    [InlineData("-----BEGIN PRIVATE KEY-----\naGVsbG8=\n-----END PRIVATE KEY-----\n", "'PRIVATE KEY'")]
    public void Create_PemThatIsNoCertificate_IsRefused(string pem, string expected)
    {
        Finding finding = Fail(options => options.RootCertificate = pem);

        finding.Id.Should().Be("SSF4027");
        finding.Message.Should().Contain(expected);
    }

    [Fact]
    public void Create_MissingFile_NamesIt()
    {
        Finding finding = Fail(options => (options.RootCertificate, options.RootCertificatePath) = (null, "no-such-root.pem"));

        finding.Message.Should().Contain("no-such-root.pem");
    }

    [Fact]
    public void Create_HttpWithoutPermission_IsRefused()
    {
        Fail(options => options.ScepUrl = "http://scep.example.org/x").Message.Should().Contain("TLS");
    }

    [Fact]
    public void Create_NdesBridgeWithoutNdes_IsRefused()
    {
        Fail(options => options.Windows = "NdesBridge").Message.Should().Contain("NdesAdminUrl");
    }

    [Fact]
    public void Create_TpmAlone_NeedsNoScepValues()
    {
        IntegrationOptions options = WithoutScep("linux", "windows");
        IntegrationSpecFactory.Create(options).Authority.Scep.Should().BeNull();

        options.ChallengeUsername = "fleet";
        IntegrationSpecFactory.Check(options).Select(finding => finding.Message).Should().Equal("ScepUrl is missing.", "ChallengeUrl is missing.", "ChallengePassword is missing.");
    }

    [Theory]
    [InlineData("macos", "Recommended", "TpmAttestation")]
    [InlineData("ios", "Recommended", "TpmAttestation")]
    [InlineData("windows", "Guide", "TpmAttestation")]
    [InlineData("windows", "Recommended", "SmallstepScep")]
    public void Create_WhatEnrolsThroughSmallstepsScep_NeedsItsValues(string platform, string edition, string windows)
    {
        IntegrationOptions options = WithoutScep(platform);
        (options.Edition, options.Windows) = (edition, windows);

        IntegrationSpecFactory.Check(options).Select(finding => finding.Message).Should().Equal(
            "ScepUrl is missing.", "ChallengeUrl is missing.", "ChallengeUsername is missing.", "ChallengePassword is missing.");
    }

    [Fact]
    public void Create_UnknownPlatform_IsRefused()
    {
        Fail(options => options.Platforms = ["chromeos"]).Message.Should().Contain("chromeos");
    }

    [Fact]
    public void Create_SeveralMistakes_ReportsAllAtOnce()
    {
        IntegrationOptions options = Specs.Options();
        options.CaName = "a-b";
        options.TeamSlug = "<x>";
        options.Windows = "Magic";

        Action create = () => IntegrationSpecFactory.Create(options);

        create.Should().Throw<IntegrationException>().Which.Findings.Should().HaveCount(3);
    }

    [Fact]
    public void Validate_EmptyOptions_NamesEveryMissingOptionOnce()
    {
        var result = new IntegrationOptionsValidator().Validate(null, new IntegrationOptions());

        result.Failed.Should().BeTrue();
        result.Failures.Should().OnlyHaveUniqueItems().And.Contain(failure => failure.Contains("ChallengePassword"));
    }

    [Fact]
    public void Validate_OutOfRange_IsRefused()
    {
        IntegrationOptions options = Specs.Options();
        options.SyncIntervalMinutes = 0;

        new IntegrationOptionsValidator().Validate(null, options).FailureMessage.Should().Contain("SyncIntervalMinutes");
    }

    [Fact]
    public void Messages_WrongOptions_HoldNoSecret()
    {
        IntegrationOptions options = Specs.Options();
        options.ChallengePassword = "canary-password";
        options.CaName = "a-b";

        Action create = () => IntegrationSpecFactory.Create(options);

        create.Should().Throw<IntegrationException>().Which.ToString().Should().NotContain("canary");
    }

    private static IntegrationOptions WithoutScep(params string[] platforms)
    {
        IntegrationOptions options = Specs.Options();
        (options.ScepUrl, options.ChallengeUrl, options.ChallengeUsername, options.ChallengePassword) = (null, null, null, null);
        options.Platforms = platforms;
        return options;
    }

    private static Finding Fail(Action<IntegrationOptions> spoil)
    {
        IntegrationOptions options = Specs.Options();
        spoil(options);
        Action create = () => IntegrationSpecFactory.Create(options);
        return create.Should().Throw<IntegrationException>().Which.Findings.Should().ContainSingle().Subject;
    }
}
