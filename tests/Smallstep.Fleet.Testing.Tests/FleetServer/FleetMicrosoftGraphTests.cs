using System.Text;

namespace Smallstep.Fleet.Testing.Tests;

public sealed class FleetMicrosoftGraphTests
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Other = "99999999-2222-3333-4444-555555555555";
    private const string Client = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    [Fact]
    public async Task Put_NewCredential_IsStoredInLowerCaseAndShownWithoutItsSecret()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        (await PutAsync(caller, One(Tenant.ToUpperInvariant() + " ", Client, "s1"))).Status.Should().Be(200);
        FleetAnswer list = await caller.GetAsync("/microsoft_graph_credentials");
        list.String("microsoft_graph_credentials", "0", "tenant_id").Should().Be(Tenant);
        list.Text.Should().NotContain("s1");
    }

    [Theory]
    [InlineData("x", Client, "s", "microsoft_graph_credentials.tenant_id", "Invalid Entra tenant ID: x")]
    [InlineData(Tenant, "y", "s", "microsoft_graph_credentials.client_id", "Invalid Entra client ID: y")]
    [InlineData(Tenant, Client, "", "microsoft_graph_credentials.client_secret", "client_secret must be provided when adding a Microsoft Graph credential or changing its tenant or client ID")]
    [InlineData(Tenant, Client, "********", "microsoft_graph_credentials.client_secret", "client_secret must be provided when adding a Microsoft Graph credential or changing its tenant or client ID")]
    [InlineData(Tenant, Client, "bad", "microsoft_graph_credentials", "Microsoft Graph rejected the credential. Check the tenant ID, client ID, and client secret.")]
    public async Task Put_AgainstTheRules_Is422(string tenant, string client, string secret, string name, string reason)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { MicrosoftGraph = (_, _, given) => given.Reveal() != "bad" });
        using var caller = new FleetCaller(fleet);
        FleetAnswer answer = await PutAsync(caller, One(tenant, client, secret));
        (answer.Status, answer.ReasonName, answer.Reason).Should().Be((422, name, reason));
    }

    [Fact]
    public async Task Put_TwoCredentials_Is422()
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet);
        (await PutAsync(caller, One(Tenant, Client, "s") + "," + One(Other, Client, "s"))).Reason.Should().Be("Only 1 Microsoft Graph credential can be configured.");
    }

    [Fact]
    public async Task Put_SameCredential_AsksGraphOnceAndIsOneActivity()
    {
        int asked = 0;
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { MicrosoftGraph = (_, _, _) => ++asked > 0 });
        using var caller = new FleetCaller(fleet);
        await PutAsync(caller, One(Tenant, Client, "s"), dryRun: true);
        await PutAsync(caller, One(Tenant, Client, "s"));
        await PutAsync(caller, One(Tenant, Client, "s"));
        await PutAsync(caller, One(Tenant, Client, "********"));
        await PutAsync(caller, One(Tenant, Client, "s2"));
        await PutAsync(caller, One(Other, Client, "s"));
        await PutAsync(caller, "");

        FleetAnswer feed = await caller.GetAsync("/activities?order_key=id&order_direction=asc");

        asked.Should().Be(4, "the dry run, the first, and the two changes");
        feed.At("activities").EnumerateArray().Select(one => one.GetProperty("type").GetString()).Where(type => type!.Contains("graph")).Should().Equal(
            "added_microsoft_graph_credential", "edited_microsoft_graph_credential", "added_microsoft_graph_credential", "deleted_microsoft_graph_credential", "deleted_microsoft_graph_credential");
    }

    [Theory]
    [InlineData("maintainer", 403)]
    [InlineData("gitops", 200)]
    public async Task Roles_ReadAndWrite(string role, int status)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync();
        using var caller = new FleetCaller(fleet, fleet.CreateUser(role, role));
        (await caller.GetAsync("/microsoft_graph_credentials")).Status.Should().Be(status);
        (await PutAsync(caller, One(Tenant, Client, "s"))).Status.Should().Be(status);
    }

    [Theory]
    [InlineData("4.91.0", true, 404)]
    [InlineData("4.95.0", false, 402)]
    public async Task Credentials_OlderOrFreeServer_AreNotThere(string version, bool isPremium, int status)
    {
        await using FleetSimulator fleet = await FleetSimulator.StartAsync(new FleetSimulatorOptions { Version = version, IsPremium = isPremium });
        using var caller = new FleetCaller(fleet);
        (await caller.GetAsync("/microsoft_graph_credentials")).Status.Should().Be(status);
    }

    private static string One(string tenant, string client, string secret) => $$"""{"tenant_id":"{{tenant}}","client_id":"{{client}}","client_secret":"{{secret}}"}""";

    private static Task<FleetAnswer> PutAsync(FleetCaller caller, string credentials, bool dryRun = false) =>
        caller.SendAsync("PUT", "/microsoft_graph_credentials", new StringContent($$"""{"microsoft_graph_credentials":[{{credentials}}],"dry_run":{{(dryRun ? "true" : "false")}}}""", Encoding.UTF8, "application/json"));
}
