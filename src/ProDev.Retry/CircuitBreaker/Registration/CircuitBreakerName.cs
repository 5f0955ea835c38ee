namespace ProDev.Retry;

/// <summary>Registered for each named breaker, because options of any name exist as soon as somebody asks for them.</summary>
internal sealed record CircuitBreakerName(string Value);
