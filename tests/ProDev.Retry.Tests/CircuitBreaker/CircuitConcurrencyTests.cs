using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>Sixty-four callers at once, on threads of their own, so that they meet.</summary>
public sealed class CircuitConcurrencyTests
{
    private const int Callers = 64;
    private const int Rounds = 50;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void BreakerOpensOnce_WhenManyCallersFailTogether()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var changes = new ConcurrentQueue<CircuitState>();
            var asked = 0;
            var breaker = TestBreakers.AfterFailures(5, _time, o =>
            {
                o.OnChange = change => changes.Enqueue(change.To);
                o.BreakDurationGenerator = _ => TimeSpan.FromSeconds(Interlocked.Increment(ref asked));
            });

            Together(_ =>
            {
                if (breaker.TryEnter(out var permit))
                    permit.Failed();
            });

            Assert.Equal([CircuitState.Open], changes);
            Assert.Equal(1, asked);
            Assert.True(breaker.Rejects());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void ExactlyTheProbesAreLetThrough_WhenManyCallersArriveAfterTheBreak(int probes)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var breaker = TestBreakers.ReadyToProbe(_time, o => o.Probes = probes);
            var permits = new ConcurrentBag<CircuitPermit>();

            Together(_ =>
            {
                if (breaker.TryEnter(out var permit))
                    permits.Add(permit);
            });

            Assert.Equal(probes, permits.Count);
            foreach (var permit in permits)
                permit.Succeeded();
            Assert.Equal(CircuitState.Closed, breaker.State);
        }
    }

    [Fact]
    public void NobodyIsLetThroughAfterTheProbeFailed_WhenManyCallersInsist()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var admitted = 0;
            var breaker = TestBreakers.ReadyToProbe(_time);

            Together(_ =>
            {
                for (var i = 0; i < 20; i++)
                {
                    if (!breaker.TryEnter(out var permit))
                        continue;
                    Interlocked.Increment(ref admitted);
                    permit.Failed();
                }
            });

            Assert.Equal(1, admitted);
            Assert.Equal(2, breaker.Snapshot().BreaksInARow);
        }
    }

    [Fact]
    public void NoOutcomeIsLost_WhenManyCallersCount()
    {
        var breaker = TestBreakers.AfterHalfOfFour(_time, o => (o.FailureRatio, o.MinimumThroughput) = (1, int.MaxValue));

        Together(caller =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (i % 10 == 0 && caller % 2 == 0)
                    breaker.Enter().Failed();
                else
                    breaker.Execute(static _ => 1);
            }
        });

        Assert.Equal((Callers * 950, Callers * 50), (breaker.Snapshot().Successes, breaker.Snapshot().Failures));
    }

    [Fact]
    public void ChangesAreToldInOrder_WhenManyCallersCauseThem()
    {
        var changes = new List<CircuitChange>();
        var telling = 0;
        var breaker = TestBreakers.AfterFailures(1, TimeProvider.System, o =>
        {
            o.BreakDuration = TimeSpan.FromTicks(1);
            o.OnChange = change =>
            {
                Assert.Equal(1, Interlocked.Increment(ref telling));
                changes.Add(change);
                Interlocked.Decrement(ref telling);
            };
        });

        Together(caller =>
        {
            for (var i = 0; i < 200; i++)
            {
                if (!breaker.TryEnter(out var permit))
                    continue;
                if ((i + caller) % 3 == 0)
                    permit.Failed();
                else
                    permit.Succeeded();
            }
        });

        Assert.Equal(0, breaker.Snapshot().CallbackFailures);
        Assert.NotEmpty(changes);
        Assert.Equal(CircuitState.Closed, changes[0].From);
        Assert.Equal(changes.Skip(1).Select(c => c.From), changes.SkipLast(1).Select(c => c.To));
        Assert.Equal(breaker.State, changes[^1].To);
    }

    private static void Together(Action<int> work)
    {
        using var start = new Barrier(Callers);
        var failures = new ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, Callers).Select(caller => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(caller);
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
    }
}
