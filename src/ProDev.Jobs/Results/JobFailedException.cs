namespace ProDev.Jobs;

/// <summary>Somebody waited for a result that will not come: the job was given up or revoked.</summary>
public sealed class JobFailedException : Exception
{
    /// <summary>Creates an exception without details.</summary>
    public JobFailedException()
        : this("The job failed.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">The message.</param>
    public JobFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public JobFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal JobFailedException(JobInfo job)
        : base(job.State == JobState.Revoked
            ? $"The job '{job.Name}' {job.Id} was revoked."
            : $"The job '{job.Name}' {job.Id} was given up after attempt {job.Attempt} of {job.MaxAttempts} ({job.DeadLetterReason}): {job.Error}")
        => Job = job;

    /// <summary>The job as it ended; <see langword="null"/> if the exception was not made by this package.</summary>
    public JobInfo? Job { get; }
}
