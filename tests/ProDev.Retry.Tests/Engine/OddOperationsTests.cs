using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace ProDev.Retry.Tests;

/// <summary>Operations that are allowed, and rare.</summary>
public sealed class OddOperationsTests
{
    private static Task<int>? NoTask => default;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EachValueTaskIsTakenOnce_WhenASourceIsBehindIt(bool completesLater)
    {
        foreach (var policy in new[] { TestPolicies.WithoutDelay(), TestPolicies.WithoutDelay(configure: o => o.RetryResult<int>(static r => r < 0)) })
        {
            var sources = new List<OnceSource>();
            OnceSource Next(Exception? failure, int result)
            {
                var source = new OnceSource();
                sources.Add(source);
                if (completesLater)
                    ThreadPool.QueueUserWorkItem(_ => source.Complete(failure, result));
                else
                    source.Complete(failure, result);
                return source;
            }

            var call = policy.ExecuteAsync(_ => sources.Count < 2
                ? new ValueTask<int>(Next(sources.Count == 0 ? new IOException() : new OperationCanceledException("x", new TimeoutException()), 0), 0)
                : new ValueTask<int>(Next(null, 9), 0));
            Assert.Equal(9, await call);
            await policy.ExecuteAsync(_ => new ValueTask(Next(sources.Count == 3 ? new IOException() : null, 0), 0));

            Assert.Equal([1, 1, 1, 1, 1], sources.Select(s => s.Taken));
        }
    }

    [Fact]
    public async Task ArgumentFaultSurfaces_WhenTheOperationReturnsNoTask()
    {
        var policy = TestPolicies.WithoutDelay();

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await policy.ExecuteAsync(static Task<int> (_) => NoTask!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await policy.ExecuteAsync(static Task (_) => NoTask!));
        await Assert.ThrowsAsync<NullReferenceException>(async () => await policy.EnumerateAsync(static IAsyncEnumerable<int> (_) => null!).FirstAsync());
    }

    [Fact]
    public async Task StackDoesNotGrow_WhenThereAreVeryManyRetries()
    {
        var policy = TestPolicies.WithoutDelay(10_001, o => o.RetryResult<int>(static r => r < 10_000));
        var (calls, syncCalls) = (0, 0);

        Assert.Equal(10_000, await policy.ExecuteAsync(_ => ValueTask.FromResult(++calls)));
        Assert.Equal(10_000, policy.Execute(_ => ++syncCalls));

        var failing = TestPolicies.WithoutDelay(10_001);
        var attempts = 0;
        Assert.Equal(1, await failing.ExecuteAsync(ValueTask<int> (_) => ++attempts <= 10_000 ? throw new IOException() : new(1)));
    }

    [Fact]
    public async Task LargeAndEmptyValuesPassThrough()
    {
        var policy = TestPolicies.WithoutDelay(configure: o => o.RetryResult<Huge>(static h => h.First == 0));
        var attempts = 0;

        var result = await policy.ExecuteAsync(new Huge { First = 3 }, async (state, _) =>
        {
            await Task.Yield();
            return attempts++ == 0 ? default : state;
        });

        Assert.Equal((3, 2), (result.First, attempts));
        Assert.Null(await policy.ExecuteAsync(static _ => ValueTask.FromResult<string?>(null)));
        Assert.Equal(default, await policy.ExecuteAsync(static _ => ValueTask.FromResult(default(ValueTuple))));
    }

    [Fact]
    public async Task RefusedResultIsReplaced_EvenIfItCannotBeDisposed()
    {
        var policy = TestPolicies.WithoutDelay(configure: o => o.RetryResult<object>(static r => r is IDisposable));
        var attempts = 0;

        Assert.Equal("fine", await policy.ExecuteAsync(_ => ValueTask.FromResult<object>(attempts++ == 0 ? new Stubborn() : "fine")));
        attempts = 0;
        Assert.Equal("fine", policy.Execute(_ => attempts++ == 0 ? new Stubborn() : (object)"fine"));
        attempts = 0;
        Assert.Equal("fine", await policy.ExecuteAsync(_ => ValueTask.FromResult<object>(attempts++ == 0 ? new StubbornLater() : "fine")));
    }

    [Fact]
    public async Task CallsDoNotMix_WhenManyThreadsShareAPolicy()
    {
        var policy = TestPolicies.WithoutDelay(3, static o =>
        {
            o.AttemptTimeout = TimeSpan.FromMinutes(5);
            o.RetryResult<int>(static r => r < 0);
        });

        var threads = Enumerable.Range(0, 64).Select(thread => Task.Run(async () =>
        {
            for (var call = 0; call < 200; call++)
            {
                var (expected, attempts) = ((thread * 1_000) + call, 0);
                var result = await policy.ExecuteAsync(async _ =>
                {
                    if (call % 2 == 0)
                        await Task.Yield();
                    return ++attempts switch
                    {
                        1 => throw new IOException(),
                        2 => -1,
                        _ => expected,
                    };
                });
                Assert.Equal((expected, 3), (result, attempts));
            }
        }));

        await Task.WhenAll(threads);
    }

    [Fact]
    public async Task PolicyMayBeUsedInsideOfItsOwnCallbacksAndOperations()
    {
        RetryPolicy? policy = null;
        var inner = 0;
        policy = TestPolicies.WithoutDelay(3, o => o.OnRetry = _ => inner += policy!.Execute(static _ => 1));
        var attempts = 0;

        Assert.Equal(5, await policy.ExecuteAsync(token => policy.ExecuteAsync(
            ValueTask<int> (_) => ++attempts < 3 ? throw new IOException() : new(5), token)));
        Assert.Equal(2, inner);
    }

    [Fact]
    public async Task AmbientValuesFlowIntoEveryAttempt_AndTheCallersContextIsNotCaptured()
    {
        var ambient = new AsyncLocal<int> { Value = 7 };
        var context = new RecordingContext();
        var seen = new List<int>();
        var policy = TestPolicies.WithoutDelay();
        var call = default(ValueTask<int>);

        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            call = policy.ExecuteAsync(async _ =>
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                seen.Add(ambient.Value);
                return seen.Count < 3 ? throw new IOException() : 1;
            });
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal(1, await call);
        Assert.Equal([7, 7, 7], seen);
        Assert.Equal(0, context.Posts);
    }

    [StructLayout(LayoutKind.Sequential, Size = 4096)]
    private struct Huge
    {
        public int First { get; set; }
    }

    private sealed class Stubborn : IDisposable
    {
        public void Dispose() => throw new FormatException("cannot be disposed");
    }

    private sealed class StubbornLater : IDisposable, IAsyncDisposable
    {
        public void Dispose() => throw new FormatException("the other one is asked");

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            throw new FormatException("cannot be disposed");
        }
    }

    private sealed class RecordingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }

    /// <summary>Counts how often its outcome is taken.</summary>
    private sealed class OnceSource : IValueTaskSource<int>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<int> _core = new() { RunContinuationsAsynchronously = false };

        public int Taken { get; private set; }

        public void Complete(Exception? failure, int result)
        {
            if (failure is null)
                _core.SetResult(result);
            else
                _core.SetException(failure);
        }

        public int GetResult(short token)
        {
            Taken++;
            return _core.GetResult(token);
        }

        void IValueTaskSource.GetResult(short token) => GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
