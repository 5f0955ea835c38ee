using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class HedgingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Copies<int> _copies = new();

    [Fact]
    public async Task SecondCopyStarts_WhenTheFirstIsSlow()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(1, _copies.Started);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, _copies.Started);

        _copies.Return(2, 22);

        Assert.Equal(22, await call);
        Assert.True(_copies.TokenOf(1).IsCancellationRequested);
        Assert.False(_copies.TokenOf(2).IsCancellationRequested);
    }

    [Fact]
    public async Task FirstCopyWins_WhenItAnswersBeforeTheSecond()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));

        _copies.Return(1, 11);

        Assert.Equal(11, await call);
        Assert.False(_copies.TokenOf(1).IsCancellationRequested);
        Assert.True(_copies.TokenOf(2).IsCancellationRequested);
    }

    [Fact]
    public async Task NoFurtherCopyStarts_WhenTheFirstAnswersInTime()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(0.5));
        _copies.Return(1, 11);
        Assert.Equal(11, await call);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, _copies.Started);
    }

    [Fact]
    public async Task DelayCountsAgainFromEachCopy()
    {
        var call = Policy(o => o.MaxAttempts = 3).ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(0.5));
        _copies.Fail(1, new IOException());
        await _copies.HasStarted(2);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(2, _copies.Started);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await _copies.HasStarted(3);
        _time.Advance(TimeSpan.FromSeconds(10));

        _copies.Return(3, 33);

        Assert.Equal(33, await call);
        Assert.Equal(3, _copies.Started);
    }

    [Fact]
    public async Task AllCopiesStartAtOnce_WhenTheDelayIsZero()
    {
        var call = Policy(o => (o.MaxAttempts, o.Delay) = (3, TimeSpan.Zero)).ExecuteAsync(_copies.RunAsync).AsTask();
        Assert.Equal(3, _copies.Started);

        _copies.Return(2, 22);

        Assert.Equal(22, await call);
    }

    [Fact]
    public async Task CopyStartsOnlyOnFailure_WhenTheDelayIsInfinite()
    {
        var call = Policy(o => o.Delay = Timeout.InfiniteTimeSpan).ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, _copies.Started);
        _copies.Fail(1, new IOException());
        await _copies.HasStarted(2);

        _copies.Return(2, 22);

        Assert.Equal(22, await call);
    }

    [Fact]
    public async Task FirstFailureSurfacesWithItsStack_WhenAllCopiesFail()
    {
        var copy = 0;
        var call = Policy(o => o.MaxAttempts = 3).ExecuteAsync<int>(_ => ++copy == 1 ? ThrowHere() : throw new TimeoutException("later"));

        var exception = await Assert.ThrowsAsync<IOException>(async () => await call);

        Assert.Contains(nameof(ThrowHere), exception.StackTrace, StringComparison.Ordinal);
        Assert.Equal(3, copy);
    }

    [Fact]
    public async Task RunningCopyIsWaitedFor_WhenTheLastOneFailed()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        _copies.Fail(2, new IOException());
        Assert.False(call.IsCompleted);

        _copies.Return(1, 11);

        Assert.Equal(11, await call);
    }

    [Fact]
    public async Task CallEndsAtOnce_WhenAFailureIsNotWorthAnotherCopy()
    {
        var call = Policy(o => o.MaxAttempts = 3).ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));

        _copies.Fail(2, new FormatException("wrong"));

        await Assert.ThrowsAsync<FormatException>(() => call);
        Assert.Equal(2, _copies.Started);
        Assert.True(_copies.TokenOf(1).IsCancellationRequested);
    }

    [Fact]
    public async Task JudgeDecides_WhenOneIsGiven()
    {
        var judged = new List<(int, bool)>();
        var call = Policy(o => o.ShouldHedge = failed =>
        {
            judged.Add((failed.Attempt, failed.IsHedgedByDefault));
            return failed.Exception is FormatException;
        }).ExecuteAsync(_copies.RunAsync).AsTask();

        _copies.Fail(1, new FormatException("mine"));
        await _copies.HasStarted(2);
        _copies.Fail(2, new IOException());

        await Assert.ThrowsAsync<IOException>(() => call);
        Assert.Equal([(1, false), (2, true)], judged);
    }

    [Fact]
    public async Task OnlyOneCopyRuns_WhenAttemptsAreOne()
    {
        var call = Policy(o => o.MaxAttempts = 1).ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromDays(1));
        _copies.Fail(1, new IOException("only"));

        await Assert.ThrowsAsync<IOException>(() => call);
        Assert.Equal(1, _copies.Started);
    }

    [Fact]
    public async Task ObserverIsToldWhyACopyStarts()
    {
        var told = new List<(int Attempt, bool AfterFailure, string? Message)>();
        var call = Policy(o =>
        {
            o.MaxAttempts = 3;
            o.OnHedge = hedge => told.Add((hedge.Attempt, hedge.IsAfterFailure, hedge.Exception?.Message));
        }).ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        _copies.Fail(2, new IOException("down"));
        await _copies.HasStarted(3);
        _copies.Return(3, 33);

        Assert.Equal(33, await call);
        Assert.Equal([(2, false, null), (3, true, "down")], told);
    }

    [Fact]
    public async Task EachFormHedges()
    {
        var calls = 0;
        var policy = Policy();

        Assert.Equal(1, await policy.ExecuteAsync(_ => new ValueTask<int>(Fails() ? throw new IOException() : 1)));
        Assert.Equal(2, await policy.ExecuteAsync(2, (s, _) => new ValueTask<int>(Fails() ? throw new IOException() : s)));
        Assert.Equal(3, await policy.ExecuteAsync(_ => Fails() ? Task.FromException<int>(new IOException()) : Task.FromResult(3)));
        Assert.Equal(4, await policy.ExecuteAsync(4, (s, _) => Fails() ? Task.FromException<int>(new IOException()) : Task.FromResult(s)));
        await policy.ExecuteAsync(_ => Fails() ? throw new IOException() : ValueTask.CompletedTask);
        await policy.ExecuteAsync(5, (_, _) => Fails() ? throw new IOException() : ValueTask.CompletedTask);
        await policy.ExecuteAsync(_ => Fails() ? Task.FromException(new IOException()) : Task.CompletedTask);
        await policy.ExecuteAsync(async ValueTask (_) =>
        {
            await Task.Yield();
            if (Fails())
                throw new IOException();
        });
        Assert.Equal(9, await policy.ExecuteAsync<SampleOperation, int>(new SampleOperation(9)));
        await policy.ExecuteAsync(new SampleOperation(9));

        Assert.Equal(16, calls);

        bool Fails() => ++calls % 2 == 1;
    }

    private static ValueTask<int> ThrowHere() => throw new IOException("first");

    private HedgingPolicy Policy(Action<HedgingOptions>? configure = null) => HedgingPolicy.Create(o =>
    {
        o.TimeProvider = _time;
        configure?.Invoke(o);
    });
}
