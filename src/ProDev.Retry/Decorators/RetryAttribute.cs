namespace ProDev.Retry;

/// <summary>
/// Marks a method of an interface whose calls are retried by the decorator that the source generator writes. Register it
/// with <c>services.DecorateWithRetry&lt;TInterface&gt;()</c>.
/// </summary>
/// <remarks>
/// Without <see cref="Policy"/>, the settings given here replace those of the default policy and the others are taken from it, its
/// budget included. With <see cref="Policy"/>, everything comes from the policy of that name, and no other setting may be given.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RetryAttribute : Attribute
{
    /// <summary>
    /// Gets or sets how often the method runs at most. <b>All attempts count, the first included</b>: 3 means one call and up
    /// to two retries.
    /// </summary>
    /// <value>The default policy's if not set; at least 1.</value>
    public int MaxAttempts { get; set; }

    /// <summary>Gets or sets the delay before the first retry, as "hh:mm:ss.fff" (the constant format of TimeSpan).</summary>
    /// <value>The default policy's if not set.</value>
    public string? BaseDelay { get; set; }

    /// <summary>Gets or sets the longest delay before a retry, as "hh:mm:ss.fff".</summary>
    /// <value>The default policy's if not set.</value>
    public string? MaxDelay { get; set; }

    /// <summary>Gets or sets the time that all attempts and delays share, as "hh:mm:ss.fff".</summary>
    /// <value>The default policy's if not set.</value>
    public string? Deadline { get; set; }

    /// <summary>Gets or sets the name of a policy registered with <c>AddProDevRetry().AddPolicy(name, ...)</c>.</summary>
    /// <value>null by default, which means the default policy with the settings given here.</value>
    public string? Policy { get; set; }
}
