using System.Runtime.CompilerServices;

namespace ProDev.Retry.Tests;

public sealed class OutcomeTests
{
    [Fact]
    public async Task StackOfTheOperationIsKept_InEveryKindOfEnd()
    {
        var exhausted = TestPolicies.WithoutDelay();
        var stopped = TestPolicies.WithoutDelay(configure: o => o.ShouldRetry = static _ => RetryDecision.Stop);

        foreach (var policy in new[] { exhausted, stopped })
        {
            AssertStack(await Record.ExceptionAsync(async () => await policy.ExecuteAsync(static _ => FailDeepInside())));
            AssertStack(await Record.ExceptionAsync(async () => await policy.ExecuteAsync(static async _ =>
            {
                await Task.Yield();
                return await FailDeepInside();
            })));
            AssertStack(Record.Exception(() => policy.Execute(static _ => FailDeepInsideAtOnce())));
        }
    }

    [Fact]
    public async Task LastExceptionSurfacesAsItIs_WhenTheAttemptsAreUsedUp()
    {
        Exception[] thrown = [new IOException("1"), new TimeoutException("2"), new InvalidOperationException("3")];
        var script = new Script([.. thrown.Select(Script.Throws)]);

        var exception = await Record.ExceptionAsync(async () => await TestPolicies.WithoutDelay().ExecuteAsync(script.RunAsync));

        Assert.Same(thrown[2], exception);
    }

    [Fact]
    public async Task NextAttemptWaitsForItsDelay_OnTheGivenClock()
    {
        var time = new SignallingTimeProvider();
        var script = new Script(Script.Fails(), Script.Fails(), Script.Returns(9));
        var call = TestPolicies.WithSeconds(time).ExecuteAsync(script.RunAsync).AsTask();

        await time.TimerIsSet();
        Assert.Equal(1, script.Attempts);
        time.Advance(TimeSpan.FromSeconds(0.999));
        Assert.Equal(1, script.Attempts);
        time.Advance(TimeSpan.FromSeconds(0.001));
        await time.TimerIsSet();
        Assert.Equal(2, script.Attempts);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(9, await call);
    }

    [Fact]
    public async Task ObserverIsToldOfEachRetry_BeforeItsDelay()
    {
        var seen = new List<(int, double, string?)>();
        var policy = TestPolicies.WithSeconds(new InstantTimeProvider(), 4, o =>
        {
            o.OnRetry = r => seen.Add((r.Attempt, r.Delay.TotalSeconds, r.Exception?.Message));
            o.RetryResult<int>(static r => r < 0);
        });
        var script = new Script(Script.Fails("a"), Script.Returns(-1), Script.Fails("b"), Script.Fails("c"));

        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal([(1, 1, "a"), (2, 2, null), (3, 4, "b")], seen);
    }

    [Fact]
    public async Task JudgeSeesEachFailure_WithItsAttempt()
    {
        var seen = new List<(int, string)>();
        var policy = TestPolicies.WithoutDelay(configure: o => o.ShouldRetry = f =>
        {
            seen.Add((f.Attempt, f.Exception.Message));
            return f.IsRetriedByDefault && f.Attempt < 2;
        });

        await Assert.ThrowsAsync<IOException>(
            async () => await policy.ExecuteAsync(new Script(Script.Fails("a"), Script.Fails("b")).RunAsync));

        Assert.Equal([(1, "a"), (2, "b")], seen);
    }

    [Fact]
    public async Task BothExceptionsAreReported_WhenACallbackThrows()
    {
        var mistake = new NotSupportedException("mine");
        var judge = TestPolicies.WithoutDelay(configure: o => o.ShouldRetry = _ => throw mistake);
        var observer = TestPolicies.WithoutDelay(configure: o => o.OnRetry = _ => throw mistake);

        foreach (var (policy, callback) in new[] { (judge, "ShouldRetry"), (observer, "OnRetry") })
        {
            var script = new Script(Script.Fails("down"));
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(
                async () => await policy.ExecuteAsync(script.RunAsync));

            Assert.Equal(
                $"The {callback} callback of the retry policy threw after attempt 1. Correct the callback: it must not throw. " +
                "The inner exceptions are what the callback and the attempt threw.",
                exception.Message);
            var both = Assert.IsType<AggregateException>(exception.InnerException).InnerExceptions;
            Assert.Same(mistake, both[0]);
            Assert.Equal("down", both[1].Message);
            Assert.Equal(1, script.Attempts);
            Assert.Throws<InvalidOperationException>(() => policy.Execute(_ => script.Next()));
        }
    }

    [Fact]
    public async Task FailureIsReported_WhenAResultPredicateOrTheRandomnessThrows()
    {
        var mistake = new NotSupportedException("mine");
        var predicate = TestPolicies.WithoutDelay(configure: o => o.RetryResult<int>(_ => throw mistake));
        var random = RetryPolicy.Create(o => o.Randomizer = () => throw mistake);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await predicate.ExecuteAsync(new Script(Script.Returns(1)).RunAsync));
        var undrawn = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await random.ExecuteAsync(new Script(Script.Fails()).RunAsync));

        Assert.Same(mistake, refused.InnerException);
        Assert.StartsWith("The JudgeResult callback of the retry policy threw after attempt 1.", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("The Randomizer callback of the retry policy threw after attempt 1.", undrawn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultIsRetriedOrReturned_AsItsPredicateSays()
    {
        var policy = TestPolicies.WithoutDelay(configure: o => o.RetryResult<int>(static r => r < 0).RetryResult<object>(static r => r is "bad"));

        Assert.Equal(5, await policy.ExecuteAsync(new Script(Script.Returns(-1), Script.Returns(5)).RunAsync));
        Assert.Equal(-3, await policy.ExecuteAsync(new Script(Script.Returns(-1), Script.Returns(-2), Script.Returns(-3)).RunAsync));
        var script = new Script(Script.Returns(-1), Script.Returns(-2), Script.Returns(-3));
        Assert.Equal(-3, policy.Execute(_ => script.Next()));

        // A predicate over a base type judges derived results; one over another type does not matter.
        var texts = new Queue<string>(["bad", "good"]);
        Assert.Equal("good", await policy.ExecuteAsync(_ => ValueTask.FromResult(texts.Dequeue())));
        Assert.Equal(-1L, await policy.ExecuteAsync(_ => ValueTask.FromResult(-1L)));
    }

    [Fact]
    public async Task EachResultIsJudgedOnceAndChargedOnce_WhenItComesAtOnceOrLater()
    {
        foreach (var later in new[] { false, true })
        {
            var judged = new List<int>();
            var budget = RetryBudget.TokenRatio(maxTokens: 10, tokenRatio: 1);
            var policy = TestPolicies.WithoutDelay(configure: o => o.RetryResult<int>(r =>
            {
                judged.Add(r);
                return r < 0;
            }).Budget = budget);
            var script = new Script(Script.Returns(-1), Script.Returns(-2), Script.Returns(-3));

            Assert.Equal(-3, await policy.ExecuteAsync(token => later ? script.RunLaterAsync(token) : script.RunAsync(token)));

            Assert.Equal([-1, -2, -3], judged);
            Assert.Equal(7, budget.Tokens);
        }
    }

    [Fact]
    public async Task SupersededResultIsDisposed_AndTheReturnedOneIsNot()
    {
        var policy = TestPolicies.WithoutDelay(configure: o => o.RetryResult<Disposable>(static r => r.Number < 3));
        foreach (var sync in new[] { false, true })
        {
            var made = new List<Disposable>();
            Disposable Make()
            {
                made.Add(new Disposable(made.Count + 1));
                return made[^1];
            }

            var result = sync ? policy.Execute(_ => Make()) : await policy.ExecuteAsync(_ => ValueTask.FromResult(Make()));

            Assert.Equal(3, result.Number);
            Assert.Equal([true, true, false], made.Select(m => m.IsDisposed));
        }
    }

    [Fact]
    public async Task ConcurrentCallsShareNothing_WhenOnePolicyServesThemAll()
    {
        var policy = TestPolicies.WithoutDelay();
        var calls = Enumerable.Range(0, 64).Select(async i =>
        {
            await Task.Yield();
            for (var round = 0; round < 50; round++)
            {
                var script = new Script(Script.Fails(), Script.Fails(), Script.Returns((i * 1000) + round));
                Assert.Equal((i * 1000) + round, await policy.ExecuteAsync(script.RunLaterAsync));
                Assert.Equal(3, script.Attempts);
            }
        });

        await Task.WhenAll(calls);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask<int> FailDeepInside() => throw new IOException("deep");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FailDeepInsideAtOnce() => throw new IOException("deep");

    private static void AssertStack(Exception? exception)
    {
        Assert.IsType<IOException>(exception);
        Assert.Contains(nameof(FailDeepInside), exception.StackTrace, StringComparison.Ordinal);
    }

    private sealed class Disposable(int number) : IDisposable
    {
        public int Number => number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
