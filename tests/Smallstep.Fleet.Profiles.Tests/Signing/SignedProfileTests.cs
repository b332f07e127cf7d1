using System.Text;

namespace Smallstep.Fleet.Profiles.Tests.Signing;

public sealed class SignedProfileTests
{
    private static readonly byte[] Profile = Encoding.UTF8.GetBytes(TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig"));

    [Fact]
    public void SignThenRead_Profile_GivesContentAndSigner()
    {
        SignedProfile read = SignedProfile.Read(SignedProfile.Sign(Profile, TestCertificates.IntermediateWithKey, [TestCertificates.RootWithKey]));

        read.Contents.ToArray().Should().Equal(Profile);
        read.SignerCertificate.ToArray().Should().Equal(TestCertificates.Intermediate);
        read.IsSignatureValid.Should().BeTrue();
    }

    [Fact]
    public void Read_ChangedContent_SaysThatTheSignatureIsBroken()
    {
        byte[] signed = SignedProfile.Sign(Profile, TestCertificates.IntermediateWithKey);
        int at = signed.AsSpan().IndexOf("step-agent-bootstrap"u8);
        signed[at] = (byte)'S';

        SignedProfile.Read(signed).IsSignatureValid.Should().BeFalse();
    }

    [Fact]
    public void SignedProfile_WhereAnUnsignedOneBelongs_IsNamed()
    {
        byte[] signed = SignedProfile.Sign(Profile, TestCertificates.IntermediateWithKey);

        FluentActions.Invoking(() => MobileConfig.Parse(signed)).Should().Throw<ProfileFormatException>().WithMessage("*SignedProfile.Read*");
        LintResult result = new ProfileLinter().Lint(signed, "p.mobileconfig", TestOptions.Context);
        result.Verdict.Message.Should().StartWith("Couldn't add. Configuration profiles can't be signed.");
        result.Findings.Should().Contain(finding => finding.Id == ProfileRules.Refused.Id && finding.Remedy.Contains("SignedProfile.Read"));
    }

    [Fact]
    public void Read_Text_IsRefused() => FluentActions.Invoking(() => SignedProfile.Read(Profile)).Should().Throw<ProfileFormatException>();

    [Fact]
    public void IsSigned_DerAndText_AreToldApart()
    {
        SignedProfile.IsSigned(SignedProfile.Sign(Profile, TestCertificates.IntermediateWithKey)).Should().BeTrue();
        SignedProfile.IsSigned(Profile).Should().BeFalse();
    }

    [Fact]
    public void Lint_SignedProfile_IsRefusedInFleetsWords() =>
        new ProfileLinter().Lint(SignedProfile.Sign(Profile, TestCertificates.IntermediateWithKey), "p.mobileconfig", TestOptions.Context).Verdict.Message
            .Should().StartWith("Couldn't add. Configuration profiles can't be signed. Fleet will sign the profile for you.");
}
