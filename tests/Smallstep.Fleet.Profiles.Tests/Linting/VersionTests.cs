using System.Text;

namespace Smallstep.Fleet.Profiles.Tests.Linting;

/// <summary>Where the verdict depends on the Fleet release.</summary>
public sealed class VersionTests
{
    private static Verdict Judge(string file, string text, string version) =>
        new ProfileLinter().Lint(Encoding.UTF8.GetBytes(text), file, TestOptions.Context with { FleetVersion = FleetVersion.ParseLenient(version) }).Verdict;

    [Theory]
    [InlineData("4.85.0", false)]
    [InlineData("4.86.0", true)]
    public void Lint_NewRenewalName_IsTakenFrom486(string version, bool accepted) =>
        Judge("p.mobileconfig", TestOptions.Text(ProfileEdition.Recommended, default, "smallstep-agent.mobileconfig"), version).IsAccepted.Should().Be(accepted);

    [Theory]
    [InlineData("4.85.0", "$FLEET_VAR_SCEP_RENEWAL_ID")]
    [InlineData("4.86.0", "$FLEET_VAR_CERTIFICATE_RENEWAL_ID")]
    public void Lint_MessageAboutTheRenewalId_SpellsItAsTheVersionDoes(string version, string name)
    {
        string profile = TestOptions.Text(ProfileEdition.Guide, default, "smallstep-agent.mobileconfig").Replace("<string>OU</string>", "<string>O</string>", StringComparison.Ordinal);

        Judge("p.mobileconfig", profile, version).Message.Should().Be($"Variable {name} must be in the SCEP certificate's organizational unit (OU).");
    }

    [Theory]
    [InlineData("4.79.0", "Couldn't add. Windows configuration profiles can only have <Replace>, <Add> or <Exec> top level elements.")]
    [InlineData("4.80.0", "")]
    public void Lint_Atomic_IsTakenFrom480(string version, string message) => Judge("p.xml", "<Atomic><Add></Add></Atomic>", version).Message.Should().Be(message);

    [Theory]
    [InlineData("4.86.0", "")]
    [InlineData("4.87.0", "Couldn't add. <LocURI> can't start with \"/\".")]
    public void Lint_AbsoluteLocUri_IsRefusedFrom487(string version, string message) =>
        Judge("p.xml", "<Add><Item><Target><LocURI>/Device/X</LocURI></Target></Item></Add>", version).Message.Should().Be(message);

    [Theory]
    [InlineData("4.89.0", "security.identity", false)]
    [InlineData("4.90.0", "security.identity", true)]
    [InlineData("4.89.0", "watch.enrollment", false)]
    [InlineData("4.95.0", "watch.enrollment", false)]
    [InlineData("4.95.0", "account.google", false)]
    [InlineData("4.95.0", "\\ud800", true)]
    public void Lint_DeclarationThatNeedsAnAsset_IsTakenFrom490_ExceptForTwoTypes(string version, string type, bool accepted) =>
        Judge("d.json", "{\"Type\":\"com.apple.configuration." + type + "\",\"Identifier\":\"a\",\"Payload\":{}}", version).IsAccepted.Should().Be(accepted);

    [Fact]
    public void Lint_LocUriSplitByComment_IsSeenWhole() =>
        Judge("p.xml", "<Add><Item><Target><LocURI>./Device/Vendor/MSFT/Bit<!-- -->Locker/X</LocURI></Target></Item></Add>", "4.95.0").Message
            .Should().Be("Couldn't add. The configuration profile can't include BitLocker settings. To control these settings use disk encryption endpoint.");

    [Fact]
    public void Lint_UnknownExtension_NamesTheKinds() =>
        Judge("p.txt", "x", "4.95.0").Message.Should().Be("Couldn't add profile. The file should be a .mobileconfig, XML, or JSON file.");
}
