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

    [Fact]
    public async Task TellsNothing_WhenTheHeadersAreOff()
    {
        var server = new ScriptedHandler(ScriptedHandler.Answers(HttpStatusCode.OK));
        using var client = new TestClient(server);

        using var response = await client.Http.GetAsync(Address);

        Assert.Empty(server.Sent[0].Headers);
    }
}
