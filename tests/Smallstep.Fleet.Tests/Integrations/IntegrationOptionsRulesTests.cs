using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smallstep.Fleet.Profiles;
using Smallstep.Fleet.Tests.Preflight;

namespace Smallstep.Fleet.Tests.Integrations;

/// <summary>Rules across options, and that each option is bound and arrives.</summary>
public sealed class IntegrationOptionsRulesTests
{
    public static TheoryData<string, Action<IntegrationOptions>> Mistakes => new()
    {
        { "IncludeAllLabels and IncludeAnyLabels", options => (options.IncludeAllLabels, options.IncludeAnyLabels) = (["a"], ["b"]) },
        { "'a' both includes and excludes", options => (options.IncludeAnyLabels, options.ExcludeAnyLabels) = (["a"], ["a"]) },
        { "Targets holds an empty name", options => options.Targets = ["Laptops", " "] },
        { "AutoApprove", options => options.AutoApprove = true },
        { "SmallstepApiUrl", options => options.SmallstepApiUrl = "gateway" },
        { "step-agent_lastest.pkg is none of", options => options.PinnedHashes["step-agent_lastest.pkg"] = new string('a', 64) },
        { "no SHA-256 hash", options => options.PinnedHashes["step-agent_latest.pkg"] = "abc" },
        { "DeployPackages is off", options => (options.DeployPackages, options.PinnedHashes["step-agent_latest.pkg"]) = (false, new string('a', 64)) },
        { "CustomScepUrl and CustomScepChallenge", options => options.Windows = "CustomScep" },
        { "CustomScepChallenge is missing", options => (options.Windows, options.CustomScepUrl) = ("CustomScep", "https://acme.scep.smallstep.com/p/agents/windows") },
        { "NdesPassword is missing", options => (options.NdesScepUrl, options.NdesAdminUrl, options.NdesUsername) = ("https://a.example/p", "https://a.example/n", "u") },
        { "NdesAdminUrl", options => options.Windows = "NdesBridge" },
        { "between", options => options.ExpiresSoonDays = -1 },
        { "ExpiresSoonDays", options => options.ExpiresSoonDays = 1e300 },
        { "StaleHours", options => options.StaleHours = double.NaN },
        { "WatchIntervalMinutes", options => options.WatchIntervalMinutes = 0 },
        { "Windows '1' is none of", options => options.Windows = "1" },
        { "Edition '' is none of", options => options.Edition = "" },
        { "PackageNaming", options => options.PackageNaming = "New" },
        { "ScepUrl goes on after", options => options.ScepUrl += "?operation=GetCACert" },
        { "FleetUrl is no https address", options => options.FleetUrl = "fleet.example.org" },
        { "FleetUrl carries a user name", options => options.FleetUrl = "https://ada:secret@fleet.example.org" },
        { "ChallengeUsername is missing", options => options.ChallengeUsername = " " },
        { "FleetToken is missing", options => options.FleetToken = null },
        { "Platforms holds an empty name", options => options.Platforms = ["macos", ""] },
        { "'solaris' is none of", options => options.Platforms = ["macos", "solaris"] },
        { "PackageBaseAddress", options => options.PackageBaseAddress = "packages" },
        { "no SHA-256 hash", options => options.PinnedHashes["step-agent_latest.pkg"] = null! },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Validate_OneMistake_IsNamedAlone(string expected, Action<IntegrationOptions> spoil)
    {
        IntegrationOptions options = Specs.Options();
        spoil(options);

        ValidateOptionsResult result = new IntegrationOptionsValidator().Validate(null, options);

        result.Failures.Should().ContainSingle().Which.Should().Contain(expected);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Create_OneMistake_IsRefusedWithoutAContainerToo(string expected, Action<IntegrationOptions> spoil)
    {
        IntegrationOptions options = Specs.Options();
        spoil(options);

        Action create = () => FleetIntegration.Create(options).Dispose();

        create.Should().Throw<IntegrationException>().Which.Findings.Should().ContainSingle().Which.Message.Should().Contain(expected);
    }

    [Fact]
    public void Validate_TokenInThePlaceOfAnAddress_IsNotRepeated()
    {
        IntegrationOptions options = Specs.Options();
        options.FleetUrl = "canary-token";
        options.ScepUrl = "https://user:canary-password@scep.example.org/";

        new IntegrationOptionsValidator().Validate(null, options).FailureMessage.Should().NotContain("canary");
    }

    [Fact]
    public void Validate_ListsThatAreNull_CountAsEmpty()
    {
        IntegrationOptions options = Specs.Options();
        (options.Platforms, options.Targets, options.PinnedHashes) = (null!, null!, null!);
        (options.IncludeAllLabels, options.IncludeAnyLabels, options.ExcludeAnyLabels) = (null!, null!, null!);

        new IntegrationOptionsValidator().Validate(null, options).Succeeded.Should().BeTrue();
    }

    [Fact]
    public void Create_PinAsConsolesShowIt_IsComparedAsHexDigits()
    {
        IntegrationOptions options = Specs.Options();
        options.PinnedHashes["step-agent_latest.pkg"] = string.Join(':', Enumerable.Repeat("AB", 32));

        IntegrationSpecFactory.Create(options).Packages!.PinnedHashes["step-agent_latest.pkg"].Should().Be(string.Concat(Enumerable.Repeat("ab", 32)));
    }

    [Fact]
    public void Validate_WhatOnlyLooksWrong_Passes()
    {
        IntegrationOptions options = Specs.Options();
        options.IncludeAnyLabels = ["a"];
        options.ExcludeAnyLabels = ["b"];
        options.PinnedHashes["step-agent_latest.pkg"] = new string('A', 64);
        options.Platforms = ["macos"];
        options.Windows = "CustomScep";

        new IntegrationOptionsValidator().Validate(null, options).Succeeded.Should().BeTrue("Windows is not in the spec, so its way needs nothing");
    }

    [Fact]
    public void Create_CustomScep_BecomesPartOfTheSpec()
    {
        IntegrationOptions options = Specs.Options();
        options.Windows = "customscep";
        options.CustomScepUrl = "https://acme.scep.smallstep.com/p/agents/windows";
        options.CustomScepChallenge = "S3cret";

        IntegrationSpec spec = IntegrationSpecFactory.Create(options);

        spec.Windows.Should().Be(WindowsEnrollment.CustomScep);
        spec.Authority.CustomScep!.Name.Value.Should().Be("SMALLSTEP_SCEP");
        spec.ToString().Should().NotContain("S3cret");
        DesiredState.Authorities(spec).Select(authority => authority.Kind).Should().Equal("smallstep", "custom_scep_proxy");
    }

    [Fact]
    public void Create_PackageOptions_Arrive()
    {
        IntegrationOptions options = Specs.Options();
        (options.AutomaticInstall, options.SelfService, options.CheckForNewerPackages, options.SendSecretsAgain) = (false, true, true, true);
        options.PackageBaseAddress = "https://mirror.example.org/smallstep";

        IntegrationSpec spec = IntegrationSpecFactory.Create(options);

        spec.SendSecretsAgain.Should().BeTrue();
        spec.Packages.Should().BeEquivalentTo(new { AutomaticInstall = false, SelfService = true, CheckForNewer = true });
        AgentFacts.Packages(spec.Packages!.Naming)[0].Url(spec.Packages.BaseAddress).AbsoluteUri.Should().StartWith("https://mirror.example.org/smallstep/darwin/");
    }

    [Fact]
    public void Bind_EveryOption_TakesItsValueFromConfiguration()
    {
        Dictionary<string, string?> values = [];
        var defaults = new IntegrationOptions();
        foreach (PropertyInfo option in typeof(IntegrationOptions).GetProperties())
        {
            (string key, string value) = option.PropertyType switch
            {
                { } type when type == typeof(string) => (option.Name, "x"),
                { } type when type == typeof(bool) => (option.Name, (!(bool)option.GetValue(defaults)!).ToString()),
                { } type when type == typeof(double) => (option.Name, "7.5"),
                { } type when type == typeof(IList<string>) => (option.Name + ":0", "x"),
                { } type when type == typeof(IDictionary<string, string>) => (option.Name + ":file", "x"),
                _ => throw new NotSupportedException($"{option.Name} is neither text nor number."),
            };
            values[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSmallstepFleet("one", new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.RemoveAll<IValidateOptions<IntegrationOptions>>();
        using ServiceProvider provider = services.BuildServiceProvider();
        IntegrationOptions bound = provider.GetRequiredService<IOptionsMonitor<IntegrationOptions>>().Get("one");

        foreach (PropertyInfo option in typeof(IntegrationOptions).GetProperties())
        {
            Convert.ToString(Flat(option.GetValue(bound)), CultureInfo.InvariantCulture).Should().NotBe(Convert.ToString(Flat(option.GetValue(defaults)), CultureInfo.InvariantCulture), option.Name);
        }
    }

    private static object? Flat(object? value) => value switch
    {
        IList<string> list => string.Join(',', list),
        IDictionary<string, string> map => string.Join(',', map.Values),
        _ => value,
    };
}
