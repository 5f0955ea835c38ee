using Microsoft.Extensions.Time.Testing;

namespace ProDev.Retry.Tests;

/// <summary>Every public form tells the budget of a call that begins and of one that succeeds, once.</summary>
public sealed class BudgetFormsTests
{
    private static readonly Dictionary<string, Func<RetryPolicy, ValueTask>> Forms = new()
    {
        ["ValueTask<T>"] = static async policy => await policy.ExecuteAsync(static _ => new ValueTask<int>(1)),
        ["ValueTask"] = static async policy => await policy.ExecuteAsync(static _ => ValueTask.CompletedTask),
        ["Task<T>"] = static async policy => await policy.ExecuteAsync(static _ => Task.FromResult(1)),
        ["Task"] = static async policy => await policy.ExecuteAsync(static _ => Task.CompletedTask),
        ["later, T"] = static async policy => await policy.ExecuteAsync(static async ValueTask<int> (_) =>
        {
            await Task.Yield();
            return 1;
        }),
        ["later"] = static async policy => await policy.ExecuteAsync(static async ValueTask (_) => await Task.Yield()),
        ["synchronous"] = static policy =>
        {
            policy.Execute(static _ => 1);
            return ValueTask.CompletedTask;
        },
        ["outcome"] = static async policy => await policy.TryExecuteAsync(static _ => new ValueTask<int>(1)),
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SuccessGivesTokensBackOnce_InEachForm(string form)
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 10, tokenRatio: 0.5);
        budget.Fail();

        await Forms[form](TestPolicies.WithoutDelay(maxAttempts: 3, o => o.Budget = budget));

        Assert.Equal(9.5, budget.Tokens);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task CallDepositsOnce_InEachForm(string form)
    {
        var budget = RetryBudget.Percent(percent: 0.5, minRetriesPerSecond: 1, timeProvider: new FakeTimeProvider());
        var before = budget.Tokens;

        await Forms[form](TestPolicies.WithoutDelay(maxAttempts: 3, o => o.Budget = budget));

        Assert.Equal(before + 0.5, budget.Tokens);
    }

    [Fact]
    public async Task NothingIsDeposited_WhenTheCallerHadCancelledBefore()
    {
        var budget = RetryBudget.Percent(percent: 0.5, minRetriesPerSecond: 1, timeProvider: new FakeTimeProvider());
        var before = budget.Tokens;
        var policy = TestPolicies.WithoutDelay(maxAttempts: 3, o => o.Budget = budget);

        var outcome = await policy.TryExecuteAsync(static _ => new ValueTask<int>(1), new CancellationToken(canceled: true));
        await policy.TryExecuteAsync(static _ => ValueTask.CompletedTask, new CancellationToken(canceled: true));

        Assert.Equal((RetryEnd.Cancelled, before), (outcome.End, budget.Tokens));
    }
}
