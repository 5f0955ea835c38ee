namespace ProDev.Retry;

/// <summary>How the delay before a retry is spread at random.</summary>
public enum RetryJitter
{
    /// <summary>The delay is exactly the computed one. Callers that failed together come back together.</summary>
    None = 0,

    /// <summary>
    /// The delay is anything from zero to the computed one, evenly spread ("full jitter" in Marc Brooker, "Exponential Backoff
    /// And Jitter", AWS Architecture Blog, 2015). It needs the fewest calls to get a crowd of callers through.
    /// </summary>
    Full = 1,
}
