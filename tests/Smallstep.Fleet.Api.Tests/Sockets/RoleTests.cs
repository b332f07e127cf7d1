using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Api.Tests;

/// <summary>Two readings of Fleet's authorisation matrix agree: what the client's exceptions name, and what the simulated server refuses.</summary>
public sealed class RoleTests(SocketWorld world) : IClassFixture<SocketWorld>
{
    private static readonly Secret Value = new("Correct-horse-9");

    private static readonly Dictionary<string, Func<FleetClient, Task>> Calls = new()
    {
        ["me"] = c => c.Sessions.GetMeAsync(),
        ["users"] = c => c.Users.ListAsync(),
        ["make user"] = c => c.Users.CreateApiOnlyAsync(new() { Name = "n", GlobalRole = FleetRole.Observer }),
        ["config"] = c => c.Configuration.GetAsync(),
        ["patch config"] = c => c.Configuration.PatchAsync(new JsonObject(), dryRun: true),
        ["YARA rules"] = c => c.Configuration.ListYaraRulesAsync(),
        ["upload logo"] = c => c.Configuration.UploadLogoAsync(LogoMode.Dark, "a.png", Convert.FromHexString("89504E470D0A1A0A")),
        ["delete logo"] = c => c.Configuration.DeleteLogoAsync(LogoMode.Dark),
        ["licence agreement"] = c => c.SetupExperience.GetLicenseAgreementAsync(),
        ["upload licence agreement"] = c => c.SetupExperience.UploadLicenseAgreementAsync("a.pdf", "no PDF"u8.ToArray()),
        ["hosts"] = c => c.Hosts.ListSummariesAsync(null, Paging.Stable).ToListAsync().AsTask(),
        ["count"] = c => c.Hosts.CountAsync(),
        ["host"] = c => c.Hosts.GetAsync(9_999),
        ["host health"] = c => c.Hosts.GetHealthAsync(9_999),
        ["host certificates"] = c => c.Hosts.ListCertificatesAsync(9_999),
        ["host software"] = c => c.Hosts.ListSoftwareAsync(9_999).ToListAsync().AsTask(),
        ["install"] = c => c.Hosts.InstallSoftwareAsync(9_999, 1),
        ["resend"] = c => c.Hosts.ResendProfileAsync(9_999, "a"),
        ["mapping"] = c => c.Hosts.SetDeviceMappingAsync(9_999, "a@b.example"),
        ["teams"] = c => c.Teams.ListAsync(),
        ["make team"] = c => c.Teams.CreateAsync("All teams"),
        ["labels"] = c => c.Labels.ListAsync(),
        ["make label"] = c => c.Labels.CreateAsync(new() { Name = "macOS" }),
        ["authorities"] = c => c.CertificateAuthorities.ListAsync(),
        ["make authority"] = c => c.CertificateAuthorities.CreateAsync(new CustomScepCaRequest("X", "not a url", Value)),
        ["profiles"] = c => c.Profiles.ListAsync(),
        ["profile summary"] = c => c.Profiles.GetSummaryAsync(),
        ["upload profile"] = c => c.Profiles.UploadAsync(new() { FileName = "a.txt", Contents = default }),
        ["profile batch"] = c => c.Profiles.ApplyBatchAsync(new(), dryRun: true),
        ["assets"] = c => c.Assets.ListAsync(),
        ["asset batch"] = c => c.Assets.ApplyBatchAsync(null, [], dryRun: true),
        ["titles"] = c => c.Software.ListTitlesAsync(0).ToListAsync().AsTask(),
        ["upload package"] = c => c.Software.UploadAsync(new() { FileName = "a.txt", Content = new MemoryStream() }),
        ["download package"] = c => c.Software.GetPackageAsync(9_999, 0),
        ["delete package"] = c => c.Software.DeleteAsync(9_999, 0),
        ["install result"] = c => c.Software.GetInstallResultAsync("none"),
        ["upload script"] = c => c.Scripts.UploadAsync(new("a.txt", "x")),
        ["run script"] = c => c.Scripts.RunAsync(new() { HostId = 9_999, Contents = "x" }),
        ["script result"] = c => c.Scripts.GetResultAsync("none"),
        ["variables"] = c => c.Variables.ListAsync(),
        ["make variable"] = c => c.Variables.CreateAsync("lower case", Value),
        ["commands"] = c => c.Commands.ListAsync().ToListAsync().AsTask(),
        ["make report"] = c => c.Reports.CreateAsync(new() { Name = "", Sql = "" }),
        ["report rows"] = c => c.Reports.GetResultsAsync(9_999),
        ["policies"] = c => c.Policies.ListAsync(),
        ["make policy"] = c => c.Policies.CreateAsync(new() { Name = "" }),
        ["activities"] = c => c.Activities.ListAsync().ToListAsync().AsTask(),
        ["apply labels"] = c => c.Spec.ApplyLabelsAsync([]),
        ["apply teams"] = c => c.Spec.ApplyTeamsAsync([], dryRun: true),
        ["config document"] = c => c.Configuration.GetDocumentAsync(),
        ["enrol secrets"] = c => c.Spec.ListEnrollSecretsAsync(),
        ["apply secrets"] = c => c.Spec.ApplyEnrollSecretsAsync([]),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_EachRole_IsRefusedAsTheClientSays(string name)
    {
        string named = await NamedRolesAsync(Calls[name]);
        foreach (string role in FleetRoles.All)
        {
            using FleetClient client = world.ClientOf(world.Fleet.CreateUser(role, role));
            Exception? failure = await Record.ExceptionAsync(() => Calls[name](client));

            bool refused = failure is FleetApiException { Status: HttpStatusCode.Forbidden };
            refused.Should().Be(!MayDo(role, named), $"{role} for '{named}' ({failure?.Message})");
            if (failure is FleetApiException { Status: HttpStatusCode.Forbidden } forbidden)
            {
                forbidden.RequiredRoles.Should().Be(named);
                forbidden.Message.Should().Contain(named);
            }
        }
    }

    [Fact]
    public async Task Call_PremiumOnFree_SaysPremium()
    {
        await using FleetSimulator free = await FleetSimulator.StartAsync(new FleetSimulatorOptions { IsPremium = false });
        using var client = FleetClient.Create(new FleetClientOptions { Url = free.BaseAddress.AbsoluteUri, Token = free.AdminToken.Reveal(), AllowHttp = true });

        FleetApiException exception = (await client.Invoking(c => c.Teams.CreateAsync("T")).Should().ThrowAsync<FleetApiException>()).Which;

        exception.Status.Should().Be(HttpStatusCode.PaymentRequired);
        exception.Message.Should().Contain("Fleet Premium");
    }

    /// <summary>The roles that the client names when a server says 403.</summary>
    private static async Task<string> NamedRolesAsync(Func<FleetClient, Task> call)
    {
        using var handler = new Forbidding();
        using var client = new FleetClient(new HttpClient(handler), new FleetClientOptions { Url = "https://fleet.example.org", Token = "t", ServerVersion = "4.95.0" });
        return ((FleetApiException)(await Record.ExceptionAsync(() => call(client)))!).RequiredRoles!;
    }

    /// <summary>Whether a role held on the whole server is among those named, for the newest release.</summary>
    private static bool MayDo(string role, string named)
    {
        string global = named.Split("; from 4.84")[0];
        return global == "any role" || Regex.Matches(global, @"\w+").Any(match => match.Value == role);
    }

    private sealed class Forbidding : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("""{"message":"forbidden","errors":[{"name":"base","reason":"forbidden"}]}""") });
    }
}
