namespace ProDev.Retry.Tests;

public sealed class AttemptTimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task AttemptIsCancelledAndRetried_WhenItsTimeIsOver()
    {
        var time = new SignallingTimeProvider();
        var policy = Limited(time);
        var tokens = new List<CancellationToken>();

        var call = policy.ExecuteAsync(async token =>
        {
            tokens.Add(token);
            if (tokens.Count == 1)
                await Task.Delay(Timeout.Infinite, token);
            return tokens.Count;
        }).AsTask();
        await time.TimerIsSet();
        time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(2, await call);
        Assert.NotEqual(tokens[0], tokens[1]);
    }

    [Fact]
    public async Task LastTimeoutSurfacesWithTheCancellationInside_WhenEveryAttemptTakesTooLong()
    {
        var time = new InstantTimeProvider();
        var policy = Limited(time);

        var exception = await Assert.ThrowsAsync<AttemptTimeoutException>(
            async () => await policy.ExecuteAsync(static async token => await Task.Delay(Timeout.Infinite, token)));

        Assert.Equal(Limit, exception.Timeout);
        Assert.Contains("Attempt 3 took longer than AttemptTimeout, '00:00:02'", exception.Message, StringComparison.Ordinal);
        Assert.IsType<TaskCanceledException>(exception.InnerException);
        Assert.Equal(3, RetryHistory.Of(exception).Count);
    }

    [Fact]
    public async Task AttemptIsCancelledAndRetried_OnTheSystemsClock()
    {
        var policy = Limited(TimeProvider.System, TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<AttemptTimeoutException>(
            async () => await policy.ExecuteAsync(static async token => await Task.Delay(Timeout.Infinite, token)));
        await Assert.ThrowsAsync<AttemptTimeoutException>(async () => await policy.ExecuteAsync(static async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return 1;
        }));
        var exception = Assert.Throws<AttemptTimeoutException>(() => policy.Execute(static token =>
        {
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
        }));

        Assert.Equal(3, RetryHistory.Of(exception).Count);
    }

    [Fact]
    public void SynchronousAttemptIsCancelled_OnAClockOfItsOwn()
    {
        var script = new Script(Script.Returns(1));
        var attempts = 0;

        var result = Limited(new InstantTimeProvider()).Execute(token =>
        {
            if (++attempts < 3)
                token.ThrowIfCancellationRequested();
            return script.Next();
        });

        Assert.Equal(1, result);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task CallersTokenSurfaces_WhenTheCallerCancelsDuringAnAttempt()
    {
        using var caller = new CancellationTokenSource();
        var policy = Limited(new SignallingTimeProvider());

        var call = policy.ExecuteAsync(static async token => await Task.Delay(Timeout.Infinite, token), caller.Token).AsTask();
        await caller.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, exception.CancellationToken);

        using var other = new CancellationTokenSource();
        var sync = Assert.ThrowsAny<OperationCanceledException>(() => policy.Execute(
            token =>
            {
                other.Cancel();
                token.ThrowIfCancellationRequested();
            },
            other.Token));
        Assert.Equal(other.Token, sync.CancellationToken);
    }

    [Fact]
    public async Task SuccessCounts_WhenTheOperationIgnoresItsToken()
    {
        var time = new SignallingTimeProvider();
        var gate = new TaskCompletionSource<int>();
        var attempts = 0;

        var call = Limited(time).ExecuteAsync(_ =>
        {
            attempts++;
            return gate.Task;
        }).AsTask();
        await time.TimerIsSet();
        time.Advance(Limit * 10);
        Assert.False(call.IsCompleted);
        gate.SetResult(6);

        Assert.Equal(6, await call);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task OwnFailureIsJudged_WhenTheOperationFailsOtherwiseAfterItsTime()
    {
        var policy = Limited(new InstantTimeProvider());

        await Assert.ThrowsAsync<NotSupportedException>(async () => await policy.ExecuteAsync(static async token =>
        {
            await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            throw new NotSupportedException();
        }));
    }

    [Fact]
    public async Task CancellationOfTheOperationsOwnIsNoTimeout_WhenThereIsTimeLeft()
    {
        var policy = Limited(new SignallingTimeProvider());

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await policy.ExecuteAsync(static ValueTask<int> (_) => throw new OperationCanceledException("mine")));

        Assert.Equal("mine", exception.Message);
    }

    [Fact]
    public async Task TokensOfOtherCallsStayAlive_WhenTimersAndCallersFireAllTheTime()
    {
        var hasty = Limited(TimeProvider.System, TimeSpan.FromMilliseconds(1));
        var patient = Limited(TimeProvider.System, TimeSpan.FromMinutes(10));
        var wrong = 0;

        await Parallel.ForAsync(0, 3_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var caller = new CancellationTokenSource();
            if (i % 3 == 0)
                await hasty.TryExecuteAsync(static async token => await Task.Delay(2, token), CancellationToken.None);
            if (i % 3 == 1)
            {
                var call = patient.TryExecuteAsync(static async token => await Task.Delay(Timeout.Infinite, token), caller.Token).AsTask();
                await caller.CancelAsync();
                var outcome = await call;
                if (outcome.End != RetryEnd.Cancelled || ((OperationCanceledException)outcome.Exception!).CancellationToken != caller.Token)
                    Interlocked.Increment(ref wrong);
            }

            using var other = new CancellationTokenSource();
            await patient.ExecuteAsync(async token =>
            {
                await Task.Yield();
                if (token.IsCancellationRequested)
                    Interlocked.Increment(ref wrong);
            }, other.Token);
        });

        Assert.Equal(0, wrong);
    }

    private static RetryPolicy Limited(TimeProvider time, TimeSpan? limit = null) => TestPolicies.WithoutDelay(configure: o =>
    {
        o.AttemptTimeout = limit ?? Limit;
        o.TimeProvider = time;
    });
}
