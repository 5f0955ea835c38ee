namespace ProDev.Jobs;

/// <summary>The store holds as many unfinished jobs as it may. Nothing was enqueued; try again when workers have caught up.</summary>
public sealed class JobStoreFullException : JobStoreException
{
    /// <summary>Creates the exception.</summary>
    public JobStoreFullException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what to do.</param>
    public JobStoreFullException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what to do.</param>
    /// <param name="innerException">The provider's own error.</param>
    public JobStoreFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How many unfinished jobs the store may hold; 0 when unknown.</summary>
    public long Capacity { get; init; }
}
