using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>What <see cref="RetryOptions.ShouldRetry"/> judges: one attempt that threw.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct ShouldRetryArguments
{
    internal ShouldRetryArguments(int attempt, Exception exception, object? state)
    {
        Attempt = attempt;
        Exception = exception;
        State = state;
    }

    /// <summary>Gets the number of the attempt that failed: 1 for the first.</summary>
    public int Attempt { get; }

    /// <summary>Gets what the attempt threw. It is never the caller's own cancellation.</summary>
    public Exception Exception { get; }

    /// <summary>
    /// Gets the state that the operation was called with, or the operation itself where it is a struct; null for a delegate without a state. A value is boxed
    /// for a policy with a judge, once for each failure.
    /// </summary>
    public object? State { get; }

    /// <summary>
    /// Gets whether a policy without a judge would retry this exception, so that a judge can narrow or widen the default:
    /// <c>o.ShouldRetry = static failed =&gt; failed.IsRetriedByDefault &amp;&amp; failed.Exception is not PaymentDeclined;</c>
    /// </summary>
    /// <remarks>
    /// Everything is, except what another attempt cannot cure:
    /// <list type="bullet">
    /// <item><description>cancellation (<see cref="OperationCanceledException"/>), unless its inner exception is a
    /// <see cref="TimeoutException"/>, which is how <c>HttpClient</c> reports its timeout;</description></item>
    /// <item><description>a rejection by a circuit breaker (<see cref="CircuitOpenException"/>) or a limit (<see cref="ConcurrencyLimitException"/>), which are there to fail fast;</description></item>
    /// <item><description>wrong use: <see cref="ArgumentException"/>, <see cref="NullReferenceException"/>,
    /// <see cref="IndexOutOfRangeException"/>, <see cref="InvalidCastException"/>, <see cref="ArrayTypeMismatchException"/>,
    /// <see cref="KeyNotFoundException"/>, <see cref="FormatException"/>, <see cref="ArithmeticException"/>,
    /// <see cref="NotImplementedException"/>, <see cref="NotSupportedException"/>, <see cref="ObjectDisposedException"/>,
    /// <see cref="System.Diagnostics.UnreachableException"/>;</description></item>
    /// <item><description>a broken process or deployment: <see cref="OutOfMemoryException"/>,
    /// <see cref="InsufficientExecutionStackException"/>, <see cref="AccessViolationException"/>,
    /// <see cref="BadImageFormatException"/>, <see cref="InvalidProgramException"/>, <see cref="TypeLoadException"/>,
    /// <see cref="TypeInitializationException"/>, <see cref="MemberAccessException"/>,
    /// <see cref="ThreadInterruptedException"/>.</description></item>
    /// </list>
    /// A plain <see cref="InvalidOperationException"/> is retried, because database drivers wrap transient failures in it.
    /// </remarks>
    public bool IsRetriedByDefault => DefaultClassifier.IsRetried(Exception);
}
