namespace ProDev.Retry.Tests;

/// <summary>Many threads at once: nothing is lost and nothing is granted twice. What may happen either way is allowed either way.</summary>
public sealed class ConcurrencyRaceTests
{
    [Fact]
    public async Task LimitIsNeverExceeded_BySixtyFourParallelCallers()
    {
        const int Limit = 5;
        const int Calls = 200;
        var limit = ConcurrencyLimit.Create(Limit, maxQueued: 64);
        var (running, most, done) = (0, 0, 0);

        // Those that block have threads of their own, and the pool's are left to the others.
        var blocking = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => Repeat(() => limit.Execute(_ => Work())),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        var entering = Enumerable.Range(0, 28).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                using (await limit.EnterAsync())
                    Work();
            }
        }));
        var executing = Enumerable.Range(0, 28).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Calls; i++)
            {
                await limit.ExecuteAsync(async ValueTask (_) =>
                {
                    Enter();
                    await Task.Yield();
                    Leave();
                });
            }
        }));
        await Task.WhenAll([.. blocking, .. entering, .. executing]);

        Assert.Equal(64 * Calls, done);
        Assert.InRange(most, 1, Limit);
        Assert.Equal((0, 0), (limit.Running, limit.Queued));

        static void Repeat(Action call)
        {
            for (var i = 0; i < Calls; i++)
                call();
        }

        void Work()
        {
            Enter();
            Leave();
        }

        void Enter() => InterlockedMax(ref most, Interlocked.Increment(ref running));

        void Leave()
        {
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
        }
    }

    [Fact]
    public async Task NoPlaceIsLostOrGrantedTwice_WhenWaitersCancelAsPlacesBecomeFree()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var limit = ConcurrencyLimit.Create(1, maxQueued: 2);
            var running = await limit.EnterAsync();
            using var caller = new CancellationTokenSource();
            var cancels = limit.EnterAsync(caller.Token).AsTask();
            var stays = limit.EnterAsync().AsTask();
            using var start = new Barrier(2);

            var cancelling = Task.Run(() =>
            {
                start.SignalAndWait();
                caller.Cancel();
            });
            start.SignalAndWait();
            running.Dispose();
            await cancelling;

            try
            {
                var permit = await cancels;
                Assert.False(stays.IsCompleted);
                permit.Dispose();
            }
            catch (OperationCanceledException)
            {
            }

            using (await stays)
                Assert.Equal((1, 0), (limit.Running, limit.Queued));
            Assert.Equal(0, limit.Running);
        }
    }

    [Fact]
    public async Task PlaceIsGivenBackOnce_WhenThreadsDisposeOnePermitTogether()
    {
        var limit = ConcurrencyLimit.Create(4);
        using var other = await limit.EnterAsync();
        using var start = new Barrier(3);

        for (var round = 0; round < 200; round++)
        {
            var permit = await limit.EnterAsync();
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait();
                permit.Dispose();
            })));
            Assert.Equal(1, limit.Running);
        }
    }

    [Fact]
    public async Task OperationDoesNotRun_WhenItsPlaceIsGrantedWhileTheCallerCancels()
    {
        var limit = ConcurrencyLimit.Create(1, maxQueued: 1);
        using var caller = new CancellationTokenSource();
        var ran = false;
        var running = await limit.EnterAsync();
        var call = limit.ExecuteAsync(
            _ =>
            {
                ran = true;
                return ValueTask.CompletedTask;
            },
            caller.Token).AsTask();

        // The observer that came last is told first: the place is granted before the limit hears of the cancellation.
        using var observer = caller.Token.Register(running.Dispose);
        await caller.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, exception.CancellationToken);
        Assert.False(ran);
        Assert.Equal(0, limit.Running);
    }

    [Fact]
    public async Task CallerGetsThePermit_WhenItIsGrantedWhileTheCallerCancels()
    {
        var limit = ConcurrencyLimit.Create(1, maxQueued: 1);
        using var caller = new CancellationTokenSource();
        var running = await limit.EnterAsync();
        var call = limit.EnterAsync(caller.Token).AsTask();

        using var observer = caller.Token.Register(running.Dispose);
        await caller.CancelAsync();

        using (await call)
            Assert.Equal((1, 0), (limit.Running, limit.Queued));
        Assert.Equal(0, limit.Running);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
