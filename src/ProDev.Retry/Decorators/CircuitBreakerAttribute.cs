namespace ProDev.Retry;

/// <summary>
/// Sends every attempt of a method through a circuit breaker, which is shared by all methods that name it. Without <see cref="RetryAttribute"/> the
/// method has one attempt.
/// </summary>
/// <param name="name">The name given to <c>AddProDevRetry().AddCircuitBreaker(name, ...)</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CircuitBreakerAttribute(string name) : Attribute
{
    /// <summary>Gets the name of the circuit breaker.</summary>
    public string Name { get; } = name;
}
