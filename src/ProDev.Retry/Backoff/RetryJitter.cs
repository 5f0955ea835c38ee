namespace ProDev.Retry;

/// <summary>How the delay before a retry is spread at random.</summary>
/// <remarks>
/// The first four are those of Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015, where <see cref="Full"/>
/// needs the fewest calls to get a crowd of callers through.
/// </remarks>
public enum RetryJitter
{
    /// <summary>The delay is exactly the computed one. Callers that failed together come back together.</summary>
    None = 0,

    /// <summary>Anything from zero to the computed delay, evenly spread.</summary>
    Full = 1,

    /// <summary>Half of the computed delay, and anything up to the other half: no retry comes at once.</summary>
    Equal = 2,

    /// <summary>
    /// Anything from <c>BaseDelay</c> to three times the delay before, so that it grows at random. <see cref="RetryOptions.Backoff"/> must be
    /// <see cref="RetryBackoff.Exponential"/>; the factor does not matter.
    /// </summary>
    Decorrelated = 3,

    /// <summary>
    /// A smooth spread without the peaks that the others have, and a median of the computed delay: the difference of two values of
    /// <c>2^t × tanh(√(4t))</c> at random points t of neighbouring attempts. The formula is George Polisson's, known as
    /// <c>DecorrelatedJitterBackoffV2</c> from Polly. <see cref="RetryOptions.Backoff"/> must be <see cref="RetryBackoff.Exponential"/> with the factor 2.
    /// </summary>
    DecorrelatedV2 = 4,
}
