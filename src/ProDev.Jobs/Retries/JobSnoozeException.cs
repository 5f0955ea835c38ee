namespace ProDev.Jobs;

/// <summary>
/// Thrown by a job that cannot do its work yet, for a reason that is no failure: a file has not come, a lock is held. The job is started again after
/// <see cref="Delay"/>, and the attempt is not counted, so this can go on for as long as the job does not expire.
/// </summary>
/// <remarks>
/// Only the exception that leaves the job counts, not one inside another exception. While the worker stops, the job waits for its delay all the
/// same. <see cref="JobRetryException"/> is for failures: it counts.
/// </remarks>
public sealed class JobSnoozeException : Exception
{
    /// <summary>Creates an exception with a delay.</summary>
    /// <param name="delay">How long to wait at least, by the store's clock; zero or more, at most ten years.</param>
    /// <param name="message">Why, for people; stored with the job.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is less than zero or more than ten years.</exception>
    public JobSnoozeException(TimeSpan delay, string? message = null)
        : base(message ?? "The job is not ready to do its work.")
    {
        if (delay < TimeSpan.Zero || delay > JobConstants.MaxScheduleAhead)
            throw new ArgumentOutOfRangeException(nameof(delay), delay, $"The delay is '{delay}'. Set it from zero to ten years.");
        Delay = delay;
    }

    /// <summary>Creates an exception without a delay.</summary>
    public JobSnoozeException()
        : this(TimeSpan.Zero)
    {
    }

    /// <summary>Creates an exception without a delay.</summary>
    /// <param name="message">Why, for people.</param>
    public JobSnoozeException(string message)
        : this(TimeSpan.Zero, message)
    {
    }

    /// <summary>Creates an exception without a delay.</summary>
    /// <param name="message">Why, for people.</param>
    /// <param name="innerException">The cause.</param>
    public JobSnoozeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How long to wait at least.</summary>
    public TimeSpan Delay { get; }
}
