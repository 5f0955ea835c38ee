namespace ProDev.Retry.Tests;

public sealed class ConcurrencyLimitTests
{
    [Fact]
    public async Task PlacesAreGivenAndTakenBack_WithinTheLimit()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 2);

        var first = await limit.EnterAsync();
        Assert.True(limit.TryEnter(out var second));
        Assert.False(limit.TryEnter(out var third));
        Assert.Equal(2, limit.Running);

        third.Dispose();
        Assert.Equal(2, limit.Running);
        first.Dispose();
        second.Dispose();
        Assert.Equal(0, limit.Running);
    }

    [Fact]
    public async Task CallIsRefusedWithTheLimits_WhenPlacesAndQueueAreFull()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1, maxQueued: 1);
        using var running = await limit.EnterAsync();
        var queued = limit.EnterAsync().AsTask();

        var refused = limit.EnterAsync();

        Assert.True(refused.IsFaulted);
        var exception = await Assert.ThrowsAsync<ConcurrencyLimitException>(async () => await refused);
        Assert.Equal((1, 1), (exception.MaxConcurrent, exception.MaxQueued));
        Assert.Equal("The call was refused: 1 run already and 1 wait, which is the limit.", exception.Message);
        Assert.Equal((1, 1), (limit.Running, limit.Queued));
        running.Dispose();
        (await queued).Dispose();
    }

    [Fact]
    public async Task CallIsRefused_WhenThereIsNoQueue()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1);
        using var running = await limit.EnterAsync();

        await Assert.ThrowsAsync<ConcurrencyLimitException>(async () => await limit.EnterAsync());
        await Assert.ThrowsAsync<ConcurrencyLimitException>(async () => await limit.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        Assert.Throws<ConcurrencyLimitException>(() => limit.Execute(static _ => 1));

        Assert.Equal(1, limit.Running);
    }

    [Fact]
    public async Task LongestWaiterGetsThePlace_WhenOneBecomesFree()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1, maxQueued: 5);
        var running = await limit.EnterAsync();
        var waiting = Enumerable.Range(0, 5).Select(_ => limit.EnterAsync().AsTask()).ToList();

        for (var next = 0; next < waiting.Count; next++)
        {
            Assert.Equal(5 - next, limit.Queued);
            running.Dispose();
            Assert.False(limit.TryEnter(out _));
            var granted = await Task.WhenAny(waiting.Skip(next));
            Assert.Same(waiting[next], granted);
            running = await granted;
            Assert.All(waiting.Skip(next + 1), w => Assert.False(w.IsCompleted));
            Assert.Equal(1, limit.Running);
        }

        running.Dispose();
        Assert.Equal(0, limit.Running);
    }

    [Fact]
    public async Task OrderIsKept_WhenOneInTheMiddleGivesUp()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1, maxQueued: 3);
        var running = await limit.EnterAsync();
        using var caller = new CancellationTokenSource();
        var first = limit.EnterAsync().AsTask();
        var leaves = limit.EnterAsync(caller.Token).AsTask();
        var last = limit.EnterAsync().AsTask();

        await caller.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        Assert.Equal(caller.Token, exception.CancellationToken);
        Assert.True(leaves.IsCanceled);
        Assert.Equal(2, limit.Queued);

        running.Dispose();
        (await first).Dispose();
        (await last).Dispose();
        Assert.Equal((0, 0), (limit.Running, limit.Queued));
    }

    [Fact]
    public async Task NothingIsTaken_WhenTheCallerCancelledBefore()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 1);
        var ran = 0;
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        foreach (var call in new Func<Task>[]
        {
            () => limit.EnterAsync(caller.Token).AsTask(),
            () => limit.ExecuteAsync(_ => ValueTask.FromResult(ran++), caller.Token).AsTask(),
            () => Task.Run(() => limit.Execute(_ => ran++, caller.Token)),
        })
        {
            var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
            Assert.Equal(caller.Token, exception.CancellationToken);
        }

        Assert.Equal((0, 0), (ran, limit.Running));
    }

    [Fact]
    public async Task PlaceIsGivenBackOnce_WhenThePermitIsDisposedTwice()
    {
        var limit = ConcurrencyLimit.Create(maxConcurrent: 2);
        var first = await limit.EnterAsync();
        var copy = first;
        using var other = await limit.EnterAsync();

        first.Dispose();
        first.Dispose();
        copy.Dispose();
        default(ConcurrencyPermit).Dispose();
        Assert.Equal(1, limit.Running);

        // A permit that has ended stays without effect when its slot serves another one.
        using var next = await limit.EnterAsync();
        first.Dispose();
        Assert.Equal(2, limit.Running);
    }

    [Theory]
    [InlineData(0, 0, 1, "maxConcurrent", "maxConcurrent is '0', but it must be from 1 to 1000000.")]
    [InlineData(1_000_001, 0, 1, "maxConcurrent", "maxConcurrent is '1000001', but it must be from 1 to 1000000.")]
    [InlineData(1, -1, 1, "maxQueued", "maxQueued is '-1', but it cannot be negative. Set it to zero to refuse calls at once.")]
    [InlineData(1, 1, 0, "queueTimeout", "queueTimeout is '00:00:00', but it must be above zero")]
    [InlineData(1, 1, -1, "queueTimeout", "Set it to null to wait without a limit.")]
    [InlineData(1, 1, 2_147_483_648, "queueTimeout", "at most '24.20:31:23.6470000' (24.8 days)")]
    public void ArgumentIsRefused_WhenItIsOutOfRange(int concurrent, int queued, long milliseconds, string argument, string text)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            argument, () => ConcurrencyLimit.Create(concurrent, queued, TimeSpan.FromMilliseconds(milliseconds)));

        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFaultsAreReportedTogether_WhenSeveralArgumentsAreOutOfRange()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => ConcurrencyLimit.Create(-3, -2, TimeSpan.FromSeconds(-1)));

        Assert.All(
            new[] { "maxConcurrent is '-3'", "maxQueued is '-2'", "queueTimeout is '-00:00:01'" },
            fault => Assert.Contains(fault, exception.Message, StringComparison.Ordinal));
    }
}
