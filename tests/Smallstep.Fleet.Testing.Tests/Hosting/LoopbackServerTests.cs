using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Smallstep.Fleet.Testing.Tests;

public sealed class LoopbackServerTests : IAsyncLifetime
{
    private readonly RequestLog _log = new();
    private readonly FaultList _faults = new();
    private readonly HttpClient _http = new();
    private LoopbackServer _server = null!;
    private int _acted;

    public async Task InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync(Map, _log, _faults, CancellationToken.None);
        _http.BaseAddress = _server.BaseAddress;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Request_Served_IsInTheLogOnceTheAnswerIsThere()
    {
        await _http.GetAsync("/thing?a=1");

        _log.Should().ContainSingle().Which.Should().Be(new LoggedRequest("GET", "/thing", "?a=1", 200, "", IsWrite: false));
    }

    [Fact]
    public async Task Request_NowhereMapped_IsLoggedAsServed()
    {
        await _http.PostAsync("/nothing", null);

        _log.Writes.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Status = 404, IsFaulted = false });
    }

    [Fact]
    public async Task Fault_BeforeActing_LeavesTheServerUntouched()
    {
        _faults.Add(Fault.Answer("GET", "/thing", HttpStatusCode.ServiceUnavailable));

        HttpResponseMessage answer = await _http.GetAsync("/thing");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        _acted.Should().Be(0);
        _log.Should().ContainSingle().Which.IsFaulted.Should().BeTrue();
    }

    [Fact]
    public async Task Fault_AlwaysAfterTheFirst_StrikesFromThenOn()
    {
        _faults.Add(Fault.Answer("GET", "/thing", HttpStatusCode.ServiceUnavailable) with { Skip = 1, Times = int.MaxValue });

        HttpStatusCode[] statuses = [(await _http.GetAsync("/thing")).StatusCode, (await _http.GetAsync("/thing")).StatusCode, (await _http.GetAsync("/thing")).StatusCode];

        statuses.Should().Equal(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Fault_Abort_EndsTheConnectionBeforeOrAfterActing(bool afterServerActed, int acted)
    {
        _faults.Add(Fault.Abort("POST", "/thing", afterServerActed));

        await _http.Invoking(http => http.PostAsync("/thing", null)).Should().ThrowAsync<HttpRequestException>();

        _acted.Should().Be(acted);
        _log.Writes.Should().ContainSingle().Which.Status.Should().Be(0);
    }

    private void Map(WebApplication app) => app.Map("/thing", (RequestDelegate)(context =>
    {
        _acted++;
        return context.Response.WriteAsync("done");
    }));
}
