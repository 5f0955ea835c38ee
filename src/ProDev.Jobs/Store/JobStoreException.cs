namespace ProDev.Jobs;

/// <summary>The job store cannot do what it was asked: it is unreachable, locked, full, or not a store that this version can use.</summary>
public sealed class JobStoreException : Exception
{
    /// <summary>
    /// Whether the store is bounded and holds as many unfinished jobs as it may. Nothing was enqueued; try again when workers have caught up.
    /// </summary>
    /// <value>The default is <see langword="false"/>: something else is wrong.</value>
    public bool IsFull { get; init; }

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
