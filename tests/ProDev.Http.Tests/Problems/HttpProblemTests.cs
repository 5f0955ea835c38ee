using System.Net;
using System.Text;
using System.Text.Json;

namespace ProDev.Http.Tests;

public sealed class HttpProblemTests
{
    [Fact]
    public async Task CarriesTheProblem_WhenTheResponseHasOne()
    {
        using var response = Response(HttpStatusCode.Forbidden, """
            {
              "type": "https://example.com/probs/out-of-credit",
              "title": "You do not have enough credit.",
              "status": 403,
              "detail": "Your current balance is 30, but that costs 50.",
              "instance": "/account/12345/msgs/abc",
              "balance": 30,
              "accounts": ["/account/12345", "/account/67890"]
            }
            """);

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Equal(HttpStatusCode.Forbidden, exception.StatusCode);
        Assert.Contains("403", exception.Message, StringComparison.Ordinal);
        Assert.Contains("You do not have enough credit.", exception.Message, StringComparison.Ordinal);
        var problem = Assert.IsType<HttpProblem>(exception.Problem);
        Assert.Equal("https://example.com/probs/out-of-credit", problem.Type);
        Assert.Equal("You do not have enough credit.", problem.Title);
        Assert.Equal(403, problem.Status);
        Assert.Equal("Your current balance is 30, but that costs 50.", problem.Detail);
        Assert.Equal("/account/12345/msgs/abc", problem.Instance);
        Assert.Equal(["accounts", "balance"], problem.Extensions.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(30, problem.Extensions["balance"].GetInt32());
        Assert.Equal("/account/67890", problem.Extensions["accounts"][1].GetString());
    }

    [Fact]
    public async Task IgnoresMembersOfAWrongType_WhenTheRestCanBeRead()
    {
        using var response = Response(HttpStatusCode.BadRequest, """{"type":1,"title":["a"],"status":"400","detail":{},"instance":null}""");

        var problem = (await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync())).Problem;

        Assert.NotNull(problem);
        Assert.Equal("about:blank", problem.Type);
        Assert.Null(problem.Title);
        Assert.Null(problem.Status);
        Assert.Null(problem.Detail);
        Assert.Null(problem.Instance);
        Assert.Empty(problem.Extensions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task HasNoProblemButTheReason_WhenTheBodyIsNotAJsonObject(string body)
    {
        using var response = Response(HttpStatusCode.BadGateway, body);

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Equal(HttpStatusCode.BadGateway, exception.StatusCode);
        Assert.Null(exception.Problem);
        Assert.IsAssignableFrom<JsonException>(exception.InnerException);
    }

    [Fact]
    public async Task HasNoProblem_WhenTheBodyIsNested_DeeperThanJsonMayBe()
    {
        using var response = Response(HttpStatusCode.BadGateway, "{\"a\":" + new string('[', 1000) + new string(']', 1000) + "}");

        Assert.Null((await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync())).Problem);
    }

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData((64 * 1024) + 1, false)]
    public async Task HasAProblem_OnlyWhenTheBodyIsNotTooLong(int length, bool isRead)
    {
        const string Frame = """{"detail":""}""";
        using var response = Response(HttpStatusCode.Conflict, Frame.Insert(Frame.Length - 2, new string('x', length - Frame.Length)));

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Equal(isRead, exception.Problem is not null);
        Assert.Equal(isRead, exception.InnerException is null);
    }

    [Fact]
    public async Task HasNoProblem_WhenTheBodyIsOfAnotherMediaType()
    {
        using var response = Response(HttpStatusCode.NotFound, """{"title":"x"}""", "application/json");

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Null(exception.Problem);
        Assert.Null(exception.InnerException);
        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task IsRead_WhenTheMediaTypeHasParametersAndCapitals()
    {
        using var response = Response(HttpStatusCode.NotFound, """{"title":"x"}""");
        response.Content.Headers.Remove("Content-Type");
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "Application/Problem+JSON; charset=utf-8");

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Equal("x", exception.Problem?.Title);
    }

    [Fact]
    public async Task ReturnsTheResponseUnread_WhenItTellsOfSuccess()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("{", Encoding.UTF8, "application/problem+json") };

        Assert.Same(response, await response.EnsureSuccessOrProblemAsync());
    }

    private static HttpResponseMessage Response(HttpStatusCode status, string body, string mediaType = "application/problem+json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
}
