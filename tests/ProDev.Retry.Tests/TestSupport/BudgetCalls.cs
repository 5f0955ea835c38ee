namespace ProDev.Retry.Tests;

/// <summary>What a policy tells a budget, for tests that play the policy.</summary>
internal static class BudgetCalls
{
    /// <summary>A call without a retry succeeds.</summary>
    public static void Succeed(this RetryBudget budget)
    {
        var held = 0;
        budget.OnSuccess(ref held);
    }

    /// <summary>An attempt of a call without a retry fails; true if a retry is allowed.</summary>
    public static bool Fail(this RetryBudget budget, bool isThrottled = false)
    {
        var held = 0;
        return budget.OnFailure(isThrottled, ref held);
    }

    public static void Start(this RetryBudget budget, int calls)
    {
        for (var i = 0; i < calls; i++)
            budget.OnStart();
    }

    /// <summary>How many retries in a row are allowed now.</summary>
    public static int Drain(this RetryBudget budget)
    {
        var allowed = 0;
        while (budget.Fail())
            allowed++;
        return allowed;
    }
}
