using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class HedgingCancellationTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Copies<int> _copies = new();
    private readonly CancellationTokenSource _caller = new();

    [Fact]
    public async Task NothingRuns_WhenTheCallerCancelledBefore()
    {
        await _caller.CancelAsync();

        await AssertCancelledAsync(Policy().ExecuteAsync(_copies.RunAsync, _caller.Token).AsTask());
        Assert.Equal(0, _copies.Started);
    }

    [Fact]
    public async Task CallerGetsItsOwnToken_WhenItCancelsDuringAHedge()
    {
        var call = Policy().ExecuteAsync(_copies.RunObedientlyAsync, _caller.Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _copies.Started);

        await _caller.CancelAsync();

        var exception = await AssertCancelledAsync(call);
        Assert.IsType<TaskCanceledException>(exception.InnerException);
        Assert.True(_copies.TokenOf(1).IsCancellationRequested);
        Assert.True(_copies.TokenOf(2).IsCancellationRequested);
    }

    [Fact]
    public async Task NoFurtherCopyStarts_WhenTheCallerCancelled()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync, _caller.Token).AsTask();
        await _caller.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, _copies.Started);

        _copies.Fail(1, new IOException("late"));

        var exception = await AssertCancelledAsync(call);
        Assert.Equal("late", exception.InnerException!.Message);
        Assert.Equal("The caller cancelled the operation while copies of it ran. The inner exception is what copy 1 threw.", exception.Message);
    }

    [Fact]
    public async Task ResultIsReturned_WhenACopySucceedsAfterTheCallerCancelled()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync, _caller.Token).AsTask();
        await _caller.CancelAsync();

        _copies.Return(1, 8);

        Assert.Equal(8, await call);
    }

    [Fact]
    public async Task CallerGetsItsOwnToken_WhenItCancelsWhileAFailureIsJudged()
    {
        var call = Policy(o => o.ShouldHedge = _ =>
        {
            _caller.Cancel();
            return true;
        }).ExecuteAsync(_copies.RunAsync, _caller.Token).AsTask();

        _copies.Fail(1, new IOException("judged"));

        var exception = await AssertCancelledAsync(call);
        Assert.Equal("judged", exception.InnerException!.Message);
        Assert.Equal(1, _copies.Started);
    }

    [Fact]
    public async Task OperationsOwnExceptionSurfaces_WhenItAlreadyCarriesTheCallersToken()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync, _caller.Token).AsTask();
        await _caller.CancelAsync();
        var thrown = new OperationCanceledException("mine", null, _caller.Token);

        _copies.Fail(1, thrown);

        Assert.Same(thrown, await AssertCancelledAsync(call));
    }

    [Fact]
    public async Task CancellationOfACopysOwnEndsTheCall_WhenNobodyCancelled()
    {
        var call = Policy().ExecuteAsync(_copies.RunAsync, _caller.Token).AsTask();

        _copies.Cancel(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, _copies.Started);
    }

    [Fact]
    public async Task TokenOfAnEarlierCallIsNeverCancelled_WhenItsResultLivesOn()
    {
        var policy = Policy();
        var lives = await policy.ExecuteAsync(static token => ValueTask.FromResult(new Reader(token)));

        // A call on the same thread, which would get the same source, loses its first copy.
        var call = policy.ExecuteAsync(_copies.RunAsync).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        _copies.Return(2, 2);
        Assert.Equal(2, await call);

        Assert.True(_copies.TokenOf(1).IsCancellationRequested);
        Assert.False(lives.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task CallerIsForgotten_WhenItsCallHasEnded()
    {
        var policy = Policy();
        CancellationToken kept = default;
        Assert.Equal(1, await policy.ExecuteAsync(
            token =>
            {
                kept = token;
                return ValueTask.FromResult(1);
            },
            _caller.Token));

        await _caller.CancelAsync();

        Assert.False(kept.IsCancellationRequested);
        Assert.Equal(2, await policy.ExecuteAsync(static token => ValueTask.FromResult(token.IsCancellationRequested ? -2 : 2)));
    }

    [Fact]
    public async Task NextCallHasAFreshToken_WhenTheCallerCancelledInsideOfACopy()
    {
        var policy = Policy();
        Assert.Equal(1, await policy.ExecuteAsync(
            _ =>
            {
                _caller.Cancel();
                return ValueTask.FromResult(1);
            },
            _caller.Token));

        Assert.False(await policy.ExecuteAsync(static token => ValueTask.FromResult(token.IsCancellationRequested)));
    }

    private async Task<OperationCanceledException> AssertCancelledAsync(Task call)
    {
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(_caller.Token, exception.CancellationToken);
        Assert.True(call.IsCanceled);
        return exception;
    }

    private HedgingPolicy Policy(Action<HedgingOptions>? configure = null) => HedgingPolicy.Create(o =>
    {
        o.TimeProvider = _time;
        configure?.Invoke(o);
    });

    private sealed class Reader(CancellationToken token) : IDisposable
    {
        public CancellationToken Token { get; } = token;

        public void Dispose()
        {
        }
    }
}
