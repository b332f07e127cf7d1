using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smallstep.Fleet.Platform.Tests;

public sealed class SmallstepClientOptionsTests
{
    [Fact]
    public void Create_SeveralMistakes_AreAllNamed()
    {
        var options = new SmallstepClientOptions { Url = "http://x.example", ApiVersion = "v1", PageSize = 0, MaxRetries = -1, IdleTimeout = TimeSpan.Zero, TrustedRootsPem = "x", MaxResponseBytes = 1 };
        Action act = () => SmallstepClient.Create(options);

        act.Should().Throw<ArgumentException>().Which.Message.Should().ContainAll("AllowHttp", "ApiVersion", "PageSize", "MaxRetries", "IdleTimeout", "TrustedRootsPem", "MaxResponseBytes");
    }

    [Fact]
    public async Task AddSmallstepPlatform_TwoNames_GiveTwoClients()
    {
        var services = new ServiceCollection();
        services.AddSmallstepPlatform(options => options.Token = "t");
        services.AddSmallstepPlatform("lab", options => (options.Url, options.Token) = ("https://lab.example/api", "t"));
        await using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        provider.GetRequiredService<SmallstepClient>().ToString().Should().Be("Smallstep at https://gateway.smallstep.com/api");
        provider.GetRequiredKeyedService<SmallstepClient>("lab").Should().BeSameAs(provider.GetRequiredService<ISmallstepClientFactory>().GetClient("lab"));
    }

    [Fact]
    public void AddSmallstepPlatform_WrongOptions_AreNamedByTheValidator()
    {
        var services = new ServiceCollection();
        services.AddSmallstepPlatform(options => options.Url = "nowhere");
        using ServiceProvider provider = services.BuildServiceProvider();
        Action act = () => provider.GetRequiredService<SmallstepClient>();

        act.Should().Throw<OptionsValidationException>().WithMessage("*Url*");
    }

    [Fact]
    public void Options_InText_ShowNoToken() => new SmallstepClientOptions { Token = "canary" }.ToString().Should().NotContain("canary");
}
