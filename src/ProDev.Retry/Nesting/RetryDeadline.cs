namespace ProDev.Retry;

/// <summary>Tells code inside of an operation how much time the retry policies around it leave, for example to pass it on to a server.</summary>
public static class RetryDeadline
{
    /// <summary>Gets what is left of the nearest deadline of the policies around this code.</summary>
    /// <value>
    /// <see langword="null"/> if there is none: no policy with a <see cref="RetryOptions.Deadline"/> runs this code, or those that do have
    /// <see cref="NestedRetries.Multiply"/>, which tells nothing. Zero or less if the deadline has passed; it does not interrupt an attempt that runs.
    /// </value>
    /// <remarks>It follows the execution context, as <see cref="AsyncLocal{T}"/> does, until the call of the policy is over. Reading it is thread-safe.</remarks>
    public static TimeSpan? Remaining => RetryScope.Current?.Remaining is { } left && left < TimeSpan.MaxValue ? left : null;
}
