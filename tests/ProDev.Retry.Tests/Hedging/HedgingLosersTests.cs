using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class HedgingLosersTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task LosersResultIsDisposed_WhenItComesLater()
    {
        var copies = new Copies<Reply>();
        var call = Policy().ExecuteAsync(copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        var (winner, loser) = (new Reply(), new Reply());

        copies.Return(1, winner);
        Assert.Same(winner, await call);
        copies.Return(2, loser);

        await loser.Disposed;
        Assert.False(winner.Disposed.IsCompleted);
    }

    [Fact]
    public async Task LosersResultIsDisposed_WhenCopiesFinishTogether()
    {
        var copies = new Copies<Reply>();
        var (first, second) = (new Reply(), new Reply());
        var call = Policy(o =>
        {
            o.Delay = TimeSpan.Zero;

            // The first copy ends while the second one starts: both are there when the call looks.
            o.OnHedge = _ => copies.Return(1, first);
        }).ExecuteAsync(token => copies.Started == 1 ? new ValueTask<Reply>(second) : copies.RunAsync(token)).AsTask();

        Assert.Same(first, await call);
        await second.Disposed;
        Assert.False(first.Disposed.IsCompleted);
    }

    [Fact]
    public async Task SharedResultIsNotDisposed_WhenALoserReturnsItAsWell()
    {
        var copies = new Copies<Reply>();
        var call = Policy(o =>
        {
            o.MaxAttempts = 3;
            o.Delay = TimeSpan.Zero;
        }).ExecuteAsync(copies.RunAsync).AsTask();
        await copies.HasStarted(3);
        var (shared, other) = (new Reply(), new Reply());

        copies.Return(1, shared);
        Assert.Same(shared, await call);
        copies.Return(2, shared);
        copies.Return(3, other);

        await other.Disposed;
        Assert.False(shared.Disposed.IsCompleted);
    }

    [Fact]
    public async Task SharedResultIsNotDisposed_WhenItIsRefusedEachTime()
    {
        var shared = new Reply { IsBad = true };
        var policy = Policy(o => (o.MaxAttempts, _) = (3, o.HedgeResult<Reply>(static r => r.IsBad)));

        Assert.Same(shared, await policy.ExecuteAsync(_ => ValueTask.FromResult(shared)));

        Assert.False(shared.Disposed.IsCompleted);
    }

    [Fact]
    public async Task RefusedResultIsDisposed_WhenAnotherCopyWins()
    {
        var copies = new Copies<Reply>();
        var call = Policy(o => o.HedgeResult<Reply>(static r => r.IsBad)).ExecuteAsync(copies.RunAsync).AsTask();
        var (bad, good) = (new Reply { IsBad = true }, new Reply());

        copies.Return(1, bad);
        await copies.HasStarted(2);
        copies.Return(2, good);

        Assert.Same(good, await call);
        await bad.Disposed;
        Assert.False(good.Disposed.IsCompleted);
    }

    [Fact]
    public async Task FirstResultIsReturned_WhenAllResultsAreRefused()
    {
        var copies = new Copies<Reply>();
        var call = Policy(o => o.HedgeResult<Reply>(static r => r.IsBad)).ExecuteAsync(copies.RunAsync).AsTask();
        var (first, second) = (new Reply { IsBad = true }, new Reply { IsBad = true });

        copies.Return(1, first);
        await copies.HasStarted(2);
        copies.Return(2, second);

        Assert.Same(first, await call);
        await second.Disposed;
        Assert.False(first.Disposed.IsCompleted);
    }

    [Fact]
    public async Task RefusedResultIsJudged_WhenItIsThereAtOnce()
    {
        var results = new Queue<int>([-1, 5]);

        Assert.Equal(5, await Policy(o => o.HedgeResult<int>(static r => r < 0)).ExecuteAsync(_ => ValueTask.FromResult(results.Dequeue())));
    }

    [Fact]
    public async Task LoserIsObserved_WhenItFailsAfterTheWin()
    {
        var unobserved = new List<Exception>();
        void Observe(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
                unobserved.Add(e.Exception);
        }

        TaskScheduler.UnobservedTaskException += Observe;
        try
        {
            await LoseAsync("lost by hedging");
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Observe;
        }

        Assert.DoesNotContain(unobserved, e => e.ToString().Contains("lost by hedging", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WinnerIsReturned_WhenAnObserverOfTheLosersTokenThrows()
    {
        var copies = new Copies<int>();
        var call = Policy().ExecuteAsync(copies.RunAsync).AsTask();
        using var observer = copies.TokenOf(1).Register(static () => throw new InvalidOperationException("observer"));
        _time.Advance(TimeSpan.FromSeconds(1));

        copies.Return(2, 22);

        Assert.Equal(22, await call);
    }

    [Fact]
    public async Task ObedientLoserEnds_WhenAnotherCopyWins()
    {
        var copies = new Copies<int>();
        var ended = new TaskCompletionSource();
        var call = Policy().ExecuteAsync(copies.RunObedientlyAsync).AsTask();
        using var observer = copies.TokenOf(1).Register(ended.SetResult);
        _time.Advance(TimeSpan.FromSeconds(1));

        copies.Return(2, 22);

        Assert.Equal(22, await call);
        await ended.Task;
    }

    [Fact]
    public async Task EachCallHasOneWinnerAndEveryOtherResultIsDisposed_WhenManyCopiesRace()
    {
        var policy = HedgingPolicy.Create(o => (o.MaxAttempts, o.Delay) = (4, TimeSpan.Zero));
        for (var round = 0; round < 500; round++)
        {
            var replies = Enumerable.Range(0, 4).Select(_ => new Reply()).ToArray();
            var next = -1;
            using var start = new SemaphoreSlim(0);
            var call = policy.ExecuteAsync(async ValueTask<Reply> (_) =>
            {
                var reply = replies[Interlocked.Increment(ref next)];
                await start.WaitAsync(CancellationToken.None);
                return reply;
            }).AsTask();
            start.Release(4);

            var winner = await call;

            await Task.WhenAll(replies.Where(r => r != winner).Select(r => r.Disposed));
            Assert.False(winner.Disposed.IsCompleted);
        }
    }

    private async Task LoseAsync(string message)
    {
        var copies = new Copies<int>();
        var call = Policy().ExecuteAsync(copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        copies.Return(2, 2);
        Assert.Equal(2, await call);
        copies.Fail(1, new IOException(message));
    }

    private HedgingPolicy Policy(Action<HedgingOptions>? configure = null) => HedgingPolicy.Create(o =>
    {
        o.TimeProvider = _time;
        configure?.Invoke(o);
    });

    private sealed class Reply : IDisposable
    {
        private readonly TaskCompletionSource _disposed = new();

        public bool IsBad { get; init; }

        /// <summary>Fails, in place of hanging, if it never is.</summary>
        public Task Disposed => _disposed.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public void Dispose() => _disposed.SetResult();
    }
}
