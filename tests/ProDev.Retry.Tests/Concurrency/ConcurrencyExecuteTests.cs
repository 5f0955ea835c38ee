namespace ProDev.Retry.Tests;

public sealed class ConcurrencyExecuteTests
{
    private readonly ConcurrencyLimit _limit = ConcurrencyLimit.Create(1, maxQueued: 1);

    [Fact]
    public async Task EachFormRunsInAPlaceAndGivesItBack()
    {
        Assert.Equal(1, await _limit.ExecuteAsync(_ => new ValueTask<int>(_limit.Running)));
        Assert.Equal(1, await _limit.ExecuteAsync(_limit, static (l, _) => new ValueTask<int>(l.Running)));
        Assert.Equal(1, await _limit.ExecuteAsync(_ => Task.FromResult(_limit.Running)));
        Assert.Equal(1, await _limit.ExecuteAsync(_limit, static (l, _) => Task.FromResult(l.Running)));
        await _limit.ExecuteAsync(CheckAsync);
        await _limit.ExecuteAsync(7, (_, token) => CheckAsync(token));
        await _limit.ExecuteAsync(token => CheckAsync(token).AsTask());
        await _limit.ExecuteAsync(7, (_, token) => CheckAsync(token).AsTask());
        Assert.Equal(9, await _limit.ExecuteAsync<SampleOperation, int>(new SampleOperation(9)));
        await _limit.ExecuteAsync(new SampleOperation(9));
        Assert.Equal(1, _limit.Execute(_ => _limit.Running));
        Assert.Equal(1, _limit.Execute(_limit, static (l, _) => l.Running));
        _limit.Execute(_ => Assert.Equal(1, _limit.Running));
        _limit.Execute(_limit, static (l, _) => Assert.Equal(1, l.Running));
        Assert.Equal(9, _limit.Execute<SampleOperation, int>(new SampleOperation(9)));
        _limit.Execute(new SampleOperation(9));

        Assert.Equal(0, _limit.Running);
    }

    [Fact]
    public async Task PlaceIsGivenBackAndTheStackKept_WhenTheOperationFails()
    {
        await AssertFailsAsync(() => _limit.ExecuteAsync<int>(_ => ThrowHere()).AsTask());
        await AssertFailsAsync(() => _limit.ExecuteAsync<int>(async _ =>
        {
            await Task.Yield();
            return await ThrowHere();
        }).AsTask());
        await AssertFailsAsync(() => _limit.ExecuteAsync(async ValueTask (_) => await ThrowHere()).AsTask());
        await AssertFailsAsync(() => Task.Run(() => _limit.Execute<int>(_ => ThrowHereAtOnce())));

        Assert.True(_limit.TryEnter(out var running));
        var queued = _limit.ExecuteAsync<int>(_ => ThrowHere()).AsTask();
        running.Dispose();
        await AssertFailsAsync(() => queued);
    }

    [Fact]
    public async Task QueuedOperationRunsWithTheCallersToken_WhenAPlaceBecomesFree()
    {
        using var caller = new CancellationTokenSource();
        var running = await _limit.EnterAsync();
        var queued = _limit.ExecuteAsync(static token => ValueTask.FromResult(token), caller.Token).AsTask();
        Assert.Equal(1, _limit.Queued);

        running.Dispose();

        Assert.Equal(caller.Token, await queued);
        Assert.Equal(0, _limit.Running);
    }

    [Fact]
    public void MissingOperationIsRefused()
    {
        Assert.Throws<ArgumentNullException>("operation", () => { _ = _limit.ExecuteAsync((Func<CancellationToken, ValueTask>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = _limit.ExecuteAsync((Func<CancellationToken, ValueTask<int>>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => _limit.Execute((Func<CancellationToken, int>)null!));
    }

    [Fact]
    public void NothingIsAllocated_WhileThereIsRoom()
    {
        using var caller = new CancellationTokenSource();
        var token = caller.Token;
        var limit = ConcurrencyLimit.Create(2, maxQueued: 1, TimeSpan.FromSeconds(1));

        NoAllocation.IsMadeBy(() =>
        {
            Assert.True(limit.TryEnter(out var permit));
            permit.Dispose();
        });
        NoAllocation.IsMadeBy(() => Enter(limit.EnterAsync(token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(limit.ExecuteAsync(static _ => ValueTask.FromResult(1), token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(limit.ExecuteAsync("x", static (s, _) => ValueTask.FromResult(s), token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(limit.ExecuteAsync(static _ => ValueTask.CompletedTask, token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(limit.ExecuteAsync<SampleOperation, int>(new(3), token)));
        NoAllocation.IsMadeBy(() => NoAllocation.Finish(limit.ExecuteAsync(new SampleOperation(3), token)));
        NoAllocation.IsMadeBy(() => limit.Execute(static _ => 1, token));
        NoAllocation.IsMadeBy(() => limit.Execute(new SampleOperation(3), token));
    }

    private static void Enter(ValueTask<ConcurrencyPermit> entry)
    {
        Assert.True(entry.IsCompletedSuccessfully);
        entry.GetAwaiter().GetResult().Dispose();
    }

    private static ValueTask<int> ThrowHere() => new(ThrowHereAtOnce());

    private static int ThrowHereAtOnce() => throw new IOException("down");

    private async ValueTask CheckAsync(CancellationToken token)
    {
        Assert.Equal(1, _limit.Running);
        await Task.Yield();
        Assert.Equal(1, _limit.Running);
    }

    private async Task AssertFailsAsync(Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<IOException>(call);
        Assert.Contains(nameof(ThrowHereAtOnce), exception.StackTrace, StringComparison.Ordinal);
        Assert.Equal(0, _limit.Running);
    }

    [Fact]
    public async Task SynchronousCallDoesNotRun_WhenItsCallerCancelsAsItGetsItsPlace()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1, maxQueued: 1);
        var permit = await limit.EnterAsync();
        using var caller = new CancellationTokenSource();
        var hasRun = false;
        var call = Task.Factory.StartNew(() => limit.Execute(_ => hasRun = true, caller.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(SpinWait.SpinUntil(() => limit.Queued == 1, TimeSpan.FromSeconds(30)));

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        permit.Dispose();
        Assert.False(hasRun);
        Assert.Equal((0, 0), (limit.Running, limit.Queued));
    }
}
