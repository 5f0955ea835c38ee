namespace ProDev.Retry.Tests;

internal static class BackoffCalculatorCalls
{
    /// <summary>The delay after an attempt of a call that has no history.</summary>
    public static TimeSpan AfterAttempt(this BackoffCalculator backoff, int attempt)
    {
        var memory = 0.0;
        return backoff.After(new BackoffArguments(attempt, TimeSpan.Zero, exception: null), ref memory);
    }
}
