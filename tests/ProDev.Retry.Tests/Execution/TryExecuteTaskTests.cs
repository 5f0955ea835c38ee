namespace ProDev.Retry.Tests;

/// <summary>The forms of <c>TryExecuteAsync</c> for operations that return Task.</summary>
[Collection(WatchedAlone.Name)]
public sealed class TryExecuteTaskTests
{
    private static readonly Task<int> Completed = Task.FromResult(1);

    [Fact]
    public async Task EveryFormAnswersWithItsResult_WhenAnAttemptSucceeds()
    {
        var policy = TestPolicies.WithoutDelay();
        var script = new Script(Script.Fails(), Script.Returns(7));

        var stateless = await policy.TryExecuteAsync(token => script.RunLaterAsync(token).AsTask());
        var withState = await policy.TryExecuteAsync(script, static (s, token) => s.RunLaterAsync(token).AsTask());
        var plain = await policy.TryExecuteAsync(_ => Task.CompletedTask);
        var plainWithState = await policy.TryExecuteAsync(script, static (s, _) => s.Attempts == 3 ? Task.CompletedTask : Task.FromException(new IOException()));

        Assert.Equal((true, 7, 2), (stateless.IsSuccess, stateless.Result, stateless.Attempts));
        Assert.Equal((true, 7, 1), (withState.IsSuccess, withState.Result, withState.Attempts));
        Assert.Equal((true, 1), (plain.IsSuccess, plain.Attempts));
        Assert.Equal((true, 1), (plainWithState.IsSuccess, plainWithState.Attempts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryFormAnswersInsteadOfThrowing_WhenAllAttemptsFail(bool atOnce)
    {
        var policy = TestPolicies.WithoutDelay(2);
        Task<int> Fail() => atOnce ? throw new IOException() : Task.FromException<int>(new IOException());

        var stateless = await policy.TryExecuteAsync(_ => Fail());
        var withState = await policy.TryExecuteAsync(7, (_, _) => Fail());
        var plain = await policy.TryExecuteAsync(Task (_) => Fail());
        var plainWithState = await policy.TryExecuteAsync(7, Task (_, _) => Fail());

        (RetryEnd, int, Exception?)[] seen = [
            (stateless.End, stateless.Attempts, stateless.Exception), (withState.End, withState.Attempts, withState.Exception),
            (plain.End, plain.Attempts, plain.Exception), (plainWithState.End, plainWithState.Attempts, plainWithState.Exception),
        ];
        Assert.All(seen, outcome =>
        {
            Assert.Equal((RetryEnd.AttemptsUsedUp, 2), (outcome.Item1, outcome.Item2));
            Assert.IsType<IOException>(outcome.Item3);
        });
    }

    [Fact]
    public async Task NoAttemptStarts_WhenTheCallerHasCancelled()
    {
        var policy = TestPolicies.WithoutDelay();
        var cancelled = new CancellationToken(canceled: true);
        var attempts = 0;

        var outcome = await policy.TryExecuteAsync(_ => Task.FromResult(++attempts), cancelled);
        var plain = await policy.TryExecuteAsync(Task (_) => Task.FromResult(++attempts), cancelled);

        Assert.Equal((RetryEnd.Cancelled, RetryEnd.Cancelled, 0), (outcome.End, plain.End, attempts));
        Assert.Equal(cancelled, Assert.IsType<OperationCanceledException>(outcome.Exception).CancellationToken);
    }

    [Fact]
    public async Task AsyncLambdaIsTakenAsValueTask_WhenBothFormsFit()
    {
        var policy = TestPolicies.WithoutDelay();

        // That these two lines compile is the test: both overloads fit, and one has the priority.
        var outcome = await policy.TryExecuteAsync(static async token => await Completed.WaitAsync(token));
        var plain = await policy.TryExecuteAsync(static async token => await Task.Delay(0, token));

        Assert.True(outcome.IsSuccess && plain.IsSuccess);
    }

    [Fact]
    public async Task DelegateMustNotBeNull()
    {
        var policy = TestPolicies.WithoutDelay();

        await Assert.ThrowsAsync<ArgumentNullException>("operation", async () => await policy.TryExecuteAsync((Func<CancellationToken, Task<int>>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("operation", async () => await policy.TryExecuteAsync(7, (Func<int, CancellationToken, Task<int>>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("operation", async () => await policy.TryExecuteAsync((Func<CancellationToken, Task>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("operation", async () => await policy.TryExecuteAsync(7, (Func<int, CancellationToken, Task>)null!));
    }

    [Fact]
    public void NothingIsAllocated_WhenTheFirstAttemptSucceedsAtOnce()
    {
        var policy = RetryPolicy.Create(static o => o.Budget = RetryBudget.TokenRatio());
        using var caller = new CancellationTokenSource();
        var token = caller.Token;

        NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.TryExecuteAsync(static _ => Completed, token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.TryExecuteAsync(7, static (_, _) => Completed, token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.TryExecuteAsync(static _ => Task.CompletedTask, token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(policy.TryExecuteAsync(7, static (_, _) => Task.CompletedTask, token)));
    }
}
