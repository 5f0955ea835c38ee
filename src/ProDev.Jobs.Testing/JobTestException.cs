namespace ProDev.Jobs.Testing;

/// <summary>
/// Jobs did not do what the test asked for: some are left when a bound was reached, some hang, or there are dead letters. The message names them.
/// </summary>
public sealed class JobTestException : Exception
{
    /// <summary>The jobs that the message is about.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<JobInfo> Jobs { get; init; } = [];

    /// <summary>Creates the exception.</summary>
    public JobTestException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public JobTestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public JobTestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
