using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class TryExecuteTests
{
    [Fact]
    public async Task EveryFormAnswersInsteadOfThrowing()
    {
        var policy = TestPolicies.WithoutDelay(2);
        using var caller = new CancellationTokenSource();
        foreach (var cancelled in new[] { false, true })
        {
            if (cancelled)
                await caller.CancelAsync();
            (RetryEnd End, int Attempts, Exception? Exception)[] outcomes = [
                Seen(await policy.TryExecuteAsync(static ValueTask<int> (_) => throw new IOException(), caller.Token)),
                Seen(await policy.TryExecuteAsync(7, static ValueTask<int> (_, _) => throw new IOException(), caller.Token)),
                Seen(await policy.TryExecuteAsync<Failing, int>(default, caller.Token)),
                Seen(await policy.TryExecuteAsync(static ValueTask (_) => throw new IOException(), caller.Token)),
                Seen(await policy.TryExecuteAsync(7, static ValueTask (_, _) => throw new IOException(), caller.Token)),
                Seen(await policy.TryExecuteAsync(default(Failing), caller.Token)),
            ];

            Assert.All(outcomes, o => Assert.Equal(cancelled ? (RetryEnd.Cancelled, 0) : (RetryEnd.AttemptsUsedUp, 2), (o.End, o.Attempts)));
            if (cancelled)
                Assert.All(outcomes, o => Assert.Equal(caller.Token, Assert.IsType<OperationCanceledException>(o.Exception).CancellationToken));
            else
                Assert.All(outcomes, o => Assert.IsType<IOException>(o.Exception));
        }
    }

    [Fact]
    public async Task EveryEndIsTold()
    {
        Assert.Equal(RetryEnd.Success, await EndAsync(static _ => { }, Script.Fails(), Script.Returns(1)));
        Assert.Equal(RetryEnd.Stopped, await EndAsync(static _ => { }, Script.Throws(new NotSupportedException())));
        Assert.Equal(RetryEnd.AttemptsUsedUp, await EndAsync(static _ => { }, Script.Fails()));
        Assert.Equal(RetryEnd.AttemptsUsedUp, await EndAsync(static o => o.RetryResult<int>(static r => r == 1), Script.Returns(1)));
        Assert.Equal(RetryEnd.DeadlineReached, await EndAsync(static o => o.Deadline = TimeSpan.FromSeconds(1), Script.Fails()));
        Assert.Equal(RetryEnd.BudgetSpent, await EndAsync(static o => o.Budget = RetryBudget.TokenRatio(1), Script.Fails()));
        Assert.Equal(RetryEnd.CallbackFailed, await EndAsync(static o => o.OnRetry = static _ => throw new FormatException(), Script.Fails()));
        Assert.Equal(RetryEnd.CallbackFailed, await EndAsync(static o => o.ShouldRetry = static _ => throw new FormatException(), Script.Fails()));
        Assert.Equal(RetryEnd.CallbackFailed, await EndAsync(
            static o => o.RetryResult<int>(static _ => throw new FormatException()), Script.Returns(1)));
        Assert.Equal(RetryEnd.CallbackFailed, await EndAsync(
            static o => (o.Randomizer, o.Jitter) = (static () => throw new FormatException(), RetryJitter.Full), Script.Fails()));
    }

    [Fact]
    public async Task RefusedResultIsThere_WhenTheAttemptsAreUsedUp()
    {
        var policy = TestPolicies.WithoutDelay(2, static o => o.RetryResult<int>(static r => r < 0));

        var outcome = await policy.TryExecuteAsync(new Script(Script.Returns(-1), Script.Returns(-2)).RunAsync);

        Assert.False(outcome.IsSuccess);
        Assert.Equal(-2, outcome.Result);
        Assert.Equal(-2, outcome.GetResult());
        Assert.Null(outcome.Exception);
        Assert.Equal([(1, null), (2, null)], outcome.History.Select(a => (a.Number, a.Exception)));
    }

    [Fact]
    public async Task HistoryNamesEachAttemptOnce_WhenTheCallerCancelsInADelay()
    {
        var policy = TestPolicies.WithSeconds(new FakeTimeProvider());
        using var caller = new CancellationTokenSource();

        var call = policy.TryExecuteAsync(new Script(Script.Fails("first")).RunAsync, caller.Token).AsTask();
        Assert.False(call.IsCompleted);
        await caller.CancelAsync();
        var outcome = await call;

        Assert.Equal((RetryEnd.Cancelled, 1), (outcome.End, outcome.Attempts));
        Assert.IsType<OperationCanceledException>(outcome.Exception);
        var attempt = Assert.Single(outcome.History);
        Assert.Equal((1, TimeSpan.Zero, "first"), (attempt.Number, attempt.Delay, attempt.Exception?.Message));
    }

    [Fact]
    public async Task HistoryNamesEachAttemptOnce_WhenTheDelayTookLongerThanTheDeadline()
    {
        var time = new InstantTimeProvider { Lateness = TimeSpan.FromSeconds(5) };
        var policy = TestPolicies.WithSeconds(time, 10, static o => o.Deadline = TimeSpan.FromSeconds(3));

        var outcome = await policy.TryExecuteAsync(new Script(Script.Fails()).RunAsync);

        Assert.Equal((RetryEnd.DeadlineReached, 1), (outcome.End, outcome.Attempts));
        Assert.Equal([1], outcome.History.Select(a => a.Number));
    }

    [Fact]
    public async Task CallerIsTold_WhenItCancelsDuringAnAttempt()
    {
        using var caller = new CancellationTokenSource();
        var outcome = await TestPolicies.WithoutDelay().TryExecuteAsync(async ValueTask<int> (_) =>
        {
            await caller.CancelAsync();
            throw new IOException("mine");
        }, caller.Token);

        Assert.Equal((RetryEnd.Cancelled, 1), (outcome.End, outcome.Attempts));
        Assert.Equal(caller.Token, Assert.IsType<OperationCanceledException>(outcome.Exception).CancellationToken);
        Assert.Equal("mine", Assert.Single(outcome.History).Exception?.Message);
    }

    [Fact]
    public async Task StackIsThere_WhenTheOutcomeIsAskedForItsResult()
    {
        var policy = TestPolicies.WithoutDelay();
        var failed = await policy.TryExecuteAsync(new Script(Script.Fails()).RunLaterAsync);
        var plain = await policy.TryExecuteAsync(static ValueTask (_) => throw new IOException());

        Assert.Contains(nameof(Script.RunLaterAsync), Assert.Throws<IOException>(() => failed.GetResult()).StackTrace, StringComparison.Ordinal);
        Assert.Throws<IOException>(plain.ThrowIfFailed);
        (await policy.TryExecuteAsync(static _ => ValueTask.CompletedTask)).ThrowIfFailed();
    }

    private static async Task<RetryEnd> EndAsync(Action<RetryOptions> configure, params Func<int>[] steps)
    {
        var call = TestPolicies.WithSeconds(new InstantTimeProvider(), configure: configure).TryExecuteAsync(new Script(steps).RunAsync);
        Assert.True(call.IsCompletedSuccessfully);
        return (await call).End;
    }

    private static (RetryEnd End, int Attempts, Exception? Exception) Seen<T>(RetryOutcome<T> o) => (o.End, o.Attempts, o.Exception);

    private static (RetryEnd End, int Attempts, Exception? Exception) Seen(RetryOutcome o) => (o.End, o.Attempts, o.Exception);

    private readonly struct Failing : IRetryOperation<int>, IRetryOperation
    {
        public ValueTask<int> InvokeAsync(CancellationToken cancellationToken) => throw new IOException();

        ValueTask IRetryOperation.InvokeAsync(CancellationToken cancellationToken) => throw new IOException();
    }
}
