namespace ProDev.Jobs;

/// <summary>
/// Thrown by a job that knows that trying again is no use. The job becomes a dead letter at once, with the reason
/// <see cref="DeadLetterReason.GivenUp"/>, however many attempts are left.
/// </summary>
/// <remarks>Only the exception that leaves the job counts, not one inside another exception. It counts also while the worker stops.</remarks>
public sealed class JobGivenUpException : Exception
{
    /// <summary>Creates the exception.</summary>
    public JobGivenUpException()
        : base("The job gave itself up.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why; it is stored as the error of the dead letter.</param>
    public JobGivenUpException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why; it is stored as the error of the dead letter.</param>
    /// <param name="innerException">What went wrong, if anything did.</param>
    public JobGivenUpException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
