namespace ProDev.Jobs;

/// <summary>
/// Thrown by a job that knows when to try again, for example because a service said how long to wait. The attempt counts as failed, and
/// the next one follows after <see cref="Delay"/> in place of the backoff. In the last attempt the job becomes a dead letter all the same.
/// </summary>
/// <remarks>Only the exception that leaves the job counts, not one inside another exception. It counts also while the worker stops.</remarks>
#pragma warning disable CA1032 // Without a delay it would say nothing.
public sealed class JobRetryException : Exception
#pragma warning restore CA1032
{
    /// <summary>Creates the exception.</summary>
    /// <param name="delay">How long the job waits at least, measured by the store's clock. Zero means at once. At most ten years.</param>
    /// <param name="message">Why; it is stored as the error of the attempt. <see langword="null"/> for a text that names the delay.</param>
    /// <param name="innerException">What went wrong, if anything did.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative or longer than ten years.</exception>
    public JobRetryException(TimeSpan delay, string? message = null, Exception? innerException = null)
        : base(message ?? $"The job asks to be tried again after '{delay}'.", innerException)
    {
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, $"The delay is '{delay}'. Set it to zero or more.");
        if (delay > JobConstants.MaxScheduleAhead)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, $"The delay is '{delay}'. At most ten years are allowed.");
        Delay = delay;
    }

    /// <summary>How long the job waits at least. From zero to ten years.</summary>
    public TimeSpan Delay { get; }
}
