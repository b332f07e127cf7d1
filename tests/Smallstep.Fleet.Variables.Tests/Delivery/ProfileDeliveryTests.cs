using System.Text.RegularExpressions;

namespace Smallstep.Fleet.Variables.Tests.Delivery;

/// <summary>What the shared cases do not cover.</summary>
public sealed class ProfileDeliveryTests
{
    private static readonly DeliveryContext Context = new()
    {
        HostUuid = "H",
        ProfileUuid = "aP",
        MdmUrl = "https://fleet.example.com",
        CertificateAuthorities = new CertificateAuthorityNames { Smallstep = ["CA"] },
        Challenges = new Dictionary<string, Secret> { ["SMALLSTEP_SCEP_CHALLENGE_CA"] = new("s3cret-canary") },
    };

    [Fact]
    public void DeployApple_ChallengeThatFails_PrintsThePrefixOnly() =>
        ProfileDelivery.DeployApple("<a>$FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_CA</a>", Context with { ChallengeErrors = new Dictionary<string, string> { ["SMALLSTEP_SCEP_CHALLENGE_CA"] = "status 500" } })
            .Detail.Should().Be("Fleet couldn't populate $FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_. status 500");

    [Fact]
    public void DeployApple_FreeLicence_SaysSo() =>
        ProfileDelivery.DeployApple("<a>$FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_CA</a>", Context with { IsPremium = false }).Detail.Should().Be("Smallstep SCEP integration requires a Fleet Premium license.");

    [Fact]
    public void DeployApple_NdesNotConfigured_SaysSo() =>
        ProfileDelivery.DeployApple("<a>$FLEET_VAR_NDES_SCEP_CHALLENGE</a>", Context).Detail.Should().Be("NDES SCEP Proxy is not configured. Please configure in Settings > Integrations > Certificates.");

    [Fact]
    public void DeployWindows_NdesNotConfigured_SaysSo() =>
        ProfileDelivery.DeployWindows("<a>$FLEET_VAR_NDES_SCEP_CHALLENGE</a>", Context).Detail.Should().Be("NDES is not configured. Fleet couldn't populate $FLEET_VAR_NDES_SCEP_CHALLENGE.");

    [Theory]
    [InlineData(false, "<a>$FLEET_VAR_SMALLSTEP_SCEP_PROXY_URL_CA</a>")]
    [InlineData(true, "<a>https://fleet.example.com/mdm/scep/proxy/H%2CaP%2CCA</a>")]
    public void DeployWindows_Smallstep_IsReplacedOnlyWhereSwitchedOn(bool on, string expected) =>
        ProfileDelivery.DeployWindows("<a>$FLEET_VAR_SMALLSTEP_SCEP_PROXY_URL_CA</a>", Context with { SmallstepVariablesOnWindows = on }).Contents.Should().Be(expected);

    [Fact]
    public void DeployApple_TwoHosts_SaysHowMany() =>
        ProfileDelivery.DeployApple("<a>$FLEET_VAR_HOST_HARDWARE_SERIAL</a>", Context with { HostCount = 2 }).Detail.Should().Be("Unexpected number of hosts (2) for UUID H.");

    [Fact]
    public void DeployWindows_TwoHosts_SaysHowMany() =>
        ProfileDelivery.DeployWindows("<a>$FLEET_VAR_HOST_HARDWARE_SERIAL</a>", Context with { HostCount = 2 })
            .Detail.Should().Be("Found 2 hosts with UUID H. Profile variable substitution for $FLEET_VAR_HOST_HARDWARE_SERIAL requires exactly one host");

    [Theory]
    [InlineData("4.92.0", "OU=fleet-aP")]
    [InlineData("4.93.0", "OU=\"fleet-aP\"")]
    public void DeployWindows_SubjectName_IsQuotedFrom493(string version, string expected)
    {
        const string Profile = "<Add><Item><Target><LocURI>./Device/Vendor/MSFT/ClientCertificateInstall/SCEP/x/Install/SubjectName</LocURI></Target><Data>OU=$FLEET_VAR_SCEP_RENEWAL_ID</Data></Item></Add>";

        ProfileDelivery.DeployWindows(Profile, Context with { FleetVersion = FleetVersion.ParseLenient(version) }).Contents.Should().Contain($"<Data>{expected}</Data>");
    }

    [Fact]
    public void DeployApple_ValueHoldingALaterToken_IsReplacedAgainAsFleetDoes() =>
        ProfileDelivery.DeployApple("<a>$FLEET_VAR_HOST_END_USER_IDP_DEPARTMENT $FLEET_VAR_HOST_UUID</a>", Context with { IdpUser = new DeliveryIdpUser { UserName = "u", Department = "$FLEET_VAR_HOST_UUID" } })
            .Contents.Should().Be("<a>H H</a>");

    /// <summary>Whatever goes wrong, Fleet's words are those that the catalog has for the variable.</summary>
    [Fact]
    public void Deploy_EveryVariableInEveryTrouble_SaysWhatTheCatalogSays()
    {
        DeliveryContext all = Context with
        {
            CertificateAuthorities = new CertificateAuthorityNames { Smallstep = ["CA"], CustomScep = ["CA"], DigiCert = ["CA"], Ndes = true },
            Challenges = new Dictionary<string, Secret> { ["CUSTOM_SCEP_CHALLENGE_CA"] = new("static, so nothing is fetched") },
        };
        DeliveryContext[] troubles =
        [
            all with { CertificateAuthorities = CertificateAuthorityNames.None },
            all with { IsPremium = false },
            all with { HostCount = 2, IdpUser = new DeliveryIdpUser { UserName = "u" } },
            all with { ChallengeErrors = VariableCatalog.All.Where(variable => variable.Authority != AuthorityKind.CustomScep).ToDictionary(Name, _ => "error") },
        ];
        foreach (FleetVariable variable in VariableCatalog.All)
        {
            string[] patterns = [.. variable.OtherFailures.Select(failure => failure.Text).Append(variable.FailureText).Where(text => text.Length > 0).Select(Pattern)];
            string[] said =
            [
                .. troubles.Select(context => variable.Targets.HasFlag(VariableTargets.AppleProfile) ? ProfileDelivery.DeployApple($"<a>$FLEET_VAR_{Name(variable)}</a>", context).Detail : ""),
                .. troubles.Select(context => variable.Targets.HasFlag(VariableTargets.WindowsProfile) ? ProfileDelivery.DeployWindows($"<a>$FLEET_VAR_{Name(variable)}</a>", context).Detail : ""),
            ];

            said.Where(detail => detail.Length > 0 && !patterns.Any(pattern => Regex.IsMatch(detail.TrimEnd(), pattern))).Should().BeEmpty(variable.Name);
            patterns.Where(pattern => !said.Any(detail => Regex.IsMatch(detail.TrimEnd(), pattern))).Should().BeEmpty(variable.Name);
        }
    }

    private static string Name(FleetVariable variable) => variable.IsFamily ? variable.Name + "CA" : variable.Name;

    private static string Pattern(string text) =>
        "^" + Regex.Replace(Regex.Escape(text.Replace("{0}", "CA", StringComparison.Ordinal)), "<[a-z]+>", ".+") + "$";

    [Fact]
    public void ToString_Result_DoesNotPrintContents() =>
        ProfileDelivery.DeployApple("<a>$FLEET_VAR_SMALLSTEP_SCEP_CHALLENGE_CA</a>", Context).ToString().Should().NotContain("canary");
}
