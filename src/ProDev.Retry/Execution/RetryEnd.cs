namespace ProDev.Retry;

/// <summary>Why a call had no further attempt.</summary>
public enum RetryEnd
{
    /// <summary>An attempt succeeded.</summary>
    Success = 0,

    /// <summary>The outcome was final: a judge, or the default one, said that it is not worth a retry.</summary>
    Stopped = 1,

    /// <summary><see cref="RetryOptions.MaxAttempts"/> were made, by this policy or by those beneath.</summary>
    AttemptsUsedUp = 2,

    /// <summary>The next delay did not fit what was left of a deadline.</summary>
    DeadlineReached = 3,

    /// <summary>The server asked for a delay longer than <see cref="RetryOptions.MaxServerDelay"/>.</summary>
    ServerDelayTooLong = 4,

    /// <summary>The <see cref="RetryOptions.Budget"/> had nothing left for a retry.</summary>
    BudgetSpent = 5,

    /// <summary>The policy runs inside of an attempt that is a retry already (<see cref="RetryOptions.NestedRetries"/>).</summary>
    NestedInRetry = 6,

    /// <summary>The caller cancelled.</summary>
    Cancelled = 7,

    /// <summary>A callback of the policy threw.</summary>
    CallbackFailed = 8,
}
