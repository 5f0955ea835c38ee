using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProDev.Retry;

namespace ProDev.Http.Tests;

public sealed class RegistrationTests
{
    private static readonly Uri Address = new("https://a.example/x");

    private readonly ScriptedHandler _server = new(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
    private readonly ServiceCollection _services = new();

    [Fact]
    public async Task AddsToTheSettings_WhenItIsCalledTwiceForAClient()
    {
        Client("a").AddProDevRetry(o => (o.MaxAttempts, o.BaseDelay) = (2, TimeSpan.Zero)).AddProDevRetry(o => o.MaxAttempts = 4);

        await SendAsync("a");

        Assert.Equal(4, _server.Attempts);
    }

    [Fact]
    public async Task HasOneHandlerWithBothSettings_WhenAllClientsHaveRetriesAndOneHasItsOwn()
    {
        _services.ConfigureHttpClientDefaults(builder => builder.AddProDevRetry(o => (o.MaxAttempts, o.BaseDelay) = (5, TimeSpan.Zero)));
        Client("a").AddProDevRetry(o => o.MaxAttempts = 2);
        Client("b");

        await SendAsync("a");
        Assert.Equal(2, _server.Attempts);
        await SendAsync("b");
        Assert.Equal(7, _server.Attempts);
    }

    [Fact]
    public void NamesAllFaultsAndTheClient_WhenTheSettingsAreWrong()
    {
        Client("a").AddProDevRetry(o =>
        {
            o.MaxAttempts = 0;
            o.Deadline = TimeSpan.Zero;
            o.MaxBufferedContent = -1;
            o.MaximumAuthorities = 0;
        });
        using var container = _services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => container.GetRequiredService<IHttpClientFactory>().CreateClient("a"));

        foreach (var name in new[] { "MaxAttempts", "Deadline", "MaxBufferedContent", "MaximumAuthorities" })
            Assert.Contains(exception.Failures, fault => fault.Contains(name, StringComparison.Ordinal) && fault.Contains("'a'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeepsOneBudgetForEachAuthority_WhenOneServerIsDown()
    {
        var made = new List<string>();
        Client("a").AddProDevRetry(o =>
        {
            o.BaseDelay = TimeSpan.Zero;
            o.Budget = authority =>
            {
                made.Add(authority);
                return RetryBudget.TokenRatio(maxTokens: 4);
            };
        });
        await using var container = _services.BuildServiceProvider();
        using var client = container.GetRequiredService<IHttpClientFactory>().CreateClient("a");

        for (var call = 0; call < 10; call++)
            (await client.GetAsync(Address)).Dispose();
        Assert.Equal(11, _server.Attempts);
        (await client.GetAsync(new Uri("https://b.example/x"))).Dispose();

        Assert.Equal(13, _server.Attempts);
        Assert.Equal(["https://a.example:443", "https://b.example:443"], made);
    }

    [Fact]
    public async Task OpensTheBreakerOfThatAuthorityOnly_WhenOneServerIsDown()
    {
        Client("a").AddProDevRetry(o =>
        {
            (o.MaxAttempts, o.BaseDelay) = (2, TimeSpan.Zero);
            o.CircuitBreaker = _ => CircuitBreaker.Create(breaker => breaker.ConsecutiveFailures = 3);
        });
        await using var container = _services.BuildServiceProvider();
        using var client = container.GetRequiredService<IHttpClientFactory>().CreateClient("a");

        (await client.PostAsync(Address, content: null)).Dispose();
        (await client.GetAsync(Address)).Dispose();
        await Assert.ThrowsAsync<CircuitOpenException>(() => client.GetAsync(Address));
        Assert.Equal(3, _server.Attempts);
        (await client.GetAsync(new Uri("https://b.example/x"))).Dispose();

        Assert.Equal(5, _server.Attempts);
    }

    [Fact]
    public async Task ForgetsTheOldest_WhenThereAreMoreAuthoritiesThanAllowed()
    {
        var made = 0;
        Client("a").AddProDevRetry(o =>
        {
            o.MaxAttempts = 1;
            o.MaximumAuthorities = 2;
            o.Budget = _ =>
            {
                made++;
                return RetryBudget.TokenRatio();
            };
        });
        await using var container = _services.BuildServiceProvider();
        using var client = container.GetRequiredService<IHttpClientFactory>().CreateClient("a");

        foreach (var host in new[] { "a", "b", "c", "a" })
            (await client.GetAsync(new Uri($"https://{host}.example/"))).Dispose();

        Assert.Equal(4, made);
    }

    [Theory]
    [InlineData(90, 20, null, 111)]
    [InlineData(30, 10, null, 100)]
    [InlineData(90, 20, 50, 50)]
    [InlineData(90, null, null, 100)]
    public void RaisesTheTimeoutOfTheClient_OnlyWhenNobodyChoseOneAndItIsTooShort(int deadline, int? attempt, int? chosen, int expected)
    {
        var builder = Client("a");
        if (chosen is { } seconds)
            builder.ConfigureHttpClient(client => client.Timeout = TimeSpan.FromSeconds(seconds));
        builder.AddProDevRetry(o =>
        {
            o.Deadline = TimeSpan.FromSeconds(deadline);
            o.AttemptTimeout = attempt is { } limit ? TimeSpan.FromSeconds(limit) : null;
        });
        using var container = _services.BuildServiceProvider();

        using var made = container.GetRequiredService<IHttpClientFactory>().CreateClient("a");

        Assert.Equal(TimeSpan.FromSeconds(expected), made.Timeout);
    }

    private IHttpClientBuilder Client(string name) => _services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => _server);

    private async Task SendAsync(string name)
    {
        await using var container = _services.BuildServiceProvider();
        using var client = container.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        using var response = await client.GetAsync(Address);
    }
}
