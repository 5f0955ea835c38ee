using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace ProDev.Retry.Tests;

/// <summary>The happy path allocates nothing: measured on this thread, after a warm-up.</summary>
[Collection(WatchedAlone.Name)]
public sealed class AllocationTests
{
    private const int Calls = 1_000;

    private static readonly Task<int> Completed = Task.FromResult(1);

    public static TheoryData<string> Policies => [.. PolicyTable.Keys];

    private static Dictionary<string, RetryPolicy> PolicyTable { get; } = new()
    {
        ["default"] = RetryPolicy.Create(),
        ["token ratio"] = RetryPolicy.Create(o => o.Budget = RetryBudget.TokenRatio()),
        ["percent"] = RetryPolicy.Create(o => o.Budget = RetryBudget.Percent()),
        ["quota"] = RetryPolicy.Create(o => o.Budget = RetryBudget.Quota()),
        ["deadline that is not told"] = RetryPolicy.Create(o =>
        {
            o.Deadline = TimeSpan.FromSeconds(30);
            o.NestedRetries = NestedRetries.Multiply;
        }),
        ["attempt timeout"] = RetryPolicy.Create(o => o.AttemptTimeout = TimeSpan.FromSeconds(30)),
        ["result predicate"] = RetryPolicy.Create(o => o.RetryResult<int>(static r => r < 0)),
        ["callbacks"] = RetryPolicy.Create(o =>
        {
            o.ShouldRetry = static _ => true;
            o.OnRetry = static _ => { };
        }),
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void NothingIsAllocated_WhenTheFirstAttemptSucceedsAtOnce(string name)
    {
        var policy = PolicyTable[name];
        using var caller = new CancellationTokenSource();
        var token = caller.Token;

        AssertFree(() => Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult(1), token)));
        AssertFree(() => Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult("text"), token)));
        AssertFree(() => Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult(new LargeResult()), token)));
        AssertFree(() => Finish(policy.ExecuteAsync(7, static (state, _) => ValueTask.FromResult(state), token)));
        AssertFree(() => Finish(policy.ExecuteAsync((7, "x"), static (state, _) => ValueTask.FromResult(state.Item1), token)));
        AssertFree(() => Finish(policy.ExecuteAsync(static _ => Completed, token)));
        AssertFree(() => Finish(policy.ExecuteAsync(7, static (_, _) => Completed, token)));
        AssertFree(() => Finish(policy.ExecuteAsync(static _ => ValueTask.CompletedTask, token)));
        AssertFree(() => Finish(policy.ExecuteAsync(7, static (_, _) => ValueTask.CompletedTask, token)));
        AssertFree(() => Finish(policy.ExecuteAsync(static _ => Task.CompletedTask, token)));
        AssertFree(() => Finish(policy.ExecuteAsync<Operation, LargeResult>(new Operation(3), token)));
        AssertFree(() => Finish(policy.ExecuteAsync(new Operation(3), token)));
        AssertFree(() => policy.Execute(static _ => 1, token));
        AssertFree(() => policy.Execute(7, static (state, _) => state, token));
        AssertFree(() => policy.Execute(7, static (_, _) => { }, token));
        AssertFree(() => policy.Execute<Operation, LargeResult>(new Operation(3), token));
        AssertFree(() => policy.Execute(new Operation(3), token));
    }

    // Small numbers have cached tasks, in which a task that was made anew would hide.
    [Theory]
    [MemberData(nameof(Policies))]
    public void TaskOfTheOperationIsTheOneReturned_WhenItHasCompleted(string policy)
    {
        Task<int> task = Task.FromResult(1000);

        Task<int> returned = PolicyTable[policy].ExecuteAsync(task, static (state, _) => state, CancellationToken.None).AsTask();

        Assert.Same(task, returned);
    }

    // The pools are per thread and per core, so the continuations stay on this thread.
    [Theory]
    [InlineData("default")]
    [InlineData("token ratio")]
    [InlineData("percent")]
    [InlineData("quota")]
    [InlineData("attempt timeout")]
    [InlineData("result predicate")]
    [InlineData("callbacks")]
    [InlineData("deadline that is not told")]
    public void NothingIsAdded_WhenAnOperationCompletesLater(string name)
    {
        var policy = PolicyTable[name];
        var gate = new ReusableGate();

        AssertFree(() =>
        {
            var call = policy.ExecuteAsync(gate, static (g, _) => new ValueTask<int>(g, g.Version));
            gate.Open();
            Finish(call);
        });
        AssertFree(() =>
        {
            var call = policy.ExecuteAsync(gate, static (g, _) => new ValueTask(g, g.Version));
            gate.Open();
            Finish(call);
        });
    }

    [Fact]
    public void TheClockIsNotRead_WhenThereIsNoDeadline()
    {
        var time = new InstantTimeProvider();
        var policy = RetryPolicy.Create(o => o.TimeProvider = time);

        Finish(policy.ExecuteAsync(static _ => ValueTask.FromResult(1)));
        Assert.Throws<NotSupportedException>(() => policy.Execute(static _ => throw new NotSupportedException()));

        Assert.Equal(0, time.Readings);
    }

    private static void AssertFree(Action call)
    {
        for (var i = 0; i < 50; i++)
            call();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Finish<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        _ = call.GetAwaiter().GetResult();
    }

    private static void Finish(ValueTask call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        call.GetAwaiter().GetResult();
    }

    /// <summary>A task of an operation, used again and again, so that only what the policy allocates is seen.</summary>
    private sealed class ReusableGate : IValueTaskSource<int>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public short Version => _core.Version;

        public void Open() => _core.SetResult(1);

        public int GetResult(short token)
        {
            var result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        void IValueTaskSource.GetResult(short token) => GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }

    [StructLayout(LayoutKind.Sequential, Size = 48)]
    private readonly struct LargeResult;

    private readonly struct Operation(int value)
        : IRetryOperation<LargeResult>, IRetryOperation, ISyncRetryOperation<LargeResult>, ISyncRetryOperation
    {
        public ValueTask<LargeResult> InvokeAsync(CancellationToken cancellationToken) => new(default(LargeResult));

        ValueTask IRetryOperation.InvokeAsync(CancellationToken cancellationToken) => default;

        public LargeResult Invoke(CancellationToken cancellationToken) => value == 3 ? default : throw new NotSupportedException();

        void ISyncRetryOperation.Invoke(CancellationToken cancellationToken)
        {
        }
    }
}
