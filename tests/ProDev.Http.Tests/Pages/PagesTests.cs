using System.Net;
using System.Text.Json.Serialization;

namespace ProDev.Http.Tests;

public sealed partial class PagesTests
{
    private static readonly Uri First = new("https://a.example/items?page=1");

    [Fact]
    public async Task GoesFromLinkToLink_WhenEachPageNamesTheNext()
    {
        var server = new ScriptedHandler(Page("1", "</items?page=2>; rel=next"), Page("2", "<?page=3>; rel=\"last next\""), Page("3"));
        using var client = new HttpClient(server);

        var bodies = new List<string>();
        await foreach (var page in client.GetPagesAsync(First))
            bodies.Add(await page.Content.ReadAsStringAsync());

        Assert.Equal(["1", "2", "3"], bodies);
        Assert.Equal(["?page=1", "?page=2", "?page=3"], server.Sent.Select(sent => sent.Uri!.Query));
    }

    [Fact]
    public async Task GivesTheItemsOfAllPages_WhenEachIsAJsonArray()
    {
        var server = new ScriptedHandler(
            Page("""[{"Name":"a"},{"Name":"b"}]""", "<?page=2>; rel=next"), Page("[]", "<?page=3>; rel=next"), Page("""[null,{"Name":"c"}]"""));
        using var client = new HttpClient(server);

        var names = new List<string?>();
        await foreach (var item in client.GetItemsAsync(First, ItemJson.Default.Item))
            names.Add(item?.Name);

        Assert.Equal(["a", "b", null, "c"], names);
    }

    [Fact]
    public async Task ResolvesTheFirstAddress_WhenTheClientHasABase()
    {
        var server = new ScriptedHandler(Page("1", "</items?page=2>; rel=next"), Page("2"));
        using var client = new HttpClient(server) { BaseAddress = new Uri("https://a.example/") };

        Assert.Equal(2, await client.GetPagesAsync(new Uri("items", UriKind.Relative)).CountAsync());
    }

    [Fact]
    public async Task SendsNothingMore_WhenTheCallerStops()
    {
        var server = new ScriptedHandler(Page("1", "<?page=2>; rel=next"));
        using var client = new HttpClient(server);

        await foreach (var page in client.GetPagesAsync(First))
            break;

        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task DisposesAPage_WhenTheNextIsAskedFor()
    {
        var server = new ScriptedHandler(Page("1", "<?page=2>; rel=next"), Page("2"));
        using var client = new HttpClient(server);

        var pages = await client.GetPagesAsync(First).ToListAsync();

        Assert.All(pages, page => Assert.Throws<ObjectDisposedException>(() => page.Content.ReadAsStream()));
    }

    [Theory]
    [InlineData("<?page=1>; rel=next")]
    [InlineData("<?page=1#fragment>; rel=next")]
    [InlineData("<https://A.EXAMPLE:443/items?page=1>; rel=next")]
    public async Task Throws_WhenAPageLinksToOneThatWasRead(string link)
    {
        using var client = new HttpClient(new ScriptedHandler(Page("1", link)));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetPagesAsync(First).CountAsync().AsTask());

        Assert.Contains("never end", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<https://b.example/items?page=2>; rel=next")]
    [InlineData("<http://a.example/items?page=2>; rel=next")]
    [InlineData("<https://a.example:8443/items?page=2>; rel=next")]
    [InlineData("<//b.example/items?page=2>; rel=next")]
    public async Task SendsNothingThere_WhenAPageLinksToAnotherOrigin(string link)
    {
        var server = new ScriptedHandler(Page("1", link), Page("2"));
        using var client = new HttpClient(server);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetPagesAsync(First).CountAsync().AsTask());

        Assert.Contains("another origin", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Attempts);
    }

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("javascript:alert(1)", true)]
    [InlineData("file:///etc/passwd", true)]
    [InlineData("ftp://a.example/items", true)]
    [InlineData("ws://a.example/items?page=2", true)]
    public async Task SendsNothingThere_WhenAPageLinksToWhatIsNotHttp(string link, bool allowsOtherOrigins)
    {
        var server = new ScriptedHandler(Page("1", $"<{link}>; rel=next"), Page("2"));
        using var client = new HttpClient(server);

        var pages = client.GetPagesAsync(First, new HttpPageOptions { AllowOtherOrigins = allowsOtherOrigins });
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => pages.CountAsync().AsTask());

        Assert.Contains(link, exception.Message, StringComparison.Ordinal);
        Assert.Contains("http or https", exception.Message, StringComparison.Ordinal);
        Assert.Equal(HttpRequestError.InvalidResponse, exception.HttpRequestError);
        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public void ThrowsAtOnce_WhenTheFirstPageIsNotHttp()
    {
        using var client = new HttpClient(new ScriptedHandler(Page("1"))) { BaseAddress = new Uri("https://a.example/") };

        var exception = Assert.Throws<ArgumentException>(() => client.GetPagesAsync(new Uri("file:///items")));

        Assert.Contains("file:///items", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoesToAnotherOrigin_WhenThatIsAllowed()
    {
        var server = new ScriptedHandler(Page("1", "<https://b.example/items?page=2>; rel=next"), Page("2"));
        using var client = new HttpClient(server);

        Assert.Equal(2, await client.GetPagesAsync(First, new HttpPageOptions { AllowOtherOrigins = true }).CountAsync());
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Throws_OnlyWhenThereAreMorePagesThanAllowed(int maxPages, bool throws)
    {
        var server = new ScriptedHandler(Page("1", "<?page=2>; rel=next"), Page("2", "<?page=3>; rel=next"), Page("3"));
        using var client = new HttpClient(server);

        var failure = await Record.ExceptionAsync(() => client.GetPagesAsync(First, new HttpPageOptions { MaxPages = maxPages }).CountAsync().AsTask());

        Assert.Equal(throws, failure is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded });
        Assert.Equal(maxPages, server.Attempts);
    }

    [Fact]
    public async Task ThrowsTheProblem_WhenAPageTellsOfFailure()
    {
        using var client = new HttpClient(new ScriptedHandler(Page("1", "<?page=2>; rel=next"), ScriptedHandler.Answers(HttpStatusCode.Gone)));

        var exception = await Assert.ThrowsAsync<HttpProblemException>(() => client.GetPagesAsync(First).CountAsync().AsTask());

        Assert.Equal(HttpStatusCode.Gone, exception.StatusCode);
    }

    [Fact]
    public async Task AddsHeaders_WhenTheRequestsAreConfigured()
    {
        var server = new ScriptedHandler(Page("1", "<?page=2>; rel=next"), Page("2"));
        using var client = new HttpClient(server);

        await client.GetPagesAsync(First, new HttpPageOptions { ConfigureRequest = request => request.Headers.Add("X-Tenant", "7") }).CountAsync();

        Assert.All(server.Sent, sent => Assert.Equal("7", sent.Header("X-Tenant")));
    }

    [Fact]
    public void ThrowsAtOnce_WhenNoPageIsAllowed()
    {
        using var client = new HttpClient(new ScriptedHandler(Page("1")));

        Assert.Throws<ArgumentOutOfRangeException>(() => client.GetPagesAsync(First, new HttpPageOptions { MaxPages = 0 }));
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Page(string body, string? link = null) =>
        link is null ? ScriptedHandler.Answers(HttpStatusCode.OK, body) : ScriptedHandler.Answers(HttpStatusCode.OK, body, ("Link", link));

    internal sealed record Item(string Name);

    [JsonSerializable(typeof(Item))]
    internal sealed partial class ItemJson : JsonSerializerContext;
}
