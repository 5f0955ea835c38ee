namespace ProDev.Caching.Tests.Conformance;

public abstract class CancellationCases<TFixture> : HybridCacheCases<TFixture>
    where TFixture : ICacheFixture, new()
{
    // A cache that never cancels is to fail, not to hang.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();

    private readonly HeldSource<int> _source = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheOtherGetsTheValue_WhenOneCallerCancels(bool starterCancels)
    {
        var starter = LoadAsync(_source, cancellationToken: _first.Token);
        var follower = LoadAsync(_source, cancellationToken: _second.Token);
        var (leaving, staying) = starterCancels ? (starter, follower) : (follower, starter);
        var token = await _source.Started;

        await AssertLeavesAsync(leaving, starterCancels ? _first : _second);
        Assert.False(token.IsCancellationRequested);
        _source.Answer(7);

        Assert.Equal(7, await staying);
        Assert.Equal(1, _source.Loads);
        Assert.Equal(7, await CountAsync());
    }

    [Fact]
    public async Task FactoryIsCancelled_WhenTheLastCallerHasCancelled()
    {
        var starter = LoadAsync(_source, cancellationToken: _first.Token);
        var follower = LoadAsync(_source, cancellationToken: _second.Token);
        var token = await _source.Started;
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);

        await AssertLeavesAsync(starter, _first);
        Assert.False(token.IsCancellationRequested);
        await AssertLeavesAsync(follower, _second);

        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task NextCallerLoadsAnew_WhenAllCallersHaveCancelled()
    {
        var starter = LoadAsync(_source, cancellationToken: _first.Token);
        await _source.Started;
        await AssertLeavesAsync(starter, _first);
        var next = new HeldSource<int>();
        next.Answer(8);

        Assert.Equal(8, await LoadAsync(next));
        _source.Answer(7);

        Assert.Equal(8, await CountAsync());
    }

    [Fact]
    public async Task FactoryIsNotAsked_WhenItsOnlyCallerHasCancelledBefore()
    {
        await _first.CancelAsync();

        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await LoadAsync(_source, cancellationToken: _first.Token));

        Assert.Equal(_first.Token, left.CancellationToken);
        Assert.Equal(0, _source.Loads);
    }

    [Fact]
    public async Task PatientCallerGetsTheValue_WhenAllOthersHaveCancelled()
    {
        var starter = LoadAsync(_source, cancellationToken: _first.Token);
        var patient = LoadAsync(_source);
        await _source.Started;

        await AssertLeavesAsync(starter, _first);
        _source.Answer(7);

        Assert.Equal(7, await patient);
    }

    private static async Task AssertLeavesAsync(Task caller, CancellationTokenSource cancellation)
    {
        await cancellation.CancelAsync();
        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        Assert.Equal(cancellation.Token, left.CancellationToken);
    }
}
