namespace ProDev.Jobs;

/// <summary>A job has lost its lease: another worker may run it, and what this attempt wanted to record was not taken.</summary>
public sealed class JobLeaseLostException : Exception
{
    /// <summary>Creates an exception with the usual message.</summary>
    public JobLeaseLostException()
        : this("The lease of the job is lost: another worker may run it. What this attempt wanted to record was not taken.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">The message.</param>
    public JobLeaseLostException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public JobLeaseLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
