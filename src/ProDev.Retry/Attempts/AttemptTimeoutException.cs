namespace ProDev.Retry;

/// <summary>An attempt took longer than <see cref="RetryOptions.AttemptTimeout"/> and was cancelled. It is retried by default.</summary>
public sealed class AttemptTimeoutException : TimeoutException
{
    /// <summary>Creates the exception with a text that says only what happened.</summary>
    public AttemptTimeoutException()
        : base("The attempt took longer than it may.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public AttemptTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cancellation that ended the attempt.</param>
    public AttemptTimeoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal AttemptTimeoutException(TimeSpan timeout, int attempt, Exception cancellation)
        : base(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Attempt {attempt} took longer than AttemptTimeout, '{timeout:c}'. Raise it, or find out why the operation is slow. The inner exception is how the attempt ended."),
            cancellation) => Timeout = timeout;

    /// <summary>Gets the time that the attempt had; zero if unknown.</summary>
    public TimeSpan Timeout { get; }
}
