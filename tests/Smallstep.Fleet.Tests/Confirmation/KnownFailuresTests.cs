namespace Smallstep.Fleet.Tests.Confirmation;

public sealed class KnownFailuresTests
{
    [Theory]
    [InlineData("challenge password has expired", "challenge-expired", true)]
    [InlineData("SCEP: The hash value is not correct.", "hash-value", false)]
    [InlineData("Windows reported 0x2ab0003", "not-printable", false)]
    [InlineData("There is no IdP email for this host. Fleet couldn’t populate $FLEET_VAR_HOST_END_USER_EMAIL_IDP.", "idp-email", false)]
    [InlineData("There is no IdP username for this host. Fleet couldn't populate $FLEET_VAR_HOST_END_USER_IDP_USERNAME.", "idp-username", false)]
    [InlineData("There are no IdP groups for this host. Fleet couldn't populate $X", "idp-groups", false)]
    [InlineData("There is no IdP department for this host.", "idp-department", false)]
    [InlineData("There is no IdP full name for this host.", "idp-full-name", false)]
    [InlineData("There is no serial number for this host.", "no-serial", false)]
    [InlineData("Found 2 hosts with UUID U. Profile variable substitution for $FLEET_VAR_HOST_HARDWARE_SERIAL requires exactly one host", "duplicate-uuid", false)]
    [InlineData("Fleet couldn’t populate $SMALLSTEP_SCEP_CHALLENGE_ACME because ACME certificate authority doesn’t exist.", "ca-missing", true)]
    [InlineData("NDES is not configured. Fleet couldn't populate $FLEET_VAR_NDES_SCEP_CHALLENGE.", "ndes-missing", true)]
    [InlineData("Smallstep SCEP integration requires a Fleet Premium license.", "premium", false)]
    [InlineData("Fleet couldn't populate $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_. getting Smallstep SCEP challenge: status code 401", "challenge-401", true)]
    [InlineData("Fleet couldn't populate $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_. getting Smallstep SCEP challenge: status code 404", "challenge-404", true)]
    [InlineData("Fleet couldn't populate $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_. getting Smallstep SCEP challenge: status code 429", "challenge-429", true)]
    [InlineData("Fleet couldn't populate $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_. getting Smallstep SCEP challenge: status code 503", "challenge-5xx", true)]
    [InlineData("Fleet couldn't populate $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_. dial tcp: i/o timeout", "challenge-transport", true)]
    [InlineData("SCEP PKIOperation failed: timeout", "scep-timeout", true)]
    [InlineData("SCEP PKIOperation failed: connection refused", "scep-refused", true)]
    [InlineData("SCEP PKIOperation failed: DNS resolution error", "scep-dns", true)]
    [InlineData("SCEP PKIOperation failed: HTTP 500", "scep-http", true)]
    [InlineData("SCEP proxy is not configured", "proxy-not-configured", true)]
    [InlineData("unknown identifier in URL path", "proxy-unknown-identifier", true)]
    [InlineData("profile status (verified) is not 'pending' for host:H profile:P", "proxy-not-pending", true)]
    [InlineData("Couldn't populate the custom host vital Asset tag ($FLEET_HOST_VITAL_5) because there's no value set for this host.", "host-vital-missing", false)]
    [InlineData("custom scep challenge failed", "custom-challenge-failed", true)]
    public void Find_TextThatIsKnown_NamesTheFailure(string text, string id, bool heals)
    {
        KnownFailure? failure = KnownFailures.Find(text);

        failure.Should().NotBeNull();
        failure!.Id.Should().Be(id);
        failure.IsHealedByResend.Should().Be(heals);
    }

    [Fact]
    public void Find_TextThatIsUnknown_GuessesNothing()
    {
        KnownFailures.Find("something new").Should().BeNull();
    }

    [Fact]
    public void All_Ids_AreUnique()
    {
        KnownFailures.All.Select(failure => failure.Id).Should().OnlyHaveUniqueItems();
    }
}
