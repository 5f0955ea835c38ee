using System.Net;
using ProDev.Retry;

namespace ProDev.Http.Tests;

public sealed class TimeTests
{
    private static readonly Uri Address = new("x", UriKind.Relative);

    private readonly SignallingTimeProvider _time = new();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task IsTheCallersAtOnce_WhenRetryAfterDoesNotFitTheDeadline(HttpStatusCode status)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(status, "wait", ("Retry-After", "60")));
        using var client = new TestClient(server, o => o.Deadline = TimeSpan.FromSeconds(30), _time);
        var started = _time.GetTimestamp();

        using var response = await client.Http.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead);

        Assert.True(_time.GetElapsedTime(started) < TimeSpan.FromMilliseconds(50));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("wait", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task IsTheCallersAtOnce_WhenRetryAfterIsLongerThanAllowed()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.TooManyRequests, null, ("Retry-After", "6")));
        using var client = new TestClient(server, o => o.MaxServerDelay = TimeSpan.FromSeconds(5), _time);

        using var response = await client.Http.GetAsync(Address);

        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task IsTheCallersAtOnce_WhenRetryAfterIsSixtyEightYearsAndThereIsNoDeadline()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.TooManyRequests, null, ("Retry-After", "99999999999999")));
        using var client = new TestClient(server, o => o.Deadline = null, _time);

        using var response = await client.Http.GetAsync(Address);

        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task IsRepeatedNotBeforeThat_WhenTheServerAsksForADelayLongerThanOurs()
    {
        var server = new ScriptedHandler(
            ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable, null, ("Retry-After", "20")), ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server, o => o.MaxDelay = TimeSpan.FromSeconds(1), _time);

        var call = client.Http.GetAsync(Address);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.Equal(1, server.Attempts);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task IsEndedAndRepeated_WhenAnAttemptTakesTooLong()
    {
        var server = new ScriptedHandler(ScriptedHandler.Hangs, ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server, o => o.AttemptTimeout = TimeSpan.FromSeconds(2), _time);

        var call = client.Http.GetAsync(Address);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(2));

        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, server.Attempts);
    }

    [Fact]
    public async Task EndsWithATimeout_WhenARequestThatIsNotRepeatedTakesTooLong()
    {
        var server = new ScriptedHandler(ScriptedHandler.Hangs);
        using var client = new TestClient(server, o => o.AttemptTimeout = TimeSpan.FromSeconds(2), _time);

        var call = client.Http.PostAsync(Address, content: null);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<AttemptTimeoutException>(() => call);
        Assert.Equal(1, server.Attempts);
    }

    [Fact]
    public async Task TellsAttemptAndTime_WhenTheHeadersAreOn()
    {
        var server = new ScriptedHandler(
            ScriptedHandler.Answers(HttpStatusCode.ServiceUnavailable, null, ("Retry-After", "20")), ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(
            server, o => (o.SendAttemptHeaders, o.Deadline, o.AttemptTimeout) = (true, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15)), _time);

        using var request = new HttpRequestMessage(HttpMethod.Get, "x");
        request.Headers.Add(HttpAttempt.NumberHeader, "9");
        var call = client.Http.SendAsync(request);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(20));
        using var response = await call;

        Assert.Equal(["1", "2"], server.Sent.Select(sent => sent.Header(HttpAttempt.NumberHeader)));
        Assert.Equal(["15000", "10000"], server.Sent.Select(sent => sent.Header(HttpAttempt.RemainingHeader)));
    }

    [Theory]
    [InlineData(5, "5000")]
    [InlineData(50, "30000")]
    [InlineData(null, "30000")]
    public async Task TellsTheTimeOfThePolicyAround_WhenThatIsLess(int? outer, string remaining)
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server, o => (o.SendAttemptHeaders, o.AttemptTimeout) = (true, null), _time);
        var around = RetryPolicy.Create(o => (o.Deadline, o.TimeProvider) = (outer is { } seconds ? TimeSpan.FromSeconds(seconds) : null, _time));

        using var response = await around.ExecuteAsync(token => new ValueTask<HttpResponseMessage>(client.Http.GetAsync(Address, token)), CancellationToken.None);

        Assert.Equal(remaining, server.Sent[0].Header(HttpAttempt.RemainingHeader));
    }

    [Fact]
    public async Task BeginsWithOneAgain_WhenThePolicyAroundRetries()
    {
        var server = new ScriptedHandler(ScriptedHandler.Throws(new HttpRequestException("reset")));
        using var client = new TestClient(server, o => o.SendAttemptHeaders = true);
        var around = RetryPolicy.Create(o => (o.MaxAttempts, o.BaseDelay) = (5, TimeSpan.Zero));

        await Assert.ThrowsAsync<HttpRequestException>(() => around.ExecuteAsync(
            token => new ValueTask<HttpResponseMessage>(client.Http.GetAsync(Address, token)), CancellationToken.None).AsTask());

        Assert.Equal(["1", "2", "3", "1", "1"], server.Sent.Select(sent => sent.Header(HttpAttempt.NumberHeader)));
    }

    [Fact]
    public async Task TellsTheTimeOfTheConfiguredPolicy_WhenThatIsAnother()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(
            server, o => (o.SendAttemptHeaders, o.ConfigurePolicy) = (true, policy => policy.AttemptTimeout = TimeSpan.FromSeconds(2)), _time);

        using var response = await client.Http.GetAsync(Address);

        Assert.Equal("2000", server.Sent[0].Header(HttpAttempt.RemainingHeader));
    }

    [Fact]
    public async Task IsEndedAndRepeatedByDefault_WhenAnAttemptHangs()
    {
        var server = new ScriptedHandler(ScriptedHandler.Hangs, ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server, configure: null, _time);

        var call = client.Http.GetAsync(Address);
        await _time.TimerIsSet();
        _time.Advance(TimeSpan.FromSeconds(15));

        using var response = await call;
        Assert.Equal(2, server.Attempts);
    }

    [Theory]
    [InlineData(30, 15)]
    [InlineData(10, 5)]
    [InlineData(600, 15)]
    [InlineData(null, 15)]
    public void LimitsAnAttemptToHalfTheDeadline_WhenNobodyChoseAnother(int? deadline, int expected)
    {
        var options = new HttpRetryOptions { Deadline = deadline is { } seconds ? TimeSpan.FromSeconds(seconds) : null };

        Assert.Equal(TimeSpan.FromSeconds(expected), options.AttemptTimeout);
    }

    [Fact]
    public async Task IsSent_WhenOnlyAShortDeadlineIsChosen()
    {
        using var client = new TestClient(new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.OK)), o => o.Deadline = TimeSpan.FromSeconds(2));

        using var response = await client.Http.GetAsync(Address);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", false)]
    [InlineData("GET", true)]
    public async Task HasTheTimeThatItTakesByDefault_WhenARequestIsNotRepeatedOrTheLimitIsTakenOff(string method, bool isOff)
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        using var client = new TestClient(
            new ScriptedHandler((_, token) => answer.Task.WaitAsync(token)),
            o =>
            {
                if (isOff)
                    o.AttemptTimeout = null;
            },
            _time);
        using var request = new HttpRequestMessage(new HttpMethod(method), "x");

        var call = client.Http.SendAsync(request);
        _time.Advance(TimeSpan.FromHours(1));
        answer.SetResult(ScriptedHandler.Response(request, HttpStatusCode.OK));

        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task TellsNothing_WhenTheHeadersAreOff()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server);

        using var response = await client.Http.GetAsync(Address);

        Assert.Empty(server.Sent[0].Headers);
    }
}
