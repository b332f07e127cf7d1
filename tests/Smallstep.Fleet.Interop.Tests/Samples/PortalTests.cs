using System.Net;
using System.Text.RegularExpressions;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Interop.Tests.Samples;

public sealed partial class PortalTests
{
    [PeerFact("chromium")]
    public async Task Browser_FormToPlanToApply_ShowsLiveProgressToTheEnd()
    {
        await using PortalProgram portal = await PortalProgram.StartAsync();
        await using Browser browser = await Browser.StartAsync();

        await browser.NavigateAsync(portal.Address);
        await browser.WaitForAsync("document.querySelector('form button')");
        (await browser.EvaluateAsync("[...document.querySelectorAll('input[type=password]')].map(i => i.value).join('')")).Should().BeEmpty();
        await browser.EvaluateAsync("document.querySelector('form button').click()");
        await browser.WaitForAsync("location.pathname === '/Plan' && document.querySelector('form button')");
        int changes = int.Parse(await browser.EvaluateAsync("document.querySelectorAll('.changes > li').length"), System.Globalization.CultureInfo.InvariantCulture);
        await browser.EvaluateAsync("document.querySelector('form button').click()");
        await browser.WaitForAsync("document.getElementById('result')?.className === 'done' && document.getElementById('next')");

        changes.Should().BeGreaterThan(10);
        (await browser.EvaluateAsync("document.querySelectorAll('#log > li.done').length")).Should().Be($"{changes}");
        (await browser.EvaluateAsync("document.getElementById('result').textContent")).Should().StartWith($"{changes} done");
        (await browser.EvaluateAsync("document.getElementById('bar').value")).Should().Be("1");
        (await browser.EvaluateAsync("document.getElementById('next').innerText")).Should().Contain("Enrollment Query ID");
    }

    [Fact]
    public async Task WholeWay_NoPageShowsASecret_AndFleetHoldsThePlan()
    {
        await using Servers servers = await Servers.StartAsync();
        await using PortalProgram portal = await PortalProgram.StartAsync(servers.Preset());

        (HttpStatusCode status, string plan) = await portal.PostAsync("/", await portal.FormAsync());
        status.Should().Be(HttpStatusCode.OK, plan);
        plan.Should().Contain("certificate authority SMALLSTEP_AGENT").And.Contain(">Apply<");
        servers.Fleet.Requests.Writes.Should().BeEmpty();
        await portal.PostAsync("/Plan", [PlanId(plan)]);
        (_, string events) = await portal.GetAsync("/progress/events");

        events.Should().Contain("event: end").And.Contain("\"stage\":\"done\"").And.NotContain("failed");
        servers.Fleet.Requests.Writes.Should().NotBeEmpty();
        (_, string progress) = await portal.GetAsync("/Progress");
        progress.Should().Contain("Left for the consoles");
        lock (portal.Shown)
        {
            portal.Shown.Should().NotContain(text => servers.Secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Post_WithoutAntiforgeryToken_IsRefused()
    {
        await using PortalProgram portal = await PortalProgram.StartAsync();

        (await portal.PostBareAsync("/")).Should().Be(HttpStatusCode.BadRequest);
        (await portal.PostBareAsync("/Plan")).Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Check_MistakesInTheForm_AreNamedAllAtOnce_AndSecretsAreNotSentBack()
    {
        await using PortalProgram portal = await PortalProgram.StartAsync();
        Dictionary<string, string> form = await portal.FormAsync();
        form["Form.TeamSlug"] = "<team-slug>";
        form["Form.RootCertificate"] = "hello";
        form["Form.FleetToken"] = "canary-token";

        (HttpStatusCode status, string page) = await portal.PostAsync("/", form);

        status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Should().Contain("SSF4026").And.Contain("SSF4027");
        portal.Shown.Should().NotContain(text => text.Contains("canary-token") || text.Contains("<team-slug>"));
    }

    [Fact]
    public async Task Check_AnotherServerThanThePreset_GetsNoneOfThePresetsSecrets()
    {
        await using Servers servers = await Servers.StartAsync();
        await using FleetSimulator other = await FleetSimulator.StartAsync();
        await using PortalProgram portal = await PortalProgram.StartAsync(servers.Preset());
        Dictionary<string, string> form = await portal.FormAsync();
        form["Form.FleetUrl"] = other.BaseAddress.AbsoluteUri;

        (HttpStatusCode status, string page) = await portal.PostAsync("/", form);

        status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Should().Contain("FleetToken is missing");
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Check_WrongToken_ShowsTheRemedyAndOffersNothingToApply()
    {
        await using Servers servers = await Servers.StartAsync();
        await using PortalProgram portal = await PortalProgram.StartAsync(servers.Preset());
        Dictionary<string, string> form = await portal.FormAsync();
        form["Form.FleetToken"] = "no-such-token";

        (_, string page) = await portal.PostAsync("/", form);

        page.Should().Contain("SSF4002").And.NotContain(">Apply<");
        servers.Fleet.Requests.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Apply_ThatFails_ShowsWhereAndTheRemedy()
    {
        await using Servers servers = await Servers.StartAsync();
        await using PortalProgram portal = await PortalProgram.StartAsync(servers.Preset());
        Dictionary<string, string> form = await portal.FormAsync();
        form["Form.ChallengePassword"] = "wrong";
        (_, string plan) = await portal.PostAsync("/", form);

        await portal.PostAsync("/Plan", [PlanId(plan)]);
        (_, string events) = await portal.GetAsync("/progress/events");
        (_, string progress) = await portal.GetAsync("/Progress");

        events.Should().Contain("Invalid challenge URL or credentials").And.Contain("\"remedy\":\"Copy challenge URL").And.Contain("0 done");
        progress.Should().NotContain("Left for the consoles", "first things first");
    }

    [Fact]
    public async Task Check_WhileAnotherRuns_HasToWait()
    {
        await using Servers servers = await Servers.StartAsync();
        await using PortalProgram portal = await PortalProgram.StartAsync(servers.Preset());
        Dictionary<string, string> form = await portal.FormAsync();
        servers.Fleet.Faults.Add(Fault.Late("GET", "/version", TimeSpan.FromSeconds(1)));

        (HttpStatusCode Status, string Text)[] answers = await Task.WhenAll(portal.PostAsync("/", form), portal.PostAsync("/", form));

        answers.Select(answer => answer.Status).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
    }

    [Fact]
    public async Task Apply_APlanThatWasNotShown_IsRefused()
    {
        await using Servers servers = await Servers.StartAsync();
        await using PortalProgram portal = await PortalProgram.StartAsync(servers.Preset());
        await portal.PostAsync("/", await portal.FormAsync());

        (HttpStatusCode status, _) = await portal.PostAsync("/Plan", [new("planId", Guid.NewGuid().ToString())]);

        status.Should().Be(HttpStatusCode.Conflict);
        servers.Fleet.Requests.Writes.Should().BeEmpty();
    }

    private static KeyValuePair<string, string> PlanId(string page) => new("planId", PlanField().Match(page).Groups[1].Value);

    [GeneratedRegex("name=\"planId\" value=\"([^\"]+)\"")]
    private static partial Regex PlanField();

    private sealed class Servers(FleetSimulator fleet, SmallstepSimulator smallstep) : IAsyncDisposable
    {
        private readonly ConsoleConnection _connection = smallstep.Console.Connect(fleet.BaseAddress, fleet.CreateUser("Smallstep", FleetRoles.Observer));
        private readonly Secret _apply = fleet.CreateUser("apply", FleetRoles.GitOps);
        private readonly Secret _observe = fleet.CreateUser("observe", FleetRoles.Observer);
        private readonly Secret _api = smallstep.CreateApiToken();

        public FleetSimulator Fleet => fleet;

        public IEnumerable<string> Secrets => new[] { _apply, _observe, _api, _connection.ChallengePassword }.Select(secret => secret.Reveal());

        public static async Task<Servers> StartAsync() => new(await FleetSimulator.StartAsync(), await SmallstepSimulator.StartAsync());

        public Dictionary<string, string> Preset() => new()
        {
            ["FleetUrl"] = fleet.BaseAddress.AbsoluteUri,
            ["FleetToken"] = _apply.Reveal(),
            ["FleetObserverToken"] = _observe.Reveal(),
            ["ScepUrl"] = _connection.ScepUrl.AbsoluteUri,
            ["ChallengeUrl"] = _connection.ChallengeUrl.AbsoluteUri,
            ["ChallengeUsername"] = _connection.ChallengeUsername,
            ["ChallengePassword"] = _connection.ChallengePassword.Reveal(),
            ["TeamSlug"] = _connection.TeamSlug.Value,
            ["RootCertificate"] = _connection.RootPem,
            ["SmallstepApiToken"] = _api.Reveal(),
            ["SmallstepApiUrl"] = smallstep.ApiBaseAddress.AbsoluteUri,
            ["PackageBaseAddress"] = smallstep.PackageBaseAddress.AbsoluteUri,
        };

        public async ValueTask DisposeAsync()
        {
            await fleet.DisposeAsync();
            await smallstep.DisposeAsync();
        }
    }
}
