using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ProDev.Http.Tests;

public sealed class HostileProblemTests
{
    [Fact]
    public async Task IsRead_WhenAByteOrderMarkIsBeforeIt()
    {
        using var response = Response([.. Encoding.UTF8.GetPreamble(), .. """{"title":"a"}"""u8]);

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Equal("a", exception.Problem?.Title);
    }

    [Theory]
    [InlineData("""{"title":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task IsLeftOutWithTheReason_WhenATextIsHalfASurrogatePair(string body)
    {
        using var response = Response(Encoding.UTF8.GetBytes(body));

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Null(exception.Problem);
        Assert.IsAssignableFrom<JsonException>(exception.InnerException);
    }

    [Fact]
    public async Task IsLeftOutWithTheReason_WhenATextIsNotUtf8()
    {
        using var response = Response([.. "{\"title\":\""u8, 0xFF, .. "\"}"u8]);

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => response.EnsureSuccessOrProblemAsync());

        Assert.Null(exception.Problem);
        Assert.IsAssignableFrom<JsonException>(exception.InnerException);
    }

    private static HttpResponseMessage Response(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/problem+json");
        return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = content };
    }
}
