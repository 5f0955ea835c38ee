using System.Net;
using Microsoft.Extensions.Time.Testing;
using ProDev.Retry;

namespace ProDev.Http.Tests;

/// <summary>What the circuit breaker of an authority hears of calls that end in an odd way. A half-open one has one probe to give, and must get it back.</summary>
public sealed class CircuitTests
{
    private static readonly Uri Address = new("x", UriKind.Relative);

    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitTests() => _breaker = CircuitBreaker.Create(o => (o.ConsecutiveFailures, o.TimeProvider) = (1, _time));

    [Fact]
    public async Task FailureIsCounted_WhenTheRequestIsNotToBeRetried()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable));
        using var client = Client(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Options.Set(HttpRetryRequest.Retry, false);

        using var response = await client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(CircuitState.Open, _breaker.State);
    }

    [Fact]
    public async Task ProbeIsGivenBack_WhenTheJudgeThrows()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable, "short"));
        var isFaulty = false;
        using var client = Client(server, o => o.JudgeResponse = _ => isFaulty ? throw new FormatException() : RetryDecision.Retry);
        await HalfOpenAsync(client);

        isFaulty = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Http.GetAsync(Address));

        Assert.Equal(0, _breaker.Snapshot().RunningProbes);
        Assert.Equal(CircuitState.HalfOpen, _breaker.State);
    }

    [Fact]
    public async Task ProbeIsGivenBack_WhenTheCallerCancelsTheProbe()
    {
        using var cancelling = new CancellationTokenSource();
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable), async (request, token) =>
        {
            await cancelling.CancelAsync();
            return await ScriptedHandler.Hangs(request, token);
        });
        using var client = Client(server);
        await HalfOpenAsync(client);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Http.GetAsync(Address, cancelling.Token));

        Assert.Equal(0, _breaker.Snapshot().RunningProbes);
        Assert.Equal(CircuitState.HalfOpen, _breaker.State);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Opens_WhenTheServerHangsAndAttemptsHaveALimit(string method)
    {
        var time = new SignallingTimeProvider();
        using var client = new TestClient(
            new ScriptedHandler(ScriptedHandler.Hangs), o => (o.MaxAttempts, o.AttemptTimeout, o.CircuitBreaker) = (1, TimeSpan.FromSeconds(5), _ => _breaker), time);
        using var request = new HttpRequestMessage(new HttpMethod(method), Address);

        var call = client.Http.SendAsync(request);
        await time.TimerIsSet();
        time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<AttemptTimeoutException>(() => call);
        Assert.Equal(CircuitState.Open, _breaker.State);
    }

    [Fact]
    public async Task StaysClosed_WhenTheTimeoutOfTheClientEndsTheCall()
    {
        using var client = Client(new ScriptedHandler(ScriptedHandler.Hangs), o => o.AttemptTimeout = null);
        client.Http.Timeout = TimeSpan.FromMilliseconds(1);

        await Assert.ThrowsAsync<TaskCanceledException>(() => client.Http.GetAsync(Address));

        Assert.Equal(CircuitState.Closed, _breaker.State);
    }

    private TestClient Client(ScriptedHandler server, Action<HttpRetryOptions>? configure = null) => new(
        server,
        o =>
        {
            o.CircuitBreaker = _ => _breaker;
            configure?.Invoke(o);
        },
        _time);

    private async Task HalfOpenAsync(TestClient client)
    {
        await Assert.ThrowsAsync<CircuitOpenException>(() => client.Http.GetAsync(Address));
        _time.Advance(TimeSpan.FromHours(1));
    }
}
