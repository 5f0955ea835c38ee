using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using ProDev.Retry;

namespace ProDev.Http.Tests;

/// <summary>Many callers of one client while its servers fail.</summary>
public sealed class OutageTests
{
    private static readonly Uri Address = new("/", UriKind.Relative);

    [Fact]
    public async Task SendsNoMoreThanTheBudgetPays_WhenManyCallersMeetAnOutage()
    {
        await using var server = await LoopbackServer.StartAsync((_, context) => FailAsync(context));
        var budget = RetryBudget.TokenRatio(maxTokens: 20);

        // More attempts than the budget pays: a caller that used up its own would take a token for its last failure and make no retry of it.
        using var client = server.Client(o => (o.MaxAttempts, o.Budget) = (20, _ => budget));

        var responses = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => client.GetAsync(Address)));

        // Each failure takes a token, and a retry is allowed while more than half of them are left.
        Assert.Equal(64 + 9, server.Requests);
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.Equal("down", await responses[0].Content.ReadAsStringAsync());
        Assert.All(responses, response => response.Dispose());
    }

    [Fact]
    public async Task SendsNothingMore_WhenTheBreakerOpensUnderManyCallers()
    {
        const int Callers = 32;
        const int Failures = 5;
        var (arrived, haveAllArrived) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var isOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var healthy = await LoopbackServer.StartAsync((_, context) => context.Response.WriteAsync("whole"));
        await using var server = await LoopbackServer.StartAsync(async (_, context) =>
        {
            var number = Interlocked.Increment(ref arrived);
            if (number == Callers)
                haveAllArrived.SetResult();
            await haveAllArrived.Task;
            if (number is > Failures and <= Callers)
                await isOpen.Task;
            await FailAsync(context);
        });
        var breakers = new ConcurrentDictionary<string, CircuitBreaker>();
        using var client = server.Client(o =>
        {
            o.Budget = null;
            o.CircuitBreaker = authority => breakers.GetOrAdd(authority, _ => CircuitBreaker.Create(b => b.ConsecutiveFailures = Failures));
        });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            var outcome = await OutcomeAsync(client);
            if (outcome == nameof(CircuitOpenException))
                isOpen.TrySetResult();
            return outcome;
        }));

        // Only those that failed while it was closed may have tried again.
        Assert.InRange(server.Requests, Callers, Callers + (2 * Failures));
        Assert.InRange(outcomes.Count(outcome => outcome == nameof(CircuitOpenException)), Callers - Failures, Callers);
        Assert.All(outcomes, outcome => Assert.Contains(outcome, new[] { "503", nameof(CircuitOpenException) }));
        Assert.Equal(nameof(CircuitOpenException), await OutcomeAsync(client));
        Assert.Equal("whole", await client.GetStringAsync(healthy.Address));
    }

    [Fact]
    public async Task KeepsTheOneInUse_WhenManyAuthoritiesPassBy()
    {
        var made = new ConcurrentBag<string>();
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server, o =>
        {
            o.MaximumAuthorities = 10;
            o.Budget = authority =>
            {
                made.Add(authority);
                return RetryBudget.TokenRatio();
            };
        });

        for (var i = 0; i < 200; i++)
        {
            (await client.Http.GetAsync(new Uri("https://busy.example/"))).Dispose();
            (await client.Http.GetAsync(new Uri($"https://n{i}.example/"))).Dispose();
        }

        Assert.Single(made, authority => authority == "https://busy.example:443");
        Assert.Equal(201, made.Count);
    }

    [Fact]
    public async Task BelongsToTheFirstAuthority_WhenARedirectLeadsToOneThatFails()
    {
        await using var failing = await LoopbackServer.StartAsync((request, context) => request < 2 ? FailAsync(context) : context.Response.WriteAsync("whole"));
        await using var server = await LoopbackServer.StartAsync((_, context) =>
        {
            context.Response.Redirect(failing.Address.ToString());
            return Task.CompletedTask;
        });
        var made = new ConcurrentBag<string>();
        using var client = server.Client(o => o.Budget = authority =>
        {
            made.Add(authority);
            return RetryBudget.TokenRatio();
        });

        Assert.Equal("whole", await client.GetStringAsync(Address));

        Assert.Equal((2, 2), (server.Requests, failing.Requests));
        Assert.Equal([server.Address.ToString().TrimEnd('/')], made);
    }

    private static Task FailAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("down");
    }

    private static async Task<string> OutcomeAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync(Address);
            return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (CircuitOpenException)
        {
            return nameof(CircuitOpenException);
        }
    }
}
