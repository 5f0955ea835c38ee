using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

public sealed class BudgetConcurrencyTests
{
    private const int Callers = 64;

    // The retries that a full budget, and the 64 deposits of the callers, pay: each of these, and no other, is made.
    public static TheoryData<string, int, double> Budgets => new()
    {
        // 99 failures of 200 leave more than half.
        { "token ratio", 99, 200 - Callers - 99 },
        { "percent", 10 + 12, 0.8 },
        { "quota", 200 / 3, 200 % 3 },
    };

    [Theory]
    [MemberData(nameof(Budgets))]
    public async Task BudgetIsNeverOverspent_When64CallersFailTogether(string kind, int retries, double tokensLeft)
    {
        for (var round = 0; round < 3; round++)
        {
            var budget = kind switch
            {
                "token ratio" => RetryBudget.TokenRatio(maxTokens: 200),
                "percent" => RetryBudget.Percent(0.2, minRetriesPerSecond: 1, timeProvider: new FakeTimeProvider()),
                _ => RetryBudget.Quota(200, retryCost: 3, throttledCost: 3),
            };
            var policy = TestPolicies.WithoutDelay(maxAttempts: 1000, o => o.Budget = budget);
            using var allStarted = new Barrier(Callers);
            var attempts = 0;

            await Crowd.RunAsync(Callers, _ =>
            {
                var isFirst = true;
                Assert.Throws<IOException>(() => policy.Execute(_ =>
                {
                    // Every call has made its deposit before the first one fails.
                    if (isFirst)
                        allStarted.SignalAndWait(CancellationToken.None);
                    isFirst = false;
                    Interlocked.Increment(ref attempts);
                    Thread.SpinWait(round * 20);
                    throw new IOException();
                }));
            });

            Assert.Equal(Callers + retries, attempts);
            Assert.Equal(tokensLeft, budget.Tokens, precision: 6);
            var snapshot = budget.Snapshot();
            Assert.Equal((retries, Callers), (snapshot.RetriesAllowed, snapshot.RetriesRefused));
        }
    }

    [Fact]
    public async Task LastRetryIsSoldOnce_WhenSeveralCallsWantIt()
    {
        const int Rounds = 20_000;
        RetryBudget One() => RetryBudget.Percent(0, 1, TimeSpan.FromSeconds(1), new FakeTimeProvider());
        var budgets = Enumerable.Range(0, Rounds).Select(_ => One()).ToList();
        var sold = 0;

        // Whoever is ahead waits for the other by spinning, so that both ask within some nanoseconds.
        var arrived = new int[Rounds];
        await Crowd.RunAsync(2, _ =>
        {
            foreach (var (index, budget) in budgets.Index())
            {
                Interlocked.Increment(ref arrived[index]);
                SpinWait.SpinUntil(() => Volatile.Read(ref arrived[index]) == 2);
                if (budget.Fail())
                    Interlocked.Increment(ref sold);
            }
        });

        Assert.Equal(Rounds, sold);
    }

    [Fact]
    public async Task NoTokenIsLostOrInvented_WhenSuccessesAndFailuresRace()
    {
        // Half empty first, so that no bound is met: then each of eight threads takes 50 tokens and gives 50 back.
        var budget = RetryBudget.TokenRatio(maxTokens: 1000, tokenRatio: 1);
        for (var i = 0; i < 500; i++)
            budget.Fail();

        await Crowd.RunAsync(8, number =>
        {
            for (var i = 0; i < 100; i++)
            {
                if ((i + number) % 2 == 0)
                    budget.Fail();
                else
                    budget.Succeed();
            }
        });

        Assert.Equal(500, budget.Tokens);
    }

    [Fact]
    public async Task QuotaKeepsItsBooks_WhenCallsRetryAndSucceedTogether()
    {
        // Never full and never empty: what is left is what was there, less the retries that failed, plus the first successes.
        var budget = RetryBudget.Quota(capacity: 1_000_000, retryCost: 14, throttledCost: 5, successRefund: 2);
        for (var i = 0; i < 30_000; i++)
            budget.Fail();
        var before = budget.Tokens;

        await Crowd.RunAsync(Callers, number =>
        {
            for (var i = 0; i < 300; i++)
            {
                var held = 0;
                if (i % 3 > 0)
                    Assert.True(budget.OnFailure(isThrottled: false, ref held));
                if (i % 3 > 1)
                    Assert.True(budget.OnFailure(isThrottled: true, ref held));
                budget.OnSuccess(ref held);
            }
        });

        Assert.Equal(before + (Callers * 100 * 2) - (Callers * 100 * 14), budget.Tokens);
    }

    [Fact]
    public async Task NoDepositIsLost_WhenManyThreadsStartCallsWhileTimeGoesOn()
    {
        var time = new FakeTimeProvider();
        var budget = RetryBudget.Percent(1, minRetriesPerSecond: 0, TimeSpan.FromSeconds(10), time);
        var allowed = 0;

        await Crowd.RunAsync(8, number =>
        {
            for (var i = 0; i < 9000; i++)
            {
                budget.OnStart();
                if (i % 3 == 0 && budget.Fail())
                    Interlocked.Increment(ref allowed);
                // Nine slices in all: every cell turns, and nothing expires.
                if (number == 0 && i % 1000 == 999)
                    time.Advance(TimeSpan.FromSeconds(1));
            }
        });

        Assert.Equal(8 * 3000, allowed);
        Assert.Equal((8 * 9000) - allowed, budget.Tokens);
    }

    [Fact]
    public void BudgetStaysWithinItsBounds_ForEveryStory()
    {
        var anyBudget = Gen.OneOf(
            Gen.Select(Gen.Int[1, 1000], Gen.Double[0.001, 1]).Select(RetryBudget.TokenRatio),
            Gen.Int[1, 100].SelectMany(size => Gen.Select(Gen.Int[1, size], Gen.Int[1, size], Gen.Int[1, size])
                .Select((cost, throttled, refund) => RetryBudget.Quota(size, cost, throttled, refund))));

        // Each number is a call: how many of its attempts fail, and whether as throttled.
        Gen.Select(anyBudget, Gen.Select(Gen.Int[0, 5], Gen.Bool).Array[0, 100]).Sample((budget, calls) =>
        {
            var (allowed, refused) = (0, 0);
            foreach (var (failures, isThrottled) in calls)
            {
                var held = 0;
                var isAllowed = true;
                for (var i = 0; i < failures && isAllowed; i++)
                {
                    var tokens = budget.Tokens;
                    isAllowed = budget.OnFailure(isThrottled, ref held);
                    _ = isAllowed ? allowed++ : refused++;
                    Assert.True(!isAllowed || budget.Tokens < tokens, "An allowed retry was not paid.");
                    AssertWithinBounds(budget);
                }

                if (isAllowed)
                    budget.OnSuccess(ref held);
                AssertWithinBounds(budget);
            }

            Assert.Equal((allowed, refused), (budget.Snapshot().RetriesAllowed, budget.Snapshot().RetriesRefused));
        });
    }

    private static void AssertWithinBounds(RetryBudget budget)
    {
        var snapshot = budget.Snapshot();
        Assert.InRange(snapshot.Tokens, 0, snapshot.Capacity!.Value);
        Assert.Equal(budget.AllowsRetry, snapshot.AllowsRetry);
    }
}
