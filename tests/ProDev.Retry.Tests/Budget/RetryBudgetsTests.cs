namespace ProDev.Retry.Tests;

public sealed class RetryBudgetsTests
{
    [Fact]
    public void EachKeyHasItsOwnBudget_AndKeepsIt()
    {
        var budgets = new RetryBudgets(static _ => RetryBudget.TokenRatio(maxTokens: 1));
        budgets.Get("down").Fail();

        Assert.Same(budgets.Get("down"), budgets.Get("down"));
        Assert.False(budgets.Get("down").AllowsRetry);
        Assert.True(budgets.Get("up").AllowsRetry);
        Assert.True(budgets.Get("DOWN").AllowsRetry);
        Assert.Equal(3, budgets.Count);
    }

    [Fact]
    public void NumberOfBudgetsIsBounded_AndAnEvictedKeyStartsAfresh()
    {
        var budgets = new RetryBudgets(static _ => RetryBudget.Quota(), maximumKeys: 10);
        var first = budgets.Get("first");
        for (var i = 0; i < 1000; i++)
            budgets.Get($"host-{i}");

        Assert.Equal(10, budgets.Count);
        Assert.NotSame(first, budgets.Get("first"));
    }

    [Fact]
    public void KnownKeyAllocatesNothing()
    {
        var budgets = new RetryBudgets(static _ => RetryBudget.Percent());
        var expected = budgets.Get("host");
        var wrong = 0;
        for (var i = 0; i < 50; i++)
            budgets.Get("host");

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            wrong += ReferenceEquals(expected, budgets.Get("host")) ? 0 : 1;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void WrongUseIsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new RetryBudgets(null!));
        var none = Assert.Throws<ArgumentOutOfRangeException>(() => new RetryBudgets(static _ => RetryBudget.Quota(), 0));
        Assert.StartsWith("At least one budget has to be kept.", none.Message, StringComparison.Ordinal);

        var budgets = new RetryBudgets(static _ => null!);
        Assert.Throws<ArgumentNullException>(() => budgets.Get(null!));
        var exception = Assert.Throws<InvalidOperationException>(() => budgets.Get("host"));
        Assert.Equal("The callback of RetryBudgets returned null for 'host'.", exception.Message);
        Assert.Equal(0, budgets.Count);
    }
}
