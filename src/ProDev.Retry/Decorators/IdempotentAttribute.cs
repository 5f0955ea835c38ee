namespace ProDev.Retry;

/// <summary>
/// States that a method, or every method of an interface, may run twice without harm: the effect is the same as that of one
/// run. The compiler warns (PDR003) about a <see cref="RetryAttribute"/> without this statement, because an attempt that seems to
/// fail may have succeeded.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface, Inherited = false)]
public sealed class IdempotentAttribute : Attribute;
