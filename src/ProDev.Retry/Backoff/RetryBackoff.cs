namespace ProDev.Retry;

/// <summary>How the delay grows from one retry to the next, before jitter.</summary>
public enum RetryBackoff
{
    /// <summary><c>BaseDelay × BackoffFactor^(n − 1)</c> before retry n.</summary>
    Exponential = 0,

    /// <summary><c>BaseDelay × n</c> before retry n.</summary>
    Linear = 1,

    /// <summary>Always <c>BaseDelay</c>.</summary>
    Constant = 2,
}
