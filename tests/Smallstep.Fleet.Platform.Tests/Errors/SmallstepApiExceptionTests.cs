using System.Net;

namespace Smallstep.Fleet.Platform.Tests;

public sealed class SmallstepApiExceptionTests
{
    private static async Task<SmallstepApiException> FailAsync(int status, string body, string type = "application/json")
    {
        using var smallstep = new SmallstepFixture();
        smallstep.On("GET", "authorities", body, status, type: type);
        Func<Task> act = () => smallstep.Client.Authorities.ListAsync();
        return (await act.Should().ThrowAsync<SmallstepApiException>()).Which;
    }

    [Fact]
    public async Task Status403_NamesTheScope()
    {
        SmallstepApiException exception = await FailAsync(403, """{"message":"forbidden"}""");

        exception.RequiredScope.Should().Be("get-authorities");
        exception.Message.Should().Be("Cannot list authorities: 403 forbidden. The token lacks the scope get-authorities. (request req-1)");
        exception.RequestId.Should().Be("req-1");
        exception.ServerMessage.Should().Be("forbidden");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task Status_Declared_KeepsTheServersWords(int status)
    {
        SmallstepApiException exception = await FailAsync(status, """{"message":"ID must be a valid UUID"}""");

        exception.Status.Should().Be((HttpStatusCode)status);
        exception.ServerMessage.Should().Be("ID must be a valid UUID");
        exception.IsNotFound.Should().Be(status == 404);
        exception.IsConflict.Should().Be(status == 409);
        exception.RequiredScope.Should().BeNull();
    }

    [Fact]
    public async Task Status401_EchoedToken_IsNotShown() =>
        (await FailAsync(401, "{\"message\":\"bad " + SmallstepFixture.Token + "\"}")).ToString().Should().NotContain(SmallstepFixture.Token).And.Contain("bad ***");

    [Fact]
    public async Task Status502_EchoedTokenAfterMuchWhiteSpace_IsNotShownByHalves() =>
        (await FailAsync(502, "sent:" + new string(' ', 2037) + SmallstepFixture.Token, "text/plain")).Excerpt.Should().Be("sent: ***");

    [Fact]
    public async Task Status502_Html_KeepsAnExcerpt() =>
        (await FailAsync(502, "<html><h1>Bad</h1></html>", "text/html")).Excerpt.Should().Be("<html><h1>Bad</h1></html>");

    [Fact]
    public async Task Success_NoJson_Throws() =>
        (await FailAsync(200, "<html></html>", "text/html")).Status.Should().Be(HttpStatusCode.OK);

    [Fact]
    public async Task Success_TooLarge_Throws()
    {
        using var smallstep = new SmallstepFixture(options => options.MaxResponseBytes = 1024);
        smallstep.On("GET", "authorities", new string(' ', 5000));
        Func<Task> act = () => smallstep.Client.Authorities.ListAsync();

        await act.Should().ThrowAsync<SmallstepApiException>().WithMessage("*MaxResponseBytes*");
    }
}
