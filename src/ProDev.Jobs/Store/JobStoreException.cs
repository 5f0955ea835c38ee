namespace ProDev.Jobs;

/// <summary>The job store cannot do what it was asked: it is unreachable, locked, full, or not a store that this version can use.</summary>
public class JobStoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public JobStoreException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what to do.</param>
    public JobStoreException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what to do.</param>
    /// <param name="innerException">The provider's own error.</param>
    public JobStoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
