using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class CancellationTests
{
    [Fact]
    public async Task OperationDoesNotRun_WhenTheCallerCancelledBefore()
    {
        var policy = TestPolicies.WithoutDelay();
        var script = new Script(Script.Returns(1));
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await AssertCancelledAsync(() => policy.ExecuteAsync(script.RunAsync, caller.Token).AsTask(), caller.Token);
        await AssertCancelledAsync(
            () => policy.ExecuteAsync(async ValueTask (t) => await script.RunAsync(t), caller.Token).AsTask(), caller.Token);
        await AssertCancelledAsync(() => Task.Run(() => policy.Execute(_ => script.Next(), caller.Token)), caller.Token);

        Assert.Equal(0, script.Attempts);
    }

    public static TheoryData<Exception> WhateverItThrows => [
        new IOException("reset"),
        new TimeoutException(),
        new NotSupportedException("wrong"),
        new OperationCanceledException("a token of the operation's own"),
        new TaskCanceledException("timeout", new TimeoutException()),
    ];

    [Theory]
    [MemberData(nameof(WhateverItThrows))]
    public async Task CallerGetsItsOwnCancellation_WhenItCancelsDuringAnAttempt(Exception thrown)
    {
        var judged = 0;
        var policy = TestPolicies.WithoutDelay(configure: o => o.ShouldRetry = _ =>
        {
            judged++;
            return true;
        });
        foreach (var sync in new[] { false, true })
        {
            using var caller = new CancellationTokenSource();
            var script = new Script(() =>
            {
                caller.Cancel();
                throw thrown;
            });

            var exception = await AssertCancelledAsync(
                () => sync
                    ? Task.Run(() => policy.Execute(_ => script.Next(), caller.Token))
                    : policy.ExecuteAsync(script.RunAsync, caller.Token).AsTask(),
                caller.Token);

            Assert.Same(thrown, exception.InnerException);
            Assert.Equal(
                "The caller cancelled the operation during attempt 1. The inner exception is what the attempt threw.", exception.Message);
            Assert.Equal(1, script.Attempts);
        }

        Assert.Equal(0, judged);
    }

    [Fact]
    public async Task OperationsOwnExceptionSurfaces_WhenItAlreadyCarriesTheCallersToken()
    {
        using var caller = new CancellationTokenSource();
        var thrown = new TaskCanceledException("mine", null, caller.Token);
        var script = new Script(() =>
        {
            caller.Cancel();
            throw thrown;
        });

        var exception = await AssertCancelledAsync(
            () => TestPolicies.WithoutDelay().ExecuteAsync(script.RunAsync, caller.Token).AsTask(), caller.Token);

        Assert.Same(thrown, exception);
    }

    [Fact]
    public async Task TaskIsCancelledAndNotFaulted_WhenTheCallerCancels()
    {
        using var caller = new CancellationTokenSource();
        var call = TestPolicies.WithoutDelay().ExecuteAsync<int>(
            async token =>
            {
                await caller.CancelAsync();
                throw new IOException();
            },
            caller.Token).AsTask();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(call.IsCanceled);
    }

    [Fact]
    public async Task DelayStopsAtOnce_WhenTheCallerCancelsInIt()
    {
        var time = new FakeTimeProvider();
        var policy = TestPolicies.WithSeconds(time);
        var script = new Script(Script.Fails("first"), Script.Returns(1));
        using var caller = new CancellationTokenSource();

        var call = policy.ExecuteAsync(script.RunAsync, caller.Token).AsTask();
        Assert.False(call.IsCompleted);
        await caller.CancelAsync();

        var exception = await AssertCancelledAsync(() => call, caller.Token);
        Assert.Equal("first", Assert.IsType<IOException>(exception.InnerException).Message);
        Assert.Equal(
            "The caller cancelled the operation before attempt 2. The inner exception is what the attempt before it threw.",
            exception.Message);
        Assert.Equal(1, script.Attempts);
    }

    [Fact]
    public async Task BlockingDelayStopsAtOnce_WhenTheCallerCancelsInIt()
    {
        foreach (var time in new[] { TimeProvider.System, new FakeTimeProvider() })
        {
            using var caller = new CancellationTokenSource();
            var policy = RetryPolicy.Create(o =>
            {
                o.TimeProvider = time;
                o.BaseDelay = o.MaxDelay = TimeSpan.FromDays(1);
                o.Jitter = RetryJitter.None;
                // Cancelled from another thread, while or just before this one waits for a day.
                o.OnRetry = _ => caller.CancelAfter(TimeSpan.FromMilliseconds(1));
            });

            await AssertCancelledAsync(() => Task.Run(() => policy.Execute(_ => new Script(Script.Fails()).Next(), caller.Token)), caller.Token);
        }
    }

    [Fact]
    public async Task NextAttemptDoesNotStart_WhenTheCallerCancelsInTheRetryCallback()
    {
        using var caller = new CancellationTokenSource();
        var policy = TestPolicies.WithoutDelay(configure: o => o.OnRetry = _ => caller.Cancel());
        var script = new Script(Script.Fails(), Script.Returns(1));

        await AssertCancelledAsync(() => policy.ExecuteAsync(script.RunAsync, caller.Token).AsTask(), caller.Token);

        Assert.Equal(1, script.Attempts);
    }

    [Fact]
    public async Task ResultIsReturned_WhenTheOperationSucceedsAfterTheCallerCancelled()
    {
        using var caller = new CancellationTokenSource();
        var policy = TestPolicies.WithoutDelay(configure: o => o.RetryResult<int>(_ => true));

        var result = await policy.ExecuteAsync(
            async token =>
            {
                await caller.CancelAsync();
                return 8;
            },
            caller.Token);

        Assert.Equal(8, result);
    }

    [Fact]
    public async Task CancellationOfTheOperationsOwnIsRetried_WhenTheJudgeAllowsIt()
    {
        using var own = new CancellationTokenSource();
        await own.CancelAsync();
        var script = new Script(Script.Throws(new OperationCanceledException(own.Token)), Script.Returns(1));
        var policy = TestPolicies.WithoutDelay(configure: o => o.ShouldRetry = static f => f.Exception is OperationCanceledException);

        Assert.Equal(1, await policy.ExecuteAsync(script.RunAsync));
    }

    [Fact]
    public async Task EachAttemptGetsTheCallersToken()
    {
        using var caller = new CancellationTokenSource();
        var seen = new List<CancellationToken>();

        await Assert.ThrowsAsync<IOException>(async () => await TestPolicies.WithoutDelay().ExecuteAsync<int>(
            token =>
            {
                seen.Add(token);
                throw new IOException();
            },
            caller.Token));

        Assert.Equal([caller.Token, caller.Token, caller.Token], seen);
    }

    private static async Task<OperationCanceledException> AssertCancelledAsync(Func<Task> call, CancellationToken token)
    {
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        Assert.Equal(token, exception.CancellationToken);
        return exception;
    }
}
