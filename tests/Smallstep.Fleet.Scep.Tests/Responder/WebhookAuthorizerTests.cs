using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Smallstep.Fleet.Scep.Tests;

/// <summary>Smallstep's SCEPCHALLENGE webhook: signed, asked at most twice, and nothing but a clear yes is one.</summary>
public sealed class WebhookAuthorizerTests
{
    private static readonly byte[] SigningSecret = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly Hook _hook;

    public WebhookAuthorizerTests() => _hook = new Hook(_time);

    [Fact]
    public async Task Authorize_Allowed_SendsTheSignedRequest()
    {
        _hook.Answers.Enqueue((200, """{"allow":true,"data":{"x":1}}"""));

        ScepDecision decision = await AskAsync();

        decision.Kind.Should().Be(ScepDecisionKind.Allowed);
        (HttpRequestMessage request, byte[] body) = _hook.Requests.Single();
        request.Method.Should().Be(HttpMethod.Post);
        request.Headers.GetValues("X-Smallstep-Signature").Single().Should().Be(Convert.ToHexStringLower(HMACSHA256.HashData(SigningSecret, body)));
        request.Headers.GetValues("X-Smallstep-Webhook-ID").Single().Should().Be("hook-1");
        request.Headers.GetValues("X-Request-Id").Single().Should().NotBeEmpty();
        request.Headers.Authorization!.ToString().Should().Be("Bearer token-1");
        JsonElement json = JsonDocument.Parse(body).RootElement;
        json.GetProperty("scepChallenge").GetString().Should().Be(TestAuthority.Challenge);
        json.GetProperty("scepTransactionID").GetString().Should().Be("T1");
        json.GetProperty("provisionerName").GetString().Should().Be("agents");
        json.GetProperty("timestamp").GetDateTimeOffset().Should().Be(_time.GetUtcNow());
        Pkcs10Request.Parse(json.GetProperty("x509CertificateRequest").GetProperty("raw").GetBytesFromBase64()).Subject.Name.Should().Be("CN=forged");
    }

    [Theory]
    [InlineData(200, """{"allow":false}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "null")]
    [InlineData(200, "yes")]
    [InlineData(200, "")]
    [InlineData(302, """{"allow":true}""")]
    [InlineData(400, """{"allow":true}""")]
    [InlineData(403, """{"allow":true}""")]
    public async Task Authorize_AnythingButAYes_Denies(int status, string body)
    {
        _hook.Answers.Enqueue((status, body));

        (await AskAsync()).Kind.Should().Be(ScepDecisionKind.Denied);
        _hook.Requests.Should().ContainSingle("only errors of the server are worth another try");
    }

    [Theory]
    [InlineData(200, ScepDecisionKind.Allowed)]
    [InlineData(503, ScepDecisionKind.Denied)]
    public async Task Authorize_ServerError_AsksOnceMoreAfterASecond(int second, ScepDecisionKind expected)
    {
        _hook.Answers.Enqueue((500, ""));
        _hook.Answers.Enqueue((second, """{"allow":true}"""));
        _hook.Answers.Enqueue((200, """{"allow":true}"""));

        DateTimeOffset start = _time.GetUtcNow();
        (await AskWhileTimeGoesByAsync()).Kind.Should().Be(expected);
        _hook.Requests.Should().HaveCount(2);
        _hook.Times.Should().HaveCount(2);
        (_hook.Times[1] - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Authorize_AnswerWithoutEnd_IsCutOffAndDenied()
    {
        for (int i = 0; i < 2; i++)
        {
            _hook.Answers.Enqueue((200, new string(' ', 70_000) + """{"allow":true}"""));
        }

        (await AskWhileTimeGoesByAsync()).Kind.Should().Be(ScepDecisionKind.Denied);
    }

    [Theory]
    [InlineData("http://hook.example/", "AQID")]
    [InlineData("https://user:pw@hook.example/", "AQID")]
    [InlineData("hook", "AQID")]
    [InlineData("https://hook.example/", "not base64!")]
    [InlineData("https://hook.example/", "")]
    public void Create_UnsafeOptions_Throws(string url, string secret)
    {
        Action create = () => _ = new WebhookAuthorizer(new HttpClient(), new WebhookAuthorizerOptions { Url = url, SigningSecret = new Secret(secret) });

        create.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("AQID");
    }

    private async Task<ScepDecision> AskWhileTimeGoesByAsync()
    {
        Task<ScepDecision> asking = AskAsync();
        for (int i = 0; i < 1000 && !asking.IsCompleted; i++)
        {
            await Task.Delay(10);
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        return await asking.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private Task<ScepDecision> AskAsync()
    {
        var options = new WebhookAuthorizerOptions
        {
            Url = "https://hook.example/scep",
            Id = "hook-1",
            SigningSecret = new Secret(Convert.ToBase64String(SigningSecret)),
            BearerToken = new Secret("token-1"),
            ProvisionerName = "agents",
            Timeout = TimeSpan.FromDays(1),
        };
        var authorizer = new WebhookAuthorizer(new HttpClient(_hook), options, _time);
        return authorizer.AuthorizeAsync(
            new ScepAuthorizationRequest
            {
                MessageType = ScepMessageType.PkcsReq,
                TransactionId = "T1",
                Request = Pkcs10Request.Parse(ForgedMessage.Request()),
                SignerCertificate = default,
            },
            default).AsTask();
    }

    private sealed class Hook(TimeProvider time) : HttpMessageHandler
    {
        public Queue<(int Status, string Body)> Answers { get; } = new();

        public List<(HttpRequestMessage Request, byte[] Body)> Requests { get; } = [];

        public List<DateTimeOffset> Times { get; } = [];


        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request, await request.Content!.ReadAsByteArrayAsync(cancellationToken)));
            Times.Add(time.GetUtcNow());
            (int status, string body) = Answers.Dequeue();
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
