using System.Net;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Http.Tests;

/// <summary>The code that the README shows, run.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task ClientRetries_AsTheReadmeShows()
    {
        var services = new ServiceCollection();
        #region snippet: http-register
        services.AddHttpClient("catalog", client => client.BaseAddress = new Uri("https://catalog.example/"))
                .AddProDevRetry(o => o.AttemptTimeout = TimeSpan.FromSeconds(5));
        #endregion
        var server = new ScriptedHandler(
            ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable, null, ("Retry-After", "0")),
            ScriptedHandler.Answers(HttpStatusCode.OK, "[]", ("Link", "</items?page=2>; rel=\"next\"")),
            ScriptedHandler.Answers(HttpStatusCode.OK, """[{"Name":"hammer"}]"""));
        services.AddHttpClient("catalog").ConfigurePrimaryHttpMessageHandler(() => server);
        await using var container = services.BuildServiceProvider();
        var client = container.GetRequiredService<IHttpClientFactory>().CreateClient("catalog");
        var names = new List<string?>();

        #region snippet: http-pages
        await foreach (var item in client.GetItemsAsync(new Uri("items", UriKind.Relative), CatalogJson.Default.Item))
            names.Add(item?.Name);
        #endregion

        Assert.Equal(["hammer"], names);
        Assert.Equal(3, server.Attempts);
    }

    [Fact]
    public async Task ProblemIsTyped_AsTheReadmeShows()
    {
        using var client = new HttpClient(new ScriptedHandler((request, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Conflict)
        {
            RequestMessage = request,
            Content = new StringContent("""{"type":"https://catalog.example/probs/sold-out"}""", encoding: null, "application/problem+json"),
        })));
        var isSoldOut = false;

        #region snippet: http-problem
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://catalog.example/orders");
        request.Headers.Add("Idempotency-Key", "4b1c0f6e");      // may be repeated now, with the same key each time
        try
        {
            using var response = await client.SendAsync(request);
            await response.EnsureSuccessOrProblemAsync();
        }
        catch (HttpProblemException e) when (e.Problem?.Type == "https://catalog.example/probs/sold-out")
        {
            isSoldOut = true;
        }
        #endregion

        Assert.True(isSoldOut);
    }

    internal sealed record Item(string Name);

    [JsonSerializable(typeof(Item))]
    internal sealed partial class CatalogJson : JsonSerializerContext;
}
