namespace ProDev.Http.Tests;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("<https://a.example/2>; rel=next")]
    [InlineData("<https://a.example/2>; rel=\"next\"")]
    [InlineData("<https://a.example/2>;rel=next")]
    [InlineData("<https://a.example/2> ; REL = NEXT ")]
    [InlineData("< https://a.example/2 >; rel=\"prev next\"")]
    [InlineData("<https://a.example/2>; rel=\"prev\tNext\"")]
    [InlineData("<https://a.example/1>; rel=prev, <https://a.example/2>; rel=next")]
    [InlineData("<https://a.example/1>; rel=prev,,\t<https://a.example/2>; rel=next")]
    [InlineData("<https://a.example/1>; title=\"a, b; <c>\"; rel=prev, <https://a.example/2>; title=\"\\\"\"; rel=next")]
    [InlineData("<https://a.example/2>; nothing; rel=next")]
    [InlineData("<https://a.example/2>; empty=; rel=next; rel=prev")]
    [InlineData("<https://a.example/2>;; rel=next;")]
    [InlineData("<https://a.example/2>; title*=UTF-8'de'n%c3%a4chstes; rel=\"n\\ext\"")]
    [InlineData("<https://a.example/x>; rel=next; anchor=\"#part\", <https://a.example/2>; rel=next")]
    [InlineData("<https://a.example/2>; rel=next, <https://a.example/3>; rel=next")]
    [InlineData("</2>; rel=next")]
    [InlineData("<2>; rel=next")]
    [InlineData("<//a.example/2>; rel=next")]
    public void IsTheTarget_WhenALinkHasTheRelation(string value) =>
        Assert.Equal(new Uri("https://a.example/2"), Find("https://a.example/1", value));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("<https://a.example/2>")]
    [InlineData("<https://a.example/2>; rel=prev")]
    [InlineData("<https://a.example/2>; rel=nextpage")]
    [InlineData("<https://a.example/2>; rel=prev; rel=next")]
    [InlineData("<https://a.example/2>; rev=next")]
    [InlineData("<https://a.example/2>; title=\"x\"; title=\"; rel=next")]
    [InlineData("<https://a.example/2; rel=next")]
    [InlineData("https://a.example/2; rel=next")]
    [InlineData("<https://a.example/2>; rel=next; anchor=\"https://b.example/\"")]
    [InlineData("<http://[>; rel=next")]
    [InlineData("<https://a.example/2>; rel=\"next\" junk")]
    public void IsNull_WhenNoLinkHasTheRelation(string value) => Assert.Null(Find("https://a.example/1", value));

    [Fact]
    public void LooksAtAllHeaders_WhenThereAreSeveral() =>
        Assert.Equal(new Uri("https://a.example/2"), Find("https://a.example/1", "nonsense", "</0>; rel=first", "<2>; rel=next"));

    [Fact]
    public void KeepsTheQuery_WhenTheTargetIsAQueryOnly() =>
        Assert.Equal(new Uri("https://a.example/items?after=b%2Fc"), Find("https://a.example/items?after=a", "<?after=b%2Fc>; rel=next"));

    [Fact]
    public void StaysRelative_WhenTheResponseDoesNotTellItsAddress()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Link", "</2>; rel=next");

        var target = LinkHeader.Find(response, "next");

        Assert.NotNull(target);
        Assert.False(target.IsAbsoluteUri);
    }

    [Fact]
    public void IsNull_WhenThereIsNoLinkHeader()
    {
        using var response = new HttpResponseMessage();

        Assert.Null(LinkHeader.Find(response, "next"));
    }

    private static Uri? Find(string source, params string[] values)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        using var response = new HttpResponseMessage { RequestMessage = request };
        foreach (var value in values)
            response.Headers.TryAddWithoutValidation("Link", value);
        return LinkHeader.Find(response, "next");
    }
}
