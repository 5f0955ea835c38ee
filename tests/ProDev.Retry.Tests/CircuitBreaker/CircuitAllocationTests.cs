using System.Diagnostics.Metrics;

namespace ProDev.Retry.Tests;

/// <summary>A call through a closed breaker allocates nothing: measured on this thread, after a warm-up.</summary>
public sealed class CircuitAllocationTests
{
    private const int Calls = 1_000;

    private static readonly Task<int> Completed = Task.FromResult(1);

    public static TheoryData<string> Breakers => [.. BreakerTable.Keys];

    private static Dictionary<string, CircuitBreaker> BreakerTable { get; } = new()
    {
        ["ratio"] = CircuitBreaker.Create(),
        ["failures in a row"] = TestBreakers.AfterFailures(5, TimeProvider.System),
        ["callbacks"] = CircuitBreaker.Create(o =>
        {
            o.ShouldCount = static _ => true;
            o.OnChange = static _ => { };
            o.CountResult<int>(static r => r < 0);
        }),
    };

    [Theory]
    [MemberData(nameof(Breakers))]
    public void NothingIsAllocated_WhenTheOperationSucceedsAtOnce(string name)
    {
        var breaker = BreakerTable[name];
        using var caller = new CancellationTokenSource();
        var token = caller.Token;

        AssertFree(() => Finish(breaker.ExecuteAsync(static _ => ValueTask.FromResult(1), token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(7, static (state, _) => ValueTask.FromResult((state, "text")), token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(static _ => Completed, token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(7, static (_, _) => Completed, token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(static _ => ValueTask.CompletedTask, token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(7, static (_, _) => ValueTask.CompletedTask, token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(static _ => Task.CompletedTask, token)));
        AssertFree(() => Finish(breaker.ExecuteAsync<Operation, int>(default, token)));
        AssertFree(() => Finish(breaker.ExecuteAsync(default(Operation), token)));
        AssertFree(() => breaker.Execute(static _ => 1, token));
        AssertFree(() => breaker.Execute(7, static (state, _) => state, token));
        AssertFree(() => breaker.Execute(7, static (_, _) => { }, token));
        AssertFree(() => breaker.Execute<Operation, int>(default, token));
        AssertFree(() => breaker.Execute(default(Operation), token));
    }

    [Theory]
    [MemberData(nameof(Breakers))]
    public void NothingIsAllocated_WhenPermitsAreUsed(string name)
    {
        var breaker = BreakerTable[name];

        AssertFree(() => breaker.Enter().Succeeded());
        AssertFree(() =>
        {
            var (first, second) = (breaker.Enter(), breaker.Enter());
            first.Failed();
            second.Succeeded();
            breaker.Enter().Abandoned();
        });
        Assert.Equal(CircuitState.Closed, breaker.State);
    }

    [Fact]
    public void NothingIsAllocated_WhenCallsAreRejected()
    {
        var open = TestBreakers.AfterFailures(1, TimeProvider.System, o => o.BreakDuration = TimeSpan.FromDays(1));
        open.Fail();
        AssertFree(() => Assert.False(open.TryEnter(out _)));

        var halfOpen = TestBreakers.AfterFailures(1, TimeProvider.System, o => o.BreakDuration = TimeSpan.FromTicks(1));
        halfOpen.Fail();
        Assert.True(SpinWait.SpinUntil(() => halfOpen.TryEnter(out _), TimeSpan.FromMinutes(1)));
        AssertFree(() => Assert.False(halfOpen.TryEnter(out _)));
    }

    [Fact]
    public void MeasurementsName_BreakerAndState()
    {
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, l) =>
        {
            if (instrument.Meter.Name == "ProDev.Retry")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            if (values.GetValueOrDefault("circuit.name") == nameof(MeasurementsName_BreakerAndState))
                seen.Add($"{instrument.Name} {values.GetValueOrDefault("circuit.state")} {count}");
        });
        listener.Start();
        var breaker = TestBreakers.AfterFailures(1, TimeProvider.System, o =>
        {
            o.Name = nameof(MeasurementsName_BreakerAndState);
            o.BreakDurationGenerator = static _ => TimeSpan.Zero;
        });

        breaker.Fail();
        Assert.True(breaker.Rejects());
        breaker.Isolate();
        Assert.True(breaker.Rejects());
        breaker.Reset();

        Assert.Equal(
            [
                "prodev.circuit.callback_failures  1", "prodev.circuit.transitions open 1", "prodev.circuit.rejections open 1",
                "prodev.circuit.transitions isolated 1", "prodev.circuit.rejections isolated 1", "prodev.circuit.transitions closed 1",
            ],
            seen);
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

    private readonly struct Operation : IRetryOperation<int>, IRetryOperation, ISyncRetryOperation<int>, ISyncRetryOperation
    {
        public ValueTask<int> InvokeAsync(CancellationToken cancellationToken) => new(1);

        ValueTask IRetryOperation.InvokeAsync(CancellationToken cancellationToken) => default;

        public int Invoke(CancellationToken cancellationToken) => 1;

        void ISyncRetryOperation.Invoke(CancellationToken cancellationToken)
        {
        }
    }
}
