using Smallstep.Fleet.Tests.Preflight;

namespace Smallstep.Fleet.Tests.Connecting;

public sealed class ConnectGuideTests
{
    [Theory]
    [InlineData("TpmAttestation", "", false, "users connect values root team api-token query-id approval")]
    [InlineData("NdesBridge", "windows", false, "users connect root team ndes api-token approval")]
    [InlineData("CustomScep", "windows", true, "users connect root team custom-scep api-token")]
    [InlineData("TpmAttestation", "macos", true, "users connect values root team api-token")]
    [InlineData("TpmAttestation", "linux", true, "users connect root team api-token query-id")]
    public void For_Options_GivesTheStepsOfTheWay(string windows, string platform, bool autoApprove, string expected)
    {
        ConnectGuide guide = ConnectGuide.For(new IntegrationOptions { Windows = windows, Platforms = platform.Length == 0 ? [] : [platform], AutoApprove = autoApprove });

        string.Join(' ', guide.Steps.Select(step => step.Id)).Should().Be(expected);
        guide.Steps.Should().OnlyContain(step => step.Where.Length > 0 && step.Actions.Count > 0 && step.ReadBack.Length > 0);
    }

    [Fact]
    public void For_Spec_GivesTheSameStepsAsItsOptions()
    {
        IntegrationOptions options = Specs.Options();

        ConnectGuide.For(IntegrationSpecFactory.Create(options), new Uri(options.FleetUrl!)).ToText().Should().Be(ConnectGuide.For(options).ToText());
    }

    [Fact]
    public void For_HalfFilledOptions_HoldsTheAddressToPasteAndNoSecret()
    {
        ConnectGuide guide = ConnectGuide.For(new IntegrationOptions { FleetUrl = "https://mdm.example.org/", FleetToken = "canary-1", ChallengePassword = "canary-2", Windows = "?" });

        guide.Steps[1].Paste.Should().Contain(new ConnectValue("API Base URL", "https://mdm.example.org")).And.Contain(new ConnectValue("Name/Alias", "mdm.example.org"));
        (guide.ToText() + guide.ToMarkdown() + guide).Should().NotContain("canary");
    }

    [Fact]
    public void Copy_EachValue_NamesAnOptionThatExists()
    {
        IEnumerable<string> named = ConnectSteps.All(new ConnectNeeds("https://fleet.example.org", true, true, true, true, false))
            .SelectMany(step => step.Copy).SelectMany(value => value.Option.Split(" or "));

        named.Should().HaveCountGreaterThan(12).And.OnlyContain(name => typeof(IntegrationOptions).GetProperty(name) != null);
    }

    [Fact]
    public void ToText_AStep_ShowsWhatToPasteAndToCopy()
    {
        string text = ConnectGuide.For(Specs.Options()).ToText();

        text.Should().Contain("2. Connect Fleet to Smallstep\n").And.Contain("> API Base URL: https://fleet.example.org\n").And.Contain("< Challenge Password → ChallengePassword\n");
    }
}
