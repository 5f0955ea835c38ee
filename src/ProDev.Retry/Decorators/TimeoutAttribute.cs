namespace ProDev.Retry;

/// <summary>
/// Limits the time of each attempt of a method (<see cref="RetryOptions.AttemptTimeout"/>): its token is cancelled, and the attempt fails with an
/// <see cref="AttemptTimeoutException"/>. Without <see cref="RetryAttribute"/> the method has one attempt.
/// </summary>
/// <remarks>The method needs a <see cref="CancellationToken"/> (PDR011), and must honour it.</remarks>
/// <param name="duration">The time, as "hh:mm:ss.fff" (the constant format of TimeSpan), above zero and at most 24.8 days.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TimeoutAttribute(string duration) : Attribute
{
    /// <summary>Gets the time that an attempt has.</summary>
    public string Duration { get; } = duration;
}
