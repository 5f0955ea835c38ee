using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ProDev.Retry.Tests;

[Collection(WatchedAlone.Name)]
public sealed class TelemetryTests
{
    [Fact]
    public async Task AttemptsAreCountedByWhatCameOfThem()
    {
        using var meter = new Measurements("counted");
        var policy = Named("counted", o => o.RetryResult<int>(static r => r < 0));

        await policy.TryExecuteAsync(new Script(Script.Fails(), Script.Returns(-1), Script.Returns(1)).RunAsync);
        await policy.TryExecuteAsync(new Script(Script.Fails()).RunLaterAsync);
        await policy.TryExecuteAsync(new Script(Script.Throws(new NotSupportedException())).RunAsync);
        policy.Execute(static _ => { });
        Assert.Throws<IOException>(() => policy.Execute(static int (_) => throw new IOException()));
        using var caller = new CancellationTokenSource();
        await policy.TryExecuteAsync(
            async ValueTask (_) =>
            {
                await caller.CancelAsync();
                throw new IOException();
            },
            caller.Token);

        Assert.Equal(
            ["attempts_used_up 2", "cancelled 1", "retry 6", "stopped 1", "success 2"],
            meter.Outcomes.GroupBy(static o => o, StringComparer.Ordinal).Select(static g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(6, meter.Delays);
    }

    [Fact]
    public async Task EachRetryIsAnActivityUnderTheCallers()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ProDev.Retry",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("retry.policy") as string == "traced")
                    seen.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("caller").Start();
        var inside = new List<string?>();

        await Named("traced").TryExecuteAsync(async ValueTask (_) =>
        {
            await Task.Yield();
            inside.Add(Activity.Current?.OperationName);
            throw new IOException();
        });

        Assert.Equal(["caller", "retry.attempt", "retry.attempt"], inside);
        Assert.Equal([2, 3], seen.Select(a => a.GetTagItem("retry.attempt")));
        Assert.All(seen, a => Assert.Equal(parent.SpanId, a.ParentSpanId));
        Assert.Same(parent, Activity.Current);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetriesAndTheEndAreLogged(bool sync)
    {
        var log = new RecordingLogger();
        var policy = Named("logged", o => (o.Logger, o.MaxAttempts) = (log, 2));

        if (sync)
            Assert.Throws<IOException>(() => policy.Execute(static int (_) => throw new IOException()));
        else
            await policy.TryExecuteAsync(new Script(Script.Fails()).RunAsync);
        await policy.TryExecuteAsync(new Script(Script.Throws(new NotSupportedException())).RunAsync);

        Assert.Equal(
            [
                "Information 1 Retry policy 'logged': attempt 1 failed, the next one follows in 00:00:00.",
                "Warning 2 Retry policy 'logged' gave up after attempt 2: AttemptsUsedUp.",
            ],
            log.Messages);
    }

    [Fact]
    public async Task CallIsNotAffected_WhenLogMeterOrTraceThrow()
    {
        using var meter = new Measurements("broken", throws: true);
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ProDev.Retry",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = static activity => Throw(activity),
            ActivityStopped = static activity => Throw(activity),
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("broken").Start();
        var policy = Named("broken", o =>
        {
            o.Logger = new RecordingLogger { Throws = true };
            o.RetryResult<int>(static r => r < 0);
        });

        for (var i = 0; i < 2; i++)
        {
            var script = new Script(Script.Fails(), Script.Returns(-1), Script.Returns(4));
            Assert.Equal(4, i == 0 ? await policy.ExecuteAsync(script.RunAsync) : policy.Execute(_ => script.Next()));
            Assert.Equal(3, script.Attempts);
        }

        Assert.Equal(3, (await policy.TryExecuteAsync(new Script(Script.Fails()).RunLaterAsync)).Attempts);
        Assert.Throws<IOException>(() => policy.Execute(static int (_) => throw new IOException()));
        Assert.Equal(5, await Named("broken").ExecuteAsync(static _ => ValueTask.FromResult(5)));
        Assert.Same(parent, Activity.Current);

        static void Throw(Activity activity)
        {
            if (activity.Parent?.OperationName == "broken")
                throw new FormatException("The trace is full.");
        }
    }

    private static RetryPolicy Named(string name, Action<RetryOptions>? configure = null)
    {
        var options = new RetryOptions { BaseDelay = TimeSpan.Zero };
        configure?.Invoke(options);
        return RetryPolicy.Create(name, options);
    }

    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _delays;

        public Measurements(string policy, bool throws = false)
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ProDev.Retry")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                if (Equals(tags[0].Value, policy))
                    Add((string)tags[1].Value!, throws);
            });
            _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                if (Equals(tags[0].Value, policy))
                    Add(null, throws);
            });
            _listener.Start();
        }

        public ConcurrentQueue<string> Outcomes { get; } = [];

        public int Delays => _delays;

        public void Dispose() => _listener.Dispose();

        private void Add(string? outcome, bool throws)
        {
            if (throws)
                throw new FormatException("The meter is full.");
            if (outcome is null)
                Interlocked.Increment(ref _delays);
            else
                Outcomes.Enqueue(outcome);
        }
    }
}
