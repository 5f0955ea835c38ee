using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>The Execute forms: what they run, what they pass on, and what they count.</summary>
public sealed class CircuitExecutionTests
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string> Forms => [.. FormTable.Keys];

    /// <summary>Every public form around one piece of work; those for <c>Later</c> complete on another thread.</summary>
    private static Dictionary<string, Func<CircuitBreaker, Func<int>, Task>> FormTable { get; } = new()
    {
        ["result"] = (b, work) => b.ExecuteAsync(_ => ValueTask.FromResult(work())).AsTask(),
        ["result, state"] = (b, work) => b.ExecuteAsync(work, static (w, _) => ValueTask.FromResult(w())).AsTask(),
        ["result, later"] = (b, work) => b.ExecuteAsync(async _ => await Later(work)).AsTask(),
        ["result task"] = (b, work) => b.ExecuteAsync(_ => Later(work)).AsTask(),
        ["result task, state"] = (b, work) => b.ExecuteAsync(work, static (w, _) => Later(w)).AsTask(),
        ["result struct"] = (b, work) => b.ExecuteAsync<Operation, int>(new Operation(work)).AsTask(),
        ["plain"] = (b, work) => b.ExecuteAsync(_ => new ValueTask(Task.FromResult(work()))).AsTask(),
        ["plain, state"] = (b, work) => b.ExecuteAsync(work, static (w, _) => new ValueTask(Task.FromResult(w()))).AsTask(),
        ["plain, later"] = (b, work) => b.ExecuteAsync(_ => new ValueTask(Later(work))).AsTask(),
        ["plain task"] = (b, work) => b.ExecuteAsync(_ => (Task)Later(work)).AsTask(),
        ["plain task, state"] = (b, work) => b.ExecuteAsync(work, static (w, _) => (Task)Later(w)).AsTask(),
        ["plain struct"] = (b, work) => b.ExecuteAsync(new Operation(work)).AsTask(),
        ["sync"] = (b, work) => Async(() => b.Execute(_ => work())),
        ["sync, state"] = (b, work) => Async(() => b.Execute(work, static (w, _) => w())),
        ["sync plain"] = (b, work) => Async(() => b.Execute(_ => { work(); })),
        ["sync plain, state"] = (b, work) => Async(() => b.Execute(work, static (w, _) => { w(); })),
        ["sync struct"] = (b, work) => Async(() => b.Execute<Operation, int>(new Operation(work))),
        ["sync plain struct"] = (b, work) => Async(() => b.Execute(new Operation(work))),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task FailuresOpenSuccessesCloseAndRejectedOperationsDoNotRun(string name)
    {
        var form = FormTable[name];
        var breaker = TestBreakers.AfterFailures(2, _time);
        var (runs, failure) = (0, new IOException("down"));
        int Fail()
        {
            runs++;
            throw failure;
        }

        Assert.Same(failure, await Assert.ThrowsAsync<IOException>(() => form(breaker, Fail)));
        await form(breaker, static () => 1);
        Assert.Equal(0, breaker.Snapshot().FailuresInARow);
        await Assert.ThrowsAsync<IOException>(() => form(breaker, Fail));
        await Assert.ThrowsAsync<IOException>(() => form(breaker, Fail));
        Assert.Equal(CircuitState.Open, breaker.State);

        var rejection = await Assert.ThrowsAsync<CircuitOpenException>(() => form(breaker, Fail));
        Assert.Same(failure, rejection.InnerException);
        Assert.Equal(3, runs);

        _time.Advance(TestBreakers.Break);
        await form(breaker, static () => 1);
        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task WrongUseIsNeutral(string name)
    {
        var breaker = TestBreakers.ReadyToProbe(_time);

        await Assert.ThrowsAsync<FormatException>(() => FormTable[name](breaker, static () => throw new FormatException("wrong")));

        Assert.Equal((CircuitState.HalfOpen, 0), (breaker.State, breaker.Snapshot().RunningProbes));
    }

    [Fact]
    public async Task ResultsComeThrough()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);

        Assert.Equal(7, await breaker.ExecuteAsync(7, static (state, _) => ValueTask.FromResult(state)));
        Assert.Equal(7, await breaker.ExecuteAsync(_ => Later(static () => 7)));
        Assert.Equal(7, breaker.Execute(7, static (state, _) => state));
    }

    [Fact]
    public async Task NothingRuns_WhenTheCallerHasAlreadyCancelled()
    {
        var breaker = TestBreakers.ReadyToProbe(_time);
        var cancelled = new CancellationToken(canceled: true);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await breaker.ExecuteAsync(static _ => ValueTask.FromResult(Never()), cancelled));
        Assert.Equal(cancelled, exception.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await breaker.ExecuteAsync(static _ => new ValueTask(Task.FromResult(Never())), cancelled));
        Assert.Throws<OperationCanceledException>(() => breaker.Execute(static _ => Never(), cancelled));

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public async Task WhateverIsThrownIsNeutral_WhenTheCallerCancelledMeanwhile()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);
        using var caller = new CancellationTokenSource();

        await Assert.ThrowsAsync<IOException>(async () => await breaker.ExecuteAsync(
            _ =>
            {
                caller.Cancel();
                return ValueTask.FromException(new IOException("the connection was aborted"));
            },
            caller.Token));

        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void CancellationCounts_WhenTheCallersTokenIsNotCancelled()
    {
        using var caller = new CancellationTokenSource();
        var breaker = TestBreakers.AfterFailures(1, _time);

        Assert.Throws<OperationCanceledException>(() => breaker.Execute(static _ => throw new OperationCanceledException(), caller.Token));

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void CancellationWithoutAToken_CountsOnlyAsATimeout()
    {
        var breaker = TestBreakers.AfterFailures(1, _time);

        Assert.Throws<OperationCanceledException>(() => breaker.Execute(static _ => throw new OperationCanceledException()));
        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Throws<OperationCanceledException>(
            () => breaker.Execute(static _ => throw new OperationCanceledException("timeout", new TimeoutException())));

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void PredicateDecides_WhenItIsSet()
    {
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.ShouldCount = static e => e is FormatException);

        Assert.Throws<IOException>(() => breaker.Execute(static _ => throw new IOException()));
        Assert.Equal(CircuitState.Closed, breaker.State);
        Assert.Throws<FormatException>(() => breaker.Execute(static _ => throw new FormatException("x")));

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void DefaultDecidesAndTheSnapshotTells_WhenThePredicateThrows()
    {
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.ShouldCount = static _ => throw new NotSupportedException("oops"));

        Assert.Throws<IOException>(() => breaker.Execute(static _ => throw new IOException()));

        Assert.Equal(CircuitState.Open, breaker.State);
        Assert.IsType<NotSupportedException>(breaker.Snapshot().LastCallbackFailure!.InnerException);
    }

    [Fact]
    public async Task ResultsCountAsFailures_WhenTheyAreNamed()
    {
        var breaker = TestBreakers.AfterFailures(3, _time, o => o.CountResult<int>(static status => status >= 500));

        Assert.Equal(503, await breaker.ExecuteAsync(static _ => ValueTask.FromResult(503)));
        Assert.Equal(503, await breaker.ExecuteAsync(static _ => Later(static () => 503)));
        await breaker.ExecuteAsync(static _ => ValueTask.CompletedTask);
        Assert.Equal(0, breaker.Snapshot().FailuresInARow);
        for (var i = 0; i < 3; i++)
            Assert.Equal(503, breaker.Execute(static _ => 503));

        Assert.Equal(CircuitState.Open, breaker.State);
    }

    [Fact]
    public void ResultIsNeutralAndReturned_WhenItsPredicateThrows()
    {
        var breaker = TestBreakers.ReadyToProbe(_time, o => o.CountResult<int>(static _ => throw new NotSupportedException()));

        Assert.Equal(1, breaker.Execute(static _ => 1));

        Assert.Equal((CircuitState.HalfOpen, 1L), (breaker.State, breaker.Snapshot().CallbackFailures));
    }

    [Fact]
    public void ObserverFindsTheOperationsLocksReleased_WhenASynchronousOperationFails()
    {
        var (isHeld, wasHeld) = (false, true);
        var breaker = TestBreakers.AfterFailures(1, _time, o => o.OnChange = _ => wasHeld = isHeld);

        Assert.Throws<IOException>(() => breaker.Execute(_ =>
        {
            isHeld = true;
            try
            {
                throw new IOException();
            }
            finally
            {
                isHeld = false;
            }
        }));

        Assert.False(wasHeld);
    }

    private static int Never() => throw new NotSupportedException("The operation must not run.");

    private static async Task<int> Later(Func<int> work)
    {
        await Task.Yield();
        return work();
    }

    private static Task Async(Action work)
    {
        try
        {
            work();
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    private readonly struct Operation(Func<int> work) : IRetryOperation<int>, IRetryOperation, ISyncRetryOperation<int>, ISyncRetryOperation
    {
        public ValueTask<int> InvokeAsync(CancellationToken cancellationToken) => new(work());

        ValueTask IRetryOperation.InvokeAsync(CancellationToken cancellationToken)
        {
            work();
            return default;
        }

        public int Invoke(CancellationToken cancellationToken) => work();

        void ISyncRetryOperation.Invoke(CancellationToken cancellationToken) => work();
    }
}
